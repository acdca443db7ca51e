"""What each action does to what it is about, and what takes that back; all within the decision's transaction."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial

from domain.content import ContentState
from domain.ids import PostId
from domain.moderation import Decision, ModerationAction
from domain.sanctions import AccountStatus, Sanction, sanction_at
from moderation.transitions import MEMBER_TRANSITIONS, Move, move
from policy.visibility import SHOWN_TO_ALL
from stores.services import Services
from stores.transactions import Transaction

Change = Callable[[Services, Decision, Transaction], Awaitable[bool]]
"""Carries a decision out; whether things still stood where that is possible."""


class Aim(Enum):
    """What an action is about."""

    CONTENT = "a post or a comment"
    POST = "a post"
    MEMBER = "a member, or the author of a post or comment"
    CASE = "a case alone"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action is about, what it does, and how that is undone."""

    aim: Aim
    carry_out: Change
    take_back: Change
    """Given the decision that is taken back."""


async def _moved(how: Move, services: Services, decision: Decision, transaction: Transaction) -> bool:
    return await move(services.stores, decision.target_id, how, transaction)


async def _restored(services: Services, decision: Decision, transaction: Transaction) -> bool:
    moved = await _moved(Move.RESTORE, services, decision, transaction)
    # It was decided about: whoever handed it over has their answer.
    await _looked_over(services, decision, transaction)
    return moved


async def _locked(is_locked: bool, services: Services, decision: Decision, transaction: Transaction) -> bool:
    post = PostId(decision.target_id)
    return await services.stores.posts.lock(post, SHOWN_TO_ALL, transaction, is_locked=is_locked)


async def _as_it_was_locked(is_locked: bool, services: Services, decision: Decision, transaction: Transaction) -> bool:
    """Also where the post has been removed since: it may stand again one day."""
    post = PostId(decision.target_id)
    return await services.stores.posts.lock(post, _STILL_THERE, transaction, is_locked=is_locked)


async def _sanctioned(services: Services, decision: Decision, transaction: Transaction) -> bool:
    after = sanction_by(decision)
    return await services.stores.sanctions.replace(decision.subject_id, decision.sanction_before, after, transaction)


async def _as_before(services: Services, decision: Decision, transaction: Transaction) -> bool:
    """Bring back what held before; a sanction that has come since stays, and this one does not come back after it."""
    now = await services.stores.sanctions.of(decision.subject_id, transaction)
    after = now.without(decision.id, decision.sanction_before) if now else None
    if after == now:
        return False
    return await services.stores.sanctions.replace(decision.subject_id, now, after, transaction)


async def _looked_over(services: Services, decision: Decision, transaction: Transaction) -> bool:
    return await services.stores.board_entries.take_back(PostId(decision.target_id), transaction)


async def _handed_over_again(services: Services, decision: Decision, transaction: Transaction) -> bool:
    return await services.stores.board_entries.put_back(PostId(decision.target_id), transaction)


async def _sanctioned_again(services: Services, decision: Decision, transaction: Transaction) -> bool:
    """Bring back what was lifted, unless it would have ended by itself since."""
    before = decision.sanction_before
    if before is None or not before.holds_at(services.now()):
        return False
    return await services.stores.sanctions.replace(decision.subject_id, None, before, transaction)


async def _heeded_again(services: Services, decision: Decision, transaction: Transaction) -> bool:
    await services.stores.cases.heed(decision.target_id, transaction)
    return True


async def _left_alone(_services: Services, _decision: Decision, _transaction: Transaction) -> bool:
    return True


def sanction_by(decision: Decision) -> Sanction | None:
    """What ``decision`` brings its subject to; None where it frees them."""
    target = MEMBER_TRANSITIONS[decision.action].target
    if target is AccountStatus.ACTIVE:
        return None
    return Sanction(target, decision.id, decision.expires_at).above(
        sanction_at(decision.sanction_before, decision.decided_at)
    )


_STILL_THERE = frozenset(ContentState) - {ContentState.DELETED}
_SANCTION = Effect(Aim.MEMBER, _sanctioned, _as_before)

EFFECTS: Mapping[ModerationAction, Effect] = {
    ModerationAction.APPROVE: Effect(Aim.CONTENT, _looked_over, _handed_over_again),
    ModerationAction.REMOVE: Effect(Aim.CONTENT, partial(_moved, Move.REMOVE), partial(_moved, Move.RESTORE)),
    ModerationAction.RESTORE: Effect(Aim.CONTENT, _restored, partial(_moved, Move.REMOVE)),
    ModerationAction.LOCK: Effect(Aim.POST, partial(_locked, True), partial(_as_it_was_locked, False)),
    ModerationAction.UNLOCK: Effect(Aim.POST, partial(_locked, False), partial(_as_it_was_locked, True)),
    ModerationAction.WARN: _SANCTION,
    ModerationAction.MUTE: _SANCTION,
    ModerationAction.SUSPEND: _SANCTION,
    ModerationAction.BAN: _SANCTION,
    ModerationAction.LIFT: Effect(Aim.MEMBER, _sanctioned, _sanctioned_again),
    ModerationAction.REQUIRE_VERIFICATION: _SANCTION,
    ModerationAction.DISMISS: Effect(Aim.CASE, _left_alone, _heeded_again),
}

#: As what it is recorded that a decision was taken back. Of LIFT that depends on what was lifted: see ``reversed_as``.
REVERSED_AS: Mapping[ModerationAction, ModerationAction] = {
    ModerationAction.REMOVE: ModerationAction.RESTORE,
    ModerationAction.RESTORE: ModerationAction.REMOVE,
    ModerationAction.LOCK: ModerationAction.UNLOCK,
    ModerationAction.UNLOCK: ModerationAction.LOCK,
    ModerationAction.WARN: ModerationAction.LIFT,
    ModerationAction.MUTE: ModerationAction.LIFT,
    ModerationAction.SUSPEND: ModerationAction.LIFT,
    ModerationAction.BAN: ModerationAction.LIFT,
    ModerationAction.REQUIRE_VERIFICATION: ModerationAction.LIFT,
    ModerationAction.APPROVE: ModerationAction.REOPEN,
    ModerationAction.DISMISS: ModerationAction.REOPEN,
}

_IMPOSED_BY: Mapping[AccountStatus, ModerationAction] = {
    transition.target: action for action, transition in MEMBER_TRANSITIONS.items()
}


def reversed_as(decision: Decision) -> ModerationAction:
    """As what it is recorded that ``decision`` was taken back: of LIFT, as the sanction that holds again."""
    if decision.action is ModerationAction.LIFT and decision.sanction_before:
        return _IMPOSED_BY[decision.sanction_before.account_status]
    return REVERSED_AS[decision.action]
