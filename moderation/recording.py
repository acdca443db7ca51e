"""The record of a decision: the decision itself, its audit row, and the row from which others are told."""

from domain.moderation import Decision
from stores.house import House
from stores.transactions import Transaction


async def record(house: House, decision: Decision, transaction: Transaction) -> None:
    """Write all three; the audit row is sealed later, the outbox row is read by moderation/telling_others.py."""
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
    await house.stores.outbox.add(row, transaction)
