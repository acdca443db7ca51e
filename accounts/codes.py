"""One-time codes: the same answer for every phone, whether it is known here or not."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accounts.delivery import CodeMessage, DeliveryFailed
from accounts.desk import UNAVAILABLE, Desk
from accounts.phones import to_e164
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from policy.limits import CODE_DIGITS, CODE_LIFETIME, CODE_TRIES, RATES, Rate


class CodePurpose(Enum):
    """What a code is good for; it is good for nothing else."""

    REGISTER = "REGISTER"
    SIGN_IN = "SIGN_IN"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105 - the name of a purpose
    CHANGE_PHONE = "CHANGE_PHONE"


@dataclass(frozen=True, slots=True)
class CodeSent:
    """Until when the code counts, and from when another may be asked for."""

    expires_at: datetime
    retry_at: datetime


async def request_code(desk: Desk, typed_phone: str, purpose: CodePurpose, address: str) -> CodeSent:
    """Send a new code; it makes an earlier one for the same phone and purpose void.

    Nothing here looks whether the phone is registered, so nothing can tell. ``address`` is where the request came from.
    """
    phone = to_e164(typed_phone, "phone")
    await desk.spend(Rate.CODE_PER_ADDRESS, address)
    await desk.spend(Rate.CODE_PER_PHONE_SOON, phone)
    await desk.spend(Rate.CODE_PER_PHONE, phone)
    now = desk.house.now()
    code = desk.house.random.digits(CODE_DIGITS)
    expires_at = now + CODE_LIFETIME
    await desk.house.stores.codes.put(owner(phone, purpose), code, CODE_TRIES, expires_at)
    try:
        await desk.sms.send(CodeMessage(phone, purpose.value, code, now))
    except DeliveryFailed as error:
        raise UNAVAILABLE from error
    return CodeSent(expires_at, now + RATES[Rate.CODE_PER_PHONE_SOON].window)


async def check_code(desk: Desk, phone: str, purpose: CodePurpose, code: str) -> None:
    """Refuse a code that is wrong, late, used or for something else; it stays usable."""
    if not await desk.house.stores.codes.matches(owner(phone, purpose), code.strip(), desk.house.now()):
        raise invalid_code()


def invalid_code() -> Exception:
    return refusal(ErrorCode.CODE_INVALID, Message.CODE_INVALID, "code")


def owner(phone: str, purpose: CodePurpose) -> str:
    """Whom and what a code is bound to."""
    return f"{phone}/{purpose.value}"
