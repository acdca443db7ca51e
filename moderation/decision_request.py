"""What a moderator wants done, checked before anything is read or written."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class OnCase:
    """The case that a decision closes, as it was when it was read."""

    case_id: CaseId
    version: int
    is_dismissed_until_edited: bool = False
    """Whether further reports are settled too, until the words change."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator wants done, and the statement of reasons for whom it is about."""

    target_id: str
    action: ModerationAction
    reason: ReportReason | None
    """None where restoring: the decision that is taken back says it."""
    explanation: str
    idempotency_key: str | None = None
    until: datetime | None = None
    """When a sanction ends by itself."""
    case: OnCase | None = None

    def retry_of(self, moderator: MemberId) -> IdempotentRequest:
        """Cases are decided many at once, under one key: a retry of many is a retry of each."""
        return IdempotentRequest(moderator, self.idempotency_key, self.asked, self.case.case_id if self.case else None)

    @property
    def asked(self) -> tuple[object, ...]:
        """What makes a retry the same request."""
        case = (self.case.case_id, self.case.version, self.case.is_dismissed_until_edited) if self.case else ()
        reason = self.reason.value if self.reason else None
        until = self.until.isoformat() if self.until else None
        return self.target_id, self.action.value, reason, self.explanation.strip(), until, *case


@dataclass(frozen=True, slots=True)
class Moderator:
    """One who is trusted with deciding, on some boards at least."""

    id: MemberId
    role: Role


def moderator_of(viewer: Viewer, privilege: Privilege) -> Moderator:
    """Refuses whoever is trusted with ``privilege`` nowhere, before anything is read: the answer tells them nothing."""
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    if viewer.role is None or not has_anywhere(viewer, privilege):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return Moderator(viewer.member_id, viewer.role)


def checked_explanation(typed: str) -> str:
    """What the subject reads: neither empty nor longer than EXPLANATION_LENGTH."""
    return checked_text(typed, "explanation", EXPLANATION_LENGTH)


def checked_text(typed: str, field: str, most: int) -> str:
    """What was typed into ``field``: neither empty nor longer than ``most``."""
    text = typed.strip()
    if not text:
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, field)
    if len(text) > most:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_LONG, field, most=most)
    return text


def checked_words(services: Services, ruling: Ruling) -> tuple[str, datetime | None]:
    """The explanation, and when it ends: all that can be judged before the target is read."""
    wrong = WrongFields()
    with wrong.collect():
        explanation = checked_explanation(ruling.explanation)
    with wrong.collect():
        expires_at = checked_end(services, ruling)
    wrong.refuse()
    return explanation, expires_at


def checked_end(services: Services, ruling: Ruling) -> datetime | None:
    """When it ends: named where the transition is timed, and only where there is something to end."""
    transition = MEMBER_TRANSITIONS.get(ruling.action)
    if ruling.until is None:
        if transition and transition.is_timed:
            raise refusal(ErrorCode.VALIDATION, Message.NAME_AN_END, "until")
        return None
    if transition is None or ruling.action is ModerationAction.LIFT:
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_TO_END, "until")
    if not services.now() < ruling.until <= services.now() + LONGEST_SANCTION:
        raise refusal(ErrorCode.VALIDATION, Message.END_OUT_OF_RANGE, "until", days=LONGEST_SANCTION.days)
    return ruling.until
