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
from graph.mutations.payloads import mutation
from moderation.case_claims import NewCaseNote, add_note, claim, release
from moderation.decision_request import CaseDecisionRequest, DecisionRequest
from moderation.decisions import Outcome, decide_cases, sanction
from policy.permissions import Capability
from resolvers import cases, decisions
from resolvers.context import Context

_EXPLANATION = "The statement of reasons that its subject reads."
_UNTIL = "When a sanction ends by itself: MUTE and SUSPEND need it, at most a year from now."


@strawberry.input
class ClaimCaseInput:
    """Which case."""

    case_id: strawberry.ID | None = strawberry.field(
        default=None, description="Null: the most urgent that is nobody's; NOT_FOUND where there is none."
    )


@strawberry.type
class ClaimCasePayload:
    """The case, the caller's for 15 minutes, or as many more where it was theirs."""

    case: Case | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class ReleaseCaseInput:
    """Which case."""

    case_id: strawberry.ID


@strawberry.type
class ReleaseCasePayload:
    """The case, anyone's again."""

    case: Case | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class AddCaseNoteInput:
    """What to tell the other moderators."""

    case_id: strawberry.ID
    expected_version: int
    text: str = strawberry.field(description="At most 1,000 characters.")


@strawberry.type
class AddCaseNotePayload:
    """The case with the note."""

    case: Case | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class CaseDecisionInput:
    """What to decide about one case."""

    case_id: strawberry.ID
    expected_version: int = strawberry.field(description="As it was read; CONFLICT where it has gone on since.")
    action: ModerationAction
    reason: ReportReason
    explanation: str = strawberry.field(description=_EXPLANATION)
    until: datetime | None = strawberry.field(default=None, description=_UNTIL)
    ignore_until_edited: bool = strawberry.field(
        default=False, description="With DISMISS: further reports about the same words are settled by it too."
    )


@strawberry.input
class DecideCasesInput:
    """Up to 50 decisions, each of which stands or is refused by itself."""

    decisions: list[CaseDecisionInput]
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CaseResult:
    """What came of one decision."""

    case_id: strawberry.ID
    case: Case | None = None
    decision: Decision | None = strawberry.field(
        default=None, description="Null also where a case about a host was dismissed: such a decision has no subject."
    )
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.type
class DecideCasesPayload:
    """A result for each decision, in the order of the input."""

    results: list[CaseResult] = strawberry.field(default_factory=list)
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class SanctionMemberInput:
    """Whom to sanction, or free, and why."""

    member_id: strawberry.ID
    action: ModerationAction = strawberry.field(description="WARN, MUTE, SUSPEND, BAN, REQUIRE_VERIFICATION or LIFT.")
    reason: ReportReason
    explanation: str = strawberry.field(description=_EXPLANATION)
    until: datetime | None = strawberry.field(default=None, description=_UNTIL)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class SanctionMemberPayload:
    """The member, and the decision."""

    member: Member | None = None
    decision: Decision | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


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
    "Work on a case: for 15 minutes nobody else decides it; at most 50 at a time. For moderators.",
    Capability.KEEP_ORDER,
)
RELEASE_CASE = mutation(
    ReleaseCaseInput, ReleaseCasePayload, _release, "Give a claimed case back. For moderators.", Capability.KEEP_ORDER
)
ADD_CASE_NOTE = mutation(
    AddCaseNoteInput, AddCaseNotePayload, _add_note, "Tell the other moderators. For moderators.", Capability.KEEP_ORDER
)
DECIDE_CASES = mutation(
    DecideCasesInput,
    DecideCasesPayload,
    _decide_cases,
    "Decide cases, each with its own result. For moderators.",
    Capability.KEEP_ORDER,
)
SANCTION_MEMBER = mutation(
    SanctionMemberInput,
    SanctionMemberPayload,
    _sanction,
    "Warn, mute, suspend or ban a member, ask them to verify themselves, or lift that. For moderators.",
    Capability.KEEP_ORDER,
)
