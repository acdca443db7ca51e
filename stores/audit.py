"""The audit log: rows that are written with what they tell of, and sealed into a chain soon after."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from bson.codec_options import DatetimeConversion
from bson.int64 import Int64
from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.cursor import AsyncCursor
from pymongo.errors import BulkWriteError
from pymongo.read_concern import ReadConcern

from domain.audit import AuditEntry
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.indexes import AUDIT_UNSEALED
from stores.transactions import Transaction

DUPLICATE_KEY = 11000

_UNSEALED: Document = {"seq": {"$exists": False}}
_NUMBERED: Document = {"seq": {"$gte": 1}}
_WRITTEN = [("at", ASCENDING), ("_id", ASCENDING)]


@dataclass(frozen=True, slots=True)
class Seal:
    """A row's place in the chain, and the hash that covers it and all before it."""

    seq: int
    hash: str


#: What the first row follows.
BEGINNING = Seal(0, "0" * 64)


class SealedMeanwhile(Exception):
    """Another sealer was faster."""


class Audit:
    """The ``audit`` collection. Rows are added and sealed once; nothing else ever changes them.

    Sealing is no transaction: one whose process was killed keeps others out until mongod gives it up, a minute later.
    """

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        # A row that somebody tampered with may hold what Python cannot: it is to be found, not to end the reading.
        lenient = collection.codec_options.with_options(
            datetime_conversion=DatetimeConversion.DATETIME_AUTO, unicode_decode_error_handler="backslashreplace"
        )
        self._collection = collection.with_options(codec_options=lenient)
        # What is chained on must not be taken back when a primary steps down.
        self._settled = self._collection.with_options(read_concern=ReadConcern("majority"))

    async def add(self, entry: AuditEntry, transaction: Transaction) -> None:
        """Write ``entry``, unsealed."""
        head: Document = {"_id": entry.id, "at": entry.at, "kind": entry.kind, "actor": entry.actor_id}
        await self._collection.insert_one({**entry.details, **head}, session=transaction)

    async def last_seal(self) -> Seal:
        """The seal of the last row in the chain."""
        row = await self._settled.find_one(_NUMBERED, sort=[("seq", DESCENDING)])
        return Seal(int(row["seq"]), str(row.get("hash"))) if row else BEGINNING

    async def first_unsealed_records(self, most: int) -> Sequence[Document]:
        """Those that were written first, in their order."""
        return await self._settled.find(_UNSEALED).sort(_WRITTEN).limit(most).to_list()

    async def seal(self, seals: Sequence[tuple[Any, Seal]]) -> None:
        """Seal rows, given by id, one after the other up to the first that is sealed or whose seq is taken.

        Raises SealedMeanwhile there. So whenever a row is sealed, the one before it is.
        """
        # Upserts, for a row that is sealed already must stop the rest: inserting it again does.
        updates = [
            UpdateOne({"_id": row, **_UNSEALED}, {"$set": {"seq": seal.seq, "hash": seal.hash}}, upsert=True)
            for row, seal in seals
        ]
        try:
            await self._collection.bulk_write(updates, ordered=True)
        except BulkWriteError as error:
            if any(each["code"] != DUPLICATE_KEY for each in error.details["writeErrors"]):
                raise
            raise SealedMeanwhile from error

    def sealed_records(self) -> AsyncCursor[Document]:
        """Whatever claims a place in the chain, in the chain's order."""
        return self._collection.find({"seq": {"$exists": True}}).sort([("seq", ASCENDING), *_WRITTEN])

    def unsealed_records(self) -> AsyncIterator[Document]:
        return self._collection.find(_UNSEALED).sort(_WRITTEN)

    async def ids_and_hashes(self, seqs: Iterable[int]) -> Mapping[int, tuple[Any, Any]]:
        """Of the rows that stand at ``seqs``."""
        found = self._collection.find({"seq": {"$in": list(seqs)}}, {"seq": 1, "hash": 1})
        return {row["seq"]: (row["_id"], row.get("hash")) async for row in found}

    async def backlog(self) -> Backlog:
        """Of the rows that are not sealed."""
        return await backlog(self._collection, _UNSEALED, "at", AUDIT_UNSEALED)

    async def rough_count(self) -> int:
        return await self._collection.estimated_document_count()


def canonical(row: Mapping[str, Any]) -> bytes:
    """``row`` as it is hashed: JSON with sorted keys, all fields but the hash; rows that differ never look alike."""
    return orjson.dumps(
        _plain({key: value for key, value in row.items() if key != "hash"}), option=orjson.OPT_SORT_KEYS
    )


def rfc3339(moment: datetime) -> str:
    """In UTC, with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    """What JSON has no type for is named by its type, under a key that no field can have."""
    if isinstance(value, Mapping):
        return {f"${key}" if key.startswith("$") else key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if value is None or type(value) in {bool, int, str, Int64}:
        return value
    if isinstance(value, datetime):
        return {"$date": rfc3339(value)}
    return {f"${type(value).__name__}": repr(value)}
