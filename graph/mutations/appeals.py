"""Objecting to a decision, talking it over, deciding anew; taking one's own decision back."""

from typing import Any

import strawberry

from domain.ids import AppealId, DecisionId
from graph.appeals import Appeal
from graph.decisions import Decision
from graph.enums import AppealVerdict
from graph.errors import UserError
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation
from moderation.appeal_answers import Answer, decide_appeal
from moderation.appeals import NewAppeal, NewAppealMessage, add_message, submit
from moderation.undo import UndoRequest, undo
from policy.permissions import Capability
from resolvers import appeals, decisions
from resolvers.context import Context


@strawberry.input
class SubmitAppealInput:
    """Which decision, and what speaks against it."""

    decision_id: strawberry.ID
    text: str = strawberry.field(description="At most 2,000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class SubmitAppealPayload:
    """The appeal."""

    appeal: Appeal | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class AddAppealMessageInput:
    """What more there is to say."""

    appeal_id: strawberry.ID
    text: str = strawberry.field(description="At most 2,000 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class AddAppealMessagePayload:
    """The appeal with the message."""

    appeal: Appeal | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class DecideAppealInput:
    """What becomes of the decision, and why."""

    appeal_id: strawberry.ID
    verdict: AppealVerdict
    answer: str = strawberry.field(description="What the subject reads; at most 2,000 characters.")
    expected_version: int | None = strawberry.field(
        default=None, description="As the appeal was read; CONFLICT where more has been said since."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class DecideAppealPayload:
    """The appeal, decided, and the decision that takes the other one back."""

    appeal: Appeal | None = None
    decision: Decision | None = strawberry.field(default=None, description="Null where the first one is upheld.")
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UndoDecisionInput:
    """Which decision of one's own."""

    decision_id: strawberry.ID
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class UndoDecisionPayload:
    """The decision that takes the other one back."""

    decision: Decision | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _submit(context: Context, given: SubmitAppealInput) -> dict[str, Any]:
    objection = NewAppeal(DecisionId(given.decision_id), given.text, given.idempotency_key)
    return {"appeal": await _appeal(context, await submit(context.services.core, context.viewer, objection))}


async def _add_message(context: Context, given: AddAppealMessageInput) -> dict[str, Any]:
    word = NewAppealMessage(AppealId(given.appeal_id), given.text, given.idempotency_key)
    await add_message(context.services.core, context.viewer, word)
    return {"appeal": await _appeal(context, AppealId(given.appeal_id))}


async def _decide(context: Context, given: DecideAppealInput) -> dict[str, Any]:
    answer = Answer(
        AppealId(given.appeal_id), given.verdict, given.answer, given.expected_version, given.idempotency_key
    )
    made = await decide_appeal(context.services.core, context.viewer, answer)
    appeal = await _appeal(context, AppealId(given.appeal_id))
    return {"appeal": appeal, "decision": await _decision(context, made) if made else None}


async def _undo(context: Context, given: UndoDecisionInput) -> dict[str, Any]:
    undoing = UndoRequest(DecisionId(given.decision_id), given.idempotency_key)
    made = await undo(context.services.core, context.viewer, undoing)
    await context.refresh()
    return {"decision": await _decision(context, made)}


async def _appeal(context: Context, appeal_id: AppealId) -> Any:
    await context.refresh()
    [appeal] = await appeals.by_id(context, [appeal_id])
    return appeal


async def _decision(context: Context, decision_id: DecisionId) -> Any:
    [decision] = await decisions.by_id(context, [decision_id])
    return decision


SUBMIT_APPEAL = mutation(
    SubmitAppealInput,
    SubmitAppealPayload,
    _submit,
    "Appeal against a decision about oneself that takes something away: once, within 180 days.",
    Capability.APPEAL,
)
ADD_APPEAL_MESSAGE = mutation(
    AddAppealMessageInput,
    AddAppealMessagePayload,
    _add_message,
    "Ask or say more on an open appeal: its subject, and moderators who may decide it.",
    Capability.APPEAL,
)
DECIDE_APPEAL = mutation(
    DecideAppealInput,
    DecideAppealPayload,
    _decide,
    "Uphold a decision or take it back, with all that it changed. For moderators who did not make it.",
    Capability.KEEP_ORDER,
)
UNDO_DECISION = mutation(
    UndoDecisionInput,
    UndoDecisionPayload,
    _undo,
    "Take one's own decision back within 10 minutes, unless a later one stands; its case waits again. For moderators.",
    Capability.KEEP_ORDER,
)
