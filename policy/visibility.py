"""Who sees what: the tables, and the pure functions that read them.

Every decision about visibility is made here. stores/visibility_filters.py translates it into MongoDB filters; a test
compares the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from domain.audience import Audience
from domain.content import ContentState
from domain.ids import MemberId
from domain.members import ProfileField, Relationship, Role
from domain.viewer import Viewer
from policy.permissions import ROLES, Privilege, has


class Relation(Enum):
    """How the viewer stands to the owner of a thing."""

    SELF = "SELF"
    BOARD_OWNER = "HOST"
    """The owner of the message board on which the thing was left."""
    FRIEND = "FRIEND"
    MEMBER = "MEMBER"
    ANONYMOUS = "ANONYMOUS"
    BLOCKED = "BLOCKED"


#: Which of an owner's audiences reach whom. A block either way reaches nobody; whoever writes on a member's message
#: board writes to that member, for whomever else it is meant.
REACH: Mapping[Relation, frozenset[Audience]] = {
    Relation.SELF: frozenset(Audience),
    Relation.BOARD_OWNER: frozenset(Audience),
    Relation.FRIEND: frozenset({Audience.FRIENDS, Audience.MEMBERS, Audience.PUBLIC}),
    Relation.MEMBER: frozenset({Audience.MEMBERS, Audience.PUBLIC}),
    Relation.ANONYMOUS: frozenset({Audience.PUBLIC}),
    Relation.BLOCKED: frozenset(),
}

#: How a member stands to the viewer, and as what that counts: following opens nothing, being followed back does.
STANDS_AS: Mapping[Relationship, Relation] = {
    Relationship.SELF: Relation.SELF,
    Relationship.FRIEND: Relation.FRIEND,
    Relationship.FOLLOWING: Relation.MEMBER,
    Relationship.FOLLOWER: Relation.MEMBER,
    Relationship.NONE: Relation.MEMBER,
    Relationship.BLOCKED: Relation.BLOCKED,
}


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Who sees a profile field before its owner chooses, and how wide the owner may open it."""

    default: Audience
    widest: Audience


#: A phone number can be called and an e-mail address written to by anyone who reads it, so neither opens to all.
PROFILE_FIELDS: Mapping[ProfileField, FieldRule] = {
    ProfileField.AVATAR: FieldRule(default=Audience.MEMBERS, widest=Audience.PUBLIC),
    ProfileField.BIO: FieldRule(default=Audience.MEMBERS, widest=Audience.PUBLIC),
    ProfileField.GENDER: FieldRule(default=Audience.ONLY_ME, widest=Audience.PUBLIC),
    ProfileField.LOCATION: FieldRule(default=Audience.ONLY_ME, widest=Audience.PUBLIC),
    ProfileField.BIRTHDAY: FieldRule(default=Audience.ONLY_ME, widest=Audience.PUBLIC),
    ProfileField.WEBSITE: FieldRule(default=Audience.MEMBERS, widest=Audience.PUBLIC),
    ProfileField.EMAIL: FieldRule(default=Audience.ONLY_ME, widest=Audience.MEMBERS),
    ProfileField.PHONE: FieldRule(default=Audience.ONLY_ME, widest=Audience.FRIENDS),
}


class VisibleTo(Enum):
    """To whom content in a given state shows."""

    ITS_AUDIENCE = "its audience"
    AUTHOR_BOARD_OWNER_AND_MODERATORS = (
        "its author, the owner of its message board, and moderators whom its audience reaches"
    )
    AUTHOR_AND_MODERATORS = "its author, and moderators whom its audience reaches"
    NOBODY = "nobody"


CONTENT_STATES: Mapping[ContentState, VisibleTo] = {
    ContentState.PUBLISHED: VisibleTo.ITS_AUDIENCE,
    ContentState.HELD: VisibleTo.AUTHOR_BOARD_OWNER_AND_MODERATORS,
    ContentState.REMOVED: VisibleTo.AUTHOR_AND_MODERATORS,
    ContentState.DELETED: VisibleTo.NOBODY,
    ContentState.UNAVAILABLE: VisibleTo.NOBODY,
}

MODERATING_ROLES = ROLES[Privilege.MODERATE]


def states_visible_to(seers: VisibleTo) -> tuple[ContentState, ...]:
    """The content states that show to ``seers``, in the order of the enum."""
    return tuple(state for state, who in CONTENT_STATES.items() if who is seers)


#: What lists show to anyone in the audience, what hosts find on their boards, and what authors find among their own.
SHOWN_TO_ALL = states_visible_to(VisibleTo.ITS_AUDIENCE)
SHOWN_TO_BOARD_OWNER = SHOWN_TO_ALL + states_visible_to(VisibleTo.AUTHOR_BOARD_OWNER_AND_MODERATORS)
SHOWN_TO_AUTHOR = SHOWN_TO_BOARD_OWNER + states_visible_to(VisibleTo.AUTHOR_AND_MODERATORS)

#: The states in which a post that is hidden stands as a tombstone over what others say below it: gone for good, or
#: published by someone whom a block hides. What is held may come yet.
STANDS_AS_TOMBSTONE = (ContentState.PUBLISHED, ContentState.REMOVED, ContentState.DELETED)


