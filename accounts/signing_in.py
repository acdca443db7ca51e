"""Signing in with a password or a code, and out again."""

import asyncio
from dataclasses import dataclass

from accounts.codes import CodePurpose, check_code, invalid_code, owner
from accounts.desk import Desk
from accounts.phones import normalised
from accounts.registering import SignedIn
from domain.members import MemberRecord
from domain.messages import Message
from domain.problems import ErrorCode, Refused, refusal
from policy.limits import PASSWORD_LENGTH, Rate


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who signs in, by handle or phone, with exactly one of password and code."""

    login: str
    password: str | None
    code: str | None
    address: str
    """Where the request came from."""


async def sign_in(desk: Desk, attempt: SignIn) -> SignedIn:
    """Open a session. An unknown login and a wrong password answer alike, after the same work."""
    if (attempt.password is None) == (attempt.code is None):
        raise refusal(ErrorCode.VALIDATION, Message.ONE_SECRET, "password")
    login = attempt.login.strip()[:100].casefold()
    await desk.spend(Rate.SIGN_IN_PER_ADDRESS, attempt.address)
    # One account, one count, however its phone is written.
    await desk.spend(Rate.SIGN_IN_PER_LOGIN, normalised(login) or login)
    if attempt.code is not None:
        return await _with_code(desk, attempt.login, attempt.code)
    return await _with_password(desk, login, attempt.password or "")


async def sign_out(desk: Desk, token: str | None) -> None:
    """End the session; there is nothing to end where nobody is signed in."""
    if token:
        await desk.house.stores.sessions.delete(token)


async def _with_password(desk: Desk, login: str, password: str) -> SignedIn:
    member = await _find(desk, login)
    stored = await desk.house.stores.credentials.password_hash_record(member.id if member else None)
    is_right = len(password) <= PASSWORD_LENGTH[1] and await desk.passwords.verify(password, stored)
    if not member or not stored or not is_right:
        raise _failed()
    if desk.passwords.is_outdated(stored):
        await desk.house.stores.credentials.replace(member.id, stored, await desk.passwords.hash(password))
    return SignedIn(member.id, await desk.open_session(member.id))


async def _with_code(desk: Desk, typed_phone: str, code: str) -> SignedIn:
    phone = normalised(typed_phone)
    if phone is None:
        raise _failed()
    await check_code(desk, phone, CodePurpose.SIGN_IN, code)
    if not await desk.house.stores.codes.use(owner(phone, CodePurpose.SIGN_IN), code.strip()):
        raise invalid_code()
    member = await desk.house.stores.members.record_by_phone(phone)
    if member is None:
        raise _failed()
    return SignedIn(member.id, await desk.open_session(member.id))


async def _find(desk: Desk, login: str) -> MemberRecord | None:
    """By handle or phone, with both looked up either way so that the time tells nothing."""
    members = desk.house.stores.members
    by_handle, by_phone = await asyncio.gather(
        members.record_by_handle(login), members.record_by_phone(normalised(login) or "")
    )
    return by_handle or by_phone


def _failed() -> Refused:
    return refusal(ErrorCode.SIGN_IN_FAILED, Message.SIGN_IN_FAILED)
