"""Reporting what does not belong here."""

from typing import Any

import strawberry

from content.link_reports import NewLinkReport, report_link
from graph.enums import ReportReason
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from graph.reports import Report
from moderation.reports import NewReport, report
from policy.limits import NOTE_LENGTH
from policy.permissions import Capability
from resolvers.context import Context

NOTE = f"A note to the moderators, {NOTE_LENGTH:,} characters at most. Null or absent: none."


@strawberry.input
class ReportContentInput:
    """The object to report, with the reason."""

    target_id: strawberry.ID = strawberry.field(description="The id of the post, comment or member to report.")
    reason: ReportReason = strawberry.field(description="The reason for the report.")
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.type
class ReportContentPayload:
    """The result of `reportContent`."""

    report: Report | None = strawberry.field(
        default=None,
        description="The report, or the first one if the viewer reported it before. Null if the report was refused.",
    )
    errors: list[UserError] = user_errors()


async def _report(context: Context, given: ReportContentInput) -> dict[str, Any]:
    filed = await report(context.services.core, context.viewer, NewReport(given.target_id, given.reason, given.note))
    await context.refresh()
    return {"report": filed}


REPORT_CONTENT = mutation(
    ReportContentInput,
    ReportContentPayload,
    _report,
    "Report a post, comment or member to the moderators. Idempotent: a repeated report answers the first one.",
    Capability.REPORT,
)


@strawberry.input
class ReportLinkInput:
    """The link to report, with the reason."""

    url: str = strawberry.field(
        description="The URL of the link. The address of a leaving page stands for the link it leads to."
    )
    reason: ReportReason = strawberry.field(description="The reason to report the link.")
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.type
class ReportLinkPayload:
    """The result of `reportLink`."""

    report: Report | None = strawberry.field(
        default=None,
        description="The report, or the first one if the viewer reported the same host before. Null if it was refused.",
    )
    errors: list[UserError] = user_errors()


async def _report_link(context: Context, given: ReportLinkInput) -> dict[str, Any]:
    complaint = NewLinkReport(given.url, given.reason, given.note)
    filed = await report_link(context.services.content, context.viewer, complaint)
    await context.refresh()
    return {"report": filed}


REPORT_LINK = mutation(
    ReportLinkInput,
    ReportLinkPayload,
    _report_link,
    "Report a link to another site to the moderators. Idempotent: a second report about the same host answers the "
    "first.",
    Capability.REPORT,
)
