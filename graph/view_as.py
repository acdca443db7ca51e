"""What others see of what the caller owns."""

from typing import Any

import strawberry

from domain.errors import PublicFault
from graph.cursors import BAD_INPUT
from graph.enums import Audience
from graph.fields import Info, attribute
from graph.members import Member
from graph.node import Node
from resolvers.view_as import ViewedAs, owned, seen_by_any, seen_by_member


@strawberry.input(one_of=True)
class ViewAsInput:
    """Exactly one: anyone in an audience who is in no narrower one, or the member who goes by a handle."""

    audience: strawberry.Maybe[Audience]
    handle: strawberry.Maybe[str]


async def _node(root: strawberry.Parent[ViewedAs], id: strawberry.ID) -> Any:  # noqa: A002 - Relay's name
    return await owned(root, id)


@strawberry.type(
    description="What others would see of what the caller owns, resolved by the same path that serves them. What "
    "others own inside it shows only where the caller sees it too and the target may, as far as the caller can know: "
    "it never tells whom the target follows, befriends or blocks, how they reacted, what they see as a moderator, "
    "or to whom others show the fields of their profiles and the comments under their posts."
)
class ViewAs:
    """resolvers.view_as.SeenAs; what lies below is answered in its context."""

    member: Member = attribute("The caller.")
    node: Node | None = strawberry.field(
        resolver=_node,
        description="The caller's own profile, message board, post or comment; null for all else, and where the target "
        "sees nothing.",
    )


async def view_as(info: Info, target: ViewAsInput) -> ViewedAs | None:
    """None where the target is not there for the viewer, and to the signed-out."""
    if (target.audience is None) == (target.handle is None):
        raise PublicFault(BAD_INPUT, "Give either an audience or a handle.")
    if target.audience:
        return await seen_by_any(info.context, target.audience.value)
    return await seen_by_member(info.context, target.handle.value if target.handle else "")
