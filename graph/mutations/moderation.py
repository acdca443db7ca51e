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
from graph.mutations.payloads import mutation, user_errors
from moderation.board_review import ApprovalRequest, approve, hide
from moderation.decision_request import DecisionRequest
from moderation.decisions import decide
from moderation.edit_review import RejectionRequest, reject_edit, withdraw_edit
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import Capability
from resolvers import decisions
from resolvers.context import Context


@strawberry.input
class RemoveContentInput:
    """The post or comment to remove, with the reasons."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment to remove.")
    reason: ReportReason = strawberry.field(description="The reason for the removal.")
    explanation: str = strawberry.field(
        description=f"The statement of reasons, which the author reads: {EXPLANATION_LENGTH:,} characters at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class RemoveContentPayload:
    """The result of `removeContent`."""

    target: Moderatable | None = strawberry.field(
        default=None,
        description="The post or comment after the removal. Null if the viewer cannot see it now, or it was refused.",
    )
    decision: Decision | None = strawberry.field(
        default=None, description="The decision to remove it. Null if the removal was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class RestoreContentInput:
    """The post or comment to restore, with the reasons."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment to restore.")
    explanation: str = strawberry.field(
        description=f"The reasons, which the author reads: {EXPLANATION_LENGTH:,} characters at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class RestoreContentPayload:
    """The result of `restoreContent`."""

    target: Moderatable | None = strawberry.field(
        default=None,
        description="The restored post or comment. Null if the viewer cannot see it, or restoring was refused.",
    )
    decision: Decision | None = strawberry.field(
        default=None, description="The decision to restore it. Null if restoring was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class ApproveContentInput:
    """The held post or comment, or the waiting edit, to approve."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment.")
    written_at: datetime | None = strawberry.field(
        default=None,
        description="The `editedAt` of the text that was read, or its `createdAt` if it was never edited; CONFLICT if "
        "it has "
        "changed since. To approve an edit, its `writtenAt`. Null or absent: the text as it is now.",
    )
    explanation: str | None = strawberry.field(
        default=None,
        description=f"A moderator's reasons, for the record: {EXPLANATION_LENGTH:,} characters at most. Null or "
        "absent: none.",
    )


@strawberry.type
class ApproveContentPayload:
    """The result of `approveContent`."""

    target: Moderatable | None = strawberry.field(
        default=None, description="The approved post or comment. Null if approving it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class HideContentInput:
    """The post or comment to hold."""

    target_id: strawberry.ID = strawberry.field(
        description="The id of a post or comment on the viewer's message board."
    )


@strawberry.type
class HideContentPayload:
    """The result of `hideContent`."""

    target: Moderatable | None = strawberry.field(
        default=None, description="The post or comment, which is held now. Null if holding it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class RejectEditInput:
    """The waiting edit to reject, with the reasons."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post or comment that was edited.")
    written_at: datetime = strawberry.field(
        description="The `PendingEdit.writtenAt` of the edit that was read; CONFLICT if there is another by now."
    )
    explanation: str = strawberry.field(
        description=f"The reasons for the rejection, which the author reads: {EXPLANATION_LENGTH:,} characters at most."
    )


@strawberry.type
class RejectEditPayload:
    """The result of `rejectEdit`."""

    target: Moderatable | None = strawberry.field(
        default=None, description="The post or comment with its approved text. Null if the rejection was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class WithdrawEditInput:
    """The post or comment whose edit to withdraw."""

    target_id: strawberry.ID = strawberry.field(description="The id of the viewer's post or comment that was edited.")


@strawberry.type
class WithdrawEditPayload:
    """The result of `withdrawEdit`."""

    target: Moderatable | None = strawberry.field(
        default=None, description="The post or comment without the edit. Null if withdrawing it was refused."
    )
    errors: list[UserError] = user_errors()


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
    "Remove a post or comment, with a statement of reasons.",
    Capability.KEEP_ORDER,
)
RESTORE_CONTENT = mutation(
    RestoreContentInput,
    RestoreContentPayload,
    _restore,
    "Restore a removed post or comment.",
    Capability.KEEP_ORDER,
)
APPROVE_CONTENT = mutation(
    ApproveContentInput,
    ApproveContentPayload,
    _approve,
    "Approve what is held on the viewer's message board. A moderator closes the case about content that its board "
    "owner "
    "reported: it stays. With the `writtenAt` of a waiting edit, approve that edit.",
    Capability.KEEP_ORDER,
)
HIDE_CONTENT = mutation(
    HideContentInput,
    HideContentPayload,
    _hide,
    "Hold a post or comment of somebody else on the viewer's message board until it is approved.",
    Capability.WITHDRAW,
)
REJECT_EDIT = mutation(
    RejectEditInput,
    RejectEditPayload,
    _reject_edit,
    "Reject a waiting edit. The approved text stays, and the author is told why.",
    Capability.KEEP_ORDER,
)
WITHDRAW_EDIT = mutation(
    WithdrawEditInput,
    WithdrawEditPayload,
    _withdraw_edit,
    "Withdraw the viewer's own edit that waits or was rejected. The approved text stays.",
    Capability.WITHDRAW,
)
