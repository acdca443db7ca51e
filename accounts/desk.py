"""What the accounts' use cases work with, and the limits that several of them share."""

from dataclasses import dataclass
from datetime import datetime

from accounts.delivery import Sms
from accounts.passwords import Passwords
from domain.faults import PublicFault
from domain.ids import MemberId
from domain.messages import Message
from domain.problems import ErrorCode, Problem, Refused
from policy.limits import SESSION_LIFETIME, Rate
from stores.house import House
from stores.rates import RatesUnavailable
from stores.transactions import Transaction

#: 256 bits: cannot be guessed, so a plain hash of it can be stored.
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Desk:
    """Where accounts are opened and keys handed out."""

    house: House
    passwords: Passwords
    sms: Sms

    async def open_session(self, member_id: MemberId, transaction: Transaction | None = None) -> str:
        """A new session's token."""
        token = self.house.random.token(TOKEN_BYTES)
        now = self.house.now()
        await self.house.stores.sessions.insert(token, member_id, now, now + SESSION_LIFETIME, transaction)
        return token

    async def spend(self, rate: Rate, who: str) -> None:
        """As ``spend``."""
        await spend(self.house, rate, who)


async def spend(house: House, rate: Rate, who: str) -> None:
    """Count one more. Refuses past the allowance, and where counting is out of reach."""
    try:
        retry_at = await house.stores.rates.spend(rate, who, house.now())
    except RatesUnavailable as error:
        raise UNAVAILABLE from error
    if retry_at is not None:
        raise too_many_tries(retry_at)


async def slow_down(house: House, rate: Rate, member: MemberId) -> None:
    """Count one more of what is not guessing but flooding. Refuses past the allowance; without Redis it goes on."""
    try:
        retry_at = await house.stores.rates.spend(rate, member, house.now())
    except RatesUnavailable:
        return
    if retry_at is not None:
        raise too_many_tries(retry_at)


def too_many_tries(retry_at: datetime) -> Refused:
    return Refused(Problem(ErrorCode.RATE_LIMITED, Message.TOO_MANY_TRIES, retry_at=retry_at))


UNAVAILABLE = PublicFault("UNAVAILABLE", "This can't be done right now. Please try again in a moment.")
