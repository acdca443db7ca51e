"""Cases: reports about one target gather in one open case, which the next decision about that target closes."""

import asyncio
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakValueDictionary

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection

from domain.cases import Case, CaseClaim
from domain.ids import BoardId, CaseId, DecisionId, Kind, MemberId, host_target, kind_of
from domain.moderation import Decision
from domain.rich_text import HostVerdict
from domain.viewer import Viewer
from policy.case_priority import CROWD_HOURS
from policy.permissions import Privilege, has_anywhere, may_work_on_case
from policy.reports import BOARD_OWNER_MAY_REPORT
from stores.codecs import Document
from stores.state_changes import is_in
from stores.transactions import Transaction

OPEN, DECIDED = "OPEN", "DECIDED"
IS_OPEN: Document = {"state": OPEN}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case would be about, and the id that it has if it is the first of its target."""

    case_id: CaseId
    target_id: str
    subject_id: MemberId | None
    opened_at: datetime
    severity_hours: int
    reach_hours: int
    weight: float
    """How much the reporter's word counts; see policy/case_priority.py."""
    ascii_host: str | None = None
    """The host that it would be about, if it is one."""
    board_id: BoardId | None = None
    """Where the post or comment stands that it would be about."""


@dataclass(frozen=True, slots=True)
class AsRead:
    """A case as a moderator has read it: they close it if it still is so, and nobody else works on it."""

    case_id: CaseId
    version: int
    moderator_id: MemberId


@dataclass(frozen=True, slots=True)
class Verdict:
    """What closes a case."""

    read: AsRead
    decision: Decision
    is_ignored: bool
    """Whether later reports about the same words are settled by it too."""


