"""Who stands in for others where members look at what they show: the rule of Query.viewAs.

Whoever stands in relates to the owner as the target does, and to all others as a stranger whom the owner's blocks hide
from, too. So the answer holds nothing that the owner does not see, and tells nothing of whom the target befriends,
blocks or follows, nor of what they may see by their office. What others let some see and some not, by an audience that
they alone know, is left out (``ViewAs.trims``): their profiles' fields, and who may read which comment under their
posts.
"""

from dataclasses import replace

from domain.audience import Audience
from domain.ids import MemberId
from domain.members import MemberView, Role
from domain.viewer import ViewAs, Viewer

#: Nobody's: no id that is given out looks like it.
SOMEBODY = MemberId("mbr_somebody")


def any_of(owner: Viewer, owner_id: MemberId, audience: Audience) -> ViewAs:
    """Anyone in the owner's ``audience`` who is in no narrower one."""
    if audience is Audience.ONLY_ME:
        return ViewAs(owner_id, owner, owner)
    member = None if audience is Audience.PUBLIC else SOMEBODY
    friends = frozenset({owner_id}) if audience is Audience.FRIENDS else frozenset[MemberId]()
    reader = Viewer(member, Role.MEMBER if member else None, friends, owner.blocked)
    return ViewAs(owner_id, reader, reader)


def this_one(owner: Viewer, owner_id: MemberId, target: MemberView) -> ViewAs:
    """The ``target``, whom the owner sees.

    Read for is somebody else: what is the target's own is others' as well, and shows as far as the owner sees it.
    """
    if target.id == owner_id:
        return any_of(owner, owner_id, Audience.ONLY_ME)
    are_friends = target.id in owner.friends
    known = Viewer(target.id, target.role, frozenset({owner_id}) if are_friends else frozenset(), owner.blocked)
    friends = known.friends | {target.id} if are_friends else known.friends
    return ViewAs(owner_id, replace(known, member_id=SOMEBODY, role=Role.MEMBER, friends=friends), known)
