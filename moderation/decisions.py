"""Deciding: the change, the decision, the audit row, the outbox row and the case, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from domain.cases import Case
from domain.errors import ErrorCode, Refused, UserError, WrongFields, naming, refusal
from domain.ids import DecisionId, Kind, MemberId, kind_of, new_decision_id
from domain.messages import Message
from domain.moderation import Decision, ModerationAction, ReportReason
from domain.sanctions import account_status_at
from domain.viewer import Viewer
from moderation.decision_log import moment_after, record
from moderation.decision_request import CaseDecisionRequest, DecisionRequest, Moderator, checked_words, moderator_of
from moderation.decision_targets import Target, check_as_read, content_target, member_target, role_of
from moderation.effects import EFFECTS, Aim
from moderation.host_dismissal import dismiss_host
from moderation.transitions import MEMBER_TRANSITIONS
from policy.limits import MAX_DECISIONS_AT_ONCE
from policy.permissions import NEEDED_FOR, may_read_decision
from policy.reports import SETTLES
from stores.cases import AsRead, Verdict
from stores.idempotency import check_key, earlier_answer, run_idempotent
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class _DecideTarget:
    """A request about a target, without a case."""

    request: DecisionRequest

    @property
    def target_id(self) -> str:
        return self.request.target_id

    @property
    def case(self) -> Case | None:
        return None


@dataclass(frozen=True, slots=True)
class _DecideCase:
    """A request about a case, with the case as the moderator sees it."""

    request: CaseDecisionRequest
    case: Case

    @property
    def target_id(self) -> str:
        return self.case.target_id


_Task = _DecideTarget | _DecideCase


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one decision among many."""

    decision_id: DecisionId | None = None
    """None also where it was about a host, which has no decisions."""
    refused: Refused | None = None


async def decide_cases(services: Services, viewer: Viewer, requests: Sequence[CaseDecisionRequest]) -> list[Outcome]:
    """Decide one case after the other, each in a transaction of its own: a refusal disturbs no other.

    Refuses more than MAX_DECISIONS_AT_ONCE, and decides none of them then.
    """
    if len(requests) > MAX_DECISIONS_AT_ONCE:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_MANY, "decisions", most=MAX_DECISIONS_AT_ONCE)
    return [await _outcome(services, viewer, request) for request in requests]


async def _outcome(services: Services, viewer: Viewer, request: CaseDecisionRequest) -> Outcome:
    try:
        with naming(targetId="caseId"):
            return Outcome(await _decide_case(services, viewer, request))
    except Refused as refused:
        return Outcome(refused=refused)


async def _decide_case(services: Services, viewer: Viewer, request: CaseDecisionRequest) -> DecisionId | None:
    """Carry out ``request`` and return the decision. Return None if the case is about a host: it has no decisions."""
    moderator_of(viewer, NEEDED_FOR[request.action])
    case = await _case(services, viewer, request)
    if case.ascii_host:
        await dismiss_host(services, viewer, request, case)
        return None
    return await _decide(services, viewer, _DecideCase(request, case))


async def decide(services: Services, viewer: Viewer, request: DecisionRequest) -> DecisionId:
    """Carry out ``request``, which names a post or comment, and return its decision.

    If two moderators decide at once, one wins; the other is refused with the winner's decision.
    """
    # The action is the mutation's own: where it does not fit, the target is wrong.
    with naming(action="targetId"):
        return await _decide(services, viewer, _DecideTarget(request))


async def sanction(services: Services, viewer: Viewer, request: DecisionRequest) -> DecisionId:
    """As ``decide``, about a member's account: a post's id would remove it, or sanction its author."""
    with naming(targetId="memberId", caseId="action"):
        if kind_of(request.target_id) is not Kind.MEMBER:
            _refuse_missing(services, request, "memberId")
        return await _decide(services, viewer, _DecideTarget(request))


def _refuse_missing(services: Services, request: DecisionRequest | CaseDecisionRequest, field: str) -> NoReturn:
    """Refuse what is not there, with all else that is wrong. Whether the action fits cannot be told without it."""
    wrong = WrongFields()
    with wrong.collect():
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, field)
    with wrong.collect():
        checked_words(services, request)
    with wrong.collect():
        check_key(request.idempotency_key)
    wrong.refuse()


async def _decide(services: Services, viewer: Viewer, task: _Task) -> DecisionId:
    request = task.request
    moderator = moderator_of(viewer, NEEDED_FOR[request.action])
    retry = request.retry_of(moderator.id)
    # Asked first: what was decided stands in the way of deciding it again.
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services, retry)
    if before is not None:
        return await _counted(services, DecisionId(before))
    with wrong.collect():
        draft = await _draft(services, viewer, moderator, task)
    wrong.refuse()
    decision = draft

    async def write(transaction: Transaction) -> str:
        nonlocal decision
        decision = await _in_its_place(services, request.reason, draft, transaction)
        if isinstance(task, _DecideCase) and not await _close(services, moderator, task, decision, transaction):
            raise _LostTheRace
        if not await EFFECTS[request.action].carry_out(services, decision, transaction):
            raise _LostTheRace
        await check_as_read(services, draft, transaction)
        await record(services, decision, transaction)
        if task.case is None and decision.action in SETTLES:
            await services.stores.cases.close(decision.target_id, decision, transaction)
        return decision.id

    try:
        async with services.stores.cases.turn(draft.target_id):
            made = DecisionId(await run_idempotent(services, retry, write))
    except _LostTheRace as lost:
        raise await _conflict(services, viewer, draft.target_id) from lost
    if made != decision.id:
        return await _counted(services, made)
    await services.stores.transparency_log.count(decision)
    return made


