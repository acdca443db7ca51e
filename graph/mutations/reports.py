"""Reporting what does not belong here."""

from typing import Any

import strawberry

from content.link_reports import NewLinkReport, report_link
from graph.enums import ReportReason
from graph.errors import UserError
from graph.mutations.payloads import mutation
from graph.reports import Report
from moderation.reports import NewReport, report
from policy.permissions import Capability
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
    filed = await report(context.services.core, context.viewer, NewReport(given.target_id, given.reason, given.note))
    await context.refresh()
    return {"report": filed}


REPORT_CONTENT = mutation(
    ReportContentInput,
    ReportContentPayload,
    _report,
    "Tell the moderators what does not belong here; a repeat answers the first report.",
    Capability.REPORT,
)


@strawberry.input
class ReportLinkInput:
    """Which link to report, and why."""

    url: str = strawberry.field(description="As it was met; a leaving page's address counts as what it leads to.")
    reason: ReportReason
    note: str | None = strawberry.field(default=None, description="For the moderators.")


@strawberry.type
class ReportLinkPayload:
    """The report, or the first one where the viewer has reported a link to the same host before."""

    report: Report | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _report_link(context: Context, given: ReportLinkInput) -> dict[str, Any]:
    complaint = NewLinkReport(given.url, given.reason, given.note)
    filed = await report_link(context.services.content, context.viewer, complaint)
    await context.refresh()
    return {"report": filed}


REPORT_LINK = mutation(
    ReportLinkInput,
    ReportLinkPayload,
    _report_link,
    "Tell the moderators where a link leads that does not belong here, whatever they have decided about its host; once "
    "a host.",
    Capability.REPORT,
)
