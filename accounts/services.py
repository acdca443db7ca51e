"""What the accounts' use cases work with, and the limits that several of them share."""

from dataclasses import dataclass
from datetime import datetime

from accounts.passwords import Passwords
from accounts.sms import Sms
from domain.errors import ErrorCode, PublicFault, Refused, UserError
from domain.ids import MemberId
from domain.messages import Message
from policy.limits import SESSION_LIFETIME, Rate
from stores.rate_limits import RateLimitsUnavailable
from stores.services import Services
from stores.transactions import Transaction

#: 256 bits: cannot be guessed, so a plain hash of it can be stored.
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class AccountServices:
    """Where accounts are opened and keys handed out."""

    core: Services
    passwords: Passwords
    sms: Sms

    async def open_session(self, member_id: MemberId, transaction: Transaction | None = None) -> str:
        """A new session's token."""
        token = self.core.random.token(TOKEN_BYTES)
        now = self.core.now()
        await self.core.stores.sessions.insert(token, member_id, now, now + SESSION_LIFETIME, transaction)
        return token

    async def consume_rate_limit(self, rate: Rate, who: str) -> None:
        """Count one more. Raise `Refused` past the allowance."""
        await consume_rate_limit(self.core, rate, who)


async def consume_rate_limit(services: Services, rate: Rate, who: str) -> None:
    """Count one more. Refuses past the allowance, and where counting is out of reach."""
    try:
        retry_at = await services.stores.rate_limits.consume_rate_limit(rate, who, services.now())
    except RateLimitsUnavailable as error:
        raise UNAVAILABLE from error
    if retry_at is not None:
        raise too_many_tries(retry_at)


async def consume_rate_limit_if_available(services: Services, rate: Rate, member: MemberId) -> None:
    """Count one more of what is not guessing but flooding. Refuses past the allowance; without Redis it goes on."""
    try:
        retry_at = await services.stores.rate_limits.consume_rate_limit(rate, member, services.now())
    except RateLimitsUnavailable:
        return
    if retry_at is not None:
        raise too_many_tries(retry_at)


def too_many_tries(retry_at: datetime) -> Refused:
    return Refused(UserError(ErrorCode.RATE_LIMITED, Message.TOO_MANY_TRIES, retry_at=retry_at))


UNAVAILABLE = PublicFault("UNAVAILABLE", "This can't be done right now. Please try again in a moment.")
