"""Reporting what does not belong here."""

from typing import Any

import strawberry

from graph.enums import ReportReason
from graph.errors import UserError
from graph.mutations.payloads import mutation
from graph.reports import Report
from moderation.reporting import Complaint, report
from policy.permissions import Deed
from resolvers.context import Context


@strawberry.input
class ReportContentInput:
    """What to report, and why."""

    target_id: strawberry.ID = strawberry.field(description="A post, a comment or a member.")
    reason: ReportReason
    note: str | None = strawberry.field(default=None, description="For the moderators.")


@strawberry.type
class ReportContentPayload:
    """The report, or the first one where this is a repeat."""

    report: Report | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _report(context: Context, given: ReportContentInput) -> dict[str, Any]:
    filed = await report(context.desks.house, context.viewer, Complaint(given.target_id, given.reason, given.note))
    await context.refresh()
    return {"report": filed}


REPORT_CONTENT = mutation(
    ReportContentInput,
    ReportContentPayload,
    _report,
    "Tell the moderators what does not belong here; a repeat answers the first report.",
    Deed.REPORT,
)
