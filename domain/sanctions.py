"""The status of an account, and the sanction that it comes from."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.ids import DecisionId


class AccountStatus(Enum):
    """The status of an account: what moderators left open to it."""

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

    account_status: AccountStatus
    decision_id: DecisionId
    until: datetime | None
    """When it ends; None: not before it is lifted."""

    over: "Sanction | None" = None
    """What it took the place of and what ends later: that holds again once this one has ended."""

    def holds_at(self, moment: datetime) -> bool:
        return self.until is None or moment < self.until

    def above(self, below: "Sanction | None") -> "Sanction":
        """This one in the place of ``below``, of which stays what ends later."""
        while below and self.until and below.until and below.until <= self.until:
            below = below.over
        return replace(self, over=below if self.until else None)

    def without(self, decision: DecisionId, before: "Sanction | None") -> "Sanction | None":
        """What is left where ``decision`` is taken back, in whose place ``before`` held."""
        if self.decision_id == decision:
            return before
        return self.above(self.over.without(decision, before)) if self.over else self


def sanction_at(sanction: Sanction | None, moment: datetime) -> Sanction | None:
    """What holds of a member who was brought to ``sanction`` last; that may be one before it, which outlasts it."""
    while sanction and not sanction.holds_at(moment):
        sanction = sanction.over
    return sanction


def account_status_at(sanction: Sanction | None, moment: datetime) -> AccountStatus:
    """Where a member stands who was brought to ``sanction`` last."""
    holding = sanction_at(sanction, moment)
    return holding.account_status if holding else AccountStatus.ACTIVE
