"""Reports as those read them who made them, and the log that everyone reads."""

from collections.abc import Sequence

from domain.content import CommentView, PostView
from domain.members import MemberView
from domain.moderation import PublicDecision, Report
from domain.paging import Page, Slice
from policy.permissions import Kept, may_read
from policy.reports import may_report, may_report_member
from resolvers.context import Context


async def reports_of_viewers(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[Report]]:
    return [await context.stores.reports.made_by(context.viewer, page)] * len(viewers)


async def reporters(context: Context, reports: Sequence[Report]) -> Sequence[MemberView | None]:
    found = await context.members([report.reporter_id for report in reports])
    return [
        member if may_read(context.viewer, Kept.REPORTER, report.reporter_id, report.case) else None
        for member, report in zip(found, reports, strict=True)
    ]


async def transparency_log(context: Context, roots: Sequence[None], page: Page) -> Sequence[Slice[PublicDecision]]:
    return [await context.stores.transparency_log.seen_by(context.viewer, page)] * len(roots)


def can_report(context: Context, content: PostView | CommentView) -> bool:
    return may_report(context.actor, content.author_id, content.state, content.board_owner_id)


def can_report_member(context: Context, member: MemberView) -> bool:
    return may_report_member(context.actor, member.id)
