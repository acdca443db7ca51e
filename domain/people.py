"""How members stand to others, as lists of their own."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import MemberId


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
class Acquaintance:
    """Someone whom the viewer follows, or who follows the viewer, since when."""

    id: str
    """Of the row; what a cursor holds."""
    member_id: MemberId
    since: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.since
