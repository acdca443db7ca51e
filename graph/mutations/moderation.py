"""Removing and restoring content; approving and hiding it on one's own message board."""

from datetime import datetime
from typing import Any

import strawberry

from domain.ids import CommentId, Kind, PostId, kind_of
from graph.decisions import Decision
from graph.enums import ModerationAction, ReportReason
from graph.errors import UserError
from graph.moderatable import Moderatable
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation
from moderation.board_review import ApprovalRequest, approve, hide
from moderation.decision_request import DecisionRequest
from moderation.decisions import decide
from moderation.edit_review import RejectionRequest, reject_edit, withdraw_edit
from policy.permissions import Capability
from resolvers import decisions
from resolvers.context import Context


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


@strawberry.input
class ApproveContentInput:
    """What may stand."""

    target_id: strawberry.ID
    written_at: datetime | None = strawberry.field(
        default=None,
        description="editedAt of the words that were read, or createdAt where they were never edited; to approve an "
        "edit, its writtenAt. If others stand there by now, CONFLICT and nothing is approved.",
    )
    explanation: str | None = strawberry.field(default=None, description="Of a moderator, for the record.")


@strawberry.type
class ApproveContentPayload:
    """The target as it stands now."""

    target: Moderatable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class HideContentInput:
    """Which entry or comment on one's own message board."""

    target_id: strawberry.ID


@strawberry.type
class HideContentPayload:
    """The target, held until its owner approves it."""

    target: Moderatable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class RejectEditInput:
    """Which edit does not show, and why."""

    target_id: strawberry.ID = strawberry.field(description="The post or comment that was edited.")
    written_at: datetime = strawberry.field(
        description="Of the edit that was read: if there is another by now, CONFLICT and nothing is rejected."
    )
    explanation: str = strawberry.field(description="What the author reads.")


@strawberry.type
class RejectEditPayload:
    """The target, which says what was approved."""

    target: Moderatable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class WithdrawEditInput:
    """Of which own post or comment."""

    target_id: strawberry.ID


@strawberry.type
class WithdrawEditPayload:
    """The target, which says what was approved."""

    target: Moderatable | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _remove(context: Context, given: RemoveContentInput) -> dict[str, Any]:
    request = DecisionRequest(
        given.target_id, ModerationAction.REMOVE, given.reason, given.explanation, given.idempotency_key
    )
    return await _decided(context, request)


async def _restore(context: Context, given: RestoreContentInput) -> dict[str, Any]:
    request = DecisionRequest(given.target_id, ModerationAction.RESTORE, None, given.explanation, given.idempotency_key)
    return await _decided(context, request)


async def _decided(context: Context, request: DecisionRequest) -> dict[str, Any]:
    decision_id = await decide(context.services.core, context.viewer, request)
    target = await _target(context, request.target_id)
    [decision] = await decisions.by_id(context, [decision_id])
    return {"target": target, "decision": decision}


async def _approve(context: Context, given: ApproveContentInput) -> dict[str, Any]:
    approval = ApprovalRequest(given.target_id, given.written_at, given.explanation or "")
    await approve(context.services.core, context.viewer, approval)
    return {"target": await _target(context, given.target_id)}


async def _hide(context: Context, given: HideContentInput) -> dict[str, Any]:
    await hide(context.services.core, context.viewer, given.target_id)
    return {"target": await _target(context, given.target_id)}


async def _reject_edit(context: Context, given: RejectEditInput) -> dict[str, Any]:
    rejection = RejectionRequest(given.target_id, given.written_at, given.explanation)
    await reject_edit(context.services.core, context.viewer, rejection)
    return {"target": await _target(context, given.target_id)}


async def _withdraw_edit(context: Context, given: WithdrawEditInput) -> dict[str, Any]:
    await withdraw_edit(context.services.core, context.viewer, given.target_id)
    return {"target": await _target(context, given.target_id)}


async def _target(context: Context, target_id: str) -> Any:
    await context.refresh()
    if kind_of(target_id) is Kind.POST:
        [post] = await context.posts([PostId(target_id)])
        return post
    [comment] = await context.comments([CommentId(target_id)])
    return comment


REMOVE_CONTENT = mutation(
    RemoveContentInput,
    RemoveContentPayload,
    _remove,
    "Remove a post or comment, and say why. For moderators.",
    Capability.KEEP_ORDER,
)
RESTORE_CONTENT = mutation(
    RestoreContentInput,
    RestoreContentPayload,
    _restore,
    "Let a removed post or comment stand again. For moderators.",
    Capability.KEEP_ORDER,
)
APPROVE_CONTENT = mutation(
    ApproveContentInput,
    ApproveContentPayload,
    _approve,
    "Let what is held on one's own message board stand; as a moderator, close what its owner handed over: it may stay. "
    "With an edit's writtenAt, as who reviews it: let it show.",
    Capability.KEEP_ORDER,
)
HIDE_CONTENT = mutation(
    HideContentInput,
    HideContentPayload,
    _hide,
    "Hold what others left on one's own message board until approved.",
    Capability.WITHDRAW,
)
REJECT_EDIT = mutation(
    RejectEditInput,
    RejectEditPayload,
    _reject_edit,
    "Let what was approved stand, and not the edit that waits; for who reviews it. The author is told why.",
    Capability.KEEP_ORDER,
)
WITHDRAW_EDIT = mutation(
    WithdrawEditInput,
    WithdrawEditPayload,
    _withdraw_edit,
    "Take back one's own edit that waits, or was rejected; what was approved stands.",
    Capability.WITHDRAW,
)
