"""Appeals: a member objects to a decision about them, and another moderator looks at it anew."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import AppealId, BoardId, DecisionId, MemberId


class AppealState(Enum):
    """What came of an appeal."""

    OPEN = "OPEN"
    UPHELD = "UPHELD"
    OVERTURNED = "OVERTURNED"


class AppealVerdict(Enum):
    """What becomes of the decision."""

    UPHELD = "UPHELD"
    OVERTURNED = "OVERTURNED"


class AppealVoice(Enum):
    """Who speaks in an appeal; which moderator it is, nobody is told."""

    SUBJECT = "SUBJECT"
    MODERATOR = "MODERATOR"


@dataclass(frozen=True, slots=True)
class AppealMessage:
    """A question or an answer, while an appeal is open."""

    voice: AppealVoice
    author_id: MemberId
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a member says against a decision about them: one a decision."""

    id: AppealId
    decision_id: DecisionId
    subject_id: MemberId
    """Who appeals: whom the decision is about."""
    decider_id: MemberId | None
    """Who made the decision; None where no moderator did."""
    is_for_admins: bool
    """Whether moderators don't decide about the subject, who is trusted with as much as they are."""
    text: str
    created_at: datetime
    state: AppealState = AppealState.OPEN
    version: int = 1
    """One more with each message and with the verdict: whoever decides has read the latest."""
    messages: tuple[AppealMessage, ...] = ()
    answer: str | None = None
    decided_by: MemberId | None = None
    decided_at: datetime | None = None
    board_id: BoardId | None = None
    """Of the decision."""
