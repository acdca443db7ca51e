"""Signing in with a password or a code, and out again."""

import asyncio
from dataclasses import dataclass

from accounts.codes import CodePurpose, check_code, invalid_code, owner
from accounts.phones import normalised
from accounts.registration import SignedIn
from accounts.services import AccountServices
from domain.errors import ErrorCode, Refused, refusal
from domain.members import MemberRecord
from domain.messages import Message
from policy.limits import PASSWORD_LENGTH, Rate
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who signs in, by handle or phone, with exactly one of password and code."""

    login: str
    password: str | None
    code: str | None
    address: str
    """Where the request came from."""


async def sign_in(services: AccountServices, attempt: SignIn) -> SignedIn:
    """Open a session. An unknown login and a wrong password answer alike, after the same work."""
    if (attempt.password is None) == (attempt.code is None):
        raise refusal(ErrorCode.VALIDATION, Message.ONE_SECRET, "password")
    login = attempt.login.strip()[:100].casefold()
    await services.consume_rate_limit(Rate.SIGN_IN_PER_ADDRESS, attempt.address)
    # One account, one count, however its phone is written.
    await services.consume_rate_limit(Rate.SIGN_IN_PER_LOGIN, normalised(login) or login)
    if attempt.code is not None:
        return await _with_code(services, attempt.login, attempt.code)
    return await _with_password(services, login, attempt.password or "")


async def sign_out(services: AccountServices, token: str | None) -> None:
    """End the session; there is nothing to end where nobody is signed in."""
    if token:
        await services.core.stores.sessions.delete(token)


async def _with_password(services: AccountServices, login: str, password: str) -> SignedIn:
    member = await _find(services, login)
    stored = await services.core.stores.credentials.password_hash_record(member.id if member else None)
    is_right = len(password) <= PASSWORD_LENGTH[1] and await services.passwords.verify(password, stored)
    if not member or not stored or not is_right:
        raise _failed()
    member_id, outdated = member.id, stored
    newer = await services.passwords.hash(password) if services.passwords.is_outdated(stored) else None

    async def write(transaction: Transaction) -> SignedIn:
        if newer:
            await services.core.stores.credentials.replace(member_id, outdated, newer, transaction)
        return SignedIn(member_id, await services.open_session(member_id, transaction))

    return await services.core.stores.transactions.run(write)


async def _with_code(services: AccountServices, typed_phone: str, code: str) -> SignedIn:
    phone = normalised(typed_phone)
    if phone is None:
        raise _failed()
    await check_code(services, phone, CodePurpose.SIGN_IN, code)
    member = await services.core.stores.members.record_by_phone(phone)
    if member is None:
        raise _failed()
    member_id = member.id

    async def write(transaction: Transaction) -> SignedIn:
        if not await services.core.stores.codes.use(owner(phone, CodePurpose.SIGN_IN), code.strip(), transaction):
            raise invalid_code()
        return SignedIn(member_id, await services.open_session(member_id, transaction))

    return await services.core.stores.transactions.run(write)


async def _find(services: AccountServices, login: str) -> MemberRecord | None:
    """By handle or phone, with both looked up either way so that the time tells nothing."""
    members = services.core.stores.members
    by_handle, by_phone = await asyncio.gather(
        members.record_by_handle(login), members.record_by_phone(normalised(login) or "")
    )
    return by_handle or by_phone


def _failed() -> Refused:
    return refusal(ErrorCode.SIGN_IN_FAILED, Message.SIGN_IN_FAILED)
