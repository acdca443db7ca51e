"""Dismissing a case about a host: nothing is done about it, and its reporters are told so.

All else that can be decided about a host is a verdict on the lists of hosts, which closes the case, too.
"""

from domain.cases import Case
from domain.errors import ErrorCode, Refused, WrongFields, refusal
from domain.hosts import HostOutcome
from domain.messages import Message
from domain.moderation import ModerationAction
from domain.viewer import Viewer
from moderation.decision_log import HostDecision, record_about_host
from moderation.decision_request import CaseDecisionRequest, checked_words, moderator_of
from policy.permissions import Privilege
from stores.cases import AsRead
from stores.idempotency import check_key, run_idempotent
from stores.services import Services
from stores.transactions import Transaction


async def dismiss_host(services: Services, viewer: Viewer, request: CaseDecisionRequest, case: Case) -> None:
    """Close ``case`` with no action; of two moderators at once one wins.

    Refuses every other action: a decision has a subject, and a host is nobody.
    """
    moderator = moderator_of(viewer, Privilege.WORK_ON_CASES)
    retry = request.retry_of(moderator.id)
    wrong, host = WrongFields(), case.ascii_host
    with wrong.collect():
        check_key(request.idempotency_key)
    with wrong.collect():
        if host is None or request.action is not ModerationAction.DISMISS:
            raise refusal(ErrorCode.VALIDATION, Message.NOT_ABOUT_THIS, "action")
    with wrong.collect():
        explanation, _ = checked_words(services, request)
    wrong.refuse()
    read = AsRead(case.id, request.version, moderator.id)

    async def write(transaction: Transaction) -> str:
        now = services.now()
        if not await services.stores.cases.dismiss_host(read, now, transaction):
            raise _LostTheRace
        reason = request.reason.value if request.reason else None
        decision = HostDecision(host, HostOutcome.DISMISS, moderator.id, now, reason, {"explanation": explanation})
        await record_about_host(services, decision, case.id, transaction)
        return case.id

    try:
        async with services.stores.cases.turn(case.target_id):
            await run_idempotent(services, retry, write)
    except _LostTheRace as lost:
        raise await _conflict(services, viewer, case) from lost


class _LostTheRace(Exception):
    """The case is decided, claimed by another, or more has been said on it."""


async def _conflict(services: Services, viewer: Viewer, read: Case) -> Refused:
    now = (await services.stores.cases.seen_by(viewer, [read.id])).get(read.id)
    message = Message.ALREADY_DECIDED if now and now.is_decided else Message.CHANGED_MEANWHILE
    return refusal(ErrorCode.CONFLICT, message, "caseId")
