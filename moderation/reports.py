"""Reporting what does not belong here: once a member and target; a repeat answers the first report.

Reports gather in one open case a target, opened or joined together with the report.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from accounts.capability_check import require_signed_in
from accounts.services import consume_rate_limit_if_available
from domain.errors import ErrorCode, Refused, WrongFields, refusal
from domain.ids import BoardId, Kind, MemberId, PostId, kind_of, new_case_id
from domain.messages import Message
from domain.moderation import Report, ReportOutcome, ReportReason
from domain.viewer import Viewer
from moderation.decision_targets import audience_of, board_of
from policy.case_priority import MEMBER_REACH_HOURS, REACH_HOURS, SEVERITY_HOURS
from policy.limits import NOTE_LENGTH, Rate
from policy.permissions import is_board_owner
from policy.reports import may_report
from stores.cases import IgnoredUntilEdited, Matter
from stores.content_lookup import Content, content_seen_by
from stores.reports import AlreadyReported, report_id
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import optional_text


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a member says does not belong here, and why."""

    target_id: str
    reason: ReportReason
    note: str | None


async def report(services: Services, viewer: Viewer, complaint: NewReport) -> Report:
    """Keep the viewer's complaint, or answer the report that they made about the same before."""
    reporter = require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        note = optional_text(complaint.note, NOTE_LENGTH, "note")
    # Asked first: their own report members find again also where its target is gone.
    before = await services.stores.reports.made_about(viewer, complaint.target_id)
    if before:
        wrong.refuse()
        await _hand_over_again(services, viewer, before)
        return before
    with wrong.collect():
        accused = await _accused(services, viewer, complaint.target_id)
    wrong.refuse()
    filed = Report(
        id=report_id(complaint.target_id, reporter),
        target_id=complaint.target_id,
        reporter_id=reporter,
        reason=complaint.reason,
        note=note,
        created_at=services.now(),
        outcome=ReportOutcome.PENDING,
    )

    matter = await _matter(services, filed, accused)

    async def write(transaction: Transaction) -> Report:
        try:
            case = await services.stores.cases.join(matter, transaction)
        except IgnoredUntilEdited:
            await services.stores.reports.file(replace(filed, outcome=ReportOutcome.NO_ACTION), transaction)
        else:
            await services.stores.reports.file(filed, transaction, case)
        if accused.is_handed_over:
            await services.stores.board_entries.hand_over(viewer, PostId(complaint.target_id), transaction)
        # Last, so that only what is new counts: of repeats at once all but one end above.
        await consume_rate_limit_if_available(services, Rate.REPORT_PER_MEMBER, reporter)
        return filed

    return await file_once(services, viewer, filed, write)


async def file_once(
    services: Services, viewer: Viewer, filed: Report, write: Callable[[Transaction], Awaitable[Report]]
) -> Report:
    """What ``write`` answers; where the viewer has reported the same meanwhile, that report."""
    try:
        async with services.stores.cases.turn(filed.target_id):
            return await services.stores.transactions.run(write)
    except AlreadyReported:
        first = await services.stores.reports.made_about(viewer, filed.target_id)
        return first or filed


async def _hand_over_again(services: Services, viewer: Viewer, before: Report) -> None:
    """What was decided about and has stayed may be handed over anew: its author may have changed it since."""
    if before.outcome is ReportOutcome.PENDING or kind_of(before.target_id) is not Kind.POST:
        return
    content = await content_seen_by(services.stores, viewer, before.target_id)
    if (
        content is None
        or content.author_id is None
        or not is_board_owner(viewer, content.author_id, content.board_owner_id)
    ):
        return
    matter = await _matter(services, before, await _author_accused(services, viewer, content, content.author_id))

    async def write(transaction: Transaction) -> None:
        # The report stays in the case that it opened; this one asks for another look.
        with suppress(IgnoredUntilEdited):
            await services.stores.cases.join(matter, transaction, reports=0)
        await consume_rate_limit_if_available(services, Rate.REPORT_PER_MEMBER, before.reporter_id)
        await services.stores.board_entries.hand_over(viewer, PostId(before.target_id), transaction)

    await services.stores.transactions.run(write)


@dataclass(frozen=True, slots=True)
class _Accused:
    """Whom a report is about."""

    subject_id: MemberId
    reach_hours: int
    is_handed_over: bool = False
    """Whether it is about an entry that its board's owner hands over to moderators."""
    board_id: BoardId | None = None
    """Where the post or comment stands that it is about."""


async def _matter(services: Services, filed: Report, accused: _Accused) -> Matter:
    return Matter(
        new_case_id(services.random),
        filed.target_id,
        accused.subject_id,
        services.now(),
        SEVERITY_HOURS[filed.reason],
        accused.reach_hours,
        await services.stores.reports.weight_of(filed.reporter_id),
        board_id=accused.board_id,
    )


async def _accused(services: Services, viewer: Viewer, target_id: str) -> _Accused:
    """Whom a report about the target is about; what can't be reported is refused."""
    if kind_of(target_id) is Kind.MEMBER:
        await _check_member(services, viewer, MemberId(target_id))
        return _Accused(MemberId(target_id), MEMBER_REACH_HOURS)
    content = await content_seen_by(services.stores, viewer, target_id)
    if content is None or content.author_id is None:
        raise _not_found()
    if not may_report(viewer, content.author_id, content.state, content.board_owner_id):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")
    is_handed_over = kind_of(target_id) is Kind.POST and is_board_owner(
        viewer, content.author_id, content.board_owner_id
    )
    return replace(await _author_accused(services, viewer, content, content.author_id), is_handed_over=is_handed_over)


async def _author_accused(services: Services, viewer: Viewer, content: Content, author: MemberId) -> _Accused:
    reach_hours = REACH_HOURS[await audience_of(services, content)]
    return _Accused(author, reach_hours, board_id=await board_of(services, viewer, content))


async def _check_member(services: Services, viewer: Viewer, member: MemberId) -> None:
    if member == viewer.member_id:
        raise refusal(ErrorCode.VALIDATION, Message.NOT_YOURSELF, "targetId")
    if member not in await services.stores.members.seen_by(viewer, [member]):
        raise _not_found()


def _not_found() -> Refused:
    return refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
