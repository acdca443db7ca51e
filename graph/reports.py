"""Reports, and what is told to everyone about what moderators decided."""

from datetime import date, datetime

import strawberry

from domain import moderation
from graph.enums import ModerationAction, ReportOutcome, ReportReason
from graph.fields import attribute, computed, loaded
from graph.members import Member
from graph.scalars import URL
from policy.limits import SMALLEST_GROUP
from resolvers import reports
from resolvers.context import Context


def _day(_context: Context, decision: moderation.PublicDecision) -> date:
    return decision.day.date()


@strawberry.type(description="A report of content, a member or a link to the moderators, with its outcome.")
class Report:
    """domain.moderation.Report."""

    reporter: Member | None = loaded(
        reports.reporters, "The member who made the report. Null if the viewer has no access to who reported."
    )
    reason: ReportReason = attribute("The reason that the reporter chose.")
    note: str | None = attribute("The reporter's note to the moderators. Null if there is none.")
    url: URL | None = attribute(
        "The reported link. Null unless a link was reported. All reports about one host share a case."
    )
    created_at: datetime = attribute("When the report was made.")
    outcome: ReportOutcome = attribute("The outcome of the report.")


@strawberry.type(
    description="The number of decisions about public targets on one day, with one action and reason, over at least "
    f"{SMALLEST_GROUP} members."
)
class PublicDecision:
    """domain.moderation.PublicDecision."""

    day: date = computed(_day, "The day of the decisions, in UTC.")
    action: ModerationAction = attribute("The action that the decisions took.")
    reason: ReportReason = attribute("The reason that the decisions gave.")
    count: int = attribute("The number of decisions.")
