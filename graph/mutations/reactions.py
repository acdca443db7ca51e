"""Reacting to posts and comments."""

from typing import Annotated, Any

import strawberry

from content import reactions
from domain.ids import CommentId, Kind, PostId, kind_of
from graph.content import Comment, Post
from graph.enums import ReactionKind
from graph.errors import UserError
from graph.mutations.payloads import mutation
from policy.permissions import Capability
from resolvers.context import Context

Reactable = Annotated[Post | Comment, strawberry.union("Reactable", description="What takes reactions.")]


@strawberry.input
class ReactInput:
    """To what, and how."""

    target_id: strawberry.ID
    kind: ReactionKind


@strawberry.type
class ReactPayload:
    """The target with the reaction."""

    target: Reactable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UnreactInput:
    """Which reaction."""

    target_id: strawberry.ID
    kind: ReactionKind


@strawberry.type
class UnreactPayload:
    """The target without the reaction; null where the target is closed to the viewer now."""

    target: Reactable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _react(context: Context, given: ReactInput) -> dict[str, Any]:
    await reactions.react(context.services.content, context.viewer, reactions.Reaction(given.target_id, given.kind))
    return {"target": await _target(context, given.target_id)}


async def _unreact(context: Context, given: UnreactInput) -> dict[str, Any]:
    await reactions.unreact(context.services.content, context.viewer, reactions.Reaction(given.target_id, given.kind))
    return {"target": await _target(context, given.target_id)}


async def _target(context: Context, target_id: str) -> Any:
    await context.refresh()
    if kind_of(target_id) is Kind.POST:
        return (await context.posts([PostId(target_id)]))[0]
    return (await context.comments([CommentId(target_id)]))[0]


REACT = mutation(
    ReactInput,
    ReactPayload,
    _react,
    "React to a post or comment: once in each way, however often it is asked for.",
    Capability.MEET,
)
UNREACT = mutation(UnreactInput, UnreactPayload, _unreact, "Take a reaction back.", Capability.WITHDRAW)
