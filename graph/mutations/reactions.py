"""Reacting to posts and comments."""

from typing import Annotated, Any

import strawberry

from content import reactions
from domain.ids import CommentId, Kind, PostId, kind_of
from graph.content import Comment, Post
from graph.enums import ReactionKind
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from policy.permissions import Capability
from resolvers.context import Context

Reactable = Annotated[Post | Comment, strawberry.union("Reactable", description="An object that members can react to.")]


@strawberry.input
class ReactInput:
    """The reaction to add."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment to react to.")
    kind: ReactionKind = strawberry.field(description="The kind of reaction to add.")


@strawberry.type
class ReactPayload:
    """The result of `react`."""

    target: Reactable | None = strawberry.field(
        default=None, description="The post or comment with the reaction. Null if reacting was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UnreactInput:
    """The reaction to remove."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment that has the reaction.")
    kind: ReactionKind = strawberry.field(description="The kind of reaction to remove.")


@strawberry.type
class UnreactPayload:
    """The result of `unreact`."""

    target: Reactable | None = strawberry.field(
        default=None,
        description="The post or comment without the reaction. Null if the viewer cannot see it now, or it was "
        "refused.",
    )
    errors: list[UserError] = user_errors()


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
    "React to a post or comment. Idempotent: the same reaction again changes nothing.",
    Capability.MEET,
)
UNREACT = mutation(
    UnreactInput,
    UnreactPayload,
    _unreact,
    "Remove the viewer's own reaction. Idempotent: the answer is the same if there is none.",
    Capability.WITHDRAW,
)
