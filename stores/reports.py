"""Reports: one a member and target, read by the member who made it, and by moderators on the case that it opened.

What came of a report is not kept but read off the latest decision about its target, or off its case where that is about
a host: deciding then writes nothing to the reports, of which there may be thousands, and no report slips in between a
decision and its own closing. What reporters were told of it is kept, and with it how often each of them was right.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from domain.cases import Case, CaseState
from domain.ids import CaseId, MemberId
from domain.moderation import Decision, ModerationAction, Report, ReportOutcome, ReportReason
from domain.paging import Page, Slice
from domain.rich_text import HostVerdict
from domain.viewer import Viewer
from policy.case_priority import accuracy
from policy.limits import MAX_CASE_DECISIONS
from policy.reports import SETTLED_BY_VERDICT, SETTLES, Said, came_of
from stores.codecs import Document
from stores.indexes import BY_ID, REPORTS_BY_REPORTER
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction
from stores.vault import Vault

#: Comes before all ids.
_NO_ID = ""


class AlreadyReported(Exception):
    """The member has reported this target before; nothing was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a report, and what it counts as for its reporter: PENDING where it does not, or not yet."""

    report: Report
    told: ReportOutcome
    last_news: ReportOutcome
    """What its reporter heard last. Where that is undone they hear nothing: what they heard is read anew each time."""

    @property
    def is_new(self) -> bool:
        return self.report.outcome is not self.told

    @property
    def is_news(self) -> bool:
        """Whether its reporter is to be told: that a decision was undone is for nobody to hear but its subject.

        Nor that it was made again: they would be told the same twice.
        """
        return self.is_new and self.report.outcome not in {ReportOutcome.PENDING, self.last_news}


class Reports:
    """The ``reports`` collection. A report's _id is its target and its reporter, so there is one of each pair."""

    def __init__(
        self,
        collection: AsyncCollection[Document],
        members: AsyncCollection[Document],
        vault: Vault | None = None,
    ) -> None:
        """``vault``: for what is read on cases."""
        self._collection = collection
        self._members = members
        self._vault = vault

    async def weight_of(self, reporter: MemberId) -> float:
        """How much the reporter's word counts, by how often it was right."""
        row = await self._members.find_one({"_id": reporter}, {"reportsUpheld": 1, "reportsDismissed": 1}) or {}
        return accuracy(row.get("reportsUpheld", 0), row.get("reportsDismissed", 0))

    async def made_by(self, viewer: Viewer, page: Page) -> Slice[Report]:
        """The viewer's own reports, newest first."""
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        stages: list[Document] = [
            {"$match": {"reporter": viewer.member_id, **key_range(page, NEWEST_FIRST)}},
            {"$sort": sort_order(page, NEWEST_FIRST)},
            {"$limit": page.size + 1},
            *_WITH_DECISION,
        ]
        rows = await (await self._collection.aggregate(stages, hint=REPORTS_BY_REPORTER)).to_list()
        return to_slice([_report(row) for row in rows], page)

    async def made_about(self, viewer: Viewer, target: str) -> Report | None:
        """The viewer's own report about ``target``, if there is one."""
        if viewer.member_id is None:
            return None
        stages: list[Document] = [{"$match": {"_id": report_id(target, viewer.member_id)}}, *_WITH_DECISION]
        rows = await (await self._collection.aggregate(stages)).to_list()
        return _report(rows[0]) if rows else None

    async def made_by_viewer(self, viewer: Viewer, ids: Sequence[str]) -> Mapping[str, Report]:
        """Those of ``ids`` that the viewer made."""
        stages: list[Document] = [
            {"$match": {"_id": {"$in": list(ids)}, "reporter": viewer.member_id}},
            *_WITH_DECISION,
        ]
        rows = await (await self._collection.aggregate(stages, hint=BY_ID)).to_list()
        return {row["_id"]: _report(row) for row in rows}

    async def on_cases(self, _viewer: Viewer, cases: Sequence[Case], page: Page) -> list[Slice[Report]]:
        """The same page of the reports in each of ``cases``, which the viewer has seen; newest first, in one read."""
        page = await self._by_ids(cases, page)
        pipeline: list[Document] = [
            {"$match": key_range(page, NEWEST_FIRST)},
            {"$sort": sort_order(page, NEWEST_FIRST)},
            {"$limit": page.size + 1},
            *_WITH_DECISION,
        ]
        lookup = {"from": "reports", "localField": "case", "foreignField": "case", "pipeline": pipeline}
        stages: list[Document] = [
            {"$documents": [{"case": case.id} for case in cases]},
            {"$lookup": lookup | {"as": "reports"}},
        ]
        found = await (await self._collection.database.aggregate(stages)).to_list()
        rows = {each["case"]: each["reports"] for each in found}
        return [to_slice([self._on_case(row, case) for row in rows[case.id]], page) for case in cases]

    def _on_case(self, row: Document, case: Case) -> Report:
        return replace(_report(row), id=self._told_as(row["_id"]), case=case)

    def _told_as(self, report: str) -> str:
        """By what a cursor names a report on a case: its id holds who made it, whom a block may hide."""
        if self._vault is None:
            raise LookupError("no vault")
        return self._vault.blind_index("report", report)[:32]

    async def _by_ids(self, cases: Sequence[Case], page: Page) -> Page:
        """``page`` between the ids of reports, where it was asked for between what cursors name them by.

        What names none of them stands for no id: compared with ids, guesses would close in on who reported.
        """
        keys = [key for key in (page.after, page.before) if key]
        if not keys:
            return page
        moments = {"case": {"$in": [case.id for case in cases]}, "createdAt": {"$in": [key.at for key in keys]}}
        found = self._collection.find(moments, {"_id": 1})
        ids = {self._told_as(row["_id"]): row["_id"] async for row in found}
        after, before = (key and replace(key, id=ids.get(key.id, _NO_ID)) for key in (page.after, page.before))
        return replace(page, after=after, before=before)

    async def without_case(self) -> AsyncIterator[Report]:
        """Reports that wait and are in no case, the oldest first: for the migration that gives them theirs."""
        stages: list[Document] = [
            {"$match": {"case": {"$exists": False}}},
            {"$sort": {"createdAt": 1}},
            *_WITH_DECISION,
        ]
        async for row in await self._collection.aggregate(stages, allowDiskUse=True):
            report = _report(row)
            if report.outcome is ReportOutcome.PENDING:
                yield report

    async def is_backed_by_others(
        self, case: CaseId, apart_from: MemberId, transaction: Transaction | None = None
    ) -> bool:
        """Whether somebody else than ``apart_from`` made a report in ``case``."""
        others = {"case": case, "reporter": {"$ne": apart_from}}
        return await self._collection.find_one(others, {"_id": 1}, session=transaction) is not None

    async def outcomes_about(
        self, target: str, after: str | None, most: int, transaction: Transaction
    ) -> Sequence[Outcome]:
        """What came of the reports about ``target``, in the order of their ids and beyond ``after``.

        But of those that were settled as they were made: their reporters know.
        """
        stages: list[Document] = [
            {"$match": {**_about(target, after), "isSettled": {"$ne": True}}},
            {"$sort": {"_id": 1}},
            {"$limit": most},
            *_WITH_DECISION,
        ]
        rows = await (await self._collection.aggregate(stages, hint=BY_ID, session=transaction)).to_list()
        return [_noted(row) for row in rows]

    async def note_told(self, outcomes: Iterable[Outcome], transaction: Transaction) -> None:
        """Note what reporters are told now, and count it for or against them.

        What they were told before is counted no more: so each report counts once, whatever is undone or overturned.
        """
        told: list[UpdateOne] = []
        counts: list[UpdateOne] = []
        for each in outcomes:
            news = each.report.outcome if each.is_news else each.last_news
            now = {"told": each.report.outcome.value, "lastNews": news.value}
            told.append(UpdateOne({"_id": each.report.id}, {"$set": now}))
            change = _counted(each.report.outcome, 1) | _counted(each.told, -1)
            counts.append(UpdateOne({"_id": each.report.reporter_id}, {"$inc": change}))
        if told:
            await self._collection.bulk_write(told, ordered=False, session=transaction)
            await self._members.bulk_write(counts, ordered=False, session=transaction)

    async def unsettle(self, decision: Decision, case: CaseId, transaction: Transaction) -> int:
        """Let those wait in ``case`` that were settled as they were made, by ``decision``; how many."""
        since = {**_about(decision.target_id, None), "isSettled": True, "createdAt": {"$gte": decision.decided_at}}
        change = {"$set": {"case": case}, "$unset": {"isSettled": True}}
        return (await self._collection.update_many(since, change, session=transaction)).modified_count

    async def file(self, report: Report, transaction: Transaction, case: CaseId | None = None) -> None:
        """Keep a new report in its case. Raises AlreadyReported, which undoes the transaction."""
        row = {
            "_id": report.id,
            "target": report.target_id,
            "reporter": report.reporter_id,
            "reason": report.reason.value,
            "note": report.note,
            "createdAt": report.created_at,
            **({"case": case} if case else {}),
            **({"isSettled": True} if report.outcome is ReportOutcome.NO_ACTION else {}),
            **({"url": report.url, "hostCase": case} if report.url else {}),
        }
        try:
            await self._collection.insert_one(row, session=transaction)
        except DuplicateKeyError as error:
            raise AlreadyReported from error


