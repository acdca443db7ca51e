"""Where a member stands with the house, and the sanction by which they stand there."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.ids import DecisionId


class MemberStanding(Enum):
    """Where a member stands with the house."""

    ACTIVE = "ACTIVE"
    WARNED = "WARNED"
    MUTED = "MUTED"
    VERIFICATION_REQUIRED = "VERIFICATION_REQUIRED"
    SUSPENDED = "SUSPENDED"
    BANNED = "BANNED"
    ERASED = "ERASED"


@dataclass(frozen=True, slots=True)
class Sanction:
    """What a decision brought a member to. It ends by itself: nothing has to run at that moment."""

    standing: MemberStanding
    decision_id: DecisionId
    until: datetime | None
    """When it ends; None: not before it is lifted."""

    def holds_at(self, moment: datetime) -> bool:
        return self.until is None or moment < self.until


def standing_at(sanction: Sanction | None, moment: datetime) -> MemberStanding:
    """Where a member stands who was brought to ``sanction`` last."""
    return sanction.standing if sanction and sanction.holds_at(moment) else MemberStanding.ACTIVE
