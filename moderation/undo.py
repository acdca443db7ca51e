"""Undoing: whoever made a decision takes it back within minutes, as if it had never been made."""

from dataclasses import dataclass

from domain.appeals import AppealState
from domain.errors import ErrorCode, Refused, UserError, WrongFields, refusal
from domain.ids import DecisionId
from domain.messages import Message
from domain.moderation import Decision, ModerationAction
from domain.viewer import Viewer
from moderation.decision_request import moderator_of
from moderation.reversal import Ground, decisions_in_force, reverse
from policy.limits import UNDO_WINDOW
from policy.permissions import Privilege, may_read_decision, may_undo
from stores.appeals import Closing
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Which decision a moderator takes back."""

    decision_id: DecisionId
    idempotency_key: str | None = None


async def undo(services: Services, viewer: Viewer, wanted: UndoRequest) -> DecisionId:
    """Take the viewer's own decision back, and let the case that it closed wait again; what says so.

    Once, within UNDO_WINDOW, while no later decision about the same target stands and no appeal against it is answered.
    """
    moderator = moderator_of(viewer, Privilege.MODERATE)
    retry = IdempotentRequest(moderator.id, wanted.idempotency_key, ("undo", wanted.decision_id))
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services, retry)
    if before is not None:
        return DecisionId(before)
    with wrong.collect():
        decision = await _own(services, viewer, wanted.decision_id)
    wrong.refuse()
    reversal: Decision | None = None

    async def write(transaction: Transaction) -> str:
        nonlocal reversal
        await _check_latest(services, viewer, decision, transaction)
        if await services.stores.appeals.is_decided_against(decision.id, transaction):
            # Another moderator has found it right, and its subject has read that.
            raise refusal(ErrorCode.CONFLICT, Message.APPEAL_DECIDED, "decisionId")
        reversal = await reverse(
            services, decision, Ground(moderator.id, _explanation(services, decision)), transaction
        )
        await _let_its_case_wait(services, decision, transaction)
        # What its subject asks for, if they have answered it in these minutes, they have got.
        closing = Closing(AppealState.OVERTURNED, reversal.explanation, moderator.id, reversal.decided_at)
        await services.stores.appeals.close_against(decision.id, closing, transaction)
        return reversal.id

    async with services.stores.cases.turn(decision.target_id):
        made = DecisionId(await run_idempotent(services, retry, write))
    if reversal:
        await services.stores.transparency_log.count(reversal)
    return made


async def _own(services: Services, viewer: Viewer, decision_id: DecisionId) -> Decision:
    """The decision, if the viewer made it and may still think better of it."""
    decision = await services.stores.decisions.record_of(decision_id)
    if decision is None or not may_undo(viewer, decision):
        has_visible_characters = decision_id in await services.stores.decisions.seen_by(viewer, [decision_id])
        code, message = (
            (ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
            if has_visible_characters
            else (ErrorCode.NOT_FOUND, Message.NOT_FOUND)
        )
        raise refusal(code, message, "decisionId")
    if decision.reverses:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_TO_UNDO, "decisionId")
    if services.now() >= decision.decided_at + UNDO_WINDOW:
        minutes = UNDO_WINDOW.seconds // 60
        raise refusal(ErrorCode.FORBIDDEN, Message.UNDO_TOO_LATE, "decisionId", minutes=minutes)
    return decision


def _explanation(services: Services, decision: Decision) -> str:
    lifted = decision.sanction_before if decision.action is ModerationAction.LIFT else None
    is_back = lifted is not None and lifted.holds_at(services.now())
    return (Message.LIFTING_UNDONE if is_back else Message.UNDONE).in_both()


async def _let_its_case_wait(services: Services, decision: Decision, transaction: Transaction) -> None:
    """With the reports that came since and were settled by the decision as they were made."""
    case = await services.stores.cases.closed_by(decision, transaction)
    if case is None:
        return
    is_dismissal = decision.action is ModerationAction.DISMISS
    joined = await services.stores.reports.unsettle(decision, case, transaction) if is_dismissal else 0
    await services.stores.cases.reopen(case, joined, transaction)


async def _check_latest(services: Services, viewer: Viewer, decision: Decision, transaction: Transaction) -> None:
    reversal = await services.stores.decisions.reversal_record_of(decision.id, transaction)
    if reversal:
        raise Refused(UserError(ErrorCode.CONFLICT, Message.TAKEN_BACK, ("decisionId",), decision=reversal))
    later = decisions_in_force(await services.stores.decisions.records_since(decision, transaction))
    if later:
        winner = later[-1] if may_read_decision(viewer, later[-1]) else None
        raise Refused(UserError(ErrorCode.CONFLICT, Message.DECIDED_SINCE, ("decisionId",), decision=winner))
