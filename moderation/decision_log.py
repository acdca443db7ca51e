"""The record of a decision or verdict: what was decided, its audit row, and the event from which others are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditEntry, AuditValue
from domain.edits import EditState, PendingEdit
from domain.events import AppealAnswered, DecisionMade, EditReviewed, HostCaseDecided
from domain.hosts import HostOutcome
from domain.ids import RANDOM_BYTES, AppealId, CaseId, MemberId, host_target
from domain.moderation import Decision
from stores.appeals import Closing
from stores.services import Services
from stores.transactions import Transaction


def moment_after(services: Services, before: Decision | None) -> datetime:
    """Now, or later than ``before`` if another process's clock is ahead: the order of decisions is what counts."""
    if before is None:
        return services.now()
    return max(services.now(), before.decided_at + timedelta(milliseconds=1))


async def record(services: Services, decision: Decision, transaction: Transaction) -> None:
    """Write all three; the audit row is sealed later, the outbox row is read by moderation/notification_worker.py."""
    await services.stores.decisions.insert(decision, transaction)
    event_id, kind = services.random.token(RANDOM_BYTES), f"content.{decision.action.value}"
    details: dict[str, AuditValue] = {
        "decision": decision.id,
        "target": decision.target_id,
        "subject": decision.subject_id,
        "reason": decision.reason.value,
        "explanation": decision.explanation,
        **({"reverses": decision.reverses} if decision.reverses else {}),
    }
    entry = AuditEntry(event_id, decision.decided_at, kind, decision.decided_by, details)
    await services.stores.audit.add(entry, transaction)
    # What is taken back on an appeal is told with the answer: its subject hears of one thing once.
    if decision.on_appeal is None:
        await services.stores.outbox.add(_decision_made(event_id, decision), transaction)


def _decision_made(event_id: str, decision: Decision) -> DecisionMade:
    return DecisionMade(
        id=event_id,
        at=decision.decided_at,
        decision_id=decision.id,
        target_id=decision.target_id,
        subject_id=decision.subject_id,
        action=decision.action,
        reverses=decision.reverses,
    )


@dataclass(frozen=True, slots=True)
class HostDecision:
    """A decision about a host, as it goes on the record."""

    host: str
    """The host as it goes on the wire."""
    outcome: HostOutcome
    decided_by: MemberId | None
    """None if the operator decided, by the command line."""
    decided_at: datetime
    reason: str | None
    details: Mapping[str, str | datetime | None]
    """The fields that only some decisions have; the audit log keeps them."""


async def record_about_host(
    services: Services, decision: HostDecision, closed: CaseId | None, transaction: Transaction
) -> None:
    """Write the audit row of a decision about a host, and the event from which its reporters are told.

    ``closed`` is the case that the decision closed. If there was none, there is nobody to tell.
    """
    details: dict[str, AuditValue] = {
        "host": decision.host,
        "reason": decision.reason,
        **decision.details,
        **({"case": closed} if closed else {}),
    }
    entry_id, kind = services.random.token(RANDOM_BYTES), f"host.{decision.outcome.value}"
    entry = AuditEntry(entry_id, decision.decided_at, kind, decision.decided_by, details)
    await services.stores.audit.add(entry, transaction)
    if closed:
        event_id, target = services.random.token(RANDOM_BYTES), host_target(decision.host)
        event = HostCaseDecided(event_id, decision.decided_at, closed, target, decision.outcome)
        await services.stores.outbox.add(event, transaction)


async def record_verdict(
    services: Services, decision: Decision, appeal: AppealId, closing: Closing, transaction: Transaction
) -> None:
    """Write that an appeal against ``decision`` was decided, from which its reporters are told too.

    What takes the decision back is recorded by itself.
    """
    event_id, kind = services.random.token(RANDOM_BYTES), f"appeal.{closing.state.value}"
    details: dict[str, AuditValue] = {
        "decision": decision.id,
        "appeal": appeal,
        "target": decision.target_id,
        "subject": decision.subject_id,
        "explanation": closing.answer,
    }
    entry = AuditEntry(event_id, closing.decided_at, kind, closing.decided_by, details)
    await services.stores.audit.add(entry, transaction)
    event = AppealAnswered(
        id=event_id,
        at=closing.decided_at,
        appeal_id=appeal,
        decision_id=decision.id,
        target_id=decision.target_id,
        subject_id=decision.subject_id,
        state=closing.state,
    )
    await services.stores.outbox.add(event, transaction)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a moderator let come of an edit, and what is said about it."""

    edit: PendingEdit
    state: EditState
    explanation: str
    decided_by: MemberId | None


async def record_edit(services: Services, outcome: Outcome, transaction: Transaction) -> None:
    """Write what has come of an edit. It is no decision about what stands: nothing is taken, nothing to appeal."""
    edit, event_id, now = outcome.edit, services.random.token(RANDOM_BYTES), services.now()
    details: dict[str, AuditValue] = {
        "decision": None,
        "target": edit.id,
        "subject": edit.place.author_id,
        "explanation": outcome.explanation,
        "writtenAt": edit.written_at,
    }
    entry = AuditEntry(event_id, now, f"edit.{outcome.state.value}", outcome.decided_by, details)
    await services.stores.audit.add(entry, transaction)
    await services.stores.outbox.add(
        EditReviewed(event_id, now, edit.id, edit.place.author_id, outcome.state), transaction
    )
