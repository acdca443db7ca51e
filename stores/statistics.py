"""Numbers over a month, in groups over so many members that they may be told."""

from collections.abc import Sequence

from pymongo.asynchronous.collection import AsyncCollection

from domain.appeals import AppealState
from domain.audience import Audience
from domain.moderation import ModerationAction, ReportOutcome, ReportReason
from domain.months import Month
from domain.transparency import AppealedGroup, DecidedGroup, Fate, ReportedGroup
from stores.codecs import Document
from stores.indexes import APPEALS_BY_STATE
from stores.minimum_group_size import groups_to_tell


class Statistics:
    """Counted from ``decisions``, ``appeals`` and ``reports``, each month of each in one aggregation on an index."""

    def __init__(
        self,
        decisions: AsyncCollection[Document],
        appeals: AsyncCollection[Document],
        reports: AsyncCollection[Document],
    ) -> None:
        self._decisions = decisions
        self._appeals = appeals
        self._reports = reports

    async def decided_in(self, month: Month) -> Sequence[DecidedGroup]:
        """Decisions about public targets, as the transparency log has them.

        What takes one back is no decision of its own here, but shows as the other one's fate.
        """
        made = {
            "audience": Audience.PUBLIC.value,
            "action": {"$in": [action.value for action in ModerationAction]},
            "reason": {"$in": [reason.value for reason in ReportReason]},
            "decidedAt": _within(month),
            "reverses": None,
        }
        by = {"action": "$action", "reason": "$reason", "fate": _FATE}
        stages = [{"$match": made}, _WITH_REVERSAL, *groups_to_tell(by, "$subject")]
        # No hint: the index is new, and the command may come before the service has made it.
        rows = await (await self._decisions.aggregate(stages)).to_list()
        return [
            DecidedGroup(
                month,
                ModerationAction(row["_id"]["action"]),
                ReportReason(row["_id"]["reason"]),
                Fate(row["_id"]["fate"]),
                row["count"],
                row["members"],
            )
            for row in rows
        ]

    async def appealed_in(self, month: Month) -> Sequence[AppealedGroup]:
        """Appeals against decisions of every kind."""
        made = {"state": {"$in": [state.value for state in AppealState]}, "createdAt": _within(month)}
        stages = [{"$match": made}, *groups_to_tell({"outcome": "$state"}, "$subject")]
        rows = await (await self._appeals.aggregate(stages, hint=APPEALS_BY_STATE)).to_list()
        return [AppealedGroup(month, AppealState(row["_id"]["outcome"]), row["count"], row["members"]) for row in rows]

    async def reported_in(self, month: Month) -> Sequence[ReportedGroup]:
        """Reports about whatever can be reported."""
        stages = [
            {"$match": {"createdAt": _within(month)}},
            *groups_to_tell({"reason": "$reason", "outcome": _TOLD}, "$reporter"),
        ]
        # No hint, as above.
        rows = await (await self._reports.aggregate(stages)).to_list()
        return [
            ReportedGroup(
                month,
                ReportReason(row["_id"]["reason"]),
                ReportOutcome(row["_id"]["outcome"]),
                row["count"],
                row["members"],
            )
            for row in rows
        ]


def _within(month: Month) -> Document:
    return {"$gte": month.begins, "$lt": month.later(1).begins}


_WITH_REVERSAL: Document = {
    "$lookup": {
        "from": "decisions",
        "localField": "_id",
        "foreignField": "reverses",
        # Without it the index would not do, for it has reversals alone.
        "pipeline": [{"$match": {"reverses": {"$type": "string"}}}, {"$project": {"onAppeal": 1}}],
        "as": "reversal",
    }
}
_FATE: Document = {
    "$switch": {
        "branches": [
            {"case": {"$eq": ["$reversal", []]}, "then": Fate.STANDS.value},
            {"case": {"$gt": [{"$first": "$reversal.onAppeal"}, None]}, "then": Fate.OVERTURNED.value},
        ],
        "default": Fate.UNDONE.value,
    }
}
_TOLD: Document = {
    "$cond": ["$isSettled", ReportOutcome.NO_ACTION.value, {"$ifNull": ["$told", ReportOutcome.PENDING.value]}]
}
