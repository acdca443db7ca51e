"""Staff reads: a moderator reads what a member hid, for a case about that member, and never off the record.

The record is there before the value is read: an audit row that says who, and a row for the member that says what for.
Where it can't be written nothing is read. A repeated read is a new record, for it is a new reading.
"""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from accounts.services import consume_rate_limit
from domain.audit import AuditEntry
from domain.disclosures import Disclosure, DisclosureGround
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import CaseId, MemberId
from domain.members import Birthday, Gender, ProfileField, Role
from domain.messages import Message
from domain.rich_text import Link, RichText
from domain.viewer import Viewer
from policy.limits import PURPOSE_LENGTH, Rate
from policy.permissions import Privilege, has
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class StaffRead:
    """Which field of whom a moderator wants to read, what for, and for which case."""

    member_id: MemberId
    field: ProfileField
    purpose: str
    case_id: CaseId


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and in which role."""

    id: MemberId
    role: Role


async def read_hidden_field(services: Services, moderator: Viewer, wanted: StaffRead) -> str | None:
    """The field in words, None where it is unset; blocks do not keep from it.

    A case that is missing, decided, about somebody else or about the moderator is refused in one and the same way.
    """
    reader = _reader(moderator)
    await consume_rate_limit(services, Rate.HIDDEN_FIELD_PER_MODERATOR, reader.id)
    wrong = WrongFields()
    with wrong.collect():
        purpose = required_text(wanted.purpose, PURPOSE_LENGTH, "purpose")
    with wrong.collect():
        await _check_ground(services, moderator, wanted)
    wrong.refuse()
    disclosure = Disclosure(
        id=services.random.token(12),
        member_id=wanted.member_id,
        field=wanted.field,
        purpose=purpose,
        ground=DisclosureGround.STAFF_READ,
        reader_role=reader.role,
        case_id=wanted.case_id,
        read_at=services.now(),
    )

    async def write(transaction: Transaction) -> None:
        await _check_ground(services, moderator, wanted, transaction)
        await _record(services, reader, disclosure, transaction)

    await services.stores.transactions.run(write)
    return _in_words(await services.stores.members.field_record(wanted.member_id, wanted.field))


async def _check_ground(
    services: Services, moderator: Viewer, wanted: StaffRead, transaction: Transaction | None = None
) -> None:
    """Refuse without an open case about the member that somebody else than ``moderator`` has reported."""
    if not await services.stores.cases.is_open_about(moderator, wanted.case_id, wanted.member_id, transaction):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "caseId")
    reader = _reader(moderator).id
    if not await services.stores.reports.is_backed_by_others(wanted.case_id, reader, transaction):
        # Nobody makes the ground for their own reading.
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "caseId")


async def _record(services: Services, reader: _Reader, disclosure: Disclosure, transaction: Transaction) -> None:
    """Write who read (for the audit log, sealed later) and what for (for the member); never what was read."""
    details = {
        "role": reader.role.value,
        "subject": disclosure.member_id,
        "field": disclosure.field.value,
        "case": disclosure.case_id,
        "purpose": disclosure.purpose,
    }
    kind = f"member.{disclosure.ground.value}"
    await services.stores.audit.add(
        AuditEntry(disclosure.id, disclosure.read_at, kind, reader.id, details), transaction
    )
    await services.stores.disclosures.add(disclosure, transaction)


def _reader(moderator: Viewer) -> _Reader:
    member_id = require_signed_in(moderator)
    if moderator.role is None or not has(moderator, Privilege.READ_HIDDEN_FIELDS):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return _Reader(member_id, moderator.role)


def _in_words(value: object) -> str | None:
    """A field's value as one line or text."""
    if isinstance(value, RichText):
        return value.text
    if isinstance(value, Link):
        return value.url
    if isinstance(value, Gender):
        return value.value
    if isinstance(value, Birthday):
        return _iso(value)
    return None if value is None else str(value)


def _iso(birthday: Birthday) -> str:
    """ISO 8601, as much as the member gave: 1990-05-17, 1990-05, 1990, and --05-17 without a year."""
    year = f"{birthday.year:04}" if birthday.year is not None else "-"
    parts = [f"{part:02}" for part in (birthday.month, birthday.day) if part is not None]
    return "-".join([year, *parts])
