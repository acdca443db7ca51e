"""Surfaces: every way in which a viewer gets something. What joins the service later joins this list.

A surface asks in the same way before both worlds: what it draws comes from ``Drawing``, seeded alike, and from the
answers, which are alike unless something leaks.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.visibility.acts import ACTS, asked_of
from tests.visibility.asking import operation, with_fragments
from tests.visibility.drawing import Drawing, Hot
from tests.visibility.endpoints_moderation import a_case, a_queue, keeping_order
from tests.visibility.generating import filled
from tests.visibility.generators import phone_of
from tests.visibility.stages import Viewer
from tests.visibility.world import AUDIENCES

_PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"

Surface = Callable[[Viewer, Drawing], Awaitable[None]]


async def generated(viewer: Viewer, drawing: Drawing) -> None:
    """An operation from the schema, with ids, names and words of both worlds in the place of its literals."""
    query = filled(drawing.document(), drawing)
    if drawing.random.random() < 0.2:
        await viewer.gets("/graphql", query=query)
    else:
        await viewer.posts(query)


async def by_id(viewer: Viewer, drawing: Drawing) -> None:
    """Anything at all, asked for by its id, under aliases and fragments."""
    first, *others = [drawing.node() for _ in range(8)]
    await viewer.posts(operation("by_id"), {"ids": others, "first": first})


async def a_thread(viewer: Viewer, drawing: Drawing) -> None:
    """A post or comment with what is said below it, two answers deep."""
    sizes = {"first": drawing.random.choice((1, 2, 5, 8)), "then": drawing.random.choice((1, 2, 3, 4))}
    await viewer.posts(operation("thread"), {"id": drawing.content(), **sizes})


async def a_member(viewer: Viewer, drawing: Drawing) -> None:
    """A member's page: profile, posts, message board and who can do what."""
    size = drawing.random.choice((1, 2, 3, 5, 10))
    await viewer.posts(operation("member"), {"handle": drawing.handle(), "first": size})


async def a_feed(viewer: Viewer, drawing: Drawing) -> None:
    """The page that everyone opens first."""
    await viewer.posts(operation("feed"), {"first": drawing.random.randint(1, 20)})


async def as_others(viewer: Viewer, drawing: Drawing) -> None:
    """What the viewer owns, as somebody or anybody else sees it."""
    audience = {"audience": drawing.random.choice(AUDIENCES)}
    target = drawing.random.choice(({"handle": drawing.handle()}, {"handle": drawing.handle()}, audience))
    given = {"target": target, "own": drawing.own_content(), "other": drawing.node()}
    await viewer.posts(operation("view_as"), given)


_POSTS = f"nodes {{ ...Written }} {_PAGE}"
#: What only the viewer reads; ``%d`` is how many of it.
_OWN = (
    "member { ...Person posts(first: %d) { nodes { ...Written revisions(first: 3) { nodes { body { text } } } } } }",
    "phone birthdayPrecision defaultByline",
    "fieldAudiences { field audience }",
    f"blocks(first: %d) {{ nodes {{ memberId handle blockedAt }} {_PAGE} }}",
    f"following(first: %d) {{ nodes {{ id since member {{ ...Person }} }} {_PAGE} }}",
    f"followers(first: %d) {{ nodes {{ id since member {{ ...Person }} }} {_PAGE} }}",
    f"followedBoards(first: %d) {{ nodes {{ since board {{ slug postCount }} }} {_PAGE} }}",
    f"feed(first: %d) {{ {_POSTS} }}",
    f"reports(first: %d) {{ nodes {{ reason note outcome reporter {{ handle }} }} {_PAGE} }}",
    f"decisions(first: %d) {{ nodes {{ ...Ruling }} {_PAGE} }}",
    f"boardEntriesToReview(first: %d) {{ {_POSTS} }}",
    "postingStatus { canPublish accountStatus until message decision { ...Ruling } }",
    f"editsToReview(first: %d) {{ nodes {{ ...Waiting post {{ id state }} comment {{ id state }} }} {_PAGE} }}",
    "moderatedBoards { slug viewerCanModerate }",
)


async def own_side(viewer: Viewer, drawing: Drawing) -> None:
    """What only the viewer reads, some of it at a time."""
    parts = drawing.random.sample(_OWN, 4)
    selection = " ".join(part.replace("%d", str(drawing.random.randint(1, 8))) for part in parts)
    await viewer.posts(with_fragments(f"{{ viewer {{ {selection} }} }}"))


