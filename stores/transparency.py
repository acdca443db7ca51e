"""The transparency log: how many decisions about public targets fell on a day, by action and reason.

A number is a row of its own and shows from SMALLEST_GROUP on, so a page reads as many rows as it answers. It is counted
anew on an index after each decision, outside of the decision's transaction: there it would be one row in which all
decisions of a day are in each other's way (200 at once took 27.6 s where the audit chain was written so). Counting
anew instead of adding mends by itself what a crash between decision and count left one short.
"""

from datetime import UTC, datetime, timedelta

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.moderation import Decision, ModerationAction, PublicDecision, ReportReason
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.limits import SMALLEST_GROUP
from stores.documents import Document
from stores.indexes import DECISIONS_PUBLIC, LOG_NEWEST
from stores.pages import NEWEST_FIRST, key_range, sort_order, to_slice


class TransparencyLog:
    """The ``publicDecisions`` collection, counted from ``decisions``."""

    def __init__(self, collection: AsyncCollection[Document], decisions: AsyncCollection[Document]) -> None:
        self._collection = collection
        self._decisions = decisions

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
        day = decision.decided_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        group = {"action": decision.action.value, "reason": decision.reason.value}
        number = await self._decisions.count_documents(
            {**group, "audience": Audience.PUBLIC.value, "decidedAt": {"$gte": day, "$lt": day + timedelta(days=1)}},
            hint=DECISIONS_PUBLIC,
        )
        if number >= SMALLEST_GROUP:
            # Of two who count at once the one who saw more is right: decisions are not taken off the record.
            await self._collection.update_one(
                {"_id": _row_id(day, decision)}, {"$max": {"count": number}, "$set": {"day": day, **group}}, upsert=True
            )


def _row_id(day: datetime, decision: Decision) -> str:
    return f"{day.date().isoformat()}:{decision.action.value}:{decision.reason.value}"


def _public(row: Document) -> PublicDecision:
    action, reason = ModerationAction(row["action"]), ReportReason(row["reason"])
    return PublicDecision(row["_id"], row["day"], action, reason, row["count"])
