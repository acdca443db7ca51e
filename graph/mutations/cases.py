"""Working on cases: claiming, noting, deciding, many at once too."""

from datetime import datetime
from typing import Any

import strawberry

from domain.ids import CaseId, DecisionId, MemberId
from graph.cases import Case
from graph.decisions import Decision
from graph.enums import ModerationAction, ReportReason
from graph.errors import UserError, errors_of
from graph.members import Member
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation, user_errors
from moderation.case_claims import NewCaseNote, add_note, claim, release
from moderation.decision_request import CaseDecisionRequest, DecisionRequest
from moderation.decisions import Outcome, decide_cases, sanction
from policy.case_priority import CLAIM
from policy.limits import EXPLANATION_LENGTH, LONGEST_SANCTION, MAX_CLAIMS, MAX_DECISIONS_AT_ONCE, NOTE_LENGTH
from policy.permissions import Capability
from resolvers import cases, decisions
from resolvers.context import Context

_EXPLANATION = f"The statement of reasons, which the member reads: {EXPLANATION_LENGTH:,} characters at most."
_UNTIL = (
    f"When the sanction ends by itself, at most {LONGEST_SANCTION.days} days from now. MUTE and SUSPEND need it. Null "
    "or absent: "
    "it has no end."
)


@strawberry.input
class ClaimCaseInput:
    """The case to claim."""

    case_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The id of the case. Null or absent: the most urgent case that nobody claimed; NOT_FOUND if there "
        "is none.",
    )


