"""Claims: what must be unique is the _id of a document, so that it holds across shards too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError, DuplicateKeyError

from stores.codecs import Document
from stores.transactions import Transaction

_DUPLICATE_KEY = 11000


class UniqueKey(Enum):
    """What can be claimed."""

    HANDLE = "handle"
    PHONE = "phone"
    SLUG = "slug"
    RETRY = "retry"
    IMPORT = "import"


class AlreadyTaken(Exception):
    """Another has it; nothing was written."""

    def __init__(self, claim: UniqueKey) -> None:
        super().__init__(claim.value)
        self.claim = claim


@dataclass(frozen=True, slots=True)
class TakenKey:
    """Who holds a claim, and what for."""

    holder: str
    fingerprint: str | None = None


class UniqueKeys:
    """The ``claims`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def take(
        self,
        claim: UniqueKey,
        key: str,
        holder: str,
        transaction: Transaction,
        *,
        fingerprint: str | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Claim ``key`` for ``holder``. Raises AlreadyClaimed, which undoes the transaction."""
        row = {"_id": _key(claim, key), "holder": holder, "fingerprint": fingerprint, "expiresAt": expires_at}
        try:
            await self._collection.insert_one(row, session=transaction)
        except DuplicateKeyError as error:
            raise AlreadyTaken(claim) from error

    async def find(self, claim: UniqueKey, key: str, transaction: Transaction | None = None) -> TakenKey | None:
        row = await self._collection.find_one({"_id": _key(claim, key)}, session=transaction)
        return TakenKey(row["holder"], row["fingerprint"]) if row else None

    async def take_many(self, claim: UniqueKey, wanted: Mapping[str, TakenKey], transaction: Transaction) -> None:
        """Claim every key of ``wanted``, none of which expires. Raises AlreadyClaimed, which undoes the transaction."""
        rows = [
            {"_id": _key(claim, key), "holder": held.holder, "fingerprint": held.fingerprint, "expiresAt": None}
            for key, held in wanted.items()
        ]
        if not rows:
            return
        try:
            await self._collection.insert_many(rows, session=transaction)
        except BulkWriteError as error:
            if any(failure["code"] == _DUPLICATE_KEY for failure in (error.details or {})["writeErrors"]):
                raise AlreadyTaken(claim) from error
            raise

    async def find_many(self, claim: UniqueKey, keys: Iterable[str]) -> Mapping[str, TakenKey]:
        """Those of ``keys`` that are held, and by whom."""
        found = self._collection.find({"_id": {"$in": [_key(claim, key) for key in keys]}})
        return {
            row["_id"].removeprefix(_key(claim, "")): TakenKey(row["holder"], row["fingerprint"]) async for row in found
        }


def _key(claim: UniqueKey, key: str) -> str:
    return f"{claim.value}:{key}"
