"""Moderators' decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.ids import DecisionId, MemberId
from domain.moderation import Decision, Evidence, ModerationAction, ReportReason
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.limits import MAX_CASE_DECISIONS
from policy.permissions import TOLD_TO_SUBJECT, Privilege, boards_of, may_read_decision
from stores.codecs import Document
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.sanctions import read_sanction, sanction_document
from stores.transactions import Transaction


class Decisions:
    """The ``decisions`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def latest_seen_by(self, viewer: Viewer, targets: Iterable[str]) -> Mapping[str, Decision]:
        """The latest decision about each of ``targets`` that ``viewer`` may read: its subject's, or a moderator's.

        Of subjects' own reading, who decided is left out.
        """
        query: Document = {"target": {"$in": list(targets)}}
        found = (
            await self._collection.find(query | _readable(viewer))
            .sort([("target", 1), ("decidedAt", 1), ("_id", 1)])
            .to_list()
        )
        return {row["target"]: _trimmed(_decision(row), viewer) for row in found}

    async def seen_by(self, viewer: Viewer, ids: Iterable[DecisionId]) -> Mapping[DecisionId, Decision]:
        """Those of ``ids`` that ``viewer`` may read."""
        found = await self._collection.find({"_id": {"$in": list(ids)}} | _readable(viewer)).to_list()
        return {row["_id"]: _trimmed(_decision(row), viewer) for row in found}

    async def on_cases(self, viewer: Viewer, targets: Sequence[str]) -> Mapping[str, Sequence[Decision]]:
        """The latest decisions about each of ``targets``, of whose cases ``viewer`` has seen; the latest first."""
        latest: list[Document] = [{"$sort": {"decidedAt": -1, "_id": -1}}, {"$limit": MAX_CASE_DECISIONS}]
        lookup = {"from": "decisions", "localField": "target", "foreignField": "target", "pipeline": latest}
        stages: list[Document] = [
            {"$documents": [{"target": target} for target in targets]},
            {"$lookup": lookup | {"as": "decisions"}},
        ]
        found = await (await self._collection.database.aggregate(stages)).to_list()
        by_target = {each["target"]: [_decision(row) for row in each["decisions"]] for each in found}
        return {
            target: [_trimmed(made, viewer) for made in latest_first if may_read_decision(viewer, made)]
            for target, latest_first in by_target.items()
        }

    async def about(self, viewer: Viewer, page: Page) -> Slice[Decision]:
        """Decisions about what ``viewer`` wrote, the latest first."""
        found = (
            self._collection.find({**_told_to(viewer), **key_range(page, NEWEST_FIRST, "decidedAt")})
            .sort(sort_order(page, NEWEST_FIRST, "decidedAt"))
            .limit(page.size + 1)
        )
        return to_slice([_trimmed(_decision(row), viewer) async for row in found], page)

    async def latest_record(self, target: str, transaction: Transaction | None = None) -> Decision | None:
        """The latest decision about ``target``, whole: for moderation/ only."""
        latest = [("decidedAt", -1), ("_id", -1)]
        row = await self._collection.find_one({"target": target}, sort=latest, session=transaction)
        return _decision(row) if row else None

    async def record_of(self, decision: DecisionId, transaction: Transaction | None = None) -> Decision | None:
        """Whole, whoever asks: for moderation/ only."""
        row = await self._collection.find_one({"_id": decision}, session=transaction)
        return _decision(row) if row else None

    async def records_since(self, decision: Decision, transaction: Transaction) -> list[Decision]:
        """Those about the same target that came later, the oldest first: for moderation/ only."""
        later = {"target": decision.target_id, "decidedAt": {"$gt": decision.decided_at}}
        found = self._collection.find(later, session=transaction).sort([("decidedAt", 1), ("_id", 1)])
        return [_decision(row) async for row in found]

    async def reversal_record_of(self, decision: DecisionId, transaction: Transaction | None = None) -> Decision | None:
        """What took ``decision`` back, if anything: for moderation/ only."""
        row = await self._collection.find_one({"reverses": decision}, session=transaction)
        return _decision(row) if row else None

    async def taken_back(self, _viewer: Viewer, decisions: Iterable[DecisionId]) -> frozenset[DecisionId]:
        """Those of ``decisions``, which the viewer has seen, that were taken back."""
        found = self._collection.find({"reverses": {"$in": list(decisions)}}, {"reverses": 1})
        return frozenset([row["reverses"] async for row in found])

    async def for_appeals(self, viewer: Viewer, ids: Iterable[DecisionId]) -> Mapping[DecisionId, Decision]:
        """Those of ``ids`` against which there are appeals that ``viewer`` has seen: no block keeps from them."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {row["_id"]: _trimmed(_decision(row), viewer) for row in found}

    async def insert(self, decision: Decision, transaction: Transaction) -> None:
        row = {
            "_id": decision.id,
            "target": decision.target_id,
            "subject": decision.subject_id,
            "action": decision.action.value,
            "reason": decision.reason.value,
            "explanation": decision.explanation,
            "isAutomated": decision.is_automated,
            "decidedBy": decision.decided_by,
            "decidedAt": decision.decided_at,
            "audience": decision.audience.value if decision.audience else None,
            "case": decision.case_id,
            "expiresAt": decision.expires_at,
            "evidence": asdict(decision.evidence) if decision.evidence else None,
            "sanctionBefore": sanction_document(decision.sanction_before),
            "reverses": decision.reverses,
            "onAppeal": decision.on_appeal,
            **({"board": decision.board_id} if decision.board_id else {}),
        }
        await self._collection.insert_one(row, session=transaction)


def _readable(viewer: Viewer) -> Document:
    """Which decisions ``viewer`` may read wherever they come upon them.

    Those about themselves; for moderators all but about whom a block hides; for moderators of single boards besides
    those that they made there.
    """
    boards = boards_of(viewer, Privilege.MODERATE)
    if boards is not None:
        made = {"decidedBy": viewer.member_id, "board": {"$in": sorted(boards)}}
        return {"$or": [_told_to(viewer), made]} if boards else _told_to(viewer)
    # About themselves moderators read no more than others do.
    return {"$or": [{"subject": {"$nin": [viewer.member_id, *sorted(viewer.blocked)]}}, _told_to(viewer)]}


def _told_to(viewer: Viewer) -> Document:
    return {"subject": viewer.member_id, "action": {"$in": sorted(action.value for action in TOLD_TO_SUBJECT)}}


def _decision(row: Document) -> Decision:
    return Decision(
        row["_id"],
        row["target"],
        row["subject"],
        ModerationAction(row["action"]),
        ReportReason(row["reason"]),
        row["explanation"],
        row["isAutomated"],
        row["decidedBy"],
        row["decidedAt"],
        Audience(row["audience"]) if row.get("audience") else None,
        row.get("case"),
        row.get("expiresAt"),
        Evidence(**row["evidence"]) if row.get("evidence") else None,
        read_sanction(row.get("sanctionBefore")),
        row.get("reverses"),
        row.get("onAppeal"),
        row.get("board"),
    )


def _trimmed(decision: Decision, viewer: Viewer) -> Decision:
    decided_by: MemberId | None = decision.decided_by if may_read_decision(viewer, decision) else None
    return replace(decision, decided_by=decided_by, sanction_before=None)
