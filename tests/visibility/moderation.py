"""What keeps order in a world, as plain data: reports and their cases, decisions, edits to review, appeals.

Posts, comments and decisions go by their keys, members by their handles.
"""

from dataclasses import dataclass

REASONS = ("SPAM", "ABUSE", "OTHER")
#: Where a decision about a member brings them; LIFT frees them.
STANDINGS = {
    "WARN": "WARNED",
    "MUTE": "MUTED",
    "REQUIRE_VERIFICATION": "VERIFICATION_REQUIRED",
    "SUSPEND": "SUSPENDED",
    "BAN": "BANNED",
    "LIFT": "ACTIVE",
}


@dataclass(frozen=True)
class Decision:
    """A moderator's, about a post or comment by its key or about a member by their handle.

    The latest one about a post or comment stands behind the state REMOVED.
    """

    key: str
    target: str
    action: str
    """REMOVE, RESTORE or APPROVE (of what was handed over: it may stay), one of STANDINGS, or DISMISS where a case was
    let go."""
    reason: str
    explanation: str
    by: str
    minute: int
    until: int | None = None
    """When a sanction ends by itself."""


@dataclass(frozen=True)
class Report:
    """A member's, about a post or comment by its key or about a member by their handle."""

    by: str
    target: str
    reason: str
    minute: int
    note: str | None = None
    case: str | None = None
    """In which it waits, or was settled."""


@dataclass(frozen=True)
class Note:
    """What a moderator tells the others on a case."""

    by: str
    text: str
    minute: int


@dataclass(frozen=True)
class Case:
    """What the reports about one target opened for moderators."""

    key: str
    target: str
    minute: int
    hours_ahead: int
    """How much sooner than others it is to be looked at."""
    notes: tuple[Note, ...] = ()
    claimed: tuple[str, int] | None = None
    """By whom last, and until which minute."""
    decision: str | None = None
    """The key of what closed it."""

    @property
    def version(self) -> int:
        """One more with each note, and with what closed it."""
        return 1 + len(self.notes) + (self.decision is not None)


@dataclass(frozen=True)
class Edit:
    """What a post or comment, by its key, would say: read first by the owner of the board or by moderators."""

    target: str
    body: str
    audience: str
    shown_to: str
    """Whom it would reach as things stood when it was written, post and board included."""
    minute: int
    title: str | None = None
    byline: tuple[str, ...] = ()
    rejected: str | None = None
    """Why, where it was; else it waits."""


@dataclass(frozen=True)
class Message:
    """In an appeal: its subject's, or a moderator's, of whom nobody learns who it was."""

    by: str
    text: str
    minute: int


@dataclass(frozen=True)
class Appeal:
    """What a member says against a decision about them, by its key."""

    key: str
    decision: str
    text: str
    minute: int
    messages: tuple[Message, ...] = ()
    upheld: Decision | None = None
    """By whom, when and why; else it is open."""

    @property
    def version(self) -> int:
        """One more with each message, and with the verdict."""
        return 1 + len(self.messages) + (self.upheld is not None)
