"""Writes what keeps order in a world: reports, cases and decisions, as the service itself would have left them."""

from collections import Counter
from datetime import timedelta

from domain.audience import Audience
from domain.edits import EditState, PendingEdit, Place, Said
from domain.ids import MemberId
from domain.moderation import Decision, ModerationAction, Report, ReportOutcome, ReportReason
from domain.sanctions import AccountStatus, Sanction
from stores.codecs import Document
from stores.connections import Stores
from stores.reports import report_id
from stores.transactions import Transaction
from tests.visibility import moderation
from tests.visibility.loader_content import fields_of, insert, text_of
from tests.visibility.naming import (
    appeal_id,
    at,
    board_id,
    case_id,
    content_id,
    decision_id,
    member_id,
    post_id,
    random_part,
)
from tests.visibility.world import World


async def settle_order(world: World, stores: Stores, transaction: Transaction) -> None:
    for made in world.decisions:
        await stores.decisions.insert(_decision(world, made), transaction)
    for handle in world.people:
        await _settle_sanction(world, handle, stores, transaction)
    for report in world.reports:
        case = case_id(report.case) if report.case else None
        await stores.reports.file(_report(world, report), transaction, case)
    for edit in world.edits.values():
        await stores.edits.keep(_edit(world, edit), transaction)
    await insert(stores, "appeals", [_appeal(world, appeal) for appeal in world.appeals.values()], transaction)
    reports = Counter(report.case for report in world.reports)
    cases = [_case(world, case, reports[case.key]) for case in world.cases.values()]
    await insert(stores, "cases", cases, transaction)
    notes = [_note(case, number) for case in world.cases.values() for number in range(len(case.notes))]
    await insert(stores, "caseNotes", notes, transaction)
    await insert(stores, "explanationTemplates", [_template(*each) for each in world.templates.items()], transaction)


def _subject(world: World, target: str) -> MemberId:
    return member_id(world.subject_of(target))


def _decision(world: World, made: moderation.Decision) -> Decision:
    board = world.board_of(made.target)
    return Decision(
        id=decision_id(made.key),
        target_id=content_id(world, made.target),
        subject_id=_subject(world, made.target),
        action=ModerationAction(made.action),
        reason=ReportReason(made.reason),
        explanation=made.explanation,
        is_automated=False,
        decided_by=member_id(made.by),
        decided_at=at(made.minute),
        audience=Audience.MEMBERS,
        expires_at=None if made.until is None else at(made.until),
        board_id=board_id(board) if board else None,
    )


async def _settle_sanction(world: World, handle: str, stores: Stores, transaction: Transaction) -> None:
    """As the last decision about the member left them: also where it has ended, until that was noticed."""
    made = [each for each in world.decisions if each.target == handle and each.action in moderation.STANDINGS]
    last = max(made, key=lambda each: each.minute, default=None)
    if last and last.action != "LIFT":
        until = None if last.until is None else at(last.until)
        sanction = Sanction(AccountStatus(moderation.STANDINGS[last.action]), decision_id(last.key), until)
        await stores.sanctions.replace(member_id(handle), None, sanction, transaction)


def _report(world: World, report: moderation.Report) -> Report:
    target, reporter = content_id(world, report.target), member_id(report.by)
    return Report(
        id=report_id(target, reporter),
        target_id=target,
        reporter_id=reporter,
        reason=ReportReason(report.reason),
        note=report.note,
        created_at=at(report.minute),
        outcome=ReportOutcome.PENDING,
    )


def _edit(world: World, edit: moderation.Edit) -> PendingEdit:
    post, reviewer = world.post_of(edit.target), world.reviewer_of(edit.target)
    host = member_id(post.host) if post.host else None
    author = _subject(world, edit.target)
    place = Place(content_id(world, edit.target), post_id(post.key), board_id(post.board), author, host)
    return PendingEdit(
        place=place,
        reviewer_id=member_id(reviewer) if reviewer else None,
        said=Said(edit.title, text_of(edit.body), Audience(edit.audience), fields_of(edit.byline)),
        shown_to=Audience(edit.shown_to),
        written_at=at(edit.minute),
        state=EditState.REJECTED if edit.rejected else EditState.WAITING,
        explanation=edit.rejected,
    )


def _appeal(world: World, appeal: moderation.Appeal) -> Document:
    made, upheld = world.decision(appeal.decision), appeal.upheld
    subject, board = world.subject_of(made.target), world.board_of(made.target)
    said = [
        {
            "voice": "SUBJECT" if message.by == subject else "MODERATOR",
            "author": member_id(message.by),
            "text": message.text,
            "createdAt": at(message.minute),
        }
        for message in appeal.messages
    ]
    return {
        "_id": appeal_id(appeal.key),
        "decision": decision_id(made.key),
        "subject": member_id(subject),
        "decider": member_id(made.by),
        "isForAdmins": world.is_for_admins(made),
        "text": appeal.text,
        "createdAt": at(appeal.minute),
        "state": "UPHELD" if upheld else "OPEN",
        "version": appeal.version,
        "messages": said,
        "answer": upheld.explanation if upheld else None,
        "decidedBy": member_id(upheld.by) if upheld else None,
        "decidedAt": at(upheld.minute) if upheld else None,
        **({"board": board_id(board)} if board else {}),
    }


def _case(world: World, case: moderation.Case, reports: int) -> Document:
    board = world.board_of(case.target)
    closed_by = next((each for each in world.decisions if each.key == case.decision), None)
    opened_at = at(case.minute)
    return {
        "_id": case_id(case.key),
        "target": content_id(world, case.target),
        "subject": _subject(world, case.target),
        "openedAt": opened_at,
        "state": "DECIDED" if closed_by else "OPEN",
        "decidedAt": at(closed_by.minute) if closed_by else None,
        "decision": decision_id(closed_by.key) if closed_by else None,
        "version": case.version,
        "reports": reports,
        "weight": reports / 2,
        "severityHours": case.hours_ahead,
        "reachHours": 0,
        "dueAt": opened_at - timedelta(hours=case.hours_ahead),
        **({"board": board_id(board)} if board else {}),
        **({"claim": {"by": member_id(case.claimed[0]), "until": at(case.claimed[1])}} if case.claimed else {}),
    }


def _note(case: moderation.Case, number: int) -> Document:
    said = case.notes[number]
    return {
        "_id": random_part(f"note {case.key} {said.minute}"),
        "case": case_id(case.key),
        "author": member_id(said.by),
        "text": said.text,
        "createdAt": at(said.minute),
    }


def _template(means: tuple[str, str], said: str) -> Document:
    action, reason = means
    return {
        "_id": random_part(f"template {action} {reason}"),
        "action": action,
        "reason": reason,
        "zh": said,
        "en": said,
    }
