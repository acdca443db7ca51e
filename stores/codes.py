"""One-time codes: bound to a phone and a purpose, few tries, used once."""

from datetime import datetime

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection

from stores.codecs import Document
from stores.transactions import Transaction
from stores.vault import Vault


class Codes:
    """The ``codes`` collection. ``owner`` names phone and purpose; only its blind index is kept."""

    def __init__(self, collection: AsyncCollection[Document], vault: Vault) -> None:
        self._collection = collection
        self._vault = vault

    async def put(self, owner: str, code: str, tries: int, expires_at: datetime) -> None:
        """Make ``code`` the one that counts for ``owner``; an earlier one is void."""
        row = {"digest": self._vault.code_digest(owner, code), "triesLeft": tries, "expiresAt": expires_at}
        await self._collection.replace_one({"_id": self._key(owner)}, row, upsert=True)

    async def matches(self, owner: str, code: str, at: datetime) -> bool:
        """Whether ``code`` is the one for ``owner``. A wrong one costs a try, taken before comparing."""
        usable = {"_id": self._key(owner), "expiresAt": {"$gt": at}, "triesLeft": {"$gt": 0}}
        row = await self._collection.find_one_and_update(
            usable, {"$inc": {"triesLeft": -1}}, return_document=ReturnDocument.AFTER
        )
        if row is None or row["digest"] != self._vault.code_digest(owner, code):
            return False
        await self._collection.update_one({"_id": row["_id"], "digest": row["digest"]}, {"$inc": {"triesLeft": 1}})
        return True

    async def use(self, owner: str, code: str, transaction: Transaction | None = None) -> bool:
        """Spend ``code``; whether it was still there, so that of two at once only one gets through."""
        spent = {"_id": self._key(owner), "digest": self._vault.code_digest(owner, code)}
        result = await self._collection.delete_one(spent, session=transaction)
        return result.deleted_count == 1

    def _key(self, owner: str) -> str:
        return self._vault.blind_index("code", owner)
