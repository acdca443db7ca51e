"""Who stands where to whom in a world, by the documents alone: what of members and boards reaches a viewer."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from tests.visibility.moderation import Decision
from tests.visibility.world import AUDIENCES, FIELDS, Comment, Person, Post, World

STAFF = {"MODERATOR", "ADMIN"}
WITHOUT_OFFICE = {"SUSPENDED", "BANNED"}
ANY_MEMBER = {"MEMBERS", "PUBLIC"}
REACH = {
    "SELF": set(AUDIENCES),
    "FRIEND": {"FRIENDS", *ANY_MEMBER},
    "FOLLOWING": ANY_MEMBER,
    "FOLLOWER": ANY_MEMBER,
    "NONE": ANY_MEMBER,
    "SIGNED_OUT": {"PUBLIC"},
}
#: (viewer follows, is followed)
RELATIONSHIPS = {
    (True, True): "FRIEND",
    (True, False): "FOLLOWING",
    (False, True): "FOLLOWER",
    (False, False): "NONE",
}
#: Until its owner chooses, and at most.
FIELD_AUDIENCES = {
    "AVATAR": ("MEMBERS", "PUBLIC"),
    "BIO": ("MEMBERS", "PUBLIC"),
    "GENDER": ("ONLY_ME", "PUBLIC"),
    "LOCATION": ("ONLY_ME", "PUBLIC"),
    "BIRTHDAY": ("ONLY_ME", "PUBLIC"),
    "WEBSITE": ("MEMBERS", "PUBLIC"),
    "EMAIL": ("ONLY_ME", "MEMBERS"),
    "PHONE": ("ONLY_ME", "FRIENDS"),
}
#: What stays of YYYY-MM-DD.
PRECISE = {"FULL_DATE": slice(None), "MONTH_AND_DAY": slice(5, None), "YEAR": slice(4)}


@dataclass(frozen=True)
class Sight:
    """One viewer before one world, with what belongs together in it laid side by side."""

    world: World
    viewer: str | None

    @cached_property
    def parted(self) -> frozenset[str]:
        """Members who are not there for the viewer, nor the viewer for them."""
        pairs = ((one, other) for pair in self.world.blocks for one, other in (pair, pair[::-1]))
        return frozenset(other for one, other in pairs if one == self.viewer)

    @cached_property
    def is_staff(self) -> bool:
        return self.keeps_order and self.world.people[str(self.viewer)].role in STAFF

    @cached_property
    def is_admin(self) -> bool:
        return self.is_staff and self.world.people[str(self.viewer)].role == "ADMIN"

    @cached_property
    def keeps_order(self) -> bool:
        """Whether an office that the viewer has is theirs to keep: who is suspended has none meanwhile."""
        return self.viewer is not None and self.world.account_status_of(self.viewer) not in WITHOUT_OFFICE

    @cached_property
    def answers(self) -> dict[tuple[str, str | None], list[Comment]]:
        """What hangs under a post and a comment of it (None: right under the post), the oldest first."""
        found: dict[tuple[str, str | None], list[Comment]] = defaultdict(list)
        for comment in sorted(self.world.comments.values(), key=lambda each: each.minute):
            found[comment.post, comment.parent].append(comment)
        return found

    @cached_property
    def reactions(self) -> dict[str, dict[str, set[str]]]:
        """By target and kind, of those who are there for the viewer."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for target, kind, who in self.world.reactions:
            if who not in self.parted:
                found[target][kind].add(who)
        return found

    @cached_property
    def decisions(self) -> dict[str, list[Decision]]:
        """By target, the latest first."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for decision in sorted(self.world.decisions, key=lambda each: -each.minute):
            found[decision.target].append(decision)
        return found

    @cached_property
    def moderated(self) -> frozenset[str]:
        """The discussion boards that are the viewer's to moderate."""
        if not self.keeps_order:
            return frozenset()
        return frozenset(slug for who, slug in self.world.appointed if who == self.viewer)

    def works_on(self, target: str) -> bool:
        """Whether a case about ``target`` is there for the viewer: of a board's moderators, about what stands there."""
        is_trusted = self.is_staff or self.world.board_of(target) in self.moderated
        return is_trusted and self.world.subject_of(target) != self.viewer

    def is_board_owner(self, host: str | None) -> bool:
        """Whether the viewer owns the message board; ``host`` is None on discussion boards."""
        return host is not None and host == self.viewer


def relation(sight: Sight, handle: str) -> str:
    if sight.viewer is None:
        return "SIGNED_OUT"
    if sight.viewer == handle:
        return "SELF"
    follows = sight.world.follows
    return RELATIONSHIPS[(sight.viewer, handle) in follows, (handle, sight.viewer) in follows]


def reach(sight: Sight, owner: str) -> set[str]:
    """Audiences of ``owner`` that the viewer is in. Who is parted from the owner counts as any member."""
    return ANY_MEMBER if owner in sight.parted else REACH[relation(sight, owner)]


def is_open(sight: Sight, host: str | None) -> bool:
    """Whether a board lets the viewer in; discussion boards (``host`` None) are PUBLIC."""
    if host is None:
        return True
    return host not in sight.parted and sight.world.people[host].board.audience in reach(sight, host)


def is_reached(sight: Sight, post: Post) -> bool:
    """Whether author and board both mean the viewer, as things stand now; the board's owner is always meant."""
    if sight.is_board_owner(post.host):
        return True
    return post.audience in reach(sight, post.author) and is_open(sight, post.host)


def state_of(world: World, content: Post | Comment, host: str | None) -> str:
    """A block between the owner of a board and a guest holds what the guest left there, for everyone."""
    is_held = content.state == "PUBLISHED" and host is not None and world.parted(host, content.author)
    return "HELD" if is_held else content.state


def field_audience(person: Person, name: str) -> str:
    default, widest = FIELD_AUDIENCES[name]
    return min(person.audiences.get(name, default), widest, key=AUDIENCES.index)


def profile(sight: Sight, handle: str) -> dict[str, str]:
    """The fields that are filled in and shown to the viewer; what is missing is unset or hidden, all alike."""
    person, audiences = sight.world.people[handle], reach(sight, handle)
    shown = {
        name: person.values[name]
        for name in FIELDS
        if name in person.values and field_audience(person, name) in audiences
    }
    if "BIRTHDAY" in shown and sight.viewer != handle:
        shown["BIRTHDAY"] = shown["BIRTHDAY"][PRECISE[person.precision]]
    return shown
