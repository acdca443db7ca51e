"""What a surface draws from: ids, names and words of both worlds, mostly of what differs between them."""

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from graphql import DocumentNode

from tests.visibility.documents import Documents
from tests.visibility.generators import WORDS
from tests.visibility.naming import appeal_id, board_id, case_id, content_id, decision_id, member_id
from tests.visibility.world import World

#: How much of what is asked for by name is what the worlds differ in.
HEAT = 0.75
#: What ``node`` finds by a post's or comment's id, a member's, a board's, a decision's, a case's, an appeal's.
KINDS = {"Post": 4, "Comment": 3, "Member": 1, "Board": 1, "Decision": 1, "Case": 1, "Appeal": 1}


@dataclass(frozen=True)
class Hot:
    """Where two worlds differ to somebody, by name; sorted."""

    handles: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    appeals: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    """Fields of Query below which that shows."""


@dataclass(frozen=True)
class Drawing:
    """Alike for all who play the same scene."""

    random: Random
    world: World
    """One of the two; the ids and names of both are known to everybody who guesses."""
    other: World
    documents: Documents
    hot: Hot
    followable: tuple[str, ...] = ()
    """Whom those to whom the worlds look alike may follow: nothing opens to them by it."""
    lookers: tuple[str | None, ...] = ()
    """Those to whom the worlds look alike."""

    def document(self) -> DocumentNode:
        """An operation from the schema, mostly one that asks where the worlds differ."""
        roots = [root for root in self.hot.roots if root in self.documents.by_root]
        if roots and self._is_hot():
            return self.random.choice(self.documents.by_root[self.random.choice(roots)])
        return self.random.choice(self.documents.all)

    def handle(self) -> str:
        return self._drawn(self.hot.handles, [*self._people, "nobody"])

    def post(self) -> str:
        return self._id(self._drawn(self.hot.posts, self._posts))

    def comment(self) -> str:
        return self._id(self._drawn(self.hot.comments, self._comments))

    def content(self) -> str:
        """The id of a post or comment of either world."""
        return self.post() if self.random.random() < 0.6 else self.comment()

    def own_content(self) -> str:
        """The id of something that one of the lookers wrote, if there is any; whoever asks."""
        written = [key for key, content in _contents(self.world).items() if content.author in self.lookers]
        return self._id(self.random.choice(written)) if written else self.content()

    def board(self) -> str:
        return board_id(self.slug())

    def decision(self) -> str:
        return decision_id(self._drawn(self.hot.decisions, self._decisions))

    def own_decision(self) -> str:
        """The id of one about one of the lookers, if there is any; whoever asks."""
        about = [each.key for each in self.world.decisions if self.world.subject_of(each.target) in self.lookers]
        return decision_id(self.random.choice(about)) if about else self.decision()

    def case(self) -> str:
        return case_id(self._drawn(self.hot.cases, self._cases))

    def opened(self) -> tuple[str, int]:
        """The id of a case and the version that somebody has read, mostly the right one."""
        case = self.case()
        known: dict[str, int] = {
            case_id(each.key): each.version for each in (*self.other.cases.values(), *self.world.cases.values())
        }
        return case, known.get(case, 1) if self.random.random() < 0.8 else 1

    def appeal(self) -> str:
        known = sorted({*self.world.appeals, *self.other.appeals})
        return appeal_id(self._drawn(self.hot.appeals, known))

    def edited(self) -> tuple[str, int]:
        """The id of a post or comment that was edited, and when."""
        worlds = ((world, edit) for world in (self.world, self.other) for edit in world.edits.values())
        known = sorted((content_id(world, edit.target), edit.minute) for world, edit in worlds)
        return self.random.choice(known or [(self.content(), 0)])

    def to_decide(self) -> str:
        """The id of a post or comment, but not of what a looker could only find by deciding about it.

        What is removed from a board its moderators come upon where they decide about it there, and nowhere else.
        """
        found = self.content()
        return "none" if found in self._removed_from_lookers_boards else found

    def slug(self) -> str:
        boards = [*self.world.discussions, *(f"@{handle}" for handle in self._people), "nowhere"]
        return self._drawn(self.hot.boards, boards)

    def node(self, kinds: tuple[str, ...] = tuple(KINDS)) -> str:
        """The id of anything in either world, of one of ``kinds`` where any is known, or of nothing."""
        known = [kind for kind in kinds if kind in KINDS] or list(KINDS)
        kind = self.random.choices(known, [KINDS[kind] for kind in known])[0]
        if kind == "Member":
            return member_id(self.handle())
        draws = {"Post": self.post, "Comment": self.comment, "Board": self.board}
        return (draws | {"Decision": self.decision, "Case": self.case, "Appeal": self.appeal})[kind]()

    def literal(self) -> str:
        """Half of what is typed is something hidden, or may be."""
        return self.random.choice((self.handle, self.node, self.node, self.slug, self.words))()

    def words(self) -> str:
        values = [value for person in self.other.people.values() for value in person.values.values()]
        return self.random.choice((*WORDS, *values, *(f"so says @{handle}" for handle in self._people)))

    def _is_hot(self) -> bool:
        return self.random.random() < HEAT

    def _drawn(self, hot: tuple[str, ...], everything: list[str]) -> str:
        return self.random.choice(hot) if hot and self._is_hot() else self.random.choice(everything or ["none"])

    def _id(self, key: str) -> str:
        return content_id(self.world if key in _contents(self.world) else self.other, key)

    @cached_property
    def _people(self) -> list[str]:
        return list(dict.fromkeys((*self.world.people, *self.other.people)))

    @cached_property
    def _posts(self) -> list[str]:
        return sorted({*self.world.posts, *self.other.posts})

    @cached_property
    def _comments(self) -> list[str]:
        return sorted({*self.world.comments, *self.other.comments})

    @cached_property
    def _decisions(self) -> list[str]:
        return sorted({each.key for each in (*self.world.decisions, *self.other.decisions)})

    @cached_property
    def _cases(self) -> list[str]:
        return sorted({*self.world.cases, *self.other.cases})

    @cached_property
    def _removed_from_lookers_boards(self) -> set[str]:
        return {
            content_id(world, key)
            for world in (self.world, self.other)
            for key, content in _contents(world).items()
            if content.state == "REMOVED"
            and any((looker, world.board_of(key)) in world.appointed for looker in self.lookers)
        }


def _contents(world: World) -> dict[str, Any]:
    return {**world.posts, **world.comments}
