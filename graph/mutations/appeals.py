"""Objecting to a decision, talking it over, deciding anew; taking one's own decision back."""

from typing import Any

import strawberry

from domain.ids import AppealId, DecisionId
from graph.appeals import Appeal
from graph.decisions import Decision
from graph.enums import AppealVerdict
from graph.errors import UserError
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation, user_errors
from moderation.appeal_answers import Answer, decide_appeal
from moderation.appeals import NewAppeal, NewAppealMessage, add_message, submit
from moderation.undo import UndoRequest, undo
from policy.limits import APPEAL_LENGTH, APPEAL_WINDOW, EXPLANATION_LENGTH, MAX_APPEAL_MESSAGES, UNDO_WINDOW
from policy.permissions import Capability
from resolvers import appeals, decisions
from resolvers.context import Context


@strawberry.input
class SubmitAppealInput:
    """The decision to appeal against, and the objection."""

    decision_id: strawberry.ID = strawberry.field(description="The id of the decision to appeal against.")
    text: str = strawberry.field(description=f"The objection, {APPEAL_LENGTH:,} characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class SubmitAppealPayload:
    """The result of `submitAppeal`."""

    appeal: Appeal | None = strawberry.field(
        default=None, description="The appeal that was submitted. Null if it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class AddAppealMessageInput:
    """A message to add to an open appeal."""

    appeal_id: strawberry.ID = strawberry.field(description="The id of the open appeal.")
    text: str = strawberry.field(description=f"The message, {APPEAL_LENGTH:,} characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class AddAppealMessagePayload:
    """The result of `addAppealMessage`."""

    appeal: Appeal | None = strawberry.field(
        default=None, description="The appeal with the new message. Null if the message was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class DecideAppealInput:
    """The answer to an appeal, with its reasons."""

    appeal_id: strawberry.ID = strawberry.field(description="The id of the appeal to decide.")
    verdict: AppealVerdict = strawberry.field(description="Whether the decision stays in force or is reversed.")
    answer: str = strawberry.field(
        description=f"The reasons, which the member reads: {EXPLANATION_LENGTH:,} characters at most."
    )
    expected_version: int | None = strawberry.field(
        default=None,
        description="The `Appeal.version` that was read; CONFLICT if messages came since. Null or absent: the appeal "
        "in any version.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class DecideAppealPayload:
    """The result of `decideAppeal`."""

    appeal: Appeal | None = strawberry.field(
        default=None, description="The appeal with its answer. Null if the answer was refused."
    )
    decision: Decision | None = strawberry.field(
        default=None,
        description="The decision that reverses the one appealed against. Null if that one was upheld, and if the "
        "answer was refused.",
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UndoDecisionInput:
    """The decision to undo."""

    decision_id: strawberry.ID = strawberry.field(description="The id of the viewer's own decision to undo.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class UndoDecisionPayload:
    """The result of `undoDecision`."""

    decision: Decision | None = strawberry.field(
        default=None, description="The decision that reverses the undone one. Null if undoing was refused."
    )
    errors: list[UserError] = user_errors()


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
    f"Appeal against a decision about the viewer that restricts something: once, within {APPEAL_WINDOW.days} days.",
    Capability.APPEAL,
)
ADD_APPEAL_MESSAGE = mutation(
    AddAppealMessageInput,
    AddAppealMessagePayload,
    _add_message,
    f"Add a message to an open appeal. Each side can add {MAX_APPEAL_MESSAGES} at most.",
    Capability.APPEAL,
)
DECIDE_APPEAL = mutation(
    DecideAppealInput,
    DecideAppealPayload,
    _decide,
    "Answer an appeal: uphold the decision or reverse it, with all that it changed. Nobody answers about their own "
    "decision.",
    Capability.KEEP_ORDER,
)
UNDO_DECISION = mutation(
    UndoDecisionInput,
    UndoDecisionPayload,
    _undo,
    f"Undo the viewer's own decision within {UNDO_WINDOW.seconds // 60} minutes, unless a later one is in force. Its "
    "case is open again.",
    Capability.KEEP_ORDER,
)