class IgnoredUntilEdited(Exception):
    """Moderators have looked at these words and let them stand; no case is opened about them."""


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
        """Held while a report or a decision about ``target`` is written, so that those of one process do not fight.

        Right without it too, but slow: each of 200 transactions at once writes to one case, and all but one begin anew.
        """
        return self._turns.setdefault(target, asyncio.Lock())

    async def seen_by(self, viewer: Viewer, ids: Iterable[CaseId]) -> Mapping[CaseId, Case]:
        """Those of ``ids`` that ``viewer`` may work on; for others than moderators nothing is read."""
        if not has_anywhere(viewer, Privilege.WORK_ON_CASES):
            return {}
        cases = [case_of(row) async for row in self._collection.find({"_id": {"$in": list(ids)}})]
        return {case.id: case for case in cases if may_work_on_case(viewer, case.subject_id, case.board_id)}

    async def join(self, matter: Matter, transaction: Transaction | None, *, reports: int = 1) -> CaseId | None:
        """Add ``reports`` to the target's open case, opening one where there is none; None where the target is gone.

        It writes to the target and to the case, so that a report and a decision at once wait for each other: no case is
        opened about what is removed in this moment, and none is closed over a report that it has not seen. Raises
        IgnoredUntilEdited.
        """
        if not await self._stands(matter.target_id, transaction):
            return None
        row = await self._collection.find_one_and_update(
            {"target": matter.target_id, **IS_OPEN},
            _joined(matter, reports),
            {"_id": 1},
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=transaction,
        )
        return CaseId(row["_id"]) if row else None

    async def decide(self, verdict: Verdict, transaction: Transaction) -> bool:
        """Close a case; whether it still was as read, and nobody else's."""
        decision = verdict.decision
        as_read = _as_read(verdict.read, decision.decided_at)
        result = await self._collection.update_one(as_read, _closing(decision), session=transaction)
        if result.matched_count == 1 and verdict.is_ignored:
            await self._ignore(decision.target_id, transaction)
        return result.matched_count == 1

    async def go_on(self, read: AsRead, at: datetime, transaction: Transaction) -> bool:
        """Count one more version of a case that stays open; whether it still was as read, and nobody else's."""
        result = await self._collection.update_one(_as_read(read, at), {"$inc": {"version": 1}}, session=transaction)
        return result.matched_count == 1

    async def dismiss_host(self, read: AsRead, at: datetime, transaction: Transaction) -> bool:
        """Close a case about a host without a verdict; whether it still was as read, and nobody else's."""
        closing = _closed_about_host(None, at)
        result = await self._collection.update_one(_as_read(read, at), closing, session=transaction)
        return result.matched_count == 1

    async def close(self, target: str, decision: Decision, transaction: Transaction) -> None:
        """Note that the open case about ``target``, if there is one, is decided."""
        await self._collection.update_one({"target": target, **IS_OPEN}, _closing(decision), session=transaction)

    async def closed_by(self, decision: Decision, transaction: Transaction) -> CaseId | None:
        """The case that ``decision`` closed, if any."""
        query = {"target": decision.target_id, "decision": decision.id}
        row = await self._collection.find_one(query, {"_id": 1}, session=transaction)
        return CaseId(row["_id"]) if row else None

    async def reopen(self, case: CaseId, joined: int, transaction: Transaction) -> None:
        """Let a case wait again whose decision was taken back, unless another one waits about the same.

        ``joined``: reports that it holds more than before.
        """
        row = await self._collection.find_one({"_id": case}, {"target": 1}, session=transaction)
        if row is None or await self._collection.find_one({"target": row["target"], **IS_OPEN}, session=transaction):
            return
        undecided = {"state": OPEN, "decidedAt": None, "decision": None}
        again = {"$set": undecided, "$inc": {"version": 1, "reports": joined}}
        await self._collection.update_one({"_id": case}, again, session=transaction)

    async def heed(self, target: str, transaction: Transaction) -> None:
        """Let reports about the words of ``target`` open a case again, whoever settled them for good."""
        kind = kind_of(target)
        if kind in self._contents:
            await self._contents[kind].update_one({"_id": target}, {"$unset": {"ignored": True}}, session=transaction)

    async def bump(self, case: CaseId, version: int, transaction: Transaction) -> bool:
        """Count one more version of an open case; whether it still was at ``version``."""
        result = await self._collection.update_one(
            {"_id": case, **IS_OPEN, "version": version}, {"$inc": {"version": 1}}, session=transaction
        )
        return result.matched_count == 1

    async def words_changed(self, target: str, transaction: Transaction) -> None:
        """Count one more version of the open case about ``target``, if there is one: what was read there is gone."""
        await self._collection.update_one({"target": target, **IS_OPEN}, {"$inc": {"version": 1}}, session=transaction)

    async def close_about_host(
        self, ascii_host: str, verdict: HostVerdict | None, at: datetime, transaction: Transaction
    ) -> CaseId | None:
        """Note that the open case about the host is decided, and how; which one it was, if there is one."""
        which = {"target": host_target(ascii_host), **IS_OPEN}
        closing = _closed_about_host(verdict, at)
        row = await self._collection.find_one_and_update(which, closing, {"_id": 1}, session=transaction)
        return CaseId(row["_id"]) if row else None

    async def is_open_about(
        self, viewer: Viewer, case: CaseId, subject: MemberId, transaction: Transaction | None = None
    ) -> bool:
        """Whether ``viewer`` has an open case of that id about ``subject``."""
        if not may_work_on_case(viewer, subject):
            return False
        query = {"_id": case, "subject": subject, **IS_OPEN}
        return await self._collection.find_one(query, {"_id": 1}, session=transaction) is not None

    async def has_one_about(self, viewer: Viewer, target: str) -> bool:
        """Whether ``viewer`` has a case about ``target``, open or decided."""
        if not has_anywhere(viewer, Privilege.WORK_ON_CASES):
            return False
        row = await self._collection.find_one({"target": target}, {"subject": 1, "board": 1})
        return row is not None and may_work_on_case(viewer, row["subject"], row.get("board"))

    async def _stands(self, target: str, transaction: Transaction | None) -> bool:
        """Whether there is something to decide about. Members and hosts stay; the target was seen before."""
        kind = kind_of(target)
        if kind is None or kind not in self._contents:
            return True
        row = await self._contents[kind].find_one_and_update(
            {"_id": target, **is_in(BOARD_OWNER_MAY_REPORT)},
            {"$inc": {"reports": 1}},
            {"writtenAt": 1, "createdAt": 1, "ignored": 1},
            session=transaction,
        )
        if row and row.get("ignored") is not None and row["ignored"] == row.get("writtenAt", row["createdAt"]):
            raise IgnoredUntilEdited
        return row is not None

    async def _ignore(self, target: str, transaction: Transaction) -> None:
        """Note of which words further reports are settled. Of a member there are none."""
        kind = kind_of(target)
        if kind in self._contents:
            words = [{"$set": {"ignored": {"$ifNull": ["$writtenAt", "$createdAt"]}}}]
            await self._contents[kind].update_one({"_id": target}, words, session=transaction)


