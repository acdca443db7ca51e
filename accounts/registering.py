"""Registering: a phone proved by a code, a handle, a password, the accepted statement; nothing else is asked for."""

from dataclasses import dataclass

from accounts.codes import CodePurpose, check_code, invalid_code, owner
from accounts.desk import Desk
from accounts.handles import to_handle
from accounts.lines import single_line
from accounts.moving_in import move_in
from accounts.passwords import check_password
from accounts.phones import to_e164
from accounts.signs import is_seen
from accounts.statements import check_accepted
from domain.ids import MemberId, new_member_id
from domain.members import BirthdayPrecision, MemberRecord, Profile, Role
from domain.messages import Message
from domain.problems import ErrorCode, Refused, refusal
from policy.letters import skeleton
from policy.limits import DISPLAY_NAME_LENGTH, Rate
from stores.claims import AlreadyClaimed, Claim
from stores.transactions import Transaction


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
    Claim.HANDLE: (ErrorCode.HANDLE_TAKEN, Message.HANDLE_TAKEN, "handle"),
    Claim.PHONE: (ErrorCode.PHONE_TAKEN, Message.PHONE_TAKEN, "phone"),
}


async def register(desk: Desk, registration: Registration) -> SignedIn:
    """Make a member and sign them in. A code survives a refusal, so that another handle can be tried with it."""
    phone = to_e164(registration.phone, "phone")
    handle = to_handle(registration.handle, "handle")
    display_name = to_display_name(registration.display_name or handle, "displayName")
    check_password(registration.password, handle, phone, "password")
    check_accepted(registration.accepted_statement)
    await desk.spend(Rate.REGISTER_PER_ADDRESS, registration.address)
    await desk.spend(Rate.REGISTER_PER_PHONE, phone)
    await check_code(desk, phone, CodePurpose.REGISTER, registration.code)
    await _check_free(desk, handle, phone)
    member = MemberRecord(
        id=new_member_id(desk.house.random),
        handle=handle,
        display_name=display_name,
        role=Role.MEMBER,
        profile=Profile(phone=phone),
        audiences={},
        birthday_precision=BirthdayPrecision.FULL_DATE,
        default_byline=(),
        created_at=desk.house.now(),
        accepted_statement=registration.accepted_statement,
    )
    password_hash = await desk.passwords.hash(registration.password)

    async def write(transaction: Transaction) -> SignedIn:
        if not await desk.house.stores.codes.use(
            owner(phone, CodePurpose.REGISTER), registration.code.strip(), transaction
        ):
            raise invalid_code()
        await claim_names(desk, member, transaction)
        await move_in(desk.house.stores, [member], transaction)
        await desk.house.stores.credentials.insert(member.id, password_hash, transaction)
        return SignedIn(member.id, await desk.open_session(member.id, transaction))

    try:
        return await desk.house.stores.transactions.run(write)
    except AlreadyClaimed as taken:
        raise _taken(taken.claim) from taken


async def _check_free(desk: Desk, handle: str, phone: str) -> None:
    """Refuse what is taken before the password is hashed; the transaction decides once more."""
    wanted = {Claim.PHONE: desk.house.stores.members.phone_index(phone), Claim.HANDLE: skeleton(handle)}
    for claim, key in wanted.items():
        if await desk.house.stores.claims.find(claim, key):
            raise _taken(claim)


def _taken(claim: Claim) -> Refused:
    code, message, field = _TAKEN[claim]
    return refusal(code, message, field)


async def claim_names(desk: Desk, member: MemberRecord, transaction: Transaction) -> None:
    """Claim what no two members share: the phone, and the look of the handle. Raises AlreadyClaimed."""
    claims = desk.house.stores.claims
    if member.profile.phone:
        index = desk.house.stores.members.phone_index(member.profile.phone)
        await claims.take(Claim.PHONE, index, member.id, transaction)
    await claims.take(Claim.HANDLE, skeleton(member.handle), member.id, transaction)


def to_display_name(typed: str, *path: str) -> str:
    """``typed`` as a single line. Refuses nothing at all, nothing that can be seen, and too much."""
    name = single_line(typed)
    if typed.strip() and not is_seen(name):
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_SEEN, *path)
    if not name or len(name) > DISPLAY_NAME_LENGTH:
        raise refusal(ErrorCode.VALIDATION, Message.DISPLAY_NAME_FORM, *path, most=DISPLAY_NAME_LENGTH)
    return name
