"""Answering an appeal: the verdict, all that the decision changed, and the record of both, or none of it."""

from dataclasses import dataclass

from domain.appeals import Appeal, AppealState, AppealVerdict
from domain.errors import ErrorCode, Refused, UserError, WrongFields, refusal
from domain.ids import AppealId, DecisionId, Kind, PostId, kind_of
from domain.messages import Message
from domain.moderation import Decision
from domain.viewer import Viewer
from moderation.decision_log import record_verdict
from moderation.decision_request import moderator_of
from moderation.reversal import Ground, reverse
from policy.appeals import may_decide_appeal, may_read_appeal
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import Privilege
from stores.appeals import Closing
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a decision, and why."""

    appeal_id: AppealId
    verdict: AppealVerdict
    text: str
    """What the subject reads."""
    version: int | None = None
    """Of the appeal as it was read; None: whatever has been said since."""
    idempotency_key: str | None = None


async def decide_appeal(services: Services, viewer: Viewer, answer: Answer) -> DecisionId | None:
    """Uphold the decision, or take it back: by the decision that is answered.

    Of many moderators at once one wins; the others are refused.
    """
    moderator = moderator_of(viewer, Privilege.DECIDE_APPEALS)
    asked = ("answer", answer.appeal_id, answer.verdict.value, answer.text.strip(), answer.version)
    retry = IdempotentRequest(moderator.id, answer.idempotency_key, asked)
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services, retry)
    if before is not None:
        return await _counted(services, before)
    with wrong.collect():
        appeal, decision = await _to_decide(services, viewer, answer)
    with wrong.collect():
        text = required_text(answer.text, EXPLANATION_LENGTH, "answer")
    wrong.refuse()
    state = AppealState(answer.verdict.value)

    async def write(transaction: Transaction) -> str:
        closing = Closing(state, text, moderator.id, services.now(), answer.version)
        if not await services.stores.appeals.close(appeal.id, closing, transaction):
            raise _LostTheRace
        await record_verdict(services, decision, appeal.id, closing, transaction)
        if state is not AppealState.OVERTURNED:
            return appeal.id
        reversal = await _overturn(services, decision, Ground(moderator.id, text, appeal.id), transaction)
        return reversal.id if reversal else appeal.id

    try:
        async with services.stores.cases.turn(decision.target_id):
            made = await run_idempotent(services, retry, write)
    except _LostTheRace as lost:
        raise await _conflict(services, appeal) from lost
    return await _counted(services, made)


async def _counted(services: Services, made: str) -> DecisionId | None:
    """The decision that was ``made``, which a first try may have left uncounted; None where that is but a verdict."""
    decision = await services.stores.decisions.record_of(DecisionId(made)) if kind_of(made) is Kind.DECISION else None
    if decision is None:
        return None
    await services.stores.transparency_log.count(decision)
    return decision.id


class _LostTheRace(Exception):
    """The appeal is decided, or more has been said."""


async def _to_decide(services: Services, viewer: Viewer, answer: Answer) -> tuple[Appeal, Decision]:
    """The appeal, and the decision that it is against.

    Refuses subjects; to all others who may not decide it there is no appeal, whoever they are.
    """
    appeal = await services.stores.appeals.record_of(answer.appeal_id)
    if appeal is None or not may_read_appeal(viewer, appeal):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "appealId")
    if not may_decide_appeal(viewer, appeal):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "appealId")
    decision = await services.stores.decisions.record_of(appeal.decision_id)
    if decision is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "appealId")
    if answer.version not in (None, appeal.version):
        raise await _conflict(services, appeal)
    return appeal, decision


async def _overturn(
    services: Services, decision: Decision, ground: Ground, transaction: Transaction
) -> Decision | None:
    """None where its maker took it back in the moment of the appeal."""
    if await services.stores.decisions.reversal_record_of(decision.id, transaction):
        return None
    reversal = await reverse(services, decision, ground, transaction)
    if kind_of(decision.target_id) is Kind.POST:
        # Looked at twice: whoever handed it over has their answer.
        await services.stores.board_entries.take_back(PostId(decision.target_id), transaction)
    return reversal


async def _conflict(services: Services, read: Appeal) -> Refused:
    now = await services.stores.appeals.record_of(read.id)
    if now is None or now.state is AppealState.OPEN:
        return refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "expectedVersion")
    reversal = await services.stores.decisions.reversal_record_of(now.decision_id)
    return Refused(UserError(ErrorCode.CONFLICT, Message.APPEAL_DECIDED, ("appealId",), decision=reversal))
