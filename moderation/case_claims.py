"""Working on cases: claiming one for a while, giving it back, telling other moderators what one found."""

from dataclasses import dataclass

from domain.cases import CaseNote, CaseState
from domain.errors import ErrorCode, Refused, UserError, WrongFields, refusal
from domain.ids import CaseId
from domain.messages import Message
from domain.viewer import Viewer
from moderation.decision_request import moderator_of
from policy.case_priority import CLAIM
from policy.limits import MAX_CLAIMS, NOTE_LENGTH
from policy.permissions import Privilege
from stores.case_queue import ClaimsFull
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class NewCaseNote:
    """What a moderator tells the others, having read a case at a version."""

    case_id: CaseId
    version: int
    text: str


async def claim(services: Services, viewer: Viewer, case_id: CaseId | None) -> CaseId:
    """Make a case the viewer's for a while, or go on with it; without an id the most urgent that is nobody's."""
    moderator_of(viewer, Privilege.WORK_ON_CASES)
    now = services.now()
    try:
        claimed = await services.stores.queue.claim(viewer, case_id, now, now + CLAIM)
    except ClaimsFull as full:
        raise refusal(ErrorCode.VALIDATION, Message.CLAIMS_FULL, "caseId", most=MAX_CLAIMS) from full
    if claimed:
        return claimed.id
    case = (await services.stores.cases.seen_by(viewer, [case_id])).get(case_id) if case_id else None
    if case is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "caseId")
    if case.state_at(now) is CaseState.CLAIMED and case.claim:
        until = case.claim.until
        raise Refused(UserError(ErrorCode.CONFLICT, Message.CLAIMED_BY_ANOTHER, ("caseId",), retry_at=until))
    raise refusal(ErrorCode.CONFLICT, Message.ALREADY_DECIDED, "caseId")


async def release(services: Services, viewer: Viewer, case_id: CaseId) -> None:
    """Let the viewer's case be anyone's again; one that is not theirs, or not claimed, is left as it is."""
    moderator = moderator_of(viewer, Privilege.WORK_ON_CASES)
    if case_id not in await services.stores.cases.seen_by(viewer, [case_id]):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "caseId")
    await services.stores.queue.release(case_id, moderator.id)


async def add_note(services: Services, viewer: Viewer, remark: NewCaseNote) -> None:
    """Keep a remark on an open case; whoever decides from an older version is told that there is more to read."""
    moderator = moderator_of(viewer, Privilege.WORK_ON_CASES)
    wrong = WrongFields()
    with wrong.collect():
        await _check_as_read(services, viewer, remark)
    with wrong.collect():
        text = required_text(remark.text, NOTE_LENGTH, "text")
    wrong.refuse()
    note = CaseNote(services.random.token(12), moderator.id, text, services.now())

    async def write(transaction: Transaction) -> None:
        if not await services.stores.cases.bump(remark.case_id, remark.version, transaction):
            raise _changed()
        await services.stores.case_notes.insert(remark.case_id, note, transaction)

    await services.stores.transactions.run(write)


async def _check_as_read(services: Services, viewer: Viewer, remark: NewCaseNote) -> None:
    """Refuse a remark on a case that is not there, or has gone on since; the transaction decides once more."""
    case = (await services.stores.cases.seen_by(viewer, [remark.case_id])).get(remark.case_id)
    if case is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "caseId")
    if case.version != remark.version:
        raise _changed()


def _changed() -> Refused:
    return refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "expectedVersion")
