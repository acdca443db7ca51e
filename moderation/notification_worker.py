"""The teller: tells subjects and reporters what was decided, and members that a sanction of theirs has ended.

With it go the claims that moderators let run out: nobody is told of those.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog

from domain.ids import MemberId
from domain.notifications import Notification, NotificationKind, notification_id
from domain.sanctions import Sanction
from moderation.edit_review import EDIT_TOLD_AS
from policy.permissions import TOLD_TO_SUBJECT
from stores.leases import OWNER_BYTES, Lease, LeaseLost
from stores.outbox import Untold
from stores.services import Services
from stores.transactions import Transaction

LOCK = "teller"
#: Short, for people wait where a teller crashed; two at once do no harm.
LEASE = timedelta(seconds=6)
RENEWAL_SECONDS = 2.0
PERIOD_SECONDS = 0.5
#: Decisions, and ended sanctions, that are taken up in a round.
BATCH = 100
#: Reporters told in one transaction: while it runs, and until mongod gives it up where a process is killed in it, their
#: accounts can't be written to.
REPORTERS_AT_ONCE = 50
#: For how long what could not be told is left alone.
PUT_OFF = timedelta(minutes=1)

log = structlog.get_logger()


class Teller:
    """Tells while it holds the lease; of several processes one does.

    Each step is one transaction that writes what is told together with how far the telling has come. So wherever it is
    killed, and whoever else does the same, everyone is told, and once.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        owner = services.random.token(OWNER_BYTES)
        self._lease = Lease(services.stores.database, services.clock, LOCK, owner, LEASE, RENEWAL_SECONDS)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let ``run`` end; what waits is told by the next one."""
        self._stopping.set()

    async def run(self) -> None:
        """Tell what is to be told, every PERIOD_SECONDS, until told to stop."""
        while not self._stopping.is_set():
            try:
                if await self._lease.take():
                    async with self._lease.kept():
                        await self._tell_until_stopped()
            except LeaseLost:
                log.warning("telling.another_tells")
            except Exception:  # the task's outer edge: rows wait, decisions go on
                log.exception("telling.failed")
            await self._pause()

    async def tell_waiting(self) -> None:
        """One round: whoever waits for it is told."""
        outbox, sanctions = self._services.stores.outbox, self._services.stores.sanctions
        for row_id in await outbox.waiting(self._services.now(), BATCH):
            try:
                await self._tell(row_id)
            except Exception:  # whatever is wrong with one, the others are told
                log.exception("telling.put_off", row=row_id)
                await outbox.put_off(row_id, self._services.now() + PUT_OFF)
        for member, sanction in await sanctions.ended(self._services.now(), BATCH):
            try:
                await self._end(member, sanction)
            except Exception:  # as above; the sanction itself has ended all the same
                log.exception("telling.sanction_kept", member=member)
        await self._services.stores.queue.end_claims(self._services.now())

    async def _tell_until_stopped(self) -> None:
        while not self._stopping.is_set():
            await self.tell_waiting()
            await self._pause()

    async def _tell(self, row_id: str) -> None:
        async def step(transaction: Transaction) -> bool:
            return await self._tell_some(row_id, transaction)

        while not self._stopping.is_set() and not await self._services.stores.transactions.run(step):
            continue

    async def _tell_some(self, row_id: str, transaction: Transaction) -> bool:
        """Tell the subject and the first reporters, or the reporters that come next; whether that was all."""
        outbox = self._services.stores.outbox
        untold = await outbox.lock_for_update(row_id, transaction)
        if untold is None:
            return True
        if untold.told_up_to is None:
            await self._tell_subject(untold, transaction)
        last = await self._tell_reporters(untold, transaction) if untold.is_for_reporters else None
        if last is None:
            await outbox.remove(untold, transaction)
        else:
            await outbox.get_on(untold, last, transaction)
        return last is None

    async def _tell_subject(self, untold: Untold, transaction: Transaction) -> None:
        if untold.subject_id is None or (untold.action and untold.action not in TOLD_TO_SUBJECT):
            return
        told_as, now = notification_id(untold.id, untold.subject_id), self._services.now()
        if untold.edit_state:
            kind, edited = EDIT_TOLD_AS[untold.edit_state], untold.target_id
            notification = Notification(told_as, untold.subject_id, kind, now, content_id=edited)
        else:
            kind = NotificationKind.DECISION_ABOUT_YOU if untold.action else NotificationKind.APPEAL_DECIDED
            notification = Notification(told_as, untold.subject_id, kind, now, untold.decision_id)
        await self._services.stores.notifications.add([notification], transaction)

    async def _tell_reporters(self, untold: Untold, transaction: Transaction) -> str | None:
        """Bring them up to date; the last report that was looked at, if others follow it.

        What came of each is read anew, so that rows may be told late, twice or out of order.
        """
        reports, now = self._services.stores.reports, self._services.now()
        found = await reports.outcomes_about(untold.target_id, untold.told_up_to, REPORTERS_AT_ONCE, transaction)
        await reports.note_told([outcome for outcome in found if outcome.is_new], transaction)
        notifications = [
            Notification(
                notification_id(untold.id, outcome.report.reporter_id),
                outcome.report.reporter_id,
                NotificationKind.REPORT_DECIDED,
                now,
                report_id=outcome.report.id,
            )
            for outcome in found
            if outcome.is_news
        ]
        await self._services.stores.notifications.add(notifications, transaction)
        return found[-1].report.id if len(found) == REPORTERS_AT_ONCE else None

    async def _end(self, member: MemberId, sanction: Sanction) -> None:
        """Take a sanction away that has ended, with its record; nothing where another one came or took it away."""
        stores = self._services.stores

        async def write(transaction: Transaction) -> None:
            last = await stores.sanctions.of(member, transaction)
            if last is None or last.decision_id != sanction.decision_id:
                return
            await stores.sanctions.replace(member, last, last.over, transaction)
            now = self._services.now()
            row = {
                "_id": self._services.random.token(12),
                "at": now,
                "kind": "member.SANCTION_ENDED",
                "decision": sanction.decision_id,
                "target": member,
                "subject": member,
                "actor": None,
                "standing": sanction.account_status.value,
                "until": sanction.until,
            }
            await stores.audit.add(row, transaction)
            kind, told_as = NotificationKind.SANCTION_ENDED, notification_id(sanction.decision_id, member)
            told = Notification(
                told_as, member, kind, now, sanction.decision_id, account_status=sanction.account_status
            )
            await stores.notifications.add([told], transaction)

        await stores.transactions.run(write)

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), PERIOD_SECONDS)


@asynccontextmanager
async def telling_others(services: Services) -> AsyncIterator[None]:
    """Tell in the background meanwhile."""
    teller = Teller(services)
    task = asyncio.create_task(teller.run())
    try:
        yield
    finally:
        teller.stop()
        await task
