"""Who sees what: the tables, and the pure functions that read them.

Everything that decides about seeing is here. stores/visible.py says the same to MongoDB; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from domain.audience import Audience
from domain.content import ContentState
from domain.ids import MemberId
from domain.members import ProfileField, Role
from domain.viewer import Viewer


class Relation(Enum):
    """How the viewer stands to the owner of a thing."""

    SELF = "SELF"
    FRIEND = "FRIEND"
    MEMBER = "MEMBER"
    ANONYMOUS = "ANONYMOUS"
    BLOCKED = "BLOCKED"


#: Which of an owner's audiences reach whom. A block either way reaches nobody.
REACH: Mapping[Relation, frozenset[Audience]] = {
    Relation.SELF: frozenset(Audience),
    Relation.FRIEND: frozenset({Audience.FRIENDS, Audience.MEMBERS, Audience.PUBLIC}),
    Relation.MEMBER: frozenset({Audience.MEMBERS, Audience.PUBLIC}),
    Relation.ANONYMOUS: frozenset({Audience.PUBLIC}),
    Relation.BLOCKED: frozenset(),
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


class Seers(Enum):
    """To whom content in a given state shows."""

    ITS_AUDIENCE = "its audience"
    AUTHOR_AND_MODERATORS = "its author, and moderators whom its audience reaches"
    NOBODY = "nobody"


CONTENT_STATES: Mapping[ContentState, Seers] = {
    ContentState.PUBLISHED: Seers.ITS_AUDIENCE,
    ContentState.HELD: Seers.AUTHOR_AND_MODERATORS,
    ContentState.REMOVED: Seers.AUTHOR_AND_MODERATORS,
    ContentState.DELETED: Seers.NOBODY,
    ContentState.UNAVAILABLE: Seers.NOBODY,
}

MODERATING_ROLES = frozenset({Role.MODERATOR, Role.ADMIN})


def states_seen_by(seers: Seers) -> tuple[ContentState, ...]:
    """The content states that show to ``seers``, in the order of the enum."""
    return tuple(state for state, who in CONTENT_STATES.items() if who is seers)


#: What lists show to anyone in the audience, and what authors find among their own.
SHOWN_TO_ALL = states_seen_by(Seers.ITS_AUDIENCE)
SHOWN_TO_AUTHOR = SHOWN_TO_ALL + states_seen_by(Seers.AUTHOR_AND_MODERATORS)


def relation(viewer: Viewer, owner: MemberId) -> Relation:
    """How ``viewer`` stands to ``owner``."""
    if viewer.member_id is None:
        return Relation.ANONYMOUS
    if owner == viewer.member_id:
        return Relation.SELF
    if owner in viewer.blocked:
        return Relation.BLOCKED
    return Relation.FRIEND if owner in viewer.friends else Relation.MEMBER


def reach(viewer: Viewer, owner: MemberId) -> frozenset[Audience]:
    """Those of ``owner``'s audiences that contain ``viewer``."""
    return REACH[relation(viewer, owner)]


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


def is_moderator(viewer: Viewer) -> bool:
    return viewer.role in MODERATING_ROLES


@dataclass(frozen=True, slots=True)
class Placed:
    """What decides who sees a post or comment: whose words, whose place, under which audience, in which state.

    ``owner`` is the member to whom ``audience`` refers: a post's author, also for the comments under it.
    """

    author: MemberId
    owner: MemberId
    audience: Audience
    state: ContentState


def can_see(viewer: Viewer, content: Placed) -> bool:
    """Whether ``content`` shows to ``viewer`` in full. Authors always see their own words that are not deleted."""
    if content.author == viewer.member_id:
        return content.state in SHOWN_TO_AUTHOR
    if content.author in viewer.blocked or content.audience not in reach(viewer, content.owner):
        return False
    return content.state in (SHOWN_TO_AUTHOR if is_moderator(viewer) else SHOWN_TO_ALL)


def visible_fields(viewer: Viewer, owner: MemberId, chosen: Mapping[ProfileField, Audience]) -> frozenset[ProfileField]:
    """The fields of ``owner``'s profile that show to ``viewer``; ``chosen`` holds the owner's own choices."""
    reached = reach(viewer, owner)
    return frozenset(field for field, rule in PROFILE_FIELDS.items() if chosen.get(field, rule.default) in reached)
