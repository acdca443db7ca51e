"""What is done to the texts of the demo once they are written; each action is ``minutes`` after the post."""

from dataclasses import dataclass

from domain.moderation import ReportReason


@dataclass(frozen=True, slots=True)
class Action:
    """Something that ``by`` does to a text."""

    by: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Edited(Action):
    """Its author says it otherwise, which waits where the board asks for that."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Deleted(Action):
    """Taken back, by its author or the owner of the board."""


@dataclass(frozen=True, slots=True)
class Approved(Action):
    """Let stand by the owner of the message board on which it waited."""


@dataclass(frozen=True, slots=True)
class Hidden(Action):
    """Held by the owner of the message board it was left on."""


@dataclass(frozen=True, slots=True)
class Reported(Action):
    """Shown to the moderators; by the owner of the message board, handed over to them."""

    reason: ReportReason
    note: str


@dataclass(frozen=True, slots=True)
class Removed(Action):
    """Taken down by a moderator, who says why."""

    reason: ReportReason
    explanation: str
