"""What is done to the texts of the demo once they are written; each deed is ``minutes`` after the post."""

from dataclasses import dataclass

from domain.moderation import ReportReason


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that ``by`` does to a text."""

    by: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Edited(Capability):
    """Its author says it otherwise, which waits where the board asks for that."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Deleted(Capability):
    """Taken back, by its author or the owner of the board."""


@dataclass(frozen=True, slots=True)
class Approved(Capability):
    """Let stand by the owner of the message board on which it waited."""


@dataclass(frozen=True, slots=True)
class Hidden(Capability):
    """Held by the owner of the message board it was left on."""


@dataclass(frozen=True, slots=True)
class Reported(Capability):
    """Shown to the moderators; by the owner of the message board, handed over to them."""

    reason: ReportReason
    note: str


@dataclass(frozen=True, slots=True)
class Removed(Capability):
    """Taken down by a moderator, who says why."""

    reason: ReportReason
    explanation: str
