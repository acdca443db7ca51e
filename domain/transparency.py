"""The transparency report: what was decided, appealed against and reported, in numbers over many members."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from domain.appeals import AppealState
from domain.moderation import ModerationAction, ReportOutcome, ReportReason
from domain.months import Month


class Fate(Enum):
    """What has become of decisions by now."""

    STANDS = "STANDS"
    UNDONE = "UNDONE"
    """Whoever made it took it back within minutes."""
    OVERTURNED = "OVERTURNED"
    """On its subject's appeal."""


@dataclass(frozen=True, slots=True)
class DecidedGroup:
    """Decisions about public targets that were made in a month."""

    month: Month
    action: ModerationAction
    reason: ReportReason
    fate: Fate
    decisions: int
    members: int
    """Whom they were about, each counted once."""


@dataclass(frozen=True, slots=True)
class AppealedGroup:
    """Appeals that were made in a month."""

    month: Month
    outcome: AppealState
    appeals: int
    members: int
    """Who made them, each counted once."""


@dataclass(frozen=True, slots=True)
class ReportedGroup:
    """Reports that were made in a month."""

    month: Month
    reason: ReportReason
    outcome: ReportOutcome
    """As their reporters were told last."""
    reports: int
    members: int
    """Who made them, each counted once."""


@dataclass(frozen=True, slots=True)
class TransparencyReport:
    """All groups of the months from ``first`` to ``last`` that are over enough members to be told."""

    first: Month
    last: Month
    least: int
    """A group over fewer members is left out, and so is how many were."""
    decisions: Sequence[DecidedGroup]
    appeals: Sequence[AppealedGroup]
    reports: Sequence[ReportedGroup]
