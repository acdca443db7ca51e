"""Taking decisions back: what one changed comes back, and that it did is a decision too, on the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.ids import AppealId, MemberId, new_decision_id
from domain.moderation import Decision, ModerationAction
from domain.sanctions import Sanction
from moderation.decision_log import moment_after, record
from moderation.effects import EFFECTS, REVERSED_AS, Aim, reversed_as
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Ground:
    """By whom, and why, a decision is taken back."""

    by: MemberId
    explanation: str
    """What its subject reads."""
    on_appeal: AppealId | None = None


async def reverse(services: Services, decision: Decision, ground: Ground, transaction: Transaction) -> Decision:
    """Bring back all that ``decision``, which was not taken back yet, has changed; the decision that says so.

    What others decided since stays. It is recorded also where nothing can come back: its author deleted it meanwhile.
    """
    if EFFECTS[decision.action].aim is Aim.MEMBER:
        await services.stores.sanctions.take_turn(decision.subject_id, transaction)
    later = await services.stores.decisions.records_since(decision, transaction)
    if _holds(decision, later):
        before = await _held_before(services, decision, transaction)
        await EFFECTS[decision.action].take_back(services, replace(decision, sanction_before=before), transaction)
    reversal = Decision(
        id=new_decision_id(services.random),
        target_id=decision.target_id,
        subject_id=decision.subject_id,
        action=reversed_as(decision),
        reason=decision.reason,
        explanation=ground.explanation,
        is_automated=False,
        decided_by=ground.by,
        decided_at=moment_after(services, later[-1] if later else decision),
        audience=decision.audience,
        case_id=decision.case_id,
        expires_at=_end_of_what_holds_again(decision),
        reverses=decision.id,
        on_appeal=ground.on_appeal,
        board_id=decision.board_id,
    )
    await record(services, reversal, transaction)
    return reversal


def decisions_in_force(later: Sequence[Decision]) -> list[Decision]:
    """Those of ``later`` that count: neither taken back, nor taking back another of them."""
    ids, taken_back = {each.id for each in later}, {each.reverses for each in later}
    return [each for each in later if each.id not in taken_back and each.reverses not in ids]


def _holds(decision: Decision, later: Sequence[Decision]) -> bool:
    """Whether what ``decision`` changed was not decided about anew.

    Of a sanction that shows on its subject, who may be sanctioned for other things too; a reversal only speaks of the
    decision that it takes back, and of none that was made between the two.
    """
    if EFFECTS[decision.action].aim is Aim.MEMBER:
        return True
    same = {decision.action, REVERSED_AS[decision.action]}
    return not any(each.action in same for each in decisions_in_force(later) if each.reverses is None)


def _end_of_what_holds_again(decision: Decision) -> datetime | None:
    lifted = decision.sanction_before if decision.action is ModerationAction.LIFT else None
    return lifted.until if lifted else None


async def _held_before(services: Services, decision: Decision, transaction: Transaction) -> Sanction | None:
    """The sanction that ``decision`` took the place of, over those before it; without what was taken back since."""
    before = decision.sanction_before
    if before is None:
        return None
    made = await services.stores.decisions.record_of(before.decision_id, transaction)
    below = await _held_before(services, made, transaction) if made else None
    is_taken_back = await services.stores.decisions.reversal_record_of(before.decision_id, transaction)
    return below if is_taken_back else before.above(below)
