"""Who is looking: what every read is answered for."""

from dataclasses import dataclass, replace

from domain.ids import BoardId, MemberId
from domain.members import Role
from domain.sanctions import AccountStatus


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one a read is answered for, with what decides what they may see."""

    member_id: MemberId | None = None
    role: Role | None = None
    friends: frozenset[MemberId] = frozenset()
    """Those who follow the viewer and are followed back."""
    blocked: frozenset[MemberId] = frozenset()
    """Those whom the viewer blocked, and those who blocked the viewer."""
    account_status: AccountStatus = AccountStatus.ACTIVE
    """What they may do; and what they see only as far as it is their office that shows it."""
    moderates: frozenset[BoardId] = frozenset()
    """Discussion boards that are theirs to moderate, whatever their role; not what they see as they read."""

    @property
    def is_signed_in(self) -> bool:
        return self.member_id is not None

    def ignoring_blocks(self) -> "Viewer":
        """The viewer as if no block parted them from anyone: for cases and decisions, from which no block keeps."""
        return replace(self, blocked=frozenset())


ANONYMOUS = Viewer()


@dataclass(frozen=True, slots=True)
class ViewAs:
    """One for whom an answer is made that its owner reads, to see what others see of what is theirs."""

    owner: MemberId
    reader: Viewer
    """What is read is read for this one, who sees nothing of anybody's that the owner does not see as well."""
    target: Viewer
    """Who is stood in for, as far as the owner knows them: what they may do with what they see."""

    def trims(self, owner: MemberId) -> bool:
        """Whether it is left out what ``owner`` lets some see and others not, as who that is they alone know."""
        return self.owner not in {owner, self.reader.member_id}
