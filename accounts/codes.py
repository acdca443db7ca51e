"""One-time codes: the same answer for every phone, whether it is known here or not."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accounts.phones import to_e164
from accounts.services import UNAVAILABLE, AccountServices
from accounts.sms import CodeMessage, DeliveryFailed
from domain.errors import ErrorCode, refusal
from domain.messages import Message
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


async def request_code(services: AccountServices, typed_phone: str, purpose: CodePurpose, address: str) -> CodeSent:
    """Send a new code; it makes an earlier one for the same phone and purpose void.

    Nothing here looks whether the phone is registered, so nothing can tell. ``address`` is where the request came from.
    """
    phone = to_e164(typed_phone, "phone")
    await services.consume_rate_limit(Rate.CODE_PER_ADDRESS, address)
    await services.consume_rate_limit(Rate.CODE_PER_PHONE_SOON, phone)
    await services.consume_rate_limit(Rate.CODE_PER_PHONE, phone)
    now = services.core.now()
    code = services.core.random.digits(CODE_DIGITS)
    expires_at = now + CODE_LIFETIME
    await services.core.stores.codes.put(owner(phone, purpose), code, CODE_TRIES, expires_at)
    try:
        await services.sms.send(CodeMessage(phone, purpose.value, code, now))
    except DeliveryFailed as error:
        raise UNAVAILABLE from error
    return CodeSent(expires_at, now + RATES[Rate.CODE_PER_PHONE_SOON].window)


async def check_code(services: AccountServices, phone: str, purpose: CodePurpose, code: str) -> None:
    """Refuse a code that is wrong, late, used or for something else; it stays usable."""
    if not await services.core.stores.codes.matches(owner(phone, purpose), code.strip(), services.core.now()):
        raise invalid_code()


def invalid_code() -> Exception:
    return refusal(ErrorCode.CODE_INVALID, Message.CODE_INVALID, "code")


def owner(phone: str, purpose: CodePurpose) -> str:
    """Whom and what a code is bound to."""
    return f"{phone}/{purpose.value}"
