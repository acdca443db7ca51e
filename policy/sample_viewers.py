"""Everyone who may look at what a member shows, each by one name: the rows of docs/visibility.md."""

from dataclasses import dataclass, replace

from domain.ids import MemberId
from domain.members import Relationship, Role
from domain.sanctions import AccountStatus
from domain.viewer import ANONYMOUS, Viewer
from policy.visibility import STANDS_AS, Relation

#: The member who is looked at, the one who looks, and the owner of a message board: three strangers.
OWNER, READER, BOARD_OWNER_ID = (MemberId(name) for name in ("owner", "reader", "host"))


@dataclass(frozen=True, slots=True)
class SampleViewer:
    """Someone who looks at what OWNER shows."""

    name: str
    relation: Relation
    role: Role = Role.MEMBER
    account_status: AccountStatus = AccountStatus.ACTIVE

    @property
    def viewer(self) -> Viewer:
        """The one for whom reads are answered."""
        owner = frozenset({OWNER})
        viewer = {
            Relation.SELF: Viewer(OWNER, self.role),
            Relation.BOARD_OWNER: Viewer(BOARD_OWNER_ID, self.role),
            Relation.FRIEND: Viewer(READER, self.role, friends=owner),
            Relation.MEMBER: Viewer(READER, self.role),
            Relation.BLOCKED: Viewer(READER, self.role, blocked=owner),
            Relation.ANONYMOUS: ANONYMOUS,
        }[self.relation]
        return replace(viewer, account_status=self.account_status)


def _tied(name: str, relationship: Relationship) -> SampleViewer:
    return SampleViewer(name, STANDS_AS[relationship])


#: What staff see beyond this they see on a case (``READERS``, and reads that are recorded).
SAMPLE_VIEWERS = (
    _tied("the member", Relationship.SELF),
    _tied("a friend (they follow each other)", Relationship.FRIEND),
    _tied("a follower", Relationship.FOLLOWING),
    _tied("someone the member follows", Relationship.FOLLOWER),
    _tied("any other member", Relationship.NONE),
    _tied("blocked, by either", Relationship.BLOCKED),
    SampleViewer("signed out", Relation.ANONYMOUS),
    SampleViewer("a moderator", STANDS_AS[Relationship.NONE], Role.MODERATOR),
    SampleViewer("an admin", STANDS_AS[Relationship.NONE], Role.ADMIN),
    SampleViewer("a suspended moderator", STANDS_AS[Relationship.NONE], Role.MODERATOR, AccountStatus.SUSPENDED),
    SampleViewer("a banned member", STANDS_AS[Relationship.NONE], account_status=AccountStatus.BANNED),
)

#: On a message board one more looks on.
BOARD_OWNER = SampleViewer("the owner of the message board", Relation.BOARD_OWNER)
