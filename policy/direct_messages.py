"""Who may write to a member through the relay, which shows neither one's address to the other."""

from domain.audience import Audience
from domain.ids import MemberId
from domain.viewer import Viewer
from policy.visibility import Relation, reach, relation

#: Until the member chooses. Whoever writes is signed in, so that it is known who wrote.
DEFAULT_POLICY = Audience.MEMBERS
WIDEST_POLICY = Audience.MEMBERS


def may_contact(viewer: Viewer, member: MemberId, policy: Audience) -> bool:
    """Whether ``member``, who lets ``policy`` write to them, lets ``viewer``; whether they have an address or not."""
    viewer_relation = relation(viewer, member)
    return viewer_relation in {Relation.FRIEND, Relation.MEMBER} and policy in reach(viewer, member)
