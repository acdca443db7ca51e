"""What the viewer is told of, in their language, and by what they may read of it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.content import CommentView, PostView
from domain.ids import CommentId, DecisionId, Kind, PostId, kind_of
from domain.messages import Message
from domain.moderation import Decision, Report, ReportOutcome
from domain.notifications import Notification, NotificationKind
from domain.paging import Page, Slice
from domain.sanctions import AccountStatus
from resolvers import decisions
from resolvers.context import Context

#: Of a report that is gone, no more than that it was looked at.
REPORT_SAID: Mapping[ReportOutcome | None, Message] = {
    ReportOutcome.ACTION_TAKEN: Message.REPORT_ACTED_ON,
    ReportOutcome.NO_ACTION: Message.REPORT_LEFT_ALONE,
    ReportOutcome.PENDING: Message.REPORT_LOOKED_AT_AGAIN,
    None: Message.REPORT_LOOKED_AT,
}

ENDED_SAID: Mapping[AccountStatus | None, Message] = {
    AccountStatus.WARNED: Message.WARNING_ENDED,
    AccountStatus.MUTED: Message.MUTE_ENDED,
    AccountStatus.VERIFICATION_REQUIRED: Message.VERIFICATION_ENDED,
    AccountStatus.SUSPENDED: Message.SUSPENSION_ENDED,
    AccountStatus.BANNED: Message.BAN_ENDED,
}

#: Where the kind says it all.
SAID: Mapping[NotificationKind, Message] = {
    NotificationKind.DECISION_ABOUT_YOU: Message.DECIDED_ABOUT_YOU,
    NotificationKind.APPEAL_DECIDED: Message.YOUR_APPEAL_DECIDED,
    NotificationKind.EDIT_APPROVED: Message.EDIT_APPROVED,
    NotificationKind.EDIT_REJECTED: Message.EDIT_REJECTED,
}


@dataclass(frozen=True, slots=True)
class NotificationView:
    """A notification in its reader's language."""

    id: str
    kind: NotificationKind
    created_at: datetime
    message: str
    decision_id: DecisionId | None
    report: Report | None
    content_id: str | None


async def of_viewers(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[NotificationView]]:
    found = await context.stores.notifications.told_to(context.viewer, page)
    wanted = [each.report_id for each in found.nodes if each.report_id]
    reports = await context.stores.reports.made_by_viewer(context.viewer, wanted) if wanted else {}
    views = [_view(context, each, reports.get(each.report_id or "")) for each in found.nodes]
    return [Slice(views, found.has_next, found.has_previous)] * len(viewers)


async def decided(context: Context, notifications: Sequence[NotificationView]) -> Sequence[Decision | None]:
    wanted = [each.decision_id for each in notifications if each.decision_id]
    found = iter(await decisions.by_id(context, wanted)) if wanted else iter(())
    return [next(found) if each.decision_id else None for each in notifications]


async def edited(
    context: Context, notifications: Sequence[NotificationView]
) -> Sequence[PostView | CommentView | None]:
    wanted = [each.content_id for each in notifications if each.content_id]
    posts = [PostId(each) for each in wanted if kind_of(each) is Kind.POST]
    comments = [CommentId(each) for each in wanted if kind_of(each) is Kind.COMMENT]
    found: dict[str, PostView | CommentView | None] = {}
    if posts:
        found |= dict(zip(posts, await context.posts(posts), strict=True))
    if comments:
        found |= dict(zip(comments, await context.comments(comments), strict=True))
    return [found.get(each.content_id or "") for each in notifications]


def _view(context: Context, notification: Notification, report: Report | None) -> NotificationView:
    said = _said(notification, report).in_language(context.language, {})
    return NotificationView(
        notification.id,
        notification.kind,
        notification.created_at,
        said,
        notification.decision_id,
        report,
        notification.content_id,
    )


def _said(notification: Notification, report: Report | None) -> Message:
    if notification.kind is NotificationKind.REPORT_DECIDED:
        return REPORT_SAID[report.outcome if report else None]
    if notification.kind is NotificationKind.SANCTION_ENDED:
        return ENDED_SAID[notification.account_status]
    return SAID[notification.kind]
