"""Cases: all that waits for a moderator's decision about one target."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.ids import BoardId, CaseId, DecisionId, MemberId
from domain.rich_text import HostVerdict


class CaseState(Enum):
    """Whether a case still waits."""

    OPEN = "OPEN"
    CLAIMED = "CLAIMED"
    DECIDED = "DECIDED"


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """Whose a case is for now: others neither claim nor decide it until the claim ends."""

    by: MemberId
    until: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """What reports about one target gathered in. For moderators other than the one it is about."""

    id: CaseId
    target_id: str
    subject_id: MemberId | None
    """The member it is about: the author of a post or comment, or the member themselves; None where it is a host."""
    is_decided: bool
    opened_at: datetime
    decided_at: datetime | None
    report_count: int
    due_at: datetime
    """When it was opened, less the hours that it is given ahead of others: the earlier, the more urgent."""
    version: int
    """One more with each decision, note and change of the words: whoever decides has read the latest."""
    claim: CaseClaim | None
    """The last one, which may have ended."""
    decision_id: DecisionId | None = None
    """What closed it; None also where that was a verdict about a host."""
    ascii_host: str | None = None
    """The host it is about, if it is one."""
    board_id: BoardId | None = None
    """Where the post or comment stands that it is about; None of members and hosts."""

    @property
    def created_at(self) -> datetime:
        """What lists are ordered by."""
        return self.due_at

    def state_at(self, moment: datetime) -> CaseState:
        if self.is_decided:
            return CaseState.DECIDED
        return CaseState.CLAIMED if self.claim and moment < self.claim.until else CaseState.OPEN

    def priority_at(self, moment: datetime) -> float:
        """In hours: how long it has been urgent."""
        return (moment - self.due_at) / timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What moderators tell each other on a case."""

    id: str
    author_id: MemberId
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReportedHost:
    """Another site's host, as the target of a case."""

    host: str
    """As people read it."""
    ascii_host: str
    """As it goes on the wire."""
    verdict: HostVerdict | None
    """As it stands now."""