@strawberry.type
class ClaimCasePayload:
    """The result of `claimCase`."""

    case: Case | None = strawberry.field(
        default=None, description="The case that is claimed now. Null if the claim was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class ReleaseCaseInput:
    """The case to release."""

    case_id: strawberry.ID = strawberry.field(description="The id of the claimed case.")


@strawberry.type
class ReleaseCasePayload:
    """The result of `releaseCase`."""

    case: Case | None = strawberry.field(
        default=None, description="The case, which others can claim again. Null if releasing it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class AddCaseNoteInput:
    """A note to the other moderators of a case."""

    case_id: strawberry.ID = strawberry.field(description="The id of the case to add the note to.")
    expected_version: int = strawberry.field(
        description="The `Case.version` that was read; CONFLICT if the case has changed since."
    )
    text: str = strawberry.field(description=f"The note, {NOTE_LENGTH:,} characters at most.")


@strawberry.type
class AddCaseNotePayload:
    """The result of `addCaseNote`."""

    case: Case | None = strawberry.field(
        default=None, description="The case with the note. Null if the note was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class CaseDecisionInput:
    """A decision about one case."""

    case_id: strawberry.ID = strawberry.field(description="The id of the case to decide.")
    expected_version: int = strawberry.field(
        description="The `Case.version` that was read; CONFLICT if the case has gone on since."
    )
    action: ModerationAction = strawberry.field(description="The action to take, one of `Case.actionsAvailable`.")
    reason: ReportReason = strawberry.field(description="The reason for the decision.")
    explanation: str = strawberry.field(description=_EXPLANATION)
    until: datetime | None = strawberry.field(default=None, description=_UNTIL)
    ignore_until_edited: bool = strawberry.field(
        default=False,
        description="Whether DISMISS also answers further reports until the text is edited; false by default.",
    )


@strawberry.input
class DecideCasesInput:
    """The decisions to make. Each is made or refused by itself."""

    decisions: list[CaseDecisionInput] = strawberry.field(
        description=f"The decisions, {MAX_DECISIONS_AT_ONCE} at most."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CaseResult:
    """The result of one decision of `decideCases`."""

    case_id: strawberry.ID = strawberry.field(description="The id of the case, as the input gave it.")
    case: Case | None = strawberry.field(
        default=None, description="The case after the decision. Null if the viewer cannot see it."
    )
    decision: Decision | None = strawberry.field(
        default=None,
        description="The decision that was made. Null if it was refused, and if a case about a host was dismissed.",
    )
    errors: list[UserError] = user_errors("The errors of this decision alone. Empty if it was made.")


@strawberry.type
class DecideCasesPayload:
    """The result of `decideCases`."""

    results: list[CaseResult] = strawberry.field(
        default_factory=list, description="The results, one for each decision, in the order of the input."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class SanctionMemberInput:
    """A sanction of a member, or the end of one, with its reasons."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to sanction.")
    action: ModerationAction = strawberry.field(
        description="The action to take: WARN, MUTE, SUSPEND, BAN, REQUIRE_VERIFICATION or LIFT."
    )
    reason: ReportReason = strawberry.field(description="The reason for the sanction.")
    explanation: str = strawberry.field(description=_EXPLANATION)
    until: datetime | None = strawberry.field(default=None, description=_UNTIL)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class SanctionMemberPayload:
    """The result of `sanctionMember`."""

    member: Member | None = strawberry.field(
        default=None, description="The sanctioned member. Null if the sanction was refused."
    )
    decision: Decision | None = strawberry.field(
        default=None, description="The decision about the member. Null if the sanction was refused."
    )
    errors: list[UserError] = user_errors()


async def _claim(context: Context, given: ClaimCaseInput) -> dict[str, Any]:
    case_id = CaseId(given.case_id) if given.case_id else None
    return {"case": await _case(context, await claim(context.services.core, context.viewer, case_id))}


async def _release(context: Context, given: ReleaseCaseInput) -> dict[str, Any]:
    await release(context.services.core, context.viewer, CaseId(given.case_id))
    return {"case": await _case(context, CaseId(given.case_id))}


async def _add_note(context: Context, given: AddCaseNoteInput) -> dict[str, Any]:
    await add_note(
        context.services.core, context.viewer, NewCaseNote(CaseId(given.case_id), given.expected_version, given.text)
    )
    return {"case": await _case(context, CaseId(given.case_id))}


async def _decide_cases(context: Context, given: DecideCasesInput) -> dict[str, Any]:
    requests = [_request(each, given.idempotency_key) for each in given.decisions]
    outcomes = await decide_cases(context.services.core, context.viewer, requests)
    await context.refresh()
    found = await cases.by_id(context, [CaseId(each.case_id) for each in given.decisions])
    results = zip(given.decisions, outcomes, found, strict=True)
    return {"results": [await _result(context, each.case_id, outcome, case) for each, outcome, case in results]}


def _request(given: CaseDecisionInput, key: str | None) -> CaseDecisionRequest:
    return CaseDecisionRequest(
        CaseId(given.case_id),
        given.expected_version,
        given.action,
        given.reason,
        given.explanation,
        key or None,
        given.until,
        is_dismissed_until_edited=given.ignore_until_edited,
    )


async def _result(context: Context, case_id: strawberry.ID, outcome: Outcome, case: Any) -> Any:
    made, refused = outcome.decision_id, outcome.refused
    decision = await _decision(context, made) if made else None
    errors: Any = errors_of(context, refused) if refused else []
    return CaseResult(case_id=case_id, case=case, decision=decision, errors=errors)


async def _sanction(context: Context, given: SanctionMemberInput) -> dict[str, Any]:
    request = DecisionRequest(
        given.member_id, given.action, given.reason, given.explanation, given.idempotency_key, given.until
    )
    made = await sanction(context.services.core, context.viewer, request)
    await context.refresh()
    [member] = await context.members([MemberId(given.member_id)])
    return {"member": member, "decision": await _decision(context, made)}


async def _case(context: Context, case_id: CaseId) -> Any:
    await context.refresh()
    [case] = await cases.by_id(context, [case_id])
    return case


async def _decision(context: Context, decision_id: DecisionId) -> Any:
    [decision] = await decisions.by_id(context, [decision_id])
    return decision


CLAIM_CASE = mutation(
    ClaimCaseInput,
    ClaimCasePayload,
    _claim,
    f"Claim a case: for {CLAIM.seconds // 60} minutes nobody else can decide it. Claiming it again extends the claim; "
    f"{MAX_CLAIMS} claims at most.",
    Capability.KEEP_ORDER,
)
RELEASE_CASE = mutation(
    ReleaseCaseInput,
    ReleaseCasePayload,
    _release,
    "Release a claimed case, so that others can claim it.",
    Capability.KEEP_ORDER,
)
ADD_CASE_NOTE = mutation(
    AddCaseNoteInput,
    AddCaseNotePayload,
    _add_note,
    "Add a note to a case, for the other moderators.",
    Capability.KEEP_ORDER,
)
DECIDE_CASES = mutation(
    DecideCasesInput,
    DecideCasesPayload,
    _decide_cases,
    "Decide cases. Each decision has its own result, and is made even if others are refused.",
    Capability.KEEP_ORDER,
)
SANCTION_MEMBER = mutation(
    SanctionMemberInput,
    SanctionMemberPayload,
    _sanction,
    "Warn, mute, suspend or ban a member, require verification of them, or lift such a sanction.",
    Capability.KEEP_ORDER,
)
