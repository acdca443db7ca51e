"""Removing and restoring content."""

from typing import Annotated, Any

import strawberry

from domain.ids import CommentId, Kind, PostId, kind_of
from graph.boards import Board
from graph.content import Comment, Post
from graph.decisions import Decision
from graph.enums import ModerationAction, ReportReason
from graph.errors import UserError
from graph.members import Member
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation
from moderation.deciding import Ruling, decide
from resolvers import decisions
from resolvers.context import Context

Moderatable = Annotated[Post | Comment | Member | Board, strawberry.union("Moderatable")]


@strawberry.input
class RemoveContentInput:
    """What to remove, and why."""

    target_id: strawberry.ID
    reason: ReportReason
    explanation: str = strawberry.field(description="The statement of reasons that the author reads.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class RemoveContentPayload:
    """The target as the moderator sees it now, and the decision."""

    target: Moderatable | None = None
    decision: Decision | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class RestoreContentInput:
    """What to restore, and why."""

    target_id: strawberry.ID
    explanation: str = strawberry.field(description="What the author reads.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class RestoreContentPayload:
    """The target as it stands again, and the decision."""

    target: Moderatable | None = None
    decision: Decision | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _remove(context: Context, given: RemoveContentInput) -> dict[str, Any]:
    ruling = Ruling(given.target_id, ModerationAction.REMOVE, given.reason, given.explanation, given.idempotency_key)
    return await _decided(context, ruling)


async def _restore(context: Context, given: RestoreContentInput) -> dict[str, Any]:
    ruling = Ruling(given.target_id, ModerationAction.RESTORE, None, given.explanation, given.idempotency_key)
    return await _decided(context, ruling)


async def _decided(context: Context, ruling: Ruling) -> dict[str, Any]:
    decision_id = await decide(context.desks.house, context.viewer, ruling)
    await context.refresh()
    target: Any
    if kind_of(ruling.target_id) is Kind.POST:
        [target] = await context.posts([PostId(ruling.target_id)])
    else:
        [target] = await context.comments([CommentId(ruling.target_id)])
    [decision] = await decisions.by_id(context, [decision_id])
    return {"target": target, "decision": decision}


REMOVE_CONTENT = mutation(
    RemoveContentInput, RemoveContentPayload, _remove, "Remove a post or comment, and say why. For moderators."
)
RESTORE_CONTENT = mutation(
    RestoreContentInput, RestoreContentPayload, _restore, "Let a removed post or comment stand again. For moderators."
)
