"""Reporting where a link leads: once a member and host, in one open case a host, whatever the verdict about it.

Whose text the link stands in does not matter: what is said about a host is not said about who names it.
"""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from accounts.services import consume_rate_limit_if_available
from domain.ids import host_target, new_case_id
from domain.moderation import Report, ReportOutcome, ReportReason
from domain.viewer import Viewer
from moderation.reports import file_once
from policy.case_priority import HOST_REACH_HOURS, SEVERITY_HOURS
from policy.limits import Rate
from stores.cases import Matter
from stores.reports import report_id
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class NewHostReport:
    """What a member says does not belong here, and why."""

    ascii_host: str
    url: str
    """The whole address, for moderators; its host is ``ascii_host``."""
    reason: ReportReason
    note: str | None
    """As ``optional_text`` returns it."""


async def report_host(services: Services, viewer: Viewer, complaint: NewHostReport) -> Report:
    """Keep the viewer's complaint, or answer the report that they made about the same host before."""
    reporter = require_signed_in(viewer)
    target = host_target(complaint.ascii_host)
    filed = Report(
        id=report_id(target, reporter),
        target_id=target,
        reporter_id=reporter,
        reason=complaint.reason,
        note=complaint.note,
        created_at=services.now(),
        outcome=ReportOutcome.PENDING,
        url=complaint.url,
    )
    before = await services.stores.reports.made_about(viewer, target)
    if before:
        return before

    weight = await services.stores.reports.weight_of(reporter)

    async def write(transaction: Transaction) -> Report:
        matter = Matter(
            new_case_id(services.random),
            target,
            None,
            services.now(),
            SEVERITY_HOURS[complaint.reason],
            HOST_REACH_HOURS,
            weight,
            complaint.ascii_host,
        )
        case = await services.stores.cases.join(matter, transaction)
        await services.stores.reports.file(filed, transaction, case)
        # Last, as in moderation/reports.py.
        await consume_rate_limit_if_available(services, Rate.REPORT_PER_MEMBER, reporter)
        return filed

    return await file_once(services, viewer, filed, write)
