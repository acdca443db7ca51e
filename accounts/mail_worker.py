"""The mail worker: hands direct messages to the operator's mail gateway if their recipients still accept them."""

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import datetime, timedelta
from unicodedata import category

import structlog

from accounts.mail import Mail, MailMessage
from domain.events import DirectMessageSent
from domain.ids import MemberId
from domain.members import MemberView, Relationship
from domain.messages import Message
from domain.viewer import Viewer
from policy.limits import LETTER_WAITS, Rate
from stores.direct_messages import PendingMessage
from stores.event_codec import UnreadableEvent
from stores.leased_worker import LeasedWorker, Turn, new_lease
from stores.rate_limits import RateLimitsUnavailable
from stores.services import Services

#: As earlier versions name it in the database: while one is replaced, both must want the same lease.
LOCK = "letter-relay"
#: Longer than a gateway may take for a message, so that a second worker does not hand over the same one meanwhile.
LEASE = timedelta(seconds=30)
PERIOD = timedelta(seconds=1)
#: How many messages a round takes, and how many of them it hands over at once.
BATCH = 50
AT_ONCE = 10
#: How long a row that this version cannot read is left alone.
UNREADABLE_WAIT = timedelta(hours=1)

log = structlog.get_logger()


class MailDelivery:
    """Delivers the messages that are due.

    A message leaves the outbox after the gateway took it. After a crash it may be handed over twice, under the same id.
    """

    def __init__(self, services: Services, mail: Mail, site: str) -> None:
        self._services = services
        self._mail = mail
        self._site = site

    async def deliver_due(self, turn: Turn) -> bool:
        """Deliver, drop or put off each message that is due. Return whether there may be more."""
        due = await self._services.stores.direct_messages.due(self._services.now(), BATCH)
        # Several at once: a gateway that hangs over one does not keep all others waiting.
        for first in range(0, len(due), AT_ONCE):
            if turn.is_over:
                return False
            await _all(self._deliver(message_id) for message_id in due[first : first + AT_ONCE])
        return len(due) == BATCH

    async def _deliver(self, message_id: str) -> None:
        messages = self._services.stores.direct_messages
        try:
            pending = await messages.read(message_id)
        except UnreadableEvent as unreadable:
            log.error("mail.unreadable", message=message_id, kind=unreadable.kind)
            await messages.hold_back(message_id, self._services.now() + UNREADABLE_WAIT)
            return
        if pending:
            await self._hand_over(pending)

    async def _hand_over(self, pending: PendingMessage) -> None:
        sent, messages = pending.event, self._services.stores.direct_messages
        try:
            message = await self._message(sent)
            if message and (later := await self._held_back(sent)):
                await messages.hold_back(sent.id, later)
                return
            if message:
                await self._mail.send(message)
        except Exception as failure:  # noqa: BLE001 - whatever is wrong with one, the other messages go on
            await self._put_off(pending, failure)
            return
        await messages.remove(sent.id)

    async def _held_back(self, sent: DirectMessageSent) -> datetime | None:
        """Return until when the recipient has had enough mail. Return None if they have not, or nobody counts."""
        try:
            rates, now = self._services.stores.rate_limits, self._services.now()
            return await rates.consume_rate_limit(Rate.LETTER_PER_RECIPIENT, sent.recipient_id, now)
        except RateLimitsUnavailable:
            return None

    async def _message(self, sent: DirectMessageSent) -> MailMessage | None:
        """What goes out, by what holds now; None where it does not reach or its recipient does not let it through."""
        members = self._services.stores.members
        sees = await self._seen_by(sent.sender_id, sent.recipient_id)
        seen = await self._seen_by(sent.recipient_id, sent.sender_id)
        if sees is None or seen is None or not sees.takes_direct_messages:
            return None
        recipient = await members.record_by_handle(sees.handle)
        address = recipient and recipient.profile.email
        return self._written(sent, seen, address) if address else None

    async def _seen_by(self, viewer: MemberId, other: MemberId) -> MemberView | None:
        """``other`` as ``viewer`` sees them now, by what ties the two alone."""
        tie = (await self._services.stores.relationships.relationships(Viewer(viewer), [other])).get(other)
        friends, blocked = (frozenset({other} if tie is kind else ()) for kind in _DECISIVE)
        return (await self._services.stores.members.seen_by(Viewer(viewer, None, friends, blocked), [other])).get(other)

    def _written(self, sent: DirectMessageSent, sender: MemberView, address: str) -> MailMessage:
        values: dict[str, object] = {"name": sender.display_name, "handle": sender.handle, "site": self._site}
        return MailMessage(
            id=sent.id,
            to=address,
            subject=Message.LETTER_SUBJECT.in_both_with(values),
            # The service speaks first and marks what is not its own: a message must not pose as the service.
            text=f"{Message.LETTER_HEAD.in_both_with(values)}\n\n{_quoted(self._services.stores.direct_messages.open(sent))}\n",
            at=sent.at,
        )

    async def _put_off(self, pending: PendingMessage, failure: Exception) -> None:
        messages, message_id = self._services.stores.direct_messages, pending.event.id
        if pending.tries >= len(LETTER_WAITS):
            log.error("mail.given_up", message=message_id, tries=pending.tries)
            await messages.remove(message_id)
            return
        # The failure's type alone: its message may hold the address.
        log.warning("mail.put_off", message=message_id, failure=type(failure).__name__)
        await messages.postpone(message_id, self._services.now() + LETTER_WAITS[pending.tries])


async def _all(deliveries: Iterable[Coroutine[None, None, None]]) -> None:
    """Await all of them, and only then raise what one of them raised: none goes on by itself."""
    for outcome in await asyncio.gather(*deliveries, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


def _quoted(text: str) -> str:
    """Each line marked as somebody's words, without signs that turn or hide what stands beside them."""
    plain = "".join(sign for sign in text if sign in "\n\t" or category(sign) not in {"Cc", "Cf"})
    return "\n".join(f"> {line}" for line in plain.splitlines())


_DECISIVE = (Relationship.FRIEND, Relationship.BLOCKED)


def mail_worker(services: Services, mail: Mail, site: str) -> LeasedWorker:
    """Return the worker that delivers direct messages."""
    delivery = MailDelivery(services, mail, site)
    return LeasedWorker("mail", new_lease(services, LOCK, LEASE), PERIOD, delivery.deliver_due)
