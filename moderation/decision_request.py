"""Requests to decide, and the checks of what was typed, before anything is read or written."""

from dataclasses import dataclass
from datetime import datetime

from accounts.capability_check import require_signed_in
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import CaseId, MemberId
from domain.members import Role
from domain.messages import Message
from domain.moderation import ModerationAction, ReportReason
from domain.viewer import Viewer
from moderation.transitions import MEMBER_TRANSITIONS
from policy.limits import EXPLANATION_LENGTH, LONGEST_SANCTION
from policy.permissions import Privilege, has_anywhere
from stores.idempotency import IdempotentRequest
from stores.services import Services
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A moderator's request to decide about a post, a comment or a member."""

    target_id: str
    action: ModerationAction
    reason: ReportReason | None
    """None if the target is restored or approved: the reason of the decision before it is kept."""
    explanation: str
    """The statement of reasons that the subject reads."""
    idempotency_key: str | None = None
    until: datetime | None = None
    """When a sanction ends by itself."""

    def retry_of(self, moderator: MemberId) -> IdempotentRequest:
        """Return the claim under which a retry of this request is recognised."""
        return IdempotentRequest(moderator, self.idempotency_key, (self.target_id, *_asked(self)))


@dataclass(frozen=True, slots=True)
class CaseDecisionRequest:
    """A moderator's request to decide a case, whatever it is about."""

    case_id: CaseId
    version: int
    """The version of the case that the moderator read."""
    action: ModerationAction
    reason: ReportReason | None
    explanation: str
    """The statement of reasons that the subject reads."""
    idempotency_key: str | None = None
    until: datetime | None = None
    """When a sanction ends by itself."""
    is_dismissed_until_edited: bool = False
    """Whether the dismissal also settles further reports, until the text changes."""

    def retry_of(self, moderator: MemberId) -> IdempotentRequest:
        """Return the claim under which a retry is recognised; many cases are decided under one key, a part each."""
        asked = (*_NO_TARGET, *_asked(self), self.case_id, self.version, self.is_dismissed_until_edited)
        return IdempotentRequest(moderator, self.idempotency_key, asked, part=self.case_id)


#: Fingerprints of earlier versions, which are kept for IDEMPOTENCY_LIFETIME, begin with an empty target.
_NO_TARGET = ("",)


def _asked(request: DecisionRequest | CaseDecisionRequest) -> tuple[object, ...]:
    """Return the values that a retry must repeat."""
    reason = request.reason.value if request.reason else None
    until = request.until.isoformat() if request.until else None
    return request.action.value, reason, request.explanation.strip(), until


@dataclass(frozen=True, slots=True)
class Moderator:
    """One who is trusted with deciding, on some boards at least."""

    id: MemberId
    role: Role


def moderator_of(viewer: Viewer, privilege: Privilege) -> Moderator:
    """Refuses whoever is trusted with ``privilege`` nowhere, before anything is read: the answer tells them nothing."""
    member_id = require_signed_in(viewer)
    if viewer.role is None or not has_anywhere(viewer, privilege):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return Moderator(member_id, viewer.role)


def checked_words(services: Services, request: DecisionRequest | CaseDecisionRequest) -> tuple[str, datetime | None]:
    """The explanation, and when it ends: all that can be judged before the target is read."""
    wrong = WrongFields()
    with wrong.collect():
        explanation = required_text(request.explanation, EXPLANATION_LENGTH, "explanation")
    with wrong.collect():
        expires_at = checked_end(services, request)
    wrong.refuse()
    return explanation, expires_at


def checked_end(services: Services, request: DecisionRequest | CaseDecisionRequest) -> datetime | None:
    """When it ends: named where the transition is timed, and only where there is something to end."""
    transition = MEMBER_TRANSITIONS.get(request.action)
    if request.until is None:
        if transition and transition.is_timed:
            raise refusal(ErrorCode.VALIDATION, Message.NAME_AN_END, "until")
        return None
    if transition is None or request.action is ModerationAction.LIFT:
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_TO_END, "until")
    if not services.now() < request.until <= services.now() + LONGEST_SANCTION:
        raise refusal(ErrorCode.VALIDATION, Message.END_OUT_OF_RANGE, "until", days=LONGEST_SANCTION.days)
    return request.until
