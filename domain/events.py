"""Events: facts that are stored in the transaction that makes them true, and handled afterwards by a worker."""

from dataclasses import dataclass
from datetime import datetime

from domain.appeals import AppealState
from domain.edits import EditState
from domain.hosts import HostOutcome
from domain.ids import AppealId, CaseId, DecisionId, MemberId
from domain.moderation import ModerationAction


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A moderator decided about a post, a comment or a member."""

    id: str
    """Random, and shown to nobody."""
    at: datetime
    decision_id: DecisionId
    target_id: str
    subject_id: MemberId
    action: ModerationAction
    reverses: DecisionId | None = None
    """The decision that this one takes back."""


@dataclass(frozen=True, slots=True)
class AppealAnswered:
    """A moderator answered an appeal against a decision."""

    id: str
    """Random, and shown to nobody."""
    at: datetime
    appeal_id: AppealId
    decision_id: DecisionId
    """The decision that the appeal is against."""
    target_id: str
    subject_id: MemberId
    state: AppealState


@dataclass(frozen=True, slots=True)
class EditReviewed:
    """A moderator approved or rejected an edit that waited."""

    id: str
    """Random, and shown to nobody."""
    at: datetime
    content_id: str
    author_id: MemberId
    state: EditState


@dataclass(frozen=True, slots=True)
class HostCaseDecided:
    """A case about a host was closed. It has no decision, and no member is its subject."""

    id: str
    """Random, and shown to nobody."""
    at: datetime
    case_id: CaseId
    target_id: str
    outcome: HostOutcome


@dataclass(frozen=True, slots=True)
class DirectMessageSent:
    """A member wrote to another member, who is to receive it by e-mail."""

    id: str
    """Random; the mail gateway knows the message by it."""
    at: datetime
    sender_id: MemberId
    recipient_id: MemberId
    sealed_text: bytes
    """The text under the key of the vault: ``Letters.seal`` and ``Letters.open``."""


#: The events from which members are notified.
ModerationEvent = DecisionMade | AppealAnswered | EditReviewed | HostCaseDecided
Event = ModerationEvent | DirectMessageSent
