"""Removing and restoring content: the change, the decision, the audit row, the outbox row and the case, all or none."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.audience import Audience, narrower
from domain.content import PostView
from domain.ids import DecisionId, MemberId, PostId, message_board_of, new_decision_id
from domain.messages import Message
from domain.moderation import Decision, ModerationAction, ReportReason
from domain.problems import ErrorCode, Problem, Refused, refusal
from domain.viewer import Viewer
from moderation.transitions import Move, move
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import TOLD_TO_SUBJECT, Privilege, has
from policy.reporting import SETTLES
from stores.contents import Content, content_on_case, content_seen_by
from stores.house import House
from stores.retries import Retry, once
from stores.transactions import Transaction

_MOVES = {ModerationAction.REMOVE: Move.REMOVE, ModerationAction.RESTORE: Move.RESTORE}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator wants done, and the statement of reasons for its author."""

    target_id: str
    action: ModerationAction
    reason: ReportReason | None
    """None where restoring: the decision that is taken back says it."""
    explanation: str
    idempotency_key: str | None = None


async def decide(house: House, moderator: Viewer, ruling: Ruling) -> DecisionId:
    """Carry out ``ruling`` and answer its decision.

    Of two moderators at once one wins; the other is refused with the winner's decision.
    """
    decided_by = _moderator_id(moderator)
    explanation = _explanation(ruling.explanation)
    target = await _target(house, moderator, ruling.target_id)
    author = target.author_id
    if author is None or author == moderator.member_id:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")
    draft = Decision(
        id=new_decision_id(house.random),
        target_id=ruling.target_id,
        subject_id=author,
        action=ruling.action,
        reason=ruling.reason or ReportReason.OTHER,
        explanation=explanation,
        is_automated=False,
        decided_by=decided_by,
        decided_at=house.now(),
        audience=await _audience(house, target),
    )
    decision = draft

    async def write(transaction: Transaction) -> str:
        nonlocal decision
        if not await _carry_out(house, ruling, transaction):
            raise _LostTheRace
        decision = await _in_its_place(house, ruling, draft, transaction)
        await _record(house, decision, transaction)
        if decision.action in SETTLES:
            await house.stores.cases.close(decision.target_id, decision.decided_at, transaction)
        return decision.id

    retry = Retry(decided_by, ruling.idempotency_key, _asked(ruling))
    try:
        made = DecisionId(await once(house, retry, write))
    except _LostTheRace as lost:
        raise await _conflict(house, ruling.target_id) from lost
    if made != decision.id:  # a retry's: the first one may have ended before it was counted
        decision = await house.stores.decisions.latest_record(ruling.target_id) or decision
    await house.stores.transparency_log.count(decision)
    return made


async def _carry_out(house: House, ruling: Ruling, transaction: Transaction) -> bool:
    """Change the target; whether it still stood where that is possible."""
    if ruling.action is ModerationAction.APPROVE:
        return await house.stores.entries.take_back(PostId(ruling.target_id), transaction)
    return await move(house.stores, ruling.target_id, _MOVES[ruling.action], transaction)


def _asked(ruling: Ruling) -> tuple[object, ...]:
    reason = ruling.reason.value if ruling.reason else None
    return ruling.target_id, ruling.action.value, reason, ruling.explanation.strip()


async def _in_its_place(house: House, ruling: Ruling, draft: Decision, transaction: Transaction) -> Decision:
    """The decision as it follows the one before, which holds while the target is ours: later, and for its reason."""
    before = await house.stores.decisions.latest_record(draft.target_id, transaction)
    if before is None:
        return replace(draft, decided_at=house.now())
    decided_at = max(house.now(), before.decided_at + timedelta(milliseconds=1))
    return replace(draft, decided_at=decided_at, reason=ruling.reason or before.reason)


class _LostTheRace(Exception):
    """The target no longer stands where the decision found it."""


async def _record(house: House, decision: Decision, transaction: Transaction) -> None:
    """Write the decision, its audit row (sealed later) and the outbox row from which its subject is told."""
    await house.stores.decisions.insert(decision, transaction)
    row = {
        "_id": house.random.token(12),
        "at": decision.decided_at,
        "kind": f"content.{decision.action.value}",
        "decision": decision.id,
        "target": decision.target_id,
        "subject": decision.subject_id,
    }
    audit = {"actor": decision.decided_by, "reason": decision.reason.value, "explanation": decision.explanation}
    await house.stores.audit.add({**row, **audit}, transaction)
    if decision.action in TOLD_TO_SUBJECT:
        await house.stores.outbox.add(row, transaction)


async def _target(house: House, moderator: Viewer, target_id: str) -> Content:
    """The post or comment as the moderator sees it, or as it is read on its case, whatever hides it.

    What they can't see and nobody complained about they can't decide about: a refusal would tell them that it is there.
    """
    found = await content_seen_by(house.stores, moderator, target_id)
    if found is None and await house.stores.cases.has_one_about(moderator, target_id):
        found = await content_on_case(house.stores, moderator, target_id)
    if found is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    return found


async def _audience(house: House, target: Content) -> Audience:
    """Whom the target is meant for now: the narrowest of its own audience, its post's and its message board's."""
    if isinstance(target, PostView):
        audience, host = target.audience, target.host_id
    else:
        own = (await house.stores.comments.placed([target.id]))[target.id]
        post = (await house.stores.posts.placed([target.post_id]))[target.post_id]
        audience, host = narrower(own.audience, post.audience), post.host
    if host:
        open_to = await house.stores.boards.audience_of(message_board_of(host))
        audience = narrower(audience, open_to or Audience.ONLY_ME)
    return audience


async def _conflict(house: House, target_id: str) -> Refused:
    winner = await house.stores.decisions.latest_record(target_id)
    message = Message.ALREADY_DECIDED if winner else Message.CHANGED_MEANWHILE
    return Refused(Problem(ErrorCode.CONFLICT, message, ("targetId",), decision=winner))


def _moderator_id(moderator: Viewer) -> MemberId:
    if moderator.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    if not has(moderator, Privilege.MODERATE):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return moderator.member_id


def _explanation(typed: str) -> str:
    explanation = typed.strip()
    if not explanation:
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, "explanation")
    if len(explanation) > EXPLANATION_LENGTH:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_LONG, "explanation", most=EXPLANATION_LENGTH)
    return explanation
