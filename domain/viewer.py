"""Who is looking: what every read is answered for."""

from dataclasses import dataclass, replace

from domain.ids import MemberId
from domain.members import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one a read is answered for, with what decides what they may see."""

    member_id: MemberId | None = None
    role: Role | None = None
    friends: frozenset[MemberId] = frozenset()
    """Those who follow the viewer and are followed back."""
    blocked: frozenset[MemberId] = frozenset()
    """Those whom the viewer blocked, and those who blocked the viewer."""

    @property
    def is_signed_in(self) -> bool:
        return self.member_id is not None

    def past_blocks(self) -> "Viewer":
        """The viewer as if no block parted them from anyone: for cases and decisions, from which no block keeps."""
        return replace(self, blocked=frozenset())


ANONYMOUS = Viewer()
