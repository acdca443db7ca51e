"""The notification worker: notifies subjects and reporters of decisions, and members whose sanction has ended.

It also clears away claims on cases that have run out: nobody is notified of those.
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from domain.appeals import AppealState
from domain.audit import AuditEntry, AuditValue
from domain.events import AppealAnswered, DecisionMade, EditReviewed, HostCaseDecided, ModerationEvent
from domain.ids import RANDOM_BYTES, MemberId
from domain.notifications import Notification, NotificationKind, notification_id
from domain.sanctions import Sanction
from moderation.edit_review import EDIT_TOLD_AS
from policy.permissions import TOLD_TO_SUBJECT
from stores.event_codec import UnreadableEvent
from stores.leased_worker import LeasedWorker, Turn, new_lease
from stores.outbox import PendingEvent
from stores.services import Services
from stores.transactions import Transaction

#: As earlier versions name it in the database: while one is replaced, both must want the same lease.
LOCK = "teller"
#: Short, for people wait where a worker crashed; two at once do no harm.
LEASE = timedelta(seconds=6)
PERIOD = timedelta(seconds=0.5)
#: Events, and ended sanctions, that are taken up in a round.
BATCH = 100
#: Reporters notified in one transaction: while it runs, and until mongod gives it up where a process is killed in it,
#: their accounts can't be written to.
REPORTERS_AT_ONCE = 50
#: For how long an event that failed, or that this version cannot read, is left alone.
PUT_OFF = timedelta(minutes=1)

log = structlog.get_logger()


class Notifier:
    """Notifies members of what waits in the outbox.

    Each step is one transaction that writes notifications together with how far the event has come. So wherever it is
    killed, and whoever else does the same, everyone is notified, and once.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    async def notify_waiting(self, turn: Turn) -> bool:
        """Notify everyone who waits for it. Return whether there may be more."""
        has_more_events = await self._handle_events(turn)
        has_more_ends = await self._end_sanctions()
        await self._services.stores.queue.end_claims(self._services.now())
        return has_more_events or has_more_ends

    async def _handle_events(self, turn: Turn) -> bool:
        outbox = self._services.stores.outbox
        waiting = await outbox.waiting(self._services.now(), BATCH)
        for row_id in waiting:
            try:
                await self._handle(row_id, turn)
            except UnreadableEvent as unreadable:
                log.error("notifications.unreadable", row=row_id, kind=unreadable.kind)
                await outbox.put_off(row_id, self._services.now() + PUT_OFF)
            except Exception:  # whatever is wrong with one, the others are handled
                log.exception("notifications.put_off", row=row_id)
                await outbox.put_off(row_id, self._services.now() + PUT_OFF)
        return len(waiting) == BATCH

    async def _end_sanctions(self) -> bool:
        """End the sanctions whose time is over. Return whether there may be more, and none of these failed."""
        ended, failures = await self._ended_sanctions(), 0
        for member, sanction in ended:
            try:
                await self._end(member, sanction)
            except Exception:  # as above; the sanction itself has ended all the same
                log.exception("notifications.sanction_kept", member=member)
                failures += 1
        return len(ended) == BATCH and not failures

    async def _ended_sanctions(self) -> Sequence[tuple[MemberId, Sanction]]:
        return list(await self._services.stores.sanctions.ended(self._services.now(), BATCH))

    async def _handle(self, row_id: str, turn: Turn) -> None:
        async def step(transaction: Transaction) -> bool:
            return await self._notify_some(row_id, transaction)

        while not turn.is_over and not await self._services.stores.transactions.run(step):
            continue

    async def _notify_some(self, row_id: str, transaction: Transaction) -> bool:
        """Notify the subject and the first reporters, or the next reporters. Return whether those were the last."""
        outbox = self._services.stores.outbox
        pending = await outbox.lock_for_update(row_id, transaction)
        if pending is None:
            return True
        if pending.told_up_to is None:
            await self._notify_subject(pending.event, transaction)
        last = await self._notify_reporters(pending, transaction)
        if last is None:
            await outbox.remove(pending, transaction)
        else:
            await outbox.get_on(pending, last, transaction)
        return last is None

    async def _notify_subject(self, event: ModerationEvent, transaction: Transaction) -> None:
        notification = _to_subject(event, self._services)
        if notification:
            await self._services.stores.notifications.add([notification], transaction)

    async def _notify_reporters(self, pending: PendingEvent, transaction: Transaction) -> str | None:
        """Notify the next reporters whose outcome has changed. Return the last report read if others may follow it.

        The outcome of each report is read now, so that events may be handled late, twice or out of order.
        """
        event = pending.event
        if isinstance(event, EditReviewed) or _leaves_reports(event):
            return None
        reports, now = self._services.stores.reports, self._services.now()
        found = await reports.outcomes_about(event.target_id, pending.told_up_to, REPORTERS_AT_ONCE, transaction)
        await reports.note_told([outcome for outcome in found if outcome.is_new], transaction)
        notifications = [
            Notification(
                notification_id(event.id, outcome.report.reporter_id),
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
            details: dict[str, AuditValue] = {
                "decision": sanction.decision_id,
                "target": member,
                "subject": member,
                "standing": sanction.account_status.value,
                "until": sanction.until,
            }
            entry_id = self._services.random.token(RANDOM_BYTES)
            await stores.audit.add(AuditEntry(entry_id, now, "member.SANCTION_ENDED", None, details), transaction)
            kind, told_as = NotificationKind.SANCTION_ENDED, notification_id(sanction.decision_id, member)
            told = Notification(
                told_as, member, kind, now, sanction.decision_id, account_status=sanction.account_status
            )
            await stores.notifications.add([told], transaction)

        await stores.transactions.run(write)


def _to_subject(event: ModerationEvent, services: Services) -> Notification | None:
    """Return the notification of the member whom ``event`` is about. Return None if they are not to hear of it."""
    now = services.now()
    match event:
        case DecisionMade(action=action, subject_id=subject) if action in TOLD_TO_SUBJECT:
            kind = NotificationKind.DECISION_ABOUT_YOU
            return Notification(notification_id(event.id, subject), subject, kind, now, event.decision_id)
        case AppealAnswered(subject_id=subject):
            kind = NotificationKind.APPEAL_DECIDED
            return Notification(notification_id(event.id, subject), subject, kind, now, event.decision_id)
        case EditReviewed(author_id=author):
            kind = EDIT_TOLD_AS[event.state]
            return Notification(notification_id(event.id, author), author, kind, now, content_id=event.content_id)
        case DecisionMade() | HostCaseDecided():
            return None


def _leaves_reports(event: ModerationEvent) -> bool:
    """Return whether ``event`` changes no report: an appeal that is upheld leaves all outcomes as they were."""
    return isinstance(event, AppealAnswered) and event.state is AppealState.UPHELD


def notification_worker(services: Services) -> LeasedWorker:
    """Return the worker that notifies members."""
    return LeasedWorker("notifications", new_lease(services, LOCK, LEASE), PERIOD, Notifier(services).notify_waiting)
