"""Entries of the audit log: a record of each decision and appointment, and of each hidden field that was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ids import MemberId

AuditValue = str | datetime | Sequence[str] | Mapping[str, str | None] | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry of the audit log. It holds ids and the text of moderators, and no personal values."""

    id: str
    at: datetime
    kind: str
    """The kind of the record, ``content.REMOVE`` for example, as it is stored and hashed."""
    actor_id: MemberId | None
    """None if the operator acted by the command line, or time alone did."""
    details: Mapping[str, AuditValue]
    """The fields of this kind, by their stored names."""
