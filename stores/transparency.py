"""The transparency log: how many decisions about public targets fell on a day, by action and reason.

A number is a row of its own, from when it may be told (stores/minimum_group_size.py), so a page reads as many rows as
it answers.
It is counted anew on an index after each decision, outside of the decision's transaction: there it would be one row in
which all decisions of a day are in each other's way (200 at once took 27.6 s where the audit chain was written so).
Counting anew instead of adding mends by itself what a crash between decision and count left one short, and lets one
count do for all who wait for it.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.moderation import Decision, ModerationAction, PublicDecision, ReportReason
from domain.paging import Page, Slice
from domain.viewer import Viewer
from stores.codecs import Document
from stores.indexes import DECISIONS_PUBLIC, LOG_NEWEST
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.minimum_group_size import groups_to_tell


@dataclass(frozen=True, slots=True)
class _Group:
    """Decisions that are told as one number."""

    day: datetime
    action: str
    reason: str

    @property
    def row_id(self) -> str:
        return f"{self.day.date().isoformat()}:{self.action}:{self.reason}"


class TransparencyLog:
    """The ``publicDecisions`` collection, counted from ``decisions``."""

    def __init__(self, collection: AsyncCollection[Document], decisions: AsyncCollection[Document]) -> None:
        self._collection = collection
        self._decisions = decisions
        self._turn = asyncio.Lock()
        self._uncounted: set[_Group] = set()

    async def seen_by(self, _viewer: Viewer, page: Page) -> Slice[PublicDecision]:
        """Newest day first; the same for everyone."""
        rows = (
            await self._collection.find(key_range(page, NEWEST_FIRST, "day"))
            .sort(sort_order(page, NEWEST_FIRST, "day"))
            .limit(page.size + 1)
            .hint(LOG_NEWEST)
            .to_list()
        )
        return to_slice([_public(row) for row in rows], page)

    async def count(self, decision: Decision) -> None:
        """Bring the number up to date in which ``decision`` counts, if it is about a public target."""
        if decision.audience is not Audience.PUBLIC:
            return
        group = _group_of(decision)
        self._uncounted.add(group)
        async with self._turn:
            # Where it is gone, another one has begun to count after this decision was made, and is done.
            if group in self._uncounted:
                await self._count_anew(group)

    async def forget_small_groups(self) -> None:
        """Take off what may not be told, from when decisions were counted and not members: for a migration."""
        async for row in self._collection.find({}):
            if await self._number_of(_Group(row["day"], row["action"], row["reason"])) is None:
                await self._collection.delete_one({"_id": row["_id"]})

    async def _count_anew(self, group: _Group) -> None:
        self._uncounted.discard(group)
        try:
            number = await self._number_of(group)
            if number is not None:
                await self._keep(group, number)
        except BaseException:  # also a cancelled request: the next in turn counts for all who wait
            self._uncounted.add(group)
            raise

    async def _number_of(self, group: _Group) -> int | None:
        """None where it is over too few members to be told."""
        on_the_day = {"$gte": group.day, "$lt": group.day + timedelta(days=1)}
        counted = {"action": group.action, "reason": group.reason, "decidedAt": on_the_day}
        stages = [{"$match": {**counted, "audience": Audience.PUBLIC.value}}, *groups_to_tell({}, "$subject")]
        rows = await (await self._decisions.aggregate(stages, hint=DECISIONS_PUBLIC)).to_list()
        return int(rows[0]["count"]) if rows else None

    async def _keep(self, group: _Group, number: int) -> None:
        row = {"day": group.day, "action": group.action, "reason": group.reason}
        # Of two processes that count at once the one that saw more is right: decisions are not taken off the record.
        await self._collection.update_one({"_id": group.row_id}, {"$max": {"count": number}, "$set": row}, upsert=True)


def _group_of(decision: Decision) -> _Group:
    day = decision.decided_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _Group(day, decision.action.value, decision.reason.value)


def _public(row: Document) -> PublicDecision:
    action, reason = ModerationAction(row["action"]), ReportReason(row["reason"])
    return PublicDecision(row["_id"], row["day"], action, reason, row["count"])
