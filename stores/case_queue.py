"""The queue of cases: which ones wait, the most urgent first, and who works on which.

A claim ends by the clock, whoever looks. That it has ended is noted on its case soon after, so that in the index what
is free stands together, and a page of it costs what it shows, however much others have claimed.

A claim takes one of its moderator's places, and a unique index lets none be taken twice: so nobody claims more than
there are places, however many claims come at once and wherever.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from weakref import WeakValueDictionary

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from domain.cases import Case, CaseState
from domain.ids import CaseId, MemberId
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.limits import MAX_CLAIMS
from policy.permissions import Privilege, boards_of, has_anywhere
from stores.cases import DECIDED, IS_OPEN, OPEN, case_of
from stores.codecs import Document
from stores.indexes import (
    BY_ID,
    CASES_BY_BOARD,
    CASES_BY_STATE,
    CASES_CLAIMED,
    CASES_CLAIMED_BY,
    CASES_FREE,
    CASES_FREE_BY_BOARD,
)
from stores.keyset import OLDEST_FIRST, key_range, sort_order, to_slice

_UNCLAIMED: Document = {**IS_OPEN, "claim.until": None}
_PLACES = range(MAX_CLAIMS)


class ClaimsFull(Exception):
    """The moderator has claimed as many cases as one may; nothing was claimed."""


class CaseQueue:
    """The ``cases`` collection, as moderators find their work in it."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def listed(self, viewer: Viewer, state: CaseState | None, at: datetime, page: Page) -> Slice[Case]:
        """The cases that ``viewer`` may work on, in one state or all, the most urgent first."""
        if not has_anywhere(viewer, Privilege.WORK_ON_CASES):
            return Slice([], has_next=False, has_previous=False)
        if state is CaseState.OPEN:
            return to_slice(await self._free(viewer, at, page), page)
        which, index = _in_state(state, at), _index(viewer, state)
        return to_slice(await self._found(viewer, which, page, index), page)

    async def claim(self, viewer: Viewer, case: CaseId | None, at: datetime, until: datetime) -> Case | None:
        """Let an open case be ``viewer``'s until ``until``: this one, or the most urgent that is nobody's.

        None where there is none, or it is another's by now. Raises ClaimsFull, unless it is the viewer's already.
        """
        if viewer.member_id is None or not has_anywhere(viewer, Privilege.WORK_ON_CASES):
            return None
        await self.end_claims(at)
        if case:
            mine = {"_id": case, **IS_OPEN, **_for_working(viewer), "claim.by": viewer.member_id}
            row = await self._changed(mine, {"claim.until": until}, BY_ID)
            if row:
                return row
        # In turn, or those of one process would go for the same place.
        async with self._turns.setdefault(viewer.member_id, asyncio.Lock()):
            return await self._take(viewer, viewer.member_id, case, until)

    async def _take(self, viewer: Viewer, moderator: MemberId, case: CaseId | None, until: datetime) -> Case | None:
        which = {**_UNCLAIMED, **_for_working(viewer), **({"_id": case} if case else {})}
        index = BY_ID if case else _index(viewer, CaseState.OPEN)
        while True:
            claim = {"by": moderator, "until": until, "place": await self._free_place(moderator)}
            with suppress(DuplicateKeyError):  # taken meanwhile, in another process
                return await self._changed(which, {"claim": claim}, index)

    async def _free_place(self, moderator: MemberId) -> int:
        """Raises ClaimsFull."""
        theirs = {"claim.by": moderator, "claim.place": {"$in": list(_PLACES)}}
        found = self._collection.find(theirs, {"_id": 0, "claim.place": 1}).hint(CASES_CLAIMED_BY)
        taken = {row["claim"]["place"] async for row in found}
        place = next((place for place in _PLACES if place not in taken), None)
        if place is None:
            raise ClaimsFull
        return place

    async def _changed(self, which: Document, change: Document, index: str) -> Case | None:
        """The most urgent of ``which``, as it is then."""
        row = await self._collection.find_one_and_update(
            which,
            {"$set": change},
            sort=[("dueAt", 1), ("_id", 1)],
            return_document=ReturnDocument.AFTER,
            hint=index,
        )
        return case_of(row) if row else None

    async def release(self, case: CaseId, moderator: MemberId) -> bool:
        """Let a claimed case be anyone's again; whether it was ``moderator``'s."""
        mine = {"_id": case, **IS_OPEN, "claim.by": moderator}
        return (await self._collection.update_one(mine, {"$unset": {"claim": True}})).matched_count == 1

    async def end_claims(self, at: datetime) -> None:
        """Note on their cases which claims have ended by ``at``; whoever claims does it, and a worker now and then."""
        await self._collection.update_many(_lapsed(at), {"$unset": {"claim": True}}, hint=CASES_FREE)

    async def _free(self, viewer: Viewer, at: datetime, page: Page) -> Sequence[Case]:
        """Open cases that are nobody's, in walking order: those without a claim, and those whose claim has ended.

        The latter are looked for first, by their keys: what is noted as ended between the reads is found twice, and
        not missed.
        """
        ended = await self._ended(viewer, at, page)
        found = await self._found(viewer, _UNCLAIMED, page, _index(viewer, CaseState.OPEN))
        if not ended:
            return found
        late = [case_of(row) async for row in self._collection.find({"_id": {"$in": ended}, **_free_at(at)})]
        by_id = {case.id: case for case in [*late, *found]}
        in_order = sorted(by_id.values(), key=lambda case: (case.due_at, case.id), reverse=page.is_backward)
        return in_order[: page.size + 1]

    async def _ended(self, viewer: Viewer, at: datetime, page: Page) -> Sequence[CaseId]:
        """Those of which it is not noted yet, sorted by keys alone: few, for a worker notes it within a second."""
        stages: list[Document] = [
            {"$match": {**_lapsed(at), **_for_working(viewer), **key_range(page, OLDEST_FIRST, "dueAt")}},
            {"$project": {"dueAt": 1}},
            {"$sort": sort_order(page, OLDEST_FIRST, "dueAt")},
            {"$limit": page.size + 1},
        ]
        found = await self._collection.aggregate(stages, hint=_index(viewer, CaseState.OPEN))
        return [row["_id"] async for row in found]

    async def _found(self, viewer: Viewer, which: Document, page: Page, index: str) -> list[Case]:
        """One more than the page holds, in walking order."""
        found = (
            self._collection.find({**which, **_for_working(viewer), **key_range(page, OLDEST_FIRST, "dueAt")})
            .sort(sort_order(page, OLDEST_FIRST, "dueAt"))
            .limit(page.size + 1)
            .hint(index)
        )
        return [case_of(row) async for row in found]


