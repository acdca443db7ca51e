"""Appeals: a member objects to a decision about them, and talks it over with a moderator who did not make it."""

from dataclasses import dataclass

from accounts.standing import check_standing
from domain.appeals import Appeal, AppealMessage, AppealVoice
from domain.ids import AppealId, DecisionId, MemberId, new_appeal_id
from domain.members import Role
from domain.messages import Message
from domain.moderation import Decision
from domain.problems import ErrorCode, refusal
from domain.viewer import Viewer
from moderation.effects import EFFECTS, Aim
from moderation.rulings import checked_text
from policy.appeals import can_be_appealed, is_in_time, is_subject
from policy.limits import APPEAL_LENGTH, APPEAL_WINDOW, MAX_APPEAL_MESSAGES
from policy.permissions import TOLD_TO_SUBJECT, Deed, may_sanction
from stores.appeals import AlreadyAppealed
from stores.house import House
from stores.retries import Retry, answered_before, once
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Objection:
    """What a member says against a decision."""

    decision_id: DecisionId
    text: str
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What more is said on an appeal."""

    appeal_id: AppealId
    text: str
    idempotency_key: str | None = None


async def submit(house: House, viewer: Viewer, objection: Objection) -> AppealId:
    """Keep the viewer's appeal against a decision about them: once a decision, within APPEAL_WINDOW."""
    subject = _signed_in(viewer)
    text = checked_text(objection.text, "text", APPEAL_LENGTH)
    retry = Retry(subject, objection.idempotency_key, ("appeal", objection.decision_id, text))
    before = await answered_before(house, retry)
    if before is not None:
        return AppealId(before)
    decision = await _about(house, viewer, subject, objection.decision_id)
    appeal = Appeal(
        id=new_appeal_id(house.random),
        decision_id=decision.id,
        subject_id=subject,
        decider_id=decision.decided_by,
        is_for_admins=await _is_for_admins(house, decision),
        text=text,
        created_at=house.now(),
        board_id=decision.board_id,
    )

    async def write(transaction: Transaction) -> str:
        reversal = await house.stores.decisions.reversal_record_of(decision.id, transaction)
        if reversal:
            raise refusal(ErrorCode.CONFLICT, Message.TAKEN_BACK, "decisionId")
        await house.stores.appeals.insert(appeal, transaction)
        return appeal.id

    try:
        return AppealId(await once(house, retry, write))
    except AlreadyAppealed as repeated:
        raise refusal(ErrorCode.CONFLICT, Message.ALREADY_APPEALED, "decisionId") from repeated


async def add_message(house: House, viewer: Viewer, word: Word) -> None:
    """Say more on an open appeal: as its subject, or as a moderator who may decide it.

    Nobody says the same twice in a row: that is a retry, with a key or without.
    """
    author = _signed_in(viewer)
    text = checked_text(word.text, "text", APPEAL_LENGTH)
    retry = Retry(author, word.idempotency_key, ("appeal message", word.appeal_id, text))
    if await answered_before(house, retry) is not None:
        return
    message = AppealMessage(await _voice(house, viewer, word.appeal_id), author, text, house.now())

    async def write(transaction: Transaction) -> str:
        if not await house.stores.appeals.add_message(word.appeal_id, message, transaction):
            await _check_said(house, word.appeal_id, message, transaction)
        return word.appeal_id

    await once(house, retry, write)


async def _voice(house: House, viewer: Viewer, appeal_id: AppealId) -> AppealVoice:
    """As whom the viewer speaks on an appeal. Refuses those who may not."""
    appeal = (await house.stores.appeals.seen_by(viewer, [appeal_id])).get(appeal_id)
    if appeal is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "appealId")
    if is_subject(viewer, appeal):
        return AppealVoice.SUBJECT
    check_standing(viewer, Deed.KEEP_ORDER)
    return AppealVoice.MODERATOR


async def _check_said(house: House, appeal_id: AppealId, said: AppealMessage, transaction: Transaction) -> None:
    """Refuses what is not the last word on the appeal, for it was not kept there."""
    now = await house.stores.appeals.record_of(appeal_id, transaction)
    if now and [(last.author_id, last.text) for last in now.messages[-1:]] == [(said.author_id, said.text)]:
        return
    if now and now.decided_at:
        raise refusal(ErrorCode.CONFLICT, Message.APPEAL_DECIDED, "appealId")
    raise refusal(ErrorCode.VALIDATION, Message.APPEAL_FULL, "appealId", most=MAX_APPEAL_MESSAGES)


async def _about(house: House, viewer: Viewer, subject: MemberId, decision_id: DecisionId) -> Decision:
    """The decision, if it is the viewer's to appeal against."""
    decision = await house.stores.decisions.record_of(decision_id)
    if decision is None or decision.subject_id != subject or decision.action not in TOLD_TO_SUBJECT:
        is_seen = decision_id in await house.stores.decisions.seen_by(viewer, [decision_id])
        code, message = (
            (ErrorCode.FORBIDDEN, Message.NOT_ALLOWED) if is_seen else (ErrorCode.NOT_FOUND, Message.NOT_FOUND)
        )
        raise refusal(code, message, "decisionId")
    if not can_be_appealed(decision):
        raise refusal(ErrorCode.FORBIDDEN, Message.NO_APPEAL, "decisionId")
    if not is_in_time(decision, house.now()):
        raise refusal(ErrorCode.FORBIDDEN, Message.APPEAL_TOO_LATE, "decisionId", days=APPEAL_WINDOW.days)
    return decision


async def _is_for_admins(house: House, decision: Decision) -> bool:
    """Whether it is about where one stands whom moderators could not have brought there."""
    role = await house.stores.members.role_of(decision.subject_id)
    is_above = role is not None and not may_sanction(Role.MODERATOR, role)
    return is_above and EFFECTS[decision.action].aim is Aim.MEMBER


def _signed_in(viewer: Viewer) -> MemberId:
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    return viewer.member_id
