"""Keeping order on one's own message board: approving what waits, hiding what does not please."""

from dataclasses import dataclass
from datetime import datetime

from accounts.capability_check import require_signed_in
from domain.content import ContentState
from domain.errors import ErrorCode, WrongFields, refusal
from domain.messages import Message
from domain.moderation import ModerationAction
from domain.viewer import Viewer
from moderation.decision_request import DecisionRequest
from moderation.decision_targets import board_of, content_target
from moderation.decisions import decide
from moderation.edit_review import approve_edit, changed_since_read
from moderation.transitions import Move, move
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import NEEDED_FOR, Privilege, has_anywhere, is_board_owner, may_moderate
from stores.content_lookup import Content, content_seen_by
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import optional_text


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """What may stand, as it was read."""

    target_id: str
    written_at: datetime | None = None
    """When the words were written that were read: others are not approved unread. None: whatever it says now."""
    explanation: str = ""
    """A moderator's, for the record."""


async def approve(services: Services, viewer: Viewer, approval: ApprovalRequest) -> None:
    """Let an entry stand: hosts publish what waits on their boards, moderators close what was handed over to them.

    Or let an edit show, which is named by when it was written. Twice is as good as once, but where moderators close.
    """
    target = await _seen(services, viewer, approval.target_id)
    edit = await services.stores.edits.reviewed_by(viewer, approval.target_id) if approval.written_at else None
    is_edit = edit is not None and edit.written_at == approval.written_at
    wrong = WrongFields()
    with wrong.collect():
        explanation = optional_text(approval.explanation, EXPLANATION_LENGTH, "explanation")
    with wrong.collect():
        if approval.written_at and not is_edit and (target or edit):
            await _check_names_these_words(services, viewer, target, approval.written_at)
        if not is_edit:
            await _check_may_approve(services, viewer, approval.target_id, target)
    wrong.refuse()
    if edit and is_edit:
        await approve_edit(services, viewer, edit, explanation or Message.EDIT_MAY_SHOW.in_both())
    elif target and is_board_owner(viewer, target.author_id, target.board_owner_id):
        await _publish(services, target, approval)
    else:
        explanation = explanation or Message.MAY_STAY.in_both()
        await decide(services, viewer, DecisionRequest(approval.target_id, ModerationAction.APPROVE, None, explanation))


async def _check_may_approve(services: Services, viewer: Viewer, target_id: str, target: Content | None) -> None:
    """Refuse those who are neither the board's owner nor trusted with what they can see of it."""
    if target and is_board_owner(viewer, target.author_id, target.board_owner_id):
        return
    if has_anywhere(viewer, Privilege.MODERATE):
        await content_target(services, viewer, target_id, NEEDED_FOR[ModerationAction.APPROVE], None)
    elif target is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    else:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")


async def hide(services: Services, viewer: Viewer, target_id: str) -> None:
    """Hold what others left on the viewer's board until they approve it; twice is as good as once."""
    target = await _seen(services, viewer, target_id)
    if target is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    if not is_board_owner(viewer, target.author_id, target.board_owner_id) or target.author_id == viewer.member_id:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")

    async def write(transaction: Transaction) -> bool:
        return await move(services.stores, target_id, Move.HIDE, transaction)

    if target.state is ContentState.PUBLISHED:
        await services.stores.transactions.run(write)


async def _publish(services: Services, target: Content, approval: ApprovalRequest) -> None:
    async def write(transaction: Transaction) -> bool:
        # Else a block that comes in this moment would find nothing to hold.
        if await _are_parted(services, target, transaction):
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
        if approval.written_at:
            await _check_as_read(services, target, approval.written_at, transaction)
        return await move(services.stores, target.id, Move.APPROVE, transaction)

    if target.state is ContentState.HELD:
        await services.stores.transactions.run(write)


async def _check_names_these_words(
    services: Services, viewer: Viewer, target: Content | None, written_at: datetime
) -> None:
    """Raise `Refused` if ``written_at`` names other words than the ones that stand.

    Whoever cannot approve what stands is told NOT_FOUND: they learn nothing of an edit that somebody else reviews.
    """
    if target and await services.stores.content_text.is_as_of(target.id, written_at, None):
        return
    if target and not await _may_approve(services, viewer, target):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    raise changed_since_read()


async def _may_approve(services: Services, viewer: Viewer, target: Content) -> bool:
    board = await board_of(services, viewer, target)
    return may_moderate(viewer, target.author_id, target.board_owner_id, board)


async def _check_as_read(services: Services, target: Content, written_at: datetime, transaction: Transaction) -> None:
    """Refuse to approve words unread."""
    if not await services.stores.content_text.is_as_of(target.id, written_at, transaction):
        raise changed_since_read()


async def _are_parted(services: Services, target: Content, transaction: Transaction) -> bool:
    if target.board_owner_id is None or target.author_id is None or target.author_id == target.board_owner_id:
        return False
    return await services.stores.relationships.are_parted(target.board_owner_id, target.author_id, transaction)


async def _seen(services: Services, viewer: Viewer, target_id: str) -> Content | None:
    require_signed_in(viewer)
    return await content_seen_by(services.stores, viewer, target_id)
