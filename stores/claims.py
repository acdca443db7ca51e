"""Claims: what must be unique is the _id of a document, so that it holds across shards too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError, DuplicateKeyError

from stores.documents import Document
from stores.transactions import Transaction

_DUPLICATE_KEY = 11000


class Claim(Enum):
    """What can be claimed."""

    HANDLE = "handle"
    PHONE = "phone"
    SLUG = "slug"
    RETRY = "retry"
    IMPORT = "import"


class AlreadyClaimed(Exception):
    """Another has it; nothing was written."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(claim.value)
        self.claim = claim


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who holds a claim, and what for."""

    holder: str
    fingerprint: str | None = None


class Claims:
    """The ``claims`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def take(
        self,
        claim: Claim,
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
            raise AlreadyClaimed(claim) from error

    async def find(self, claim: Claim, key: str, transaction: Transaction | None = None) -> Claimed | None:
        row = await self._collection.find_one({"_id": _key(claim, key)}, session=transaction)
        return Claimed(row["holder"], row["fingerprint"]) if row else None

    async def take_many(self, claim: Claim, wanted: Mapping[str, Claimed], transaction: Transaction) -> None:
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
                raise AlreadyClaimed(claim) from error
            raise

    async def find_many(self, claim: Claim, keys: Iterable[str]) -> Mapping[str, Claimed]:
        """Those of ``keys`` that are held, and by whom."""
        found = self._collection.find({"_id": {"$in": [_key(claim, key) for key in keys]}})
        return {
            row["_id"].removeprefix(_key(claim, "")): Claimed(row["holder"], row["fingerprint"]) async for row in found
        }


def _key(claim: Claim, key: str) -> str:
    return f"{claim.value}:{key}"
