"""Letters between members, in the outbox until they are handed to the operator's gateway; what they say is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import MemberId
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.indexes import OUTBOX_LETTERS
from stores.transactions import Transaction
from stores.vault import Vault

KIND = "letter"


@dataclass(frozen=True, slots=True)
class DirectMessage:
    """What one member writes to another."""

    id: str
    sender: MemberId
    recipient: MemberId
    sealed: bytes
    """What is written: see ``Letters.seal`` and ``Letters.open``."""
    at: datetime
    tries: int = 0
    """How often the gateway did not take it."""


class DirectMessages:
    """The rows of the ``outbox`` that are letters."""

    def __init__(self, collection: AsyncCollection[Document], vault: Vault) -> None:
        self._collection = collection
        self._vault = vault

    async def add(self, letter: DirectMessage, transaction: Transaction) -> None:
        """Keep a letter that is due at once."""
        row = {
            "_id": letter.id,
            "kind": KIND,
            "at": letter.at,
            "dueAt": letter.at,
            "tries": letter.tries,
            "from": letter.sender,
            "to": letter.recipient,
            "text": letter.sealed,
        }
        await self._collection.insert_one(row, session=transaction)

    def digest(self, text: str) -> str:
        """Equal for equal texts, and nothing to anyone without the key."""
        return self._vault.blind_index("letter", text)

    async def due(self, at: datetime, most: int) -> Sequence[DirectMessage]:
        """Those that were to be handed over by now, the longest waiting first."""
        found = self._collection.find({"kind": KIND, "dueAt": {"$lte": at}}).sort([("dueAt", 1), ("_id", 1)])
        return [_letter(row) for row in await found.limit(most).to_list()]

    async def postpone(self, letter: DirectMessage, until: datetime) -> None:
        """Try again at ``until``."""
        change = {"dueAt": until, "tries": letter.tries + 1}
        await self._collection.update_one({"_id": letter.id, "kind": KIND}, {"$set": change})

    async def hold_back(self, letter: DirectMessage, until: datetime) -> None:
        """Let it wait until ``until``; this is no try."""
        await self._collection.update_one({"_id": letter.id, "kind": KIND}, {"$set": {"dueAt": until}})

    async def remove(self, letter: DirectMessage) -> None:
        """Keep nothing of it."""
        await self._collection.delete_one({"_id": letter.id, "kind": KIND})

    async def backlog(self, at: datetime) -> Backlog:
        """Of all that were to be handed over by now."""
        return await backlog(self._collection, {"kind": KIND, "dueAt": {"$lte": at}}, "dueAt", OUTBOX_LETTERS)

    def seal(self, letter_id: str, text: str) -> bytes:
        """``text`` as it is kept in the letter of that id."""
        return self._vault.seal(text, _place(letter_id))

    def open(self, letter: DirectMessage) -> str:
        """What is written. Raises where what was kept is not what was sealed."""
        return self._vault.open(letter.sealed, _place(letter.id))


def _letter(row: Document) -> DirectMessage:
    return DirectMessage(row["_id"], row["from"], row["to"], row["text"], row["at"], row["tries"])


def _place(letter_id: str) -> str:
    return f"outbox/text/{letter_id}"
