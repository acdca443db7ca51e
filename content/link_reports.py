"""Reporting a link, wherever it was met: what was typed becomes the address and the host that a browser would go to."""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from content.links import classify
from content.services import ContentServices
from domain.errors import ErrorCode, WrongFields, refusal
from domain.messages import Message
from domain.moderation import Report, ReportReason
from domain.rich_text import Link
from domain.viewer import Viewer
from moderation.host_reports import NewHostReport, report_host
from policy.limits import NOTE_LENGTH
from text.input_text import optional_text


@dataclass(frozen=True, slots=True)
class NewLinkReport:
    """A link that a member finds harmful, and why."""

    url: str
    reason: ReportReason
    note: str | None


async def report_link(services: ContentServices, viewer: Viewer, complaint: NewLinkReport) -> Report:
    """The viewer's report about the link's host: a new one, or the one that they made before."""
    require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        link = _link_away(services, complaint.url)
    with wrong.collect():
        note = optional_text(complaint.note, NOTE_LENGTH, "note")
    wrong.refuse()
    about = NewHostReport(link.ascii_host, link.url, complaint.reason, note)
    return await report_host(services.core, viewer, about)


def _link_away(services: ContentServices, url: str) -> Link:
    link = classify(url, services.site)
    if link is None or not link.host:
        raise refusal(ErrorCode.VALIDATION, Message.URL_FORM, "url")
    if not link.is_external:
        raise refusal(ErrorCode.VALIDATION, Message.OWN_ADDRESS, "url")
    return link
