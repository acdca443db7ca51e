"""All of a change or none of it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pymongo import AsyncMongoClient, ReadPreference
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from stores.codecs import Document

#: Said here too, for a transaction takes the client's concerns, which a URI may have lowered.
DURABLE = WriteConcern(w="majority", j=True)
SNAPSHOT = ReadConcern("snapshot")

Transaction = AsyncClientSession
Result = TypeVar("Result")


class Transactions:
    """Runs changes so that either all of them are there afterwards, or none."""

    def __init__(self, client: AsyncMongoClient[Document]) -> None:
        self._client = client

    async def run(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run ``change``, again where another one was in the way; what it raises undoes all that it did."""
        async with self._client.start_session() as session:
            return await session.with_transaction(
                change, read_concern=SNAPSHOT, write_concern=DURABLE, read_preference=ReadPreference.PRIMARY
            )
