"""Everyone who may look at what a member shows, each by one name: the rows of docs/visibility.md."""

from dataclasses import dataclass

from domain.ids import MemberId
from domain.members import Relationship, Role
from domain.standing import MemberStanding
from domain.viewer import ANONYMOUS, Viewer
from policy.standings import relation_in
from policy.visibility import STANDS_AS, Relation

#: The member who is looked at, the one who looks, and the owner of a message board: three strangers.
OWNER, READER, HOST = (MemberId(name) for name in ("owner", "reader", "host"))


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Someone who looks at what OWNER shows."""

    name: str
    relation: Relation
    role: Role = Role.MEMBER

    @property
    def viewer(self) -> Viewer:
        """The one for whom reads are answered."""
        owner = frozenset({OWNER})
        return {
            Relation.SELF: Viewer(OWNER, self.role),
            Relation.HOST: Viewer(HOST, self.role),
            Relation.FRIEND: Viewer(READER, self.role, friends=owner),
            Relation.MEMBER: Viewer(READER, self.role),
            Relation.BLOCKED: Viewer(READER, self.role, blocked=owner),
            Relation.ANONYMOUS: ANONYMOUS,
        }[self.relation]


def _tied(name: str, relationship: Relationship) -> Onlooker:
    return Onlooker(name, STANDS_AS[relationship])


#: What staff see beyond this they see on a case (``READERS``, and reads that are recorded).
ONLOOKERS = (
    _tied("the member", Relationship.SELF),
    _tied("a friend (they follow each other)", Relationship.FRIEND),
    _tied("a follower", Relationship.FOLLOWING),
    _tied("someone the member follows", Relationship.FOLLOWER),
    _tied("any other member", Relationship.NONE),
    _tied("blocked, by either", Relationship.BLOCKED),
    Onlooker("signed out", Relation.ANONYMOUS),
    Onlooker("a moderator", STANDS_AS[Relationship.NONE], Role.MODERATOR),
    Onlooker("an admin", STANDS_AS[Relationship.NONE], Role.ADMIN),
    Onlooker("a banned member", relation_in(MemberStanding.BANNED, Relation.MEMBER)),
    Onlooker("whose account is erased", relation_in(MemberStanding.ERASED, Relation.MEMBER)),
)

#: On a message board one more looks on.
BOARD_OWNER = Onlooker("the owner of the message board", Relation.HOST)
