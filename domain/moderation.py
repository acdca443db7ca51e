"""What moderators decide, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.audience import Audience
from domain.cases import Case
from domain.ids import AppealId, BoardId, CaseId, DecisionId, MemberId
from domain.sanctions import Sanction


class ReportReason(Enum):
    """Why something does not belong here."""

    SPAM = "SPAM"
    ABUSE = "ABUSE"
    HATE = "HATE"
    SEXUAL = "SEXUAL"
    VIOLENCE = "VIOLENCE"
    ILLEGAL = "ILLEGAL"
    PRIVACY = "PRIVACY"
    MALICIOUS_LINK = "MALICIOUS_LINK"
    IMPERSONATION = "IMPERSONATION"
    OTHER = "OTHER"


class ModerationAction(Enum):
    """What a moderator can do."""

    APPROVE = "APPROVE"
    REMOVE = "REMOVE"
    RESTORE = "RESTORE"
    LOCK = "LOCK"
    UNLOCK = "UNLOCK"
    WARN = "WARN"
    MUTE = "MUTE"
    SUSPEND = "SUSPEND"
    BAN = "BAN"
    LIFT = "LIFT"
    REQUIRE_VERIFICATION = "REQUIRE_VERIFICATION"
    DISMISS = "DISMISS"
    REOPEN = "REOPEN"
    """As what it is recorded that an APPROVE or DISMISS was taken back; nobody decides it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was decided about, as it read at that moment."""

    written_at: datetime
    """When these words were written: which revision it was."""
    title: str | None
    text: str
    """Without markup; cut where it is very long."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and its statement of reasons, as its subject reads it."""

    id: DecisionId
    target_id: str
    subject_id: MemberId
    """The author of what was decided about."""
    action: ModerationAction
    reason: ReportReason
    explanation: str
    is_automated: bool
    decided_by: MemberId | None
    """None in views for anyone but moderators."""
    decided_at: datetime
    audience: Audience | None = None
    """Whom the target was meant for at that moment; None of decisions from before this was kept."""
    case_id: CaseId | None = None
    """The case that it closed, or to which it was made."""
    expires_at: datetime | None = None
    """When a sanction ends by itself."""
    evidence: Evidence | None = None
    """Of what was said; None of decisions about members, and from before this was kept."""
    sanction_before: Sanction | None = None
    """What held of the subject until then: who takes the decision back brings it back. None in views."""
    reverses: DecisionId | None = None
    """The decision that this one takes back."""
    on_appeal: AppealId | None = None
    """The appeal on which it takes that back; None where its maker thought better of it."""
    board_id: BoardId | None = None
    """Where the post or comment stands that it was decided about; None of decisions about members."""

    @property
    def created_at(self) -> datetime:
        """What lists are ordered by."""
        return self.decided_at


class ReportOutcome(Enum):
    """What came of a report."""

    PENDING = "PENDING"
    ACTION_TAKEN = "ACTION_TAKEN"
    NO_ACTION = "NO_ACTION"


@dataclass(frozen=True, slots=True)
class Report:
    """What a member says does not belong here."""

    id: str
    target_id: str
    reporter_id: MemberId
    reason: ReportReason
    note: str | None
    created_at: datetime
    outcome: ReportOutcome
    url: str | None = None
    """The whole address, where it is a link that was reported; the target is then its host."""
    case: Case | None = None
    """The case on which it is read; None where those read it who made it."""


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """How many decisions about public targets fell on a day, of one action for one reason."""

    id: str
    """Of the row; what a cursor holds."""
    day: datetime
    """Its beginning, in UTC."""
    action: ModerationAction
    reason: ReportReason
    count: int

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.day
