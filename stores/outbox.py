"""The outbox: events from which members are still to be notified, written in the transaction of each change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.events import DirectMessageSent, ModerationEvent
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.event_codec import UnreadableEvent, event_document, event_of
from stores.indexes import OUTBOX_DECISIONS
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event from which not everyone is notified yet."""

    event: ModerationEvent
    told_up_to: str | None
    """The last report whose reporter is notified; None if nobody is yet."""


class Outbox:
    """The rows of the ``outbox`` that are about moderation; stores/direct_messages.py has the others."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def add(self, event: ModerationEvent, transaction: Transaction) -> None:
        """Store ``event`` until those whom it concerns are notified."""
        await self._collection.insert_one(event_document(event), session=transaction)

    async def waiting(self, at: datetime, most: int) -> Sequence[str]:
        """Return the ids of the events that are not put off beyond ``at``, the oldest first."""
        query: Document = {**_DECISIONS, "$or": [{"putOffUntil": None}, {"putOffUntil": {"$lte": at}}]}
        found = self._collection.find(query, {"_id": 1}).sort([("at", 1), ("_id", 1)]).hint(OUTBOX_DECISIONS)
        return [row["_id"] for row in await found.limit(most).to_list()]

    async def lock_for_update(self, row_id: str, transaction: Transaction) -> PendingEvent | None:
        """Return the event and how far its notifications have come. Return None if they are done.

        It writes, so that of two workers at once the later one sees what the other did, and begins from there.
        Raise ``UnreadableEvent`` if this version cannot read the row.
        """
        row = await self._collection.find_one_and_update({"_id": row_id}, {"$inc": {"steps": 1}}, session=transaction)
        return _pending_event(row) if row else None

    async def get_on(self, pending: PendingEvent, told_up_to: str, transaction: Transaction) -> None:
        """Note up to which report reporters are notified."""
        change = {"$set": {"toldUpTo": told_up_to}}
        await self._collection.update_one({"_id": pending.event.id}, change, session=transaction)

    async def remove(self, pending: PendingEvent, transaction: Transaction) -> None:
        """Delete the event: everyone is notified."""
        await self._collection.delete_one({"_id": pending.event.id}, session=transaction)

    async def put_off(self, row_id: str, until: datetime) -> None:
        """Leave alone until ``until`` what failed, so that the others are handled."""
        await self._collection.update_one({"_id": row_id}, {"$set": {"putOffUntil": until}})

    async def backlog(self) -> Backlog:
        """Return the backlog of all events that wait, put off or not."""
        return await backlog(self._collection, _DECISIONS, "at", OUTBOX_DECISIONS)


#: As the index has it; of a case about a host, and of what was decided about an edit, it is null.
_DECISIONS: Document = {"decision": {"$exists": True}}


def _pending_event(row: Document) -> PendingEvent:
    event = event_of(row)
    if isinstance(event, DirectMessageSent):  # a message by its kind, with the field of a decision
        raise UnreadableEvent(event.id, row["kind"])
    return PendingEvent(event, row.get("toldUpTo"))
