"""Boards."""

from typing import Annotated

import strawberry

from domain import content as domain
from graph.connections import Connection
from graph.enums import Audience, BoardKind
from graph.fields import attribute, computed, loaded, paged
from graph.members import Member
from graph.node import Node
from graph.texts import RichText
from resolvers import content, members, standing

LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A place for posts.")
class Board(Node):
    """domain.content.Board."""

    slug: str = attribute("Its name in addresses.")
    kind: BoardKind = attribute()
    title: str = attribute()
    description: RichText | None = attribute()
    owner: Member | None = loaded(members.owners, "Of a message board.")
    write_policy: Audience = attribute("Who may post here.")
    review_first: bool = attribute("Whether entries wait for approval.")
    posts: Connection[LazyPost] = paged(content.posts_of_boards, "Newest first.")
    post_count: int = loaded(content.post_counts, "What this viewer may see, counted up to 1,000.")
    viewer_can_post: bool = computed(standing.can_post)
    viewer_can_moderate: bool = computed(standing.can_moderate_board)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Board)