_SAID = "nodes { id state commentCount }"
_ON_CASE = '{ node(id: "{case}") { ... on Case { %s } } }'
#: Connections by the way to them: what is asked first, and where the connection is in the answer.
_LISTS = (
    (f"{{ feed(%s) {{ {_SAID} %s }} }}", ("feed",)),
    (f'{{ board(slug: "{{slug}}") {{ posts(%s) {{ {_SAID} %s }} }} }}', ("board", "posts")),
    (f'{{ member(handle: "{{handle}}") {{ posts(%s) {{ {_SAID} %s }} }} }}', ("member", "posts")),
    ('{ node(id: "{post}") { ... on Post { comments(%s) { nodes { id state } %s } } } }', ("node", "comments")),
    ('{ node(id: "{comment}") { ... on Comment { replies(%s) { nodes { id state } %s } } } }', ("node", "replies")),
    ("{ viewer { followers(%s) { nodes { since member { id } } %s } } }", ("viewer", "followers")),
    ("{ viewer { following(%s) { nodes { since member { id } } %s } } }", ("viewer", "following")),
    ("{ viewer { followedBoards(%s) { nodes { since board { id } } %s } } }", ("viewer", "followedBoards")),
    (f"{{ viewer {{ feed(%s) {{ {_SAID} %s }} }} }}", ("viewer", "feed")),
    (f"{{ viewer {{ boardEntriesToReview(%s) {{ {_SAID} %s }} }} }}", ("viewer", "boardEntriesToReview")),
    ("{ viewer { decisions(%s) { nodes { id } %s } } }", ("viewer", "decisions")),
    ("{ viewer { editsToReview(%s) { nodes { writtenAt } %s } } }", ("viewer", "editsToReview")),
    ("{ cases(%s) { nodes { id version reportCount } %s } }", ("cases",)),
    ("{ appeals(%s) { nodes { id version } %s } }", ("appeals",)),
    (_ON_CASE % "reports(%s) { nodes { reason reporter { handle } } %s }", ("node", "reports")),
    (_ON_CASE % "notes(%s) { nodes { text author { handle } } %s }", ("node", "notes")),
)


async def paging(viewer: Viewer, drawing: Drawing) -> None:
    """A list to its end, from either side."""
    query, way = drawing.random.choice([each for each in _LISTS if each[1][0] in drawing.hot.roots] or _LISTS)
    draws = {"slug": drawing.slug, "handle": drawing.handle, "post": drawing.post, "comment": drawing.comment}
    draws |= {"case": drawing.case}
    for name, draw in draws.items():
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
        name, given, answer = drawing.random.choice(ACTS)(drawing)
        await viewer.posts(asked_of(name, answer), {"input": given})
    for read in drawing.random.sample((a_thread, a_feed, a_member, by_id, own_side), 2):
        await read(viewer, drawing)


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


ANYWHERE = frozenset({"node", "member", "board", "feed", "viewer"})
#: Each with how often it is played, and below which fields of Query worlds have to differ, or it is played less.
SURFACES: tuple[tuple[Surface, int, frozenset[str]], ...] = (
    (generated, 12, ANYWHERE),
    (by_id, 8, frozenset({"node"})),
    (a_thread, 6, frozenset({"node"})),
    (a_member, 6, frozenset({"member"})),
    (a_feed, 2, frozenset({"feed"})),
    (own_side, 6, frozenset({"viewer"})),
    (as_others, 5, ANYWHERE),
    (paging, 4, ANYWHERE),
    (writing, 3, ANYWHERE),
    (a_queue, 2, frozenset({"cases", "appeals", "explanationTemplates"})),
    (a_case, 2, frozenset({"cases", "appeals"})),
    (keeping_order, 2, frozenset({"cases", "appeals"})),
    # Not by who asks, so no answer can arm them: what they leak would show all the same.
    (codes, 2, frozenset()),
    (leaving, 2, frozenset()),
)


def played(hot: Hot) -> list[int]:
    """How often each surface is played before worlds that differ as ``hot`` says: where they do, six times as often."""
    return [6 * weight if roots.intersection(hot.roots) else weight for _, weight, roots in SURFACES]


def _at(part: Any, way: Sequence[str]) -> Any:
    for name in way:
        part = part.get(name) if part else None
    return part
