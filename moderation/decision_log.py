"""The record of a decision or verdict: what was decided, its audit row, and the row from which others are told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.edits import EditState, PendingEdit
from domain.ids import AppealId, CaseId, MemberId, host_target
from domain.moderation import Decision
from stores.appeals import Closing
from stores.codecs import Document
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
    row = {
        "_id": services.random.token(12),
        "at": decision.decided_at,
        "kind": f"content.{decision.action.value}",
        "decision": decision.id,
        "target": decision.target_id,
        "subject": decision.subject_id,
        **({"reverses": decision.reverses} if decision.reverses else {}),
    }
    # What is taken back on an appeal is told with the answer: its subject hears of one thing once.
    is_told_with_answer = decision.on_appeal is not None
    audit = {"actor": decision.decided_by, "reason": decision.reason.value, "explanation": decision.explanation}
    await services.stores.audit.add({**row, **audit}, transaction)
    if not is_told_with_answer:
        await services.stores.outbox.add(row, transaction)


async def record_about_host(services: Services, row: Document, closed: CaseId | None, transaction: Transaction) -> None:
    """Write the audit ``row`` of what was decided about a host, and that those are told who reported it.

    ``closed``: the case that it closed; where none waited there is nobody to tell.
    """
    case = {"case": closed} if closed else {}
    await services.stores.audit.add({**row, **case}, transaction)
    if closed:
        told = {"_id": services.random.token(12), "decision": None, "target": host_target(row["host"]), "subject": None}
        await services.stores.outbox.add({**told, "at": row["at"], "kind": row["kind"], **case}, transaction)


async def record_verdict(
    services: Services, decision: Decision, appeal: AppealId, closing: Closing, transaction: Transaction
) -> None:
    """Write that an appeal against ``decision`` was decided, from which its reporters are told too.

    What takes the decision back is recorded by itself.
    """
    row = {
        "_id": services.random.token(12),
        "at": closing.decided_at,
        "kind": f"appeal.{closing.state.value}",
        "decision": decision.id,
        "appeal": appeal,
        "target": decision.target_id,
        "subject": decision.subject_id,
    }
    await services.stores.audit.add({**row, "actor": closing.decided_by, "explanation": closing.answer}, transaction)
    await services.stores.outbox.add(row, transaction)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a moderator let come of an edit, and what is said about it."""

    edit: PendingEdit
    state: EditState
    explanation: str
    decided_by: MemberId | None


async def record_edit(services: Services, outcome: Outcome, transaction: Transaction) -> None:
    """Write what has come of an edit. It is no decision about what stands: nothing is taken, nothing to appeal."""
    edit = outcome.edit
    row = {
        "_id": services.random.token(12),
        "at": services.now(),
        "kind": f"edit.{outcome.state.value}",
        "decision": None,
        "target": edit.id,
        "subject": edit.place.author_id,
    }
    audit = {"actor": outcome.decided_by, "explanation": outcome.explanation, "writtenAt": edit.written_at}
    await services.stores.audit.add({**row, **audit}, transaction)
    await services.stores.outbox.add(row, transaction)
