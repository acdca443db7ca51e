"""Appeals: a member objects to a decision about them, and talks it over with a moderator who did not make it."""

from dataclasses import dataclass

from accounts.capability_check import require_capability, require_signed_in
from domain.appeals import Appeal, AppealMessage, AppealVoice
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import AppealId, DecisionId, MemberId, new_appeal_id
from domain.members import Role
from domain.messages import Message
from domain.moderation import Decision
from domain.viewer import Viewer
from moderation.effects import EFFECTS, Aim
from policy.appeals import can_be_appealed, is_in_time, is_subject
from policy.limits import APPEAL_LENGTH, APPEAL_WINDOW, MAX_APPEAL_MESSAGES
from policy.permissions import TOLD_TO_SUBJECT, Capability, may_sanction
from stores.appeals import AlreadyAppealed
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What a member says against a decision."""

    decision_id: DecisionId
    text: str
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class NewAppealMessage:
    """What more is said on an appeal."""

    appeal_id: AppealId
    text: str
    idempotency_key: str | None = None


async def submit(services: Services, viewer: Viewer, objection: NewAppeal) -> AppealId:
    """Keep the viewer's appeal against a decision about them: once a decision, within APPEAL_WINDOW."""
    subject = require_signed_in(viewer)
    retry = IdempotentRequest(
        subject, objection.idempotency_key, ("appeal", objection.decision_id, objection.text.strip())
    )
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services, retry)
    if before is not None:
        return AppealId(before)
    with wrong.collect():
        decision = await _about(services, viewer, subject, objection.decision_id)
    with wrong.collect():
        text = required_text(objection.text, APPEAL_LENGTH, "text")
    wrong.refuse()
    appeal = Appeal(
        id=new_appeal_id(services.random),
        decision_id=decision.id,
        subject_id=subject,
        decider_id=decision.decided_by,
        is_for_admins=await _is_for_admins(services, decision),
        text=text,
        created_at=services.now(),
        board_id=decision.board_id,
    )

    async def write(transaction: Transaction) -> str:
        reversal = await services.stores.decisions.reversal_record_of(decision.id, transaction)
        if reversal:
            raise refusal(ErrorCode.CONFLICT, Message.TAKEN_BACK, "decisionId")
        await services.stores.appeals.insert(appeal, transaction)
        return appeal.id

    try:
        return AppealId(await run_idempotent(services, retry, write))
    except AlreadyAppealed as repeated:
        raise refusal(ErrorCode.CONFLICT, Message.ALREADY_APPEALED, "decisionId") from repeated


async def add_message(services: Services, viewer: Viewer, word: NewAppealMessage) -> None:
    """Say more on an open appeal: as its subject, or as a moderator who may decide it.

    Nobody says the same twice in a row: that is a retry, with a key or without.
    """
    author = require_signed_in(viewer)
    retry = IdempotentRequest(author, word.idempotency_key, ("appeal message", word.appeal_id, word.text.strip()))
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services, retry)
    if before is not None:
        return
    with wrong.collect():
        voice = await _voice(services, viewer, word.appeal_id)
    with wrong.collect():
        text = required_text(word.text, APPEAL_LENGTH, "text")
    wrong.refuse()
    message = AppealMessage(voice, author, text, services.now())

    async def write(transaction: Transaction) -> str:
        if not await services.stores.appeals.add_message(word.appeal_id, message, transaction):
            await _check_said(services, word.appeal_id, message, transaction)
        return word.appeal_id

    await run_idempotent(services, retry, write)


async def _voice(services: Services, viewer: Viewer, appeal_id: AppealId) -> AppealVoice:
    """As whom the viewer speaks on an appeal. Refuses those who may not."""
    appeal = (await services.stores.appeals.seen_by(viewer, [appeal_id])).get(appeal_id)
    if appeal is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "appealId")
    if is_subject(viewer, appeal):
        return AppealVoice.SUBJECT
    require_capability(viewer, Capability.KEEP_ORDER)
    return AppealVoice.MODERATOR


async def _check_said(services: Services, appeal_id: AppealId, said: AppealMessage, transaction: Transaction) -> None:
    """Refuses what is not the last word on the appeal, for it was not kept there."""
    now = await services.stores.appeals.record_of(appeal_id, transaction)
    if now and [(last.author_id, last.text) for last in now.messages[-1:]] == [(said.author_id, said.text)]:
        return
    if now and now.decided_at:
        raise refusal(ErrorCode.CONFLICT, Message.APPEAL_DECIDED, "appealId")
    raise refusal(ErrorCode.VALIDATION, Message.APPEAL_FULL, "appealId", most=MAX_APPEAL_MESSAGES)


async def _about(services: Services, viewer: Viewer, subject: MemberId, decision_id: DecisionId) -> Decision:
    """The decision, if it is the viewer's to appeal against."""
    decision = await services.stores.decisions.record_of(decision_id)
    if decision is None or decision.subject_id != subject or decision.action not in TOLD_TO_SUBJECT:
        has_visible_characters = decision_id in await services.stores.decisions.seen_by(viewer, [decision_id])
        code, message = (
            (ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
            if has_visible_characters
            else (ErrorCode.NOT_FOUND, Message.NOT_FOUND)
        )
        raise refusal(code, message, "decisionId")
    if not can_be_appealed(decision):
        raise refusal(ErrorCode.FORBIDDEN, Message.NO_APPEAL, "decisionId")
    if not is_in_time(decision, services.now()):
        raise refusal(ErrorCode.FORBIDDEN, Message.APPEAL_TOO_LATE, "decisionId", days=APPEAL_WINDOW.days)
    return decision


async def _is_for_admins(services: Services, decision: Decision) -> bool:
    """Whether it is about where one stands whom moderators could not have brought there."""
    role = await services.stores.members.role_of(decision.subject_id)
    is_above = role is not None and not may_sanction(Role.MODERATOR, role)
    return is_above and EFFECTS[decision.action].aim is Aim.MEMBER
