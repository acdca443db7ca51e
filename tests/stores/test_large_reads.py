"""What a page costs in a large community: the named reads, each on an index, and little more than is shown."""

import pytest

from graph.cursors import cursor_of
from stores.connections import bind
from stores.vault import Vault
from tests.actors import Actor
from tests.conftest import SECRET
from tests.stores.large import TOKEN, LargeCommunity

DATABASE = "large_community"
#: Spans more than a stretch of one kind.
SIZE = 30

_PAGE = "first: $first, after: $after, last: $last, before: $before"
_ARGUMENTS = "$first: Int, $after: String, $last: Int, $before: String"
_PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
COMMENTS = f"""query ($id: ID!, {_ARGUMENTS}) {{ node(id: $id) {{
  ... on Post {{ comments({_PAGE}) {{ ...page }} }} ... on Comment {{ replies({_PAGE}) {{ ...page }} }} }} }}
fragment page on CommentConnection {{
  nodes {{ id state author {{ handle }} body {{ text }} replyCount }} {_PAGE_INFO} }}"""
COUNT = "query ($id: ID!) { node(id: $id) { ... on Post { commentCount } ... on Comment { replyCount } } }"
FEED = f"""query ({_ARGUMENTS}) {{ feed({_PAGE}) {{
  nodes {{ id commentCount author {{ handle }} comments(first: 3) {{ nodes {{ author {{ handle }} }} }} }}
  {_PAGE_INFO} }} }}"""
PEOPLE = f"""query ({_ARGUMENTS}) {{ viewer {{ %s({_PAGE}) {{
  nodes {{ member {{ id handle }} }} {_PAGE_INFO} }} }} }}"""


@pytest.fixture(scope="module")
async def stores(opened_stores):
    """In a database that stays for all that is asked here, for it takes seconds to fill."""
    shared = opened_stores.database
    database = shared.client.get_database(
        DATABASE, write_concern=shared.write_concern, read_concern=shared.read_concern
    )
    own = bind(database, opened_stores.redis, Vault(SECRET))
    await own.prepare()
    yield own
    await shared.client.drop_database(DATABASE)


@pytest.fixture(scope="module")
async def large(stores) -> LargeCommunity:
    return await LargeCommunity(stores).fill()


@pytest.fixture
def ann(client, large) -> Actor:
    return Actor(client, TOKEN, large.ann, "ann")


@pytest.fixture
def costs(stores, reads):
    """What was read since, each read explained and found to be cheap."""

    async def explain() -> list[str]:
        made = list(reads.all)
        for read in made:
            explained = await read.explained(stores.database)
            assert not {"COLLSCAN", "SORT"} & explained.stages, read
            assert explained.docs_examined <= 5 * await read.brings(stores.database), (read, explained)
        return sorted(read.collection for read in made)

    return explain


def pages_of(nodes, cursor_at):
    """Ways to ask for a page, each with what it should bring: at both ends, and on either side of the middle."""
    middle = len(nodes) // 2
    cursor = cursor_at(middle)
    return [
        ({"first": SIZE}, nodes[:SIZE]),
        ({"first": SIZE, "after": cursor}, nodes[middle + 1 : middle + 1 + SIZE]),
        ({"last": SIZE, "before": cursor}, nodes[middle - SIZE : middle]),
        ({"last": SIZE}, nodes[-SIZE:]),
    ]


def test_the_community_is_as_large_as_it_should_be(large):
    comments, replies = large.comments, large.replies

    assert len(comments.records) + len(replies.records) == 20_100
    assert (len(comments.shown), len(replies.shown)) == (5_400, 2_640)
    assert (len(large.following), len(large.followers), len(large.feed)) == (5_000, 3_000, 301)


@pytest.mark.parametrize("below", ["post", "comment"])
async def test_a_page_of_a_thread_costs_by_what_it_shows(large, ann, reads, costs, below):
    parent, thread, field = {
        "post": (large.post, large.comments, "comments"),
        "comment": (large.answered, large.replies, "replies"),
    }[below]
    shown = [(record.id, state.value) for record, state in thread.shown]

    for page, expected in pages_of(shown, lambda n: cursor_of(thread.shown[n][0])):
        reads.forget()
        found = (await ann.asks(COMMENTS, id=parent.id, **page))["node"][field]

        assert [(node["id"], node["state"]) for node in found["nodes"]] == expected
        assert [node["body"] is None for node in found["nodes"]] == [state == "UNAVAILABLE" for _, state in expected]
        assert found["pageInfo"]["hasNextPage"] is (page != {"last": SIZE})
        # Who asks, what is asked about, the thread, who wrote in it, and how often each was answered.
        asked_about = "posts" if below == "post" else "comments"
        assert await costs() == sorted(["sessions", asked_about, "comments", "members", "comments"])


async def test_counts_of_a_large_thread_are_read_from_an_index(large, ann, reads, costs):
    """Published comments, less those of blocked members and those for the author alone."""
    for target, field, expected in ((large.post, "commentCount", 9_380), (large.answered, "replyCount", 1_320)):
        reads.forget()
        node = (await ann.asks(COUNT, id=target.id))["node"]

        assert node == {field: expected}
        asked_about = "posts" if target is large.post else "comments"
        assert await costs() == sorted(["sessions", asked_about, "comments"])


async def test_a_page_of_the_feed_costs_by_what_it_shows(large, ann, reads, costs):
    """Also where the first of its posts has the largest thread."""
    ids = [post.id for post in large.feed]

    for page, expected in pages_of(ids, lambda n: cursor_of(large.feed[n])):
        reads.forget()
        found = (await ann.asks(FEED, **page))["feed"]["nodes"]

        assert [node["id"] for node in found] == expected
        of_the_first = 3 if expected[0] == large.post.id else 0
        assert len(found[0]["comments"]["nodes"]) == of_the_first
        who_commented = ["members"] if of_the_first else []
        named = ["sessions", "posts", "members", "comments", "comments", *who_commented]
        assert await costs() == sorted(named)


@pytest.mark.parametrize("listed", ["following", "followers"])
async def test_a_page_of_thousands_of_people_costs_by_what_it_shows(large, ann, reads, costs, listed):
    people = {"following": large.following, "followers": large.followers}[listed]
    a_hundred = (await ann.asks(PEOPLE % listed, first=100))["viewer"][listed]["pageInfo"]

    for page, expected in (
        ({"first": SIZE}, people[:SIZE]),
        ({"first": SIZE, "after": a_hundred["endCursor"]}, people[100 : 100 + SIZE]),
        ({"last": SIZE}, people[-SIZE:]),
    ):
        reads.forget()
        found = (await ann.asks(PEOPLE % listed, **page))["viewer"][listed]["nodes"]

        assert [node["member"]["id"] for node in found] == expected
        # Who asks, they themselves, the list, and who is in it.
        assert await costs() == ["members", "members", "members", "sessions", "ties"]
