"""Notifications: what a member is told of what others decided."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import RANDOM_BYTES, DecisionId, MemberId
from domain.sanctions import AccountStatus


class NotificationKind(Enum):
    """What a member is told of."""

    DECISION_ABOUT_YOU = "DECISION_ABOUT_YOU"
    APPEAL_DECIDED = "APPEAL_DECIDED"
    REPORT_DECIDED = "REPORT_DECIDED"
    SANCTION_ENDED = "SANCTION_ENDED"
    EDIT_APPROVED = "EDIT_APPROVED"
    EDIT_REJECTED = "EDIT_REJECTED"


@dataclass(frozen=True, slots=True)
class Notification:
    """That something was decided. What it was is read anew each time, as far as its reader may read it then."""

    id: str
    member_id: MemberId
    """Who is told."""
    kind: NotificationKind
    created_at: datetime
    decision_id: DecisionId | None = None
    """Never with REPORT_DECIDED: those who report are told what came of it, and not by which decision."""
    report_id: str | None = None
    """With REPORT_DECIDED."""
    account_status: AccountStatus | None = None
    """With SANCTION_ENDED: which sanction it was."""
    content_id: str | None = None
    """With EDIT_APPROVED and EDIT_REJECTED: what was edited."""


def notification_id(event: str, member: MemberId) -> str:
    """The same for the same event and member, so that telling twice is telling once.

    ``event`` is random and told to nobody: two who compare their ids do not learn that one thing was told to both.
    """
    digest = hashlib.blake2b(f"{event}:{member}".encode(), digest_size=RANDOM_BYTES).digest()
    return f"ntf_{urlsafe_b64encode(digest).decode()}"