def _free_for(moderator: MemberId | None, at: datetime) -> list[Document]:
    """Cases that are nobody's, or ``moderator``'s own."""
    return [{"claim": None}, {"claim.by": moderator}, {"claim.until": {"$lte": at}}]


def _as_read(read: AsRead, at: datetime) -> Document:
    return {"_id": read.case_id, **IS_OPEN, "version": read.version, "$or": _free_for(read.moderator_id, at)}


def _closing(decision: Decision) -> Document:
    return _closed({"decidedAt": decision.decided_at, "decision": decision.id})


def _closed_about_host(verdict: HostVerdict | None, at: datetime) -> Document:
    return _closed({"decidedAt": at, "verdict": verdict.value if verdict else None})


def _closed(how: Document) -> Document:
    return {"$set": {"state": DECIDED, **how}, "$unset": {"claim": True}, "$inc": {"version": 1}}


def _joined(matter: Matter, reports: int) -> list[Document]:
    """An update that opens the case or adds to it, and works out how urgent it is by now."""
    first = {
        "_id": matter.case_id,
        "subject": matter.subject_id,
        "openedAt": matter.opened_at,
        "decidedAt": None,
        "decision": None,
        "version": 1,
        **({"host": matter.ascii_host} if matter.ascii_host else {}),
        **({"board": matter.board_id} if matter.board_id else {}),
    }
    counted = {"reports": reports, "weight": matter.weight * reports}
    highest = {"severityHours": matter.severity_hours, "reachHours": matter.reach_hours}
    crowd = {"$multiply": [CROWD_HOURS / math.log(2), {"$ln": {"$add": [1, "$weight"]}}]}
    ahead = {"$multiply": [3_600, {"$add": ["$severityHours", "$reachHours", crowd]}]}
    due = {"$dateSubtract": {"startDate": "$openedAt", "unit": "second", "amount": {"$toLong": ahead}}}
    return [
        {
            "$set": {name: {"$ifNull": [f"${name}", value]} for name, value in first.items()}
            | {name: {"$add": [{"$ifNull": [f"${name}", 0]}, value]} for name, value in counted.items()}
            | {name: {"$max": [f"${name}", value]} for name, value in highest.items()}
        },
        {"$set": {"dueAt": due}},
    ]


def case_of(row: Document) -> Case:
    claim = row.get("claim")
    return Case(
        id=row["_id"],
        target_id=row["target"],
        subject_id=row["subject"],
        is_decided=row["state"] == DECIDED,
        opened_at=row["openedAt"],
        decided_at=row["decidedAt"],
        report_count=row["reports"],
        due_at=row["dueAt"],
        version=row["version"],
        claim=CaseClaim(claim["by"], claim["until"]) if claim else None,
        decision_id=DecisionId(row["decision"]) if row.get("decision") else None,
        ascii_host=row.get("host"),
        board_id=row.get("board"),
    )