async def _counted(services: Services, made: DecisionId) -> DecisionId:
    """The decision that a retry's first try made, which may have been cut off before it was counted."""
    decision = await services.stores.decisions.record_of(made)
    if decision:
        await services.stores.transparency_log.count(decision)
    return made


class _LostTheRace(Exception):
    """Things no longer stand where the decision found them."""


async def _case(services: Services, viewer: Viewer, request: CaseDecisionRequest) -> Case:
    case = (await services.stores.cases.seen_by(viewer, [request.case_id])).get(request.case_id)
    if case is None:
        _refuse_missing(services, request, "caseId")
    return case


async def _draft(services: Services, viewer: Viewer, moderator: Moderator, task: _Task) -> Decision:
    request, target_id = task.request, task.target_id
    wrong, is_fitting = WrongFields(), False
    with wrong.collect():
        _check_action(task)
        is_fitting = True
    with wrong.collect():
        if is_fitting:
            target = await _target(services, viewer, moderator, task)
        elif kind_of(target_id) is Kind.MEMBER:  # what nobody can do to them nobody is forbidden: are they there?
            await role_of(services, MemberId(target_id))
    with wrong.collect():
        explanation, expires_at = checked_words(services, request)
    wrong.refuse()
    draft = Decision(
        id=new_decision_id(services.random),
        target_id=target_id,
        subject_id=target.subject_id,
        action=request.action,
        reason=request.reason or ReportReason.OTHER,
        explanation=explanation,
        is_automated=False,
        decided_by=moderator.id,
        decided_at=services.now(),
        audience=target.audience,
        case_id=task.case.id if task.case else None,
        expires_at=expires_at,
        evidence=target.evidence,
    )
    if EFFECTS[request.action].aim is Aim.MEMBER:
        return await _with_sanction_before(services, viewer, draft)
    return replace(draft, board_id=target.board_id)


def _check_action(task: _Task) -> None:
    """Refuse an action that cannot be about what its target is."""
    action, kind = task.request.action, kind_of(task.target_id)
    if action not in EFFECTS:  # it is what taking back is recorded as
        raise refusal(ErrorCode.VALIDATION, Message.NOT_ABOUT_THIS, "action")
    aim = EFFECTS[action].aim
    if aim is Aim.CASE and task.case is None:
        raise refusal(ErrorCode.VALIDATION, Message.NEEDS_A_CASE, "caseId")
    is_about_member = kind is Kind.MEMBER
    if (is_about_member and aim not in {Aim.MEMBER, Aim.CASE}) or (aim is Aim.POST and kind is not Kind.POST):
        raise refusal(ErrorCode.VALIDATION, Message.NOT_ABOUT_THIS, "action")


async def _target(services: Services, viewer: Viewer, moderator: Moderator, task: _Task) -> Target:
    """Return what the action is about, as the moderator may decide about it."""
    action, target_id = task.request.action, task.target_id
    if kind_of(target_id) is Kind.MEMBER:
        return await member_target(services, moderator, MemberId(target_id))
    target = await content_target(services, viewer, target_id, NEEDED_FOR[action], task.case)
    if EFFECTS[action].aim is Aim.MEMBER:
        await member_target(services, moderator, target.subject_id)
    return target


async def _with_sanction_before(services: Services, viewer: Viewer, draft: Decision) -> Decision:
    """Refuses what does not follow from where the member stands."""
    before = await services.stores.sanctions.of(draft.subject_id)
    if account_status_at(before, services.now()) not in MEMBER_TRANSITIONS[draft.action].sources:
        raise await _conflict(services, viewer, draft.target_id)
    return replace(draft, sanction_before=before)


async def _close(
    services: Services, moderator: Moderator, task: _DecideCase, draft: Decision, transaction: Transaction
) -> bool:
    if task.case.is_decided:
        return False
    read = AsRead(task.case.id, task.request.version, moderator.id)
    if draft.action not in SETTLES:  # reporters would wait for ever if nobody looked at it again
        return await services.stores.cases.go_on(read, draft.decided_at, transaction)
    is_ignored = task.request.is_dismissed_until_edited and draft.action is ModerationAction.DISMISS
    return await services.stores.cases.decide(Verdict(read, draft, is_ignored), transaction)


async def _in_its_place(
    services: Services, reason: ReportReason | None, draft: Decision, transaction: Transaction
) -> Decision:
    """The decision as it follows the one before: later, and for its reason. Who came between is in the writes' way."""
    before = await services.stores.decisions.latest_record(draft.target_id, transaction)
    kept = before.reason if before else draft.reason
    return replace(draft, decided_at=moment_after(services, before), reason=reason or kept)


async def _conflict(services: Services, viewer: Viewer, target_id: str) -> Refused:
    latest = await services.stores.decisions.latest_record(target_id)
    winner = latest if latest and may_read_decision(viewer, latest) else None
    message = Message.ALREADY_DECIDED if winner else Message.CHANGED_MEANWHILE
    return Refused(UserError(ErrorCode.CONFLICT, message, ("targetId",), decision=winner))
