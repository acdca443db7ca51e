"""Editing one's own profile, and choosing who sees which of its fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from email_validator import EmailNotValidError, validate_email

from accounts.capability_check import require_signed_in
from accounts.direct_messages import checked_policy
from accounts.registration import to_display_name
from content.input_rendering import rendered
from content.links import classify
from content.services import ContentServices
from domain.audience import Audience
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import MemberId
from domain.members import Birthday, BirthdayPrecision, ProfileField
from domain.messages import Message
from domain.rich_text import Link, RichText
from domain.viewer import Viewer
from policy.limits import BIO_LENGTH, EMAIL_LENGTH, LOCATION_LENGTH, URL_LENGTH
from policy.visibility import PROFILE_FIELDS
from stores.members import ProfileEdit
from stores.transactions import Transaction
from text.input_text import optional_line, text_as_typed

#: Read by rendering, which is counted; all others by _READERS.
_TEXTS = frozenset({ProfileField.BIO})
#: February 29 is somebody's birthday also where the year is not given.
_A_LEAP_YEAR = 2000
_EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class ProfileChanges:
    """What changes of a profile, as a person typed it. What is absent stays as it is."""

    typed: Mapping[ProfileField, object]
    """None clears a field."""
    display_name: str | None = None
    default_byline: tuple[ProfileField, ...] | None = None
    """What goes along with posts and comments that do not say."""
    contact_policy: Audience | None = None
    """Who may write to the member."""


@dataclass(frozen=True, slots=True)
class AudienceChoices:
    """Who is to see which field from now on, and how much of the birthday."""

    audiences: tuple[tuple[ProfileField, Audience], ...]
    birthday_precision: BirthdayPrecision | None


async def update_profile(services: ContentServices, viewer: Viewer, changes: ProfileChanges) -> None:
    """Change the viewer's own profile, all of it or nothing. Refuses every value that cannot be taken."""
    member_id = require_signed_in(viewer)
    wrong, name, policy = WrongFields(), None, None
    with wrong.collect():
        if changes.display_name is not None:
            name = to_display_name(changes.display_name, "displayName")
    with wrong.collect():
        fields = await _fields(services, member_id, changes.typed)
    with wrong.collect():
        if changes.contact_policy is not None:
            policy = checked_policy(changes.contact_policy, "contactPolicy")
    wrong.refuse()
    byline = None if changes.default_byline is None else tuple(dict.fromkeys(changes.default_byline))
    edit = ProfileEdit(fields, name, byline, policy)

    async def write(transaction: Transaction) -> None:
        await services.core.stores.members.update_profile(member_id, edit, transaction)

    await services.core.stores.transactions.run(write)


async def _fields(
    services: ContentServices, member_id: MemberId, typed: Mapping[ProfileField, object]
) -> Mapping[ProfileField, object]:
    """What was typed into each field, as it is kept."""
    wrong, fields = WrongFields(), dict[ProfileField, object]()
    for field, value in typed.items():
        with wrong.collect():
            is_text = field in _TEXTS
            fields[field] = await _text(services, member_id, value) if is_text else _understood(services, field, value)
    wrong.refuse()
    return fields


async def update_field_audiences(services: ContentServices, viewer: Viewer, choices: AudienceChoices) -> None:
    """Set who sees which field. Refuses what is wider than the field can go; nothing changes then."""
    member_id = require_signed_in(viewer)
    audiences = checked_audiences(choices)

    async def write(transaction: Transaction) -> None:
        await services.core.stores.members.update_audiences(
            member_id, audiences, choices.birthday_precision, transaction
        )

    await services.core.stores.transactions.run(write)


def checked_audiences(choices: AudienceChoices) -> Mapping[ProfileField, Audience]:
    """The audience chosen for each field. Refuses what is chosen twice, or wider than the field can go."""
    audiences, wrong = dict(choices.audiences), WrongFields()
    with wrong.collect():
        if len(audiences) < len(choices.audiences):
            raise refusal(ErrorCode.VALIDATION, Message.FIELD_TWICE, "audiences")
    for field, audience in audiences.items():
        with wrong.collect():
            _check_audience(field, audience)
    wrong.refuse()
    return audiences


def _check_audience(field: ProfileField, audience: Audience) -> None:
    widest = PROFILE_FIELDS[field].widest
    if audience.is_wider_than(widest):
        raise refusal(ErrorCode.VALIDATION, Message.AUDIENCE_TOO_WIDE, "audiences", field.value, widest=widest)


def _understood(services: ContentServices, field: ProfileField, value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[field](services, value)


async def _text(services: ContentServices, author: MemberId, value: object) -> RichText | None:
    typed = str(value or "")
    return await rendered(services, author, typed, BIO_LENGTH, "bio") if typed.strip() else None


def _location(_desk: ContentServices, value: object) -> str | None:
    return optional_line(str(value), LOCATION_LENGTH, "location")


def _website(services: ContentServices, value: object) -> Link:
    typed = text_as_typed(str(value).strip(), URL_LENGTH, "website")
    link = classify(typed, services.site) if typed.casefold().startswith(("http://", "https://")) else None
    if link is None:
        raise refusal(ErrorCode.VALIDATION, Message.URL_FORM, "website")
    return link


def _email(_desk: ContentServices, value: object) -> str:
    typed = text_as_typed(str(value).strip(), EMAIL_LENGTH, "email")
    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise refusal(ErrorCode.VALIDATION, Message.EMAIL_FORM, "email") from error


def _birthday(services: ContentServices, value: object) -> Birthday:
    if not isinstance(value, Birthday) or not _is_a_day(value, services.core.now().date()):
        raise refusal(ErrorCode.VALIDATION, Message.BIRTHDAY_FORM, "birthday")
    return value


def _is_a_day(birthday: Birthday, today: date) -> bool:
    """Whether there is such a day, or month, or year, that has come already."""
    if birthday.day is not None and birthday.month is None:
        return False
    if birthday.month is None and birthday.year is None:
        return False
    try:
        start = date(_given(birthday.year, _A_LEAP_YEAR), _given(birthday.month, 1), _given(birthday.day, 1))
    except (ValueError, OverflowError):
        return False
    return birthday.year is None or (birthday.year >= _EARLIEST_YEAR and start <= today)


def _given(part: int | None, otherwise: int) -> int:
    return otherwise if part is None else part


def _as_given(_desk: ContentServices, value: object) -> object:
    return value


_READERS: Mapping[ProfileField, Callable[[ContentServices, object], object]] = {
    ProfileField.GENDER: _as_given,
    ProfileField.LOCATION: _location,
    ProfileField.BIRTHDAY: _birthday,
    ProfileField.WEBSITE: _website,
    ProfileField.EMAIL: _email,
}