def relation(viewer: Viewer, owner: MemberId, board_owner: MemberId | None = None) -> Relation:
    """Return how ``viewer`` is related to ``owner``, or to what ``owner`` left on ``board_owner``'s board."""
    if owner in viewer.blocked:
        return Relation.BLOCKED
    if viewer.member_id is None:
        return Relation.ANONYMOUS
    if owner == viewer.member_id:
        return Relation.SELF
    if board_owner == viewer.member_id:
        return Relation.BOARD_OWNER
    return Relation.FRIEND if owner in viewer.friends else Relation.MEMBER


def reach(viewer: Viewer, owner: MemberId, board_owner: MemberId | None = None) -> frozenset[Audience]:
    """Return ``owner``'s audiences that contain ``viewer``, on ``board_owner``'s board if it is given."""
    return REACH[relation(viewer, owner, board_owner)]


def reach_beneath(viewer: Viewer, owner: MemberId, board_owner: MemberId | None = None) -> frozenset[Audience]:
    """As ``reach``, for what others say under ``owner``'s words: blocking ``owner`` hides nobody else."""
    viewer_relation = relation(viewer, owner, board_owner)
    if viewer_relation is Relation.BLOCKED:
        viewer_relation = relation(replace(viewer, friends=frozenset(), blocked=frozenset()), owner, board_owner)
    return REACH[viewer_relation]


def is_open(viewer: Viewer, board_owner: MemberId, audience: Audience) -> bool:
    """Return whether ``board_owner``'s message board, whose audience is ``audience``, is open to ``viewer``."""
    return audience in reach(viewer, board_owner)


def circle(owner: MemberId, audience: Audience) -> str:
    """The people whom ``owner`` means by ``audience``, as one name: equal for equal people.

    Circles make "may this viewer see it" a look into a set, for a database too: see ``circles``.
    """
    return audience.value if audience in REACH[Relation.MEMBER] else f"{audience.value}:{owner}"


def circles(viewer: Viewer, owners: Iterable[MemberId] | None = None) -> list[str]:
    """All circles that contain ``viewer``, or those of ``owners`` alone; sorted."""
    if viewer.member_id is None:
        return sorted(audience.value for audience in REACH[Relation.ANONYMOUS])
    acquainted = {viewer.member_id, *viewer.friends}
    among = acquainted if owners is None else acquainted.intersection(owners)
    open_to_all = {audience.value for audience in REACH[Relation.MEMBER]}
    return sorted(open_to_all | {circle(owner, audience) for owner in among for audience in reach(viewer, owner)})


def circles_beneath(viewer: Viewer, owners: Iterable[MemberId], *, on_own_board: bool) -> list[str]:
    """The circles of ``owners`` that contain ``viewer`` below posts of theirs, all of which are on the viewer's message
    board or none; sorted."""
    owners = set(owners)
    readable = set(circles(viewer, owners))
    if on_own_board:
        readable |= {circle(owner, audience) for owner in owners for audience in Audience}
    return sorted(readable)


def is_moderator(viewer: Viewer) -> bool:
    """Whether moderators' sight is the viewer's: while a sanction keeps them from their office, they see as members.

    No board is asked about: moderators of single boards read as any other member does, on their boards too.
    """
    return has(viewer, Privilege.MODERATE)


def while_deciding(viewer: Viewer) -> Viewer:
    """As whom a moderator of single boards finds what stands there, removed or held, to decide about it.

    For what is on those boards alone, and never for what is answered to them.
    """
    return replace(viewer, role=Role.MODERATOR)


@dataclass(frozen=True, slots=True)
class Placed:
    """What decides who sees a post or comment: whose words, whose place, under which audience, in which state.

    ``owner`` is the member to whom ``audience`` refers: a post's author, also for the comments under it.
    ``board_owner`` owns the message board that it is left on, and may have handed it over to moderators.
    """

    author: MemberId
    owner: MemberId
    audience: Audience
    state: ContentState
    board_owner: MemberId | None = None
    is_handed_over: bool = False


def can_see(viewer: Viewer, content: Placed) -> bool:
    """Whether ``content`` shows to ``viewer`` in full, on a board that is open to them (see ``is_open``).

    Authors always see their own words that are not deleted, moderators what was handed over to them, also where the
    board is closed to them.
    """
    if content.author == viewer.member_id:
        return content.state in SHOWN_TO_AUTHOR
    if content.author in viewer.blocked:
        return False
    if is_moderator(viewer) and content.is_handed_over and content.board_owner not in viewer.blocked:
        return content.state in SHOWN_TO_AUTHOR
    reached = reach_beneath(viewer, content.owner, content.board_owner)
    return content.audience in reached and content.state in states_shown(viewer, content.board_owner)


def states_shown(viewer: Viewer, board_owner: MemberId | None) -> tuple[ContentState, ...]:
    """Return the states in which others' content shows to ``viewer``, on ``board_owner``'s board if given."""
    if is_moderator(viewer):
        return SHOWN_TO_AUTHOR
    return SHOWN_TO_BOARD_OWNER if board_owner is not None and board_owner == viewer.member_id else SHOWN_TO_ALL


def visible_fields(viewer: Viewer, owner: MemberId, chosen: Mapping[ProfileField, Audience]) -> frozenset[ProfileField]:
    """The fields of ``owner``'s profile that show to ``viewer``; ``chosen`` holds the owner's own choices."""
    reached = reach(viewer, owner)
    return frozenset(field for field, rule in PROFILE_FIELDS.items() if chosen.get(field, rule.default) in reached)
