"""Registering: a phone proved by a code, a handle, a password, the accepted statement; nothing else is asked for."""

from dataclasses import dataclass

from accounts.codes import CodePurpose, check_code, invalid_code, owner
from accounts.create_members import create_members
from accounts.handles import to_handle
from accounts.passwords import check_password
from accounts.phones import to_e164
from accounts.privacy_statement import check_accepted
from accounts.services import AccountServices
from domain.errors import ErrorCode, Refused, WrongFields, refusal
from domain.ids import MemberId, new_member_id
from domain.members import BirthdayPrecision, MemberRecord, Profile, Role
from domain.messages import Message
from policy.confusables import skeleton
from policy.limits import DISPLAY_NAME_LENGTH, Rate
from stores.transactions import Transaction
from stores.unique_keys import AlreadyTaken, UniqueKey
from text.input_text import visible_line


@dataclass(frozen=True, slots=True)
class Registration:
    """What a new member gives."""

    phone: str
    code: str
    handle: str
    password: str
    accepted_statement: str
    display_name: str | None
    address: str
    """Where the request came from."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in now, and the token that shows it."""

    member_id: MemberId
    token: str


_TAKEN = {
    UniqueKey.HANDLE: (ErrorCode.HANDLE_TAKEN, Message.HANDLE_TAKEN, "handle"),
    UniqueKey.PHONE: (ErrorCode.PHONE_TAKEN, Message.PHONE_TAKEN, "phone"),
}


async def register(services: AccountServices, registration: Registration) -> SignedIn:
    """Make a member and sign them in. A code survives a refusal, so that another handle can be tried with it.

    The form is checked first, for a wrong code costs a try; what is taken is told to those alone who have a right code.
    """
    phone, handle, display_name = _checked_form(registration)
    await services.consume_rate_limit(Rate.REGISTER_PER_ADDRESS, registration.address)
    await services.consume_rate_limit(Rate.REGISTER_PER_PHONE, phone)
    await check_code(services, phone, CodePurpose.REGISTER, registration.code)
    await _check_free(services, handle, phone)
    member = MemberRecord(
        id=new_member_id(services.core.random),
        handle=handle,
        display_name=display_name,
        role=Role.MEMBER,
        profile=Profile(phone=phone),
        audiences={},
        birthday_precision=BirthdayPrecision.FULL_DATE,
        default_byline=(),
        created_at=services.core.now(),
        accepted_statement=registration.accepted_statement,
    )
    password_hash = await services.passwords.hash(registration.password)

    async def write(transaction: Transaction) -> SignedIn:
        if not await services.core.stores.codes.use(
            owner(phone, CodePurpose.REGISTER), registration.code.strip(), transaction
        ):
            raise invalid_code()
        await claim_names(services, member, transaction)
        await create_members(services.core.stores, [member], transaction)
        await services.core.stores.credentials.insert(member.id, password_hash, transaction)
        return SignedIn(member.id, await services.open_session(member.id, transaction))

    try:
        return await services.core.stores.transactions.run(write)
    except AlreadyTaken as taken:
        raise _taken(taken.claim) from taken


def _checked_form(registration: Registration) -> tuple[str, str, str]:
    """The phone, the handle and the display name as they are kept. Refuses every field that cannot be taken."""
    wrong, phone, handle, name = WrongFields(), registration.phone, registration.handle, registration.display_name
    with wrong.collect():
        phone = to_e164(registration.phone, "phone")
    with wrong.collect():
        handle = to_handle(registration.handle, "handle")
        name = name or handle
    with wrong.collect():
        name = to_display_name(name, "displayName") if name else ""
    with wrong.collect():
        check_password(registration.password, handle, phone, "password")
    with wrong.collect():
        check_accepted(registration.accepted_statement)
    wrong.refuse()
    return phone, handle, name or ""


async def _check_free(services: AccountServices, handle: str, phone: str) -> None:
    """Refuse what is taken before the password is hashed; the transaction decides once more."""
    wrong = WrongFields()
    wanted = {UniqueKey.PHONE: services.core.stores.members.phone_index(phone), UniqueKey.HANDLE: skeleton(handle)}
    for claim, key in wanted.items():
        with wrong.collect():
            if await services.core.stores.unique_keys.find(claim, key):
                raise _taken(claim)
    wrong.refuse()


def _taken(claim: UniqueKey) -> Refused:
    code, message, field = _TAKEN[claim]
    return refusal(code, message, field)


async def claim_names(services: AccountServices, member: MemberRecord, transaction: Transaction) -> None:
    """Claim what no two members share: the phone, and the look of the handle. Raises AlreadyClaimed."""
    claims = services.core.stores.unique_keys
    if member.profile.phone:
        index = services.core.stores.members.phone_index(member.profile.phone)
        await claims.take(UniqueKey.PHONE, index, member.id, transaction)
    await claims.take(UniqueKey.HANDLE, skeleton(member.handle), member.id, transaction)


def to_display_name(typed: str, *path: str) -> str:
    """``typed`` as a single line. Refuses nothing at all, nothing that can be seen, and too much."""
    name = visible_line(typed, *path)
    if not 0 < len(name) <= DISPLAY_NAME_LENGTH:
        raise refusal(ErrorCode.VALIDATION, Message.DISPLAY_NAME_FORM, *path, most=DISPLAY_NAME_LENGTH)
    return name
