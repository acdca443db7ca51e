"""What moderators decide, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import DecisionId, MemberId


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

    REMOVE = "REMOVE"
    RESTORE = "RESTORE"


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
