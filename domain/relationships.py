"""How members stand to others, as lists of their own."""

from dataclasses import dataclass
from datetime import datetime

from domain.content import Board
from domain.ids import BoardId, MemberId


@dataclass(frozen=True, slots=True)
class BlockedMember:
    """Someone whom the viewer has blocked, by the handle that they had then."""

    id: str
    """Of the row; what a cursor holds."""
    member_id: MemberId
    handle: str
    blocked_at: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.blocked_at


@dataclass(frozen=True, slots=True)
class Follow:
    """Someone whom the viewer follows, or who follows the viewer, since when."""

    id: str
    """Of the row; what a cursor holds."""
    member_id: MemberId
    since: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.since


@dataclass(frozen=True, slots=True)
class FollowedBoard:
    """A board that the viewer follows, since when."""

    id: str
    """Of the row; what a cursor holds."""
    board: Board
    since: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.since


@dataclass(frozen=True, slots=True)
class Follows:
    """Whom and what a member follows: what their own feed is made of."""

    members: frozenset[MemberId]
    boards: frozenset[BoardId]
