"""Surfaces: every way in which a viewer gets something. What joins the service later joins this list.

A surface asks in the same way before both worlds: what it draws comes from ``Drawing``, seeded alike, and from the
answers, which are alike unless something leaks.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    ListValueNode,
    Node,
    NullValueNode,
    StringValueNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from tests.visibility.making import WORDS, phone_of
from tests.visibility.settling import board_id, content_id, decision_id, member_id
from tests.visibility.stages import Viewer
from tests.visibility.world import AUDIENCES, REACTIONS, World

OPERATIONS = Path(__file__).parent / "operations"
_PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@cache
def _operation(name: str) -> str:
    """An operation by the name of its file, with the fragments that it needs."""
    document = parse((OPERATIONS / f"{name}.graphql").read_text())
    fragments = parse((OPERATIONS / "fragments.graphql").read_text()).definitions
    kept = {part.name.value: part for part in fragments if isinstance(part, FragmentDefinitionNode)}
    needed: dict[str, Any] = {}
    waiting = _spreads(document)
    while waiting:
        fragment = waiting.pop()
        if fragment not in needed:
            needed[fragment] = kept[fragment]
            waiting |= _spreads(kept[fragment])
    return "\n".join([print_ast(document), *(print_ast(part) for part in needed.values())])


#: How much of what is asked for by name is what the worlds differ in.
HEAT = 0.75


@dataclass(frozen=True)
class Hot:
    """What two worlds differ in, by name; sorted."""

    handles: tuple[str, ...]
    contents: tuple[str, ...]
    boards: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass
class Drawing:
    """What a surface draws from: alike for all who play the same scene."""

    random: Random
    world: World
    """One of the two; the ids and names of both are known to everybody who guesses."""
    other: World
    documents: Sequence[DocumentNode]
    """Operations generated from the schema."""
    looker: str | None
    """To whom the worlds look alike."""
    hot: Hot
    """What the worlds differ in is asked for more often than the rest, or few pairs would be armed."""

    def handle(self) -> str:
        if self.hot.handles and self.random.random() < HEAT:
            return self.random.choice(self.hot.handles)
        return self.random.choice([*self.world.people, "nobody"])

    def content_key(self) -> str:
        """Of a post or comment of either world."""
        if self.hot.contents and self.random.random() < HEAT:
            return self.random.choice(self.hot.contents)
        return self.random.choice(sorted({*self._contents(self.world), *self._contents(self.other)}))

    def content(self) -> str:
        key = self.content_key()
        return content_id(self.world if key in self._contents(self.world) else self.other, key)

    def own_content(self) -> str:
        """Of something that the looker wrote, if there is any; whoever asks."""
        written = [key for key, content in self._contents(self.world).items() if content.author == self.looker]
        return content_id(self.world, self.random.choice(written)) if written else self.content()

    def node(self) -> str:
        """The id of anything in either world, or of nothing."""
        kind = self.random.random()
        if kind < 0.7:
            return self.content()
        if kind < 0.8:
            return member_id(self.handle())
        if kind < 0.9:
            return board_id(self.slug())
        everything = {each.key for each in (*self.world.decisions, *self.other.decisions)}
        made = self.hot.decisions if self.random.random() < HEAT else sorted(everything)
        return decision_id(self.random.choice(made or ["none"]))

    def slug(self) -> str:
        if self.hot.boards and self.random.random() < HEAT:
            return self.random.choice(self.hot.boards)
        return self.random.choice([*self.world.discussions, *(f"@{handle}" for handle in self.world.people), "nowhere"])

    def literal(self) -> str:
        """Half of what is typed is something hidden, or may be."""
        return self.random.choice((self.handle, self.node, self.node, self.slug, self.words))()

    def words(self) -> str:
        values = [value for person in self.other.people.values() for value in person.values.values()]
        return self.random.choice((*WORDS, *values))

    @staticmethod
    def _contents(world: World) -> dict[str, Any]:
        return {**world.posts, **world.comments}


Surface = Callable[[Viewer, Drawing], Awaitable[None]]


async def generated(viewer: Viewer, drawing: Drawing) -> None:
    """An operation from the schema, with ids, names and words of both worlds in the place of its literals."""
    document = drawing.random.choice(drawing.documents)
    query = print_ast(visit(document, _Filled(drawing)))
    if drawing.random.random() < 0.2:
        await viewer.gets("/graphql", query=query)
    else:
        await viewer.posts(query)


async def by_id(viewer: Viewer, drawing: Drawing) -> None:
    """Anything at all, asked for by its id, under aliases and fragments."""
    first, *others = [drawing.node() for _ in range(12)]
    await viewer.posts(_operation("by_id"), {"ids": others, "first": first})


async def a_thread(viewer: Viewer, drawing: Drawing) -> None:
    """A post or comment with what is said below it, two answers deep."""
    await viewer.posts(_operation("thread"), {"id": drawing.content()})


async def a_member(viewer: Viewer, drawing: Drawing) -> None:
    """A member's page: profile, posts, message board and who can do what."""
    await viewer.posts(_operation("member"), {"handle": drawing.handle()})


