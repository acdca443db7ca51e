"""Cases: all that waits for a moderator's decision about one target."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import CaseId, MemberId
from domain.text import HostVerdict


class CaseState(Enum):
    """Whether a case still waits."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"


@dataclass(frozen=True, slots=True)
class Case:
    """What reports about one target gathered in. For moderators other than the one it is about."""

    id: CaseId
    target_id: str
    subject_id: MemberId | None
    """The member it is about: the author of a post or comment, or the member themselves; None where it is a host."""
    state: CaseState
    opened_at: datetime
    decided_at: datetime | None
    report_count: int
    ascii_host: str | None = None
    """The host it is about, if it is one."""

    @property
    def created_at(self) -> datetime:
        """What lists are ordered by."""
        return self.opened_at


@dataclass(frozen=True, slots=True)
class ReportedHost:
    """Another site's host, as the target of a case."""

    host: str
    """As people read it."""
    ascii_host: str
    """As it goes on the wire."""
    verdict: HostVerdict | None
    """As it stands now."""
