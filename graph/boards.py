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
from policy.limits import MAX_COUNTED_POSTS
from resolvers import content, following_feed, members, viewer_permissions

LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A place for posts: a public discussion board, or the message board of a member.")
class Board(Node):
    """domain.content.Board."""

    slug: str = attribute("The name of the board in addresses, unique. `Query.board` finds the board by it.")
    kind: BoardKind = attribute("Whether it is a discussion board or a message board.")
    title: str = loaded(
        content.board_titles, "The title of the board. A message board without a title has its owner's name."
    )
    description: RichText | None = attribute("The introduction of the board. Null if it has none.")
    owner: Member | None = loaded(
        members.owners,
        "The member whose message board it is. Null on discussion boards, and if the viewer cannot see the owner.",
    )
    audience: Audience = attribute(
        "The people who can see the board. The owner chooses on a message board; a discussion board is PUBLIC."
    )
    write_policy: Audience = attribute("The people who can post and comment on the board.")
    review_first: bool = attribute(
        "Whether posts and comments on the message board, and edits of them, wait for its owner's approval."
    )
    review_edits: bool = attribute(
        "Whether edits on the discussion board wait for moderators. Until then the approved text is shown."
    )
    posts: Connection[LazyPost] = paged(
        content.posts_of_boards,
        "The posts on the board, newest first. On a message board, a post is shown to people in both the post's and "
        "the "
        "board's audience; the board owner sees every post.",
    )
    post_count: int = loaded(
        content.post_counts,
        f"The number of posts on the board that the viewer can see, counted up to {MAX_COUNTED_POSTS:,}.",
    )
    viewer_follows: bool = loaded(following_feed.are_followed, "Whether the viewer follows the board.")
    viewer_can_post: bool = computed(viewer_permissions.can_post, "Whether the viewer can post on the board.")
    viewer_can_moderate: bool = computed(
        viewer_permissions.can_moderate_board, "Whether the viewer can moderate the board, as its owner or a moderator."
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Board)


@strawberry.type(description="A board that the viewer follows.")
class FollowedBoard:
    """domain.relationships.FollowedBoard."""

    board: Board = attribute("The board that is followed.")
    since: datetime = attribute("When the viewer began to follow the board.")