async def a_feed(viewer: Viewer, drawing: Drawing) -> None:
    """The page that everyone opens first."""
    await viewer.posts(_operation("feed"), {"first": drawing.random.choice((1, 3, 20))})


async def own_side(viewer: Viewer, _drawing: Drawing) -> None:
    """All that only the viewer reads."""
    await viewer.posts(_operation("own_side"))


async def as_others(viewer: Viewer, drawing: Drawing) -> None:
    """What the viewer owns, as somebody or anybody else sees it."""
    audience = {"audience": drawing.random.choice(AUDIENCES)}
    target = drawing.random.choice(({"handle": drawing.handle()}, {"handle": drawing.handle()}, audience))
    given = {"target": target, "own": drawing.own_content(), "other": drawing.node()}
    await viewer.posts(_operation("view_as"), given)


#: Connections by the way to them: what is asked first, and where the connection is in the answer.
_LISTS = (
    ("{ feed(%s) { nodes { id } %s } }", ("feed",)),
    ('{ board(slug: "{slug}") { posts(%s) { nodes { id } %s } } }', ("board", "posts")),
    ('{ member(handle: "{handle}") { posts(%s) { nodes { id } %s } } }', ("member", "posts")),
    ('{ node(id: "{content}") { ... on Post { comments(%s) { nodes { id state } %s } } } }', ("node", "comments")),
    ('{ node(id: "{content}") { ... on Comment { replies(%s) { nodes { id state } %s } } } }', ("node", "replies")),
    ("{ viewer { followers(%s) { nodes { id: member { id } } %s } } }", ("viewer", "followers")),
    ("{ viewer { following(%s) { nodes { id: member { id } } %s } } }", ("viewer", "following")),
    ("{ viewer { boardEntriesToReview(%s) { nodes { id } %s } } }", ("viewer", "boardEntriesToReview")),
    ("{ viewer { decisions(%s) { nodes { id } %s } } }", ("viewer", "decisions")),
)


async def paging(viewer: Viewer, drawing: Drawing) -> None:
    """A list to its end, from either side."""
    query, way = drawing.random.choice(_LISTS)
    for name, draw in (("slug", drawing.slug), ("handle", drawing.handle), ("content", drawing.content)):
        query = query.replace("{" + name + "}", draw())
    size = drawing.random.randint(1, 4)
    first, after, end, goes_on = drawing.random.choice(
        (("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage"))
    )
    asked = f"{first}: {size}"
    for _ in range(30):
        answer = await viewer.posts(query % (asked, _PAGE))
        page = _at(answer.get("data"), way)
        if not page or not page["pageInfo"][goes_on]:
            return
        asked = f'{first}: {size}, {after}: "{page["pageInfo"][end]}"'


async def writing(viewer: Viewer, drawing: Drawing) -> None:
    """Acts that open nothing, on what is there and what is not; then what they have come to."""
    for _ in range(3):
        name, given, answer = drawing.random.choice(_ACTS)(drawing)
        kind = name[0].upper() + name[1:]
        mutation = f"""mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {answer}
          errors {{ __typename code message path }} }} }}"""
        await viewer.posts(mutation, {"input": given})
    await a_thread(viewer, drawing)
    await a_feed(viewer, drawing)


Act = Callable[[Drawing], tuple[str, dict[str, Any], str]]


