"""Cases: reports about one target gather in one open case, which the next decision about that target closes."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakValueDictionary

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection

from domain.cases import Case, CaseState
from domain.ids import CaseId, Kind, MemberId, host_target, kind_of
from domain.paging import Page, Slice
from domain.text import HostVerdict
from domain.viewer import Viewer
from policy.permissions import Privilege, has, may_work_on_case
from policy.reporting import HOST_MAY_REPORT
from stores.documents import Document
from stores.indexes import CASES_BY_STATE
from stores.moves import is_in
from stores.pages import OLDEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction

_OPEN: Document = {"state": CaseState.OPEN.value}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case would be about, and the id that it has if it is the first of its target."""

    case_id: CaseId
    target_id: str
    subject_id: MemberId | None
    opened_at: datetime
    ascii_host: str | None = None
    """The host that it would be about, if it is one."""


class Cases:
    """The ``cases`` collection. A partial unique index keeps open cases to one a target."""

    def __init__(
        self,
        collection: AsyncCollection[Document],
        posts: AsyncCollection[Document],
        comments: AsyncCollection[Document],
    ) -> None:
        self._collection = collection
        self._contents = {Kind.POST: posts, Kind.COMMENT: comments}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, target: str) -> asyncio.Lock:
        """Held while a report joins the case about ``target``, so that those of one process do not fight for it.

        Right without it too, but slow: each of 200 transactions at once writes to one case, and all but one begin anew.
        """
        return self._turns.setdefault(target, asyncio.Lock())

    async def seen_by(self, viewer: Viewer, ids: Iterable[CaseId]) -> Mapping[CaseId, Case]:
        """Those of ``ids`` that ``viewer`` may work on; for others than moderators nothing is read."""
        if not has(viewer, Privilege.WORK_ON_CASES):
            return {}
        cases = [_case(row) async for row in self._collection.find({"_id": {"$in": list(ids)}})]
        return {case.id: case for case in cases if may_work_on_case(viewer, case.subject_id)}

    async def listed(self, viewer: Viewer, state: CaseState | None, page: Page) -> Slice[Case]:
        """The cases that ``viewer`` may work on, in one state or all, the longest waiting first."""
        if not has(viewer, Privilege.WORK_ON_CASES):
            return Slice([], has_next=False, has_previous=False)
        states = [each.value for each in CaseState if state in {each, None}]
        query: Document = {"state": {"$in": states}, "subject": {"$ne": viewer.member_id}}
        found = (
            self._collection.find(query | key_range(page, OLDEST_FIRST, "openedAt"))
            .sort(sort_order(page, OLDEST_FIRST, "openedAt"))
            .limit(page.size + 1)
            .hint(CASES_BY_STATE)
        )
        return to_slice([_case(row) async for row in found], page)

    async def join(self, matter: Matter, transaction: Transaction | None, *, reports: int = 1) -> CaseId | None:
        """Add ``reports`` to the target's open case, opening one where there is none; None where the target is gone.

        It writes to the target and to the case, so that a report and a decision at once wait for each other: no case is
        opened about what is removed in this moment, and none is closed over a report that it has not seen.
        """
        if not await self._stands(matter.target_id, transaction):
            return None
        new: Document = {
            "_id": matter.case_id,
            "subject": matter.subject_id,
            "openedAt": matter.opened_at,
            "decidedAt": None,
            **({"host": matter.ascii_host} if matter.ascii_host else {}),
        }
        row = await self._collection.find_one_and_update(
            {"target": matter.target_id, **_OPEN},
            {"$setOnInsert": new, "$inc": {"reports": reports}},
            {"_id": 1},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=transaction,
        )
        return CaseId(row["_id"]) if row else None

    async def close(self, target: str, at: datetime, transaction: Transaction) -> None:
        """Note that the open case about ``target``, if there is one, is decided."""
        closed = {"state": CaseState.DECIDED.value, "decidedAt": at}
        await self._collection.update_one({"target": target, **_OPEN}, {"$set": closed}, session=transaction)

    async def close_about_host(
        self, ascii_host: str, verdict: HostVerdict | None, at: datetime, transaction: Transaction
    ) -> None:
        """Note that the open case about the host, if there is one, is decided, and how."""
        closed = {"state": CaseState.DECIDED.value, "decidedAt": at, "verdict": verdict.value if verdict else None}
        await self._collection.update_one(
            {"target": host_target(ascii_host), **_OPEN}, {"$set": closed}, session=transaction
        )

    async def is_open_about(
        self, viewer: Viewer, case: CaseId, subject: MemberId, transaction: Transaction | None = None
    ) -> bool:
        """Whether ``viewer`` has an open case of that id about ``subject``."""
        if not may_work_on_case(viewer, subject):
            return False
        query = {"_id": case, "subject": subject, **_OPEN}
        return await self._collection.find_one(query, {"_id": 1}, session=transaction) is not None

    async def has_one_about(self, viewer: Viewer, target: str) -> bool:
        """Whether ``viewer`` has a case about ``target``, open or decided."""
        if not has(viewer, Privilege.WORK_ON_CASES):
            return False
        row = await self._collection.find_one({"target": target}, {"subject": 1})
        return row is not None and may_work_on_case(viewer, row["subject"])

    async def _stands(self, target: str, transaction: Transaction | None) -> bool:
        """Whether there is something to decide about. Members and hosts stay; the target was seen before."""
        kind = kind_of(target)
        if kind is None or kind not in self._contents:
            return True
        counted = await self._contents[kind].update_one(
            {"_id": target, **is_in(HOST_MAY_REPORT)}, {"$inc": {"reports": 1}}, session=transaction
        )
        return counted.matched_count == 1


def _case(row: Document) -> Case:
    return Case(
        row["_id"],
        row["target"],
        row["subject"],
        CaseState(row["state"]),
        row["openedAt"],
        row["decidedAt"],
        row["reports"],
        row.get("host"),
    )
