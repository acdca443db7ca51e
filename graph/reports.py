"""Reports, and what is told to everyone about what moderators decided."""

from datetime import date, datetime

import strawberry

from domain import moderation
from graph.enums import ModerationAction, ReportOutcome, ReportReason
from graph.fields import attribute, computed, loaded
from graph.members import Member
from graph.scalars import URL
from resolvers import reports
from resolvers.context import Context


def _day(_context: Context, decision: moderation.PublicDecision) -> date:
    return decision.day.date()


@strawberry.type(description="What a member said does not belong here, and what came of it.")
class Report:
    """domain.moderation.Report."""

    reporter: Member | None = loaded(reports.reporters, "Never told to whom it is about.")
    reason: ReportReason = attribute()
    note: str | None = attribute()
    url: URL | None = attribute("Of a link that was reported; its case gathers all reports about that host.")
    created_at: datetime = attribute()
    outcome: ReportOutcome = attribute()


@strawberry.type(description="How many decisions about public targets fell on a day, over at least 10 members.")
class PublicDecision:
    """domain.moderation.PublicDecision."""

    day: date = computed(_day, "In UTC.")
    action: ModerationAction = attribute()
    reason: ReportReason = attribute()
    count: int = attribute("Over at least 10 members; smaller groups are not shown.")