def _react(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    given = {"targetId": drawing.node(), "kind": drawing.random.choice(REACTIONS[:3])}
    return drawing.random.choice(("react", "unreact")), given, ""


def _comment(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    given = {"postId": drawing.content(), "body": drawing.words()}
    if drawing.random.random() < 0.5:
        given["parentId"] = drawing.content()
    return "createComment", given, "comment { id createdAt depth }"


def _post(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    given = {"boardId": board_id(drawing.slug()), "body": drawing.words(), "audience": "FRIENDS"}
    return "createPost", given, "post { id state createdAt }"


def _update(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    if drawing.random.random() < 0.5:
        return "updatePost", {"postId": drawing.content(), "body": drawing.words()}, "post { id state }"
    return "updateComment", {"commentId": drawing.content(), "body": drawing.words()}, "comment { id state }"


def _delete(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    if drawing.random.random() < 0.5:
        given = {"postId": drawing.content(), "withThread": drawing.random.random() < 0.3}
        return "deletePost", given, "deletedId"
    return "deleteComment", {"commentId": drawing.content()}, "deletedId"


def _report(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    return "reportContent", {"targetId": drawing.node(), "reason": "SPAM"}, "report { outcome createdAt }"


def _hide(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    return drawing.random.choice(("hideContent", "approveContent")), {"targetId": drawing.content()}, ""


def _unfollow(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    return "unfollow", {"memberId": member_id(drawing.handle())}, "member { handle viewerRelationship }"


def _profile(drawing: Drawing) -> tuple[str, dict[str, Any], str]:
    return "updateProfile", {"location": drawing.words()[:20]}, "viewer { member { profile { location } } }"


#: Without removing and blocking, which are declared to tell something: see tests.visibility.exceptions.
_ACTS: tuple[Act, ...] = (
    _react,
    _comment,
    _post,
    _update,
    _delete,
    _report,
    _hide,
    _unfollow,
    _profile,
)


async def codes(viewer: Viewer, drawing: Drawing) -> None:
    """Codes to numbers that somebody has and to numbers that nobody has, and passwords that are not right."""
    number = phone_of(drawing.random.randint(0, 99))
    ask = "mutation ($input: RequestCodeInput!) { requestCode(input: $input) { expiresAt retryAt errors { code } } }"
    await viewer.posts(ask, {"input": {"phone": number, "purpose": drawing.random.choice(("REGISTER", "SIGN_IN"))}})
    enter = "mutation ($input: SignInInput!) { signIn(input: $input) { token errors { code message path } } }"
    login = drawing.random.choice((number, drawing.handle()))
    await viewer.posts(enter, {"input": {"login": login, "password": "not the right one"}})


async def leaving(viewer: Viewer, drawing: Drawing) -> None:
    """The page between the site and another one."""
    url = drawing.random.choice(("https://shady.example/x", "https://trusted.example/", drawing.words()))
    await viewer.gets("/leave", to=url)


#: Each with how often it is played.
SURFACES: tuple[tuple[Surface, int], ...] = (
    (generated, 8),
    (by_id, 4),
    (a_thread, 4),
    (a_member, 4),
    (a_feed, 3),
    (own_side, 2),
    (as_others, 2),
    (paging, 4),
    (codes, 1),
    (leaving, 1),
)
#: Played last in a world, for they change it.
CHANGING: tuple[Surface, ...] = (writing,)


class _Filled(Visitor):
    """Puts what may be hidden in the place of literals, and pages of a few."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing

    def enter_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | None:
        name = node.name.value
        if name in {"first", "last"}:
            # Both at once are refused, and so is what costs too much.
            size = self._drawing.random.choice((None, None, 1, 2, 5)) if name == "first" else None
            value = NullValueNode() if size is None else IntValueNode(value=str(size))
            return ArgumentNode(name=node.name, value=value)
        if name in {"after", "before"}:
            return ArgumentNode(name=node.name, value=NullValueNode())
        if name == "ids":
            ids = tuple(StringValueNode(value=self._drawing.node()) for _ in range(4))
            return ArgumentNode(name=node.name, value=ListValueNode(values=ids))
        if name in {"id", "handle", "slug"}:
            drawn = {"id": self._drawing.node, "handle": self._drawing.handle, "slug": self._drawing.slug}[name]()
            return ArgumentNode(name=node.name, value=StringValueNode(value=drawn))
        if isinstance(node.value, StringValueNode):
            return ArgumentNode(name=node.name, value=StringValueNode(value=self._drawing.literal()))
        return None


def _spreads(part: Node) -> set[str]:
    found: set[str] = set()

    class Finder(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
            found.add(node.name.value)

    visit(part, Finder())
    return found


def _at(part: Any, way: Sequence[str]) -> Any:
    for name in way:
        part = part.get(name) if part else None
    return part