def _lapsed(at: datetime) -> Document:
    return {**IS_OPEN, "claim.until": {"$lte": at}}


def _free_at(at: datetime) -> Document:
    return {**IS_OPEN, "claim.until": {"$not": {"$gt": at}}}


def _in_state(state: CaseState | None, at: datetime) -> Document:
    """All but OPEN, of which ``listed`` makes two reads."""
    return {
        None: {"state": {"$in": [OPEN, DECIDED]}},
        CaseState.CLAIMED: {**IS_OPEN, "claim.until": {"$gt": at}},
        CaseState.DECIDED: {"state": DECIDED},
    }[state]


def _for_working(viewer: Viewer) -> Document:
    """As ``may_work_on_case`` has it, of moderators."""
    boards = boards_of(viewer, Privilege.WORK_ON_CASES)
    there: Document = {} if boards is None else {"board": {"$in": sorted(boards)}}
    return there | {"subject": {"$ne": viewer.member_id}}


def _index(viewer: Viewer, state: CaseState | None) -> str:
    """In which the cases in ``state`` that wait for ``viewer`` are in order."""
    if state is CaseState.CLAIMED:
        return CASES_CLAIMED
    is_everywhere = boards_of(viewer, Privilege.WORK_ON_CASES) is None
    if state is CaseState.OPEN:
        return CASES_FREE if is_everywhere else CASES_FREE_BY_BOARD
    return CASES_BY_STATE if is_everywhere else CASES_BY_BOARD
