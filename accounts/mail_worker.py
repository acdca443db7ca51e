"""The relay: hands letters from the outbox to the operator's gateway, if their recipients still let them through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from unicodedata import category

import structlog

from accounts.mail import Mail, MailMessage
from domain.ids import MemberId
from domain.members import MemberView, Relationship
from domain.messages import Message
from domain.viewer import Viewer
from policy.limits import LETTER_WAITS, Rate
from stores.direct_messages import DirectMessage
from stores.leases import OWNER_BYTES, Lease, LeaseLost
from stores.rate_limits import RateLimitsUnavailable
from stores.services import Services

LOCK = "letter-relay"
#: Longer than a gateway may take for a letter, so that a second relay does not hand over the same one meanwhile.
LEASE = timedelta(seconds=30)
RENEWAL_SECONDS = 10.0
PERIOD_SECONDS = 1.0
#: Letters that are looked at in a round, and handed over at once.
BATCH = 50
AT_ONCE = 10

log = structlog.get_logger()


class Relay:
    """Delivers while it holds the lease; of several processes one does.

    A letter leaves the outbox after the gateway took it, so after a crash it may be handed over twice, under the same
    id by which the gateway knows it.
    """

    def __init__(self, services: Services, mail: Mail, site: str) -> None:
        self._services = services
        self._mail = mail
        self._site = site
        owner = services.random.token(OWNER_BYTES)
        self._lease = Lease(services.stores.database, services.clock, LOCK, owner, LEASE, RENEWAL_SECONDS)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let ``run`` end; what waits is delivered by the next one."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver what is due, every PERIOD_SECONDS, until told to stop."""
        while not self._stopping.is_set():
            try:
                if await self._lease.take():
                    async with self._lease.kept():
                        await self._deliver_until_stopped()
            except LeaseLost:
                log.warning("relay.another_delivers")
            except Exception as failure:  # noqa: BLE001 - the task's outer edge: letters wait, the house goes on
                log.error("relay.failed", failure=type(failure).__name__)
            await self._pause()

    async def deliver_due(self) -> None:
        """One round: each letter that is due is delivered, dropped or put off."""
        letters = await self._services.stores.direct_messages.due(self._services.now(), BATCH)
        # Several at once: a gateway that hangs over one does not keep all others waiting.
        for first in range(0, len(letters), AT_ONCE):
            await asyncio.gather(*map(self._deliver, letters[first : first + AT_ONCE]))

    async def _deliver_until_stopped(self) -> None:
        while not self._stopping.is_set():
            await self.deliver_due()
            await self._pause()

    async def _deliver(self, letter: DirectMessage) -> None:
        try:
            message = await self._message(letter)
            if message and (later := await self._held_back(letter)):
                await self._services.stores.direct_messages.hold_back(letter, later)
                return
            if message:
                await self._mail.send(message)
        except Exception as failure:  # noqa: BLE001 - whatever is wrong with one, the other letters go on
            await self._put_off(letter, failure)
            return
        await self._services.stores.direct_messages.remove(letter)

    async def _held_back(self, letter: DirectMessage) -> datetime | None:
        """Until when its recipient has had enough letters; where nobody counts they have not."""
        try:
            return await self._services.stores.rate_limits.consume_rate_limit(
                Rate.LETTER_PER_RECIPIENT, letter.recipient, self._services.now()
            )
        except RateLimitsUnavailable:
            return None

    async def _message(self, letter: DirectMessage) -> MailMessage | None:
        """What goes out, by what holds now; None where it does not reach or its recipient does not let it through."""
        members = self._services.stores.members
        sees = await self._seen_by(letter.sender, letter.recipient)
        seen = await self._seen_by(letter.recipient, letter.sender)
        if sees is None or seen is None or not sees.takes_direct_messages:
            return None
        recipient = await members.record_by_handle(sees.handle)
        address = recipient and recipient.profile.email
        return self._written(letter, seen, address) if address else None

    async def _seen_by(self, viewer: MemberId, other: MemberId) -> MemberView | None:
        """``other`` as ``viewer`` sees them now, by what ties the two alone."""
        tie = (await self._services.stores.relationships.relationships(Viewer(viewer), [other])).get(other)
        friends, blocked = (frozenset({other} if tie is kind else ()) for kind in _DECISIVE)
        return (await self._services.stores.members.seen_by(Viewer(viewer, None, friends, blocked), [other])).get(other)

    def _written(self, letter: DirectMessage, sender: MemberView, address: str) -> MailMessage:
        values: dict[str, object] = {"name": sender.display_name, "handle": sender.handle, "site": self._site}
        return MailMessage(
            id=letter.id,
            to=address,
            subject=Message.LETTER_SUBJECT.in_both_with(values),
            # The house speaks first, and marks what is not its own: a letter must not pose as the house.
            text=f"{Message.LETTER_HEAD.in_both_with(values)}\n\n{_quoted(self._services.stores.direct_messages.open(letter))}\n",
            at=letter.at,
        )

    async def _put_off(self, letter: DirectMessage, failure: Exception) -> None:
        if letter.tries >= len(LETTER_WAITS):
            log.error("relay.given_up", letter=letter.id, tries=letter.tries)
            await self._services.stores.direct_messages.remove(letter)
            return
        # The failure's type alone: what it says may hold the address.
        log.warning("relay.put_off", letter=letter.id, failure=type(failure).__name__)
        await self._services.stores.direct_messages.postpone(letter, self._services.now() + LETTER_WAITS[letter.tries])

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), PERIOD_SECONDS)


def _quoted(text: str) -> str:
    """Each line marked as somebody's words, without signs that turn or hide what stands beside them."""
    plain = "".join(sign for sign in text if sign in "\n\t" or category(sign) not in {"Cc", "Cf"})
    return "\n".join(f"> {line}" for line in plain.splitlines())


_DECISIVE = (Relationship.FRIEND, Relationship.BLOCKED)


@asynccontextmanager
async def relaying(services: Services, mail: Mail, site: str) -> AsyncIterator[None]:
    """Deliver in the background meanwhile."""
    relay = Relay(services, mail, site)
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        relay.stop()
        await task
