"""Who sees what: viewer by place by audience by state, every cell, by id and in lists, through the API."""

from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp.test_utils import TestClient, TestServer

from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from resolvers.context import AppServices
from settings import Settings
from stores.services import Services
from tests.actors import Community
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.visibility_tables import discussions, message_boards
from tests.visibility_tables.crowd import Crowd, gather
from tests.visibility_tables.legend import AUDIENCES, LISTED, NOTHING, VIEWERS, cells, row
from tests.visibility_tables.looking import LOCATION, comments_as_seen, posts_as_seen
from web.application import build_application

SITE = "https://veranda.example"

#: What the author filled in, as everyone reads it to whom it shows, and the widest audience that each field takes.
PROFILE = {
    "bio": ({"text": "I draw."}, "PUBLIC"),
    "gender": ("FEMALE", "PUBLIC"),
    "location": (LOCATION, "PUBLIC"),
    "birthday": ({"year": 1990, "month": 2, "day": 3}, "PUBLIC"),
    "website": ({"host": "ann.example"}, "PUBLIC"),
    "email": ("ann@example.com", "MEMBERS"),
    "phone": (None, "FRIENDS"),
}
PROFILE_EVERYWHERE = """query ($id: ID!, $handle: String!) {
  node(id: $id) { ... on Member { ...Shown } } member(handle: $handle) { ...Shown }
  feed(first: 100) { nodes { author { ...Shown } byline { location } } } }
fragment Shown on Member { handle profile { bio { text } gender location birthday { year month day } website { host }
  email phone } }"""

BOARD_EVERYWHERE = """query ($id: ID!, $host: ID!) { node(id: $id) { id } slug: board(slug: "@viewer1") { id }
  host: node(id: $host) { ... on Member { messageBoard { id } } } }"""


