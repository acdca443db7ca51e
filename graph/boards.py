"""Boards."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain import content as domain
from graph.connections import Connection
from graph.enums import Audience, BoardKind
from graph.fields import attribute, computed, loaded, paged
from graph.members import Member
from graph.node import Node
from graph.texts import RichText
from resolvers import content, following_feed, members, viewer_permissions

LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A place for posts.")
class Board(Node):
    """domain.content.Board."""

    slug: str = attribute("Its name in addresses.")
    kind: BoardKind = attribute()
    title: str = loaded(content.board_titles, "A message board without one goes by its owner's name.")
    description: RichText | None = attribute()
    owner: Member | None = loaded(members.owners, "Of a message board.")
    audience: Audience = attribute("Who sees the board. Of a message board its owner's choice; others are PUBLIC.")
    write_policy: Audience = attribute("Who may post and comment here.")
    review_first: bool = attribute("Whether entries, and edits of them, wait for the owner of the message board.")
    review_edits: bool = attribute(
        "Whether edits on the discussion board wait for moderators; meanwhile the approved words stand."
    )
    posts: Connection[LazyPost] = paged(
        content.posts_of_boards,
        "Newest first. On a message board an entry shows to those in its author's audience and the board's; the owner "
        "of the board sees every entry.",
    )
    post_count: int = loaded(content.post_counts, "Up to 1,000.")
    viewer_follows: bool = loaded(following_feed.are_followed)
    viewer_can_post: bool = computed(viewer_permissions.can_post)
    viewer_can_moderate: bool = computed(viewer_permissions.can_moderate_board)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Board)


@strawberry.type(description="A board the viewer follows.")
class FollowedBoard:
    """domain.relationships.FollowedBoard."""

    board: Board = attribute()
    since: datetime = attribute()
