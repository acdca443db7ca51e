"""Verdicts about other sites' hosts, looked up whenever a link is read."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.text import HostVerdict
from stores.documents import Document
from stores.transactions import Transaction


class Hosts:
    """The ``hosts`` collection: one document a host, by its ASCII name."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def verdicts(self, ascii_hosts: Iterable[str]) -> Mapping[str, HostVerdict]:
        found = self._collection.find({"_id": {"$in": list(ascii_hosts)}})
        return {row["_id"]: HostVerdict(row["verdict"]) async for row in found}

    async def set_verdict(
        self,
        ascii_host: str,
        verdict: HostVerdict | None,
        reason: str,
        at: datetime,
        transaction: Transaction | None = None,
    ) -> None:
        """Decide about a host from now on; None takes a verdict back."""
        if verdict is None:
            await self._collection.delete_one({"_id": ascii_host}, session=transaction)
            return
        row = {"verdict": verdict.value, "reason": reason, "decidedAt": at}
        await self._collection.replace_one({"_id": ascii_host}, row, upsert=True, session=transaction)
