"""What others see of what the caller owns."""

from typing import Annotated, Any

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
    """The person whose view to take: anyone in an audience and in no narrower one, or one member. Give exactly one."""

    audience: strawberry.Maybe[Audience] = strawberry.field(
        description="The audience whose view to take. Absent if `handle` is given."
    )
    handle: strawberry.Maybe[str] = strawberry.field(
        description="The handle of the member whose view to take. Absent if `audience` is given."
    )


_Id = Annotated[strawberry.ID, strawberry.argument(description="The id of an object that the viewer owns.")]


async def _node(root: strawberry.Parent[ViewedAs], id: _Id) -> Any:  # noqa: A002 - Relay's name
    return await owned(root, id)


@strawberry.type(
    description="The viewer's own content as somebody else sees it, by the same path that serves that person. Content "
    "of "
    "others inside it is shown only if the viewer can see it too. So it never tells what that person knows alone: whom "
    "they follow or block, how they reacted, or what they see as a moderator."
)
class ViewAs:
    """resolvers.view_as.SeenAs; what lies below is answered in its context."""

    member: Member = attribute("The viewer, as the other person sees them.")
    node: Node | None = strawberry.field(
        resolver=_node,
        description="The viewer's own profile, message board, post or comment. Null for any other object, and if the "
        "other person cannot see it.",
    )


_Target = Annotated[ViewAsInput, strawberry.argument(description="The person whose view to take.")]


async def view_as(info: Info, target: _Target) -> ViewedAs | None:
    """None where the target is not there for the viewer, and to the signed-out."""
    if (target.audience is None) == (target.handle is None):
        raise PublicFault(BAD_INPUT, "Give either an audience or a handle.")
    if target.audience:
        return await seen_by_any(info.context, target.audience.value)
    return await seen_by_member(info.context, target.handle.value if target.handle else "")
