"""Password hashes, apart from everything that is ever read for someone else."""

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import MemberId
from stores.codecs import Document
from stores.transactions import Transaction


class Credentials:
    """The ``credentials`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def insert(self, member_id: MemberId, password_hash: str, transaction: Transaction | None = None) -> None:
        await self._collection.insert_one({"_id": member_id, "passwordHash": password_hash}, session=transaction)

    async def password_hash_record(self, member_id: MemberId | None) -> str | None:
        """The stored argon2id hash: for accounts/ only. Nobody has none, and is looked up all the same."""
        row = await self._collection.find_one({"_id": member_id})
        return row["passwordHash"] if row else None

    async def replace(self, member_id: MemberId, old_hash: str, new_hash: str, transaction: Transaction) -> None:
        """Put ``new_hash`` in the place of ``old_hash``, unless it has changed meanwhile."""
        await self._collection.update_one(
            {"_id": member_id, "passwordHash": old_hash}, {"$set": {"passwordHash": new_hash}}, session=transaction
        )
