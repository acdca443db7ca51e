"""The lists of hosts that moderators keep, looked up whenever a link is read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pymongo.asynchronous.collection import AsyncCollection

from domain.hosts import HostEntry, HostScope
from domain.paging import Page, Slice
from domain.rich_text import HostVerdict
from domain.viewer import Viewer
from policy.host_lists import keys_of
from policy.permissions import Privilege, has
from stores.codecs import Document
from stores.indexes import HOSTS_BY_KEY, HOSTS_LATEST, HOSTS_LATEST_BY_VERDICT
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class Hosts:
    """The ``hosts`` collection: one document for a name and scope."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def in_force(self, keys: Iterable[str], now: datetime) -> Sequence[HostEntry]:
        """The entries that hold at ``now`` and have one of ``keys`` (policy.host_lists.keys_about): one read."""
        found = self._collection.find({"keys": {"$in": sorted(keys)}, **_in_force(now)}).hint(HOSTS_BY_KEY)
        return [_entry(row) async for row in found]

    async def listed(self, viewer: Viewer, verdict: HostVerdict | None, now: datetime, page: Page) -> Slice[HostEntry]:
        """Those that hold at ``now``, the latest first; of one verdict or of all. Nothing for who keeps no lists."""
        if not has(viewer, Privilege.LIST_HOSTS):
            return Slice([], has_next=False, has_previous=False)
        chosen: Document = {"verdict": verdict.value} if verdict else {}
        found = (
            self._collection.find({**chosen, **_in_force(now), **key_range(page, NEWEST_FIRST, "decidedAt")})
            .sort(sort_order(page, NEWEST_FIRST, "decidedAt"))
            .limit(page.size + 1)
            .hint(HOSTS_LATEST_BY_VERDICT if verdict else HOSTS_LATEST)
        )
        return to_slice([_entry(row) async for row in found], page)

    async def put(self, entry: HostEntry, transaction: Transaction | None = None) -> HostEntry | None:
        """Have ``entry`` take the place, and the id, of what was decided before about its name, and answer that."""
        before = await self._collection.find_one_and_update(
            _named(entry.host, entry.scope),
            {"$set": _row(entry), "$setOnInsert": {"_id": entry.id}},
            upsert=True,
            session=transaction,
        )
        return _entry(before) if before else None

    async def is_listed(self, host: str, scope: HostScope, now: datetime) -> bool:
        """Whether something that was decided about the name holds at ``now``."""
        return await self._collection.find_one({**_named(host, scope), **_in_force(now)}, {"_id": 1}) is not None

    async def remove(self, host: str, scope: HostScope, transaction: Transaction) -> HostEntry | None:
        """Take back what was decided, and answer it; None where nothing was."""
        before = await self._collection.find_one_and_delete(_named(host, scope), session=transaction)
        return _entry(before) if before else None


def _named(host: str, scope: HostScope) -> Document:
    return {"host": host, "scope": scope.value}


def _in_force(now: datetime) -> Document:
    # mongod removes what is over within a minute or so; until then it does not count.
    return {"$or": [{"expiresAt": None}, {"expiresAt": {"$gt": now}}]}


def _row(entry: HostEntry) -> Document:
    return {
        **_named(entry.host, entry.scope),
        "verdict": entry.verdict.value,
        "reason": entry.reason,
        "decidedBy": entry.decided_by,
        "decidedAt": entry.decided_at,
        "expiresAt": entry.expires_at,
        "keys": sorted(keys_of(entry.host, entry.scope, entry.verdict)),
    }


def _entry(row: dict[str, Any]) -> HostEntry:
    return HostEntry(
        str(row["_id"]),
        row["host"],
        HostScope(row["scope"]),
        HostVerdict(row["verdict"]),
        row["reason"],
        row["decidedBy"],
        row["decidedAt"],
        row["expiresAt"],
    )