@pytest.fixture(scope="module")
async def crowd(opened_stores, passwords, tmp_path_factory) -> AsyncIterator[Crowd]:
    """Built once for all cells, of which none changes what another looks at."""
    services, sms = Services(opened_stores, SteppingClock(), SeededRandom()), KeptSms()
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    settings = Settings(data_dir=tmp_path_factory.mktemp("crowd"), public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as client:
        gathered = await gather(Community(client, app_services, sms), opened_stores)
        await _fill_in_profile(gathered.author)
        yield gathered
    for name in await opened_stores.database.list_collection_names():
        await opened_stores.database[name].delete_many({})
    await opened_stores.redis.flushdb()


async def _fill_in_profile(author) -> None:
    await author.manages(
        "updateProfile",
        bio="I draw.",
        gender="FEMALE",
        location=LOCATION,
        birthday={"year": 1990, "month": 2, "day": 3},
        website="https://ann.example/",
        email="ann@example.com",
    )
    await author.opens(location="PUBLIC")


def differences(expected: Mapping, seen: Mapping) -> dict:
    """What was to be seen and what was, of every cell where the two differ."""
    return {cell: (letter, seen[cell]) for cell, letter in expected.items() if seen[cell] != letter}


def counted(expected: Mapping) -> int:
    """The author's published comments that show, and the replies below all that shows."""
    return sum(
        (letter == LISTED) + (is_answered and letter != NOTHING) for (*_, is_answered), letter in expected.items()
    )


@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_profile_shows_what_its_owner_opened(crowd, viewer):
    """By id, by handle, with posts in the feed and in their bylines; the author ends with an open profile again."""
    author = crowd.author
    answers: dict[tuple[str, str], str] = {}
    for audience in AUDIENCES:
        allowed = [
            name for name, (_, widest) in PROFILE.items() if AUDIENCES.index(audience) <= AUDIENCES.index(widest)
        ]
        await author.opens(**dict.fromkeys(allowed, audience))
        found = await crowd.viewers[viewer].asks(PROFILE_EVERYWHERE, id=author.id, handle=author.handle)
        answers |= {(audience, name): _shown(author, name, found) for name in allowed}

    letters = dict(zip(AUDIENCES, row(discussions.PROFILE, viewer), strict=True))

    assert differences({cell: letters[cell[0]] for cell in answers}, answers) == {}


def _shown(author, name, found) -> str:
    """A letter where a field shows the same everywhere."""
    filled_in = author.phone if name == "phone" else PROFILE[name][0]
    posts = [post for post in found["feed"]["nodes"] if post["author"]["handle"] == author.handle]
    members = [found["node"], found["member"], *(post["author"] for post in posts)]
    if members == [None, None]:
        return "."
    shown = [member and member["profile"][name] for member in members]
    if name == "location":
        shown += [post["byline"]["location"] for post in posts]
    if shown == [filled_in] * len(shown):
        return "x"
    return "-" if shown == [None] * len(shown) else str(shown)


@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_post_in_a_discussion_shows_as_the_table_says(crowd, viewer):
    seen = await posts_as_seen(crowd, crowd.viewers[viewer], crowd.posts, crowd.board)

    assert differences(cells(discussions.POSTS, viewer), seen) == {}


@pytest.mark.parametrize(
    ("under", "table"),
    [
        ("own post", discussions.COMMENTS_UNDER_OWN_POST),
        ("host's post", discussions.COMMENTS_UNDER_HOSTS_POST),
    ],
    ids=["own post", "host's post"],
)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_comment_in_a_discussion_shows_as_the_table_says(crowd, viewer, under, table):
    expected = cells(table, viewer)

    seen, count = await comments_as_seen(crowd, crowd.viewers[viewer], crowd.threads[under])

    assert (differences(expected, seen), count) == ({}, counted(expected))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_message_board_is_there_for_whom_the_table_says(crowd, viewer, audience):
    await crowd.board_owner.manages("updateBoard", boardId=crowd.message_board, audience=audience)

    found = await crowd.viewers[viewer].asks(BOARD_EVERYWHERE, id=crowd.message_board, host=crowd.board_owner.id)

    expected = row(message_boards.BOARD, viewer)[AUDIENCES.index(audience)]
    there = {"x": {"id": crowd.message_board}, NOTHING: None}[expected]
    assert (found["node"], found["slug"]) == (there, there)
    assert found["host"] in (None, {"messageBoard": there})


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_an_entry_shows_as_the_table_says(crowd, viewer, audience):
    await crowd.board_owner.manages("updateBoard", boardId=crowd.message_board, audience=audience)

    seen = await posts_as_seen(crowd, crowd.viewers[viewer], crowd.entries, crowd.message_board)

    assert differences(cells(message_boards.ENTRIES, viewer, audience), seen) == {}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_an_entry_that_was_handed_over_shows_as_the_table_says(crowd, viewer, audience):
    """Handing over opens it to moderators, and to nobody else."""
    await crowd.board_owner.manages("updateBoard", boardId=crowd.message_board, audience=audience)

    seen = await posts_as_seen(crowd, crowd.viewers[viewer], crowd.handed_over, crowd.message_board)

    letters = "".join(row(message_boards.HANDED_OVER, viewer) or [NOTHING * 2] * 16)
    of_board = letters[8 * AUDIENCES.index(audience) :][:8]
    assert differences(dict(zip(crowd.handed_over, of_board, strict=True)), seen) == {}


@pytest.mark.parametrize(
    ("under", "table"),
    [
        ("own entry", message_boards.COMMENTS_UNDER_OWN_ENTRY),
        ("host's entry", message_boards.COMMENTS_UNDER_HOSTS_ENTRY),
    ],
    ids=["own entry", "host's entry"],
)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_a_comment_under_an_entry_shows_as_the_table_says(crowd, viewer, audience, under, table):
    expected = cells(table, viewer, audience)
    await crowd.board_owner.manages("updateBoard", boardId=crowd.message_board, audience=audience)

    seen, count = await comments_as_seen(crowd, crowd.viewers[viewer], crowd.threads[under])

    assert (differences(expected, seen), count) == ({}, counted(expected))