def report_id(target: str, reporter: MemberId) -> str:
    """What a report is claimed by."""
    return f"{target}:{reporter}"


def _about(target: str, after: str | None) -> Document:
    """Reports about ``target``, beyond the one whose id is ``after``."""
    return {"_id": {"$gt": after or report_id(target, MemberId("")), "$lt": f"{target};"}}  # what follows the colon


_PENDING = ReportOutcome.PENDING.value
_COUNTED_AS: Mapping[ReportOutcome, str] = {
    ReportOutcome.ACTION_TAKEN: "reportsUpheld",
    ReportOutcome.NO_ACTION: "reportsDismissed",
}


def _counted(outcome: ReportOutcome, change: int) -> dict[str, int]:
    return {_COUNTED_AS[outcome]: change} if outcome in _COUNTED_AS else {}


_SETTLING: list[Document] = [
    {"$match": {"$or": [{"action": {"$in": [action.value for action in SETTLES]}}, {"reverses": {"$ne": None}}]}},
    {"$sort": {"decidedAt": -1, "_id": -1}},
    {"$limit": MAX_CASE_DECISIONS},
    {"$project": {"action": 1, "decidedAt": 1, "reverses": 1, "onAppeal": 1}},
]
_WITH_DECISION: list[Document] = [
    {
        "$lookup": {
            "from": "decisions",
            "localField": "target",
            "foreignField": "target",
            "pipeline": _SETTLING,
            "as": "decided",
        }
    },
    # Named apart from ``case``, so that reports about all else look nothing up.
    {
        "$lookup": {
            "from": "cases",
            "localField": "hostCase",
            "foreignField": "_id",
            "pipeline": [{"$match": {"state": CaseState.DECIDED.value}}, {"$project": {"verdict": 1}}],
            "as": "judged",
        }
    },
]


def _report(row: Document) -> Report:
    return Report(
        row["_id"],
        row["target"],
        row["reporter"],
        ReportReason(row["reason"]),
        row["note"],
        row["createdAt"],
        ReportOutcome.NO_ACTION if row.get("isSettled") else _outcome(row),
        row.get("url"),
    )


def _noted(row: Document) -> Outcome:
    told = row.get("told", _PENDING)
    # Those from before news were kept apart had heard what they counted as.
    return Outcome(_report(row), ReportOutcome(told), ReportOutcome(row.get("lastNews", told)))


def _outcome(row: Document) -> ReportOutcome:
    if row["judged"]:
        verdict = row["judged"][0]["verdict"]
        return SETTLED_BY_VERDICT[HostVerdict(verdict) if verdict else None]
    return came_of(row["createdAt"], [_said(each) for each in row["decided"]])


def _said(row: Document) -> Said:
    action = ModerationAction(row["action"])
    return Said(row["_id"], action, row["decidedAt"], row.get("reverses"), row.get("onAppeal"))
