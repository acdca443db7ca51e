"""Writes what keeps order in a world: reports, cases and decisions."""

from domain.audience import Audience
from domain.moderation import Decision, ModerationAction, Report, ReportOutcome, ReportReason
from stores.connections import Stores
from stores.reports import report_id
from stores.transactions import Transaction
from tests.visibility.naming import at, content_id, decision_id, member_id
from tests.visibility.world import World


async def settle_order(world: World, stores: Stores, transaction: Transaction) -> None:
    for made in world.decisions:
        author = (world.posts.get(made.target) or world.comments[made.target]).author
        decision = Decision(
            id=decision_id(made.key),
            target_id=content_id(world, made.target),
            subject_id=member_id(author),
            action=ModerationAction(made.action),
            reason=ReportReason(made.reason),
            explanation=made.explanation,
            is_automated=False,
            decided_by=member_id(made.by),
            decided_at=at(made.minute),
            audience=Audience.MEMBERS,
        )
        await stores.decisions.insert(decision, transaction)
    for report in world.reports:
        target, reporter = content_id(world, report.target), member_id(report.by)
        filed = Report(
            id=report_id(target, reporter),
            target_id=target,
            reporter_id=reporter,
            reason=ReportReason(report.reason),
            note=report.note,
            created_at=at(report.minute),
            outcome=ReportOutcome.PENDING,
        )
        await stores.reports.file(filed, transaction)
