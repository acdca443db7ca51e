"""Direct messages, in the outbox until the operator's mail gateway has them; their text is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.events import DirectMessageSent
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.event_codec import DIRECT_MESSAGE, UnreadableEvent, event_document, event_of
from stores.indexes import OUTBOX_LETTERS
from stores.transactions import Transaction
from stores.vault import Vault


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message that the mail gateway does not have yet."""

    event: DirectMessageSent
    tries: int
    """How often the gateway did not take it."""


class DirectMessages:
    """The rows of the ``outbox`` that are direct messages."""

    def __init__(self, collection: AsyncCollection[Document], vault: Vault) -> None:
        self._collection = collection
        self._vault = vault

    async def add(self, event: DirectMessageSent, transaction: Transaction) -> None:
        """Store a message that is due at once."""
        row = event_document(event) | {"dueAt": event.at, "tries": 0}
        await self._collection.insert_one(row, session=transaction)

    def digest(self, text: str) -> str:
        """Equal for equal texts, and nothing to anyone without the key."""
        return self._vault.blind_index("letter", text)

    async def due(self, at: datetime, most: int) -> Sequence[str]:
        """Return the ids of the messages that are due by ``at``, the longest waiting first."""
        query = {"kind": DIRECT_MESSAGE, "dueAt": {"$lte": at}}
        found = self._collection.find(query, {"_id": 1}).sort([("dueAt", 1), ("_id", 1)])
        return [row["_id"] for row in await found.limit(most).to_list()]

    async def read(self, message_id: str) -> PendingMessage | None:
        """Return a message, or None if it is gone. Raise ``UnreadableEvent`` if this version cannot read its row."""
        row = await self._collection.find_one({"_id": message_id, "kind": DIRECT_MESSAGE})
        return _pending_message(row) if row else None

    async def postpone(self, message_id: str, until: datetime) -> None:
        """Try again at ``until``, and count the try."""
        change = {"$set": {"dueAt": until}, "$inc": {"tries": 1}}
        await self._collection.update_one({"_id": message_id, "kind": DIRECT_MESSAGE}, change)

    async def hold_back(self, message_id: str, until: datetime) -> None:
        """Let the message wait until ``until`` without counting a try."""
        change = {"$set": {"dueAt": until}}
        await self._collection.update_one({"_id": message_id, "kind": DIRECT_MESSAGE}, change)

    async def remove(self, message_id: str) -> None:
        """Delete the message."""
        await self._collection.delete_one({"_id": message_id, "kind": DIRECT_MESSAGE})

    async def backlog(self, at: datetime) -> Backlog:
        """Return the backlog of the messages that are due by ``at``."""
        due = {"kind": DIRECT_MESSAGE, "dueAt": {"$lte": at}}
        return await backlog(self._collection, due, "dueAt", OUTBOX_LETTERS)

    def seal(self, message_id: str, text: str) -> bytes:
        """Return ``text`` sealed, as it is stored in the message of that id."""
        return self._vault.seal(text, _place(message_id))

    def open(self, event: DirectMessageSent) -> str:
        """Return the text. Raise if the stored bytes are not what was sealed for this message."""
        return self._vault.open(event.sealed_text, _place(event.id))


def _pending_message(row: Document) -> PendingMessage:
    event = event_of(row)
    if not isinstance(event, DirectMessageSent):
        raise UnreadableEvent(event.id, row["kind"])
    return PendingMessage(event, row.get("tries", 0))


def _place(message_id: str) -> str:
    return f"outbox/text/{message_id}"
