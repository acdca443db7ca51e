"""A feed of what one follows holds what the policy allows, and costs by what is followed, not by what is written."""

import itertools
from dataclasses import replace

import pytest

from domain.audience import Audience
from domain.content import BoardKind, ContentState
from domain.ids import BoardId, MemberId, new_member_id, new_post_id
from domain.members import Role
from domain.paging import Key, Page
from domain.relationships import Follows
from domain.viewer import Viewer
from policy.limits import MAX_FOLLOWED_BOARDS, MAX_FOLLOWS
from policy.visibility import Placed, can_see
from tests import factories
from tests.clock_and_random import START

PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) { viewer {
  feed(first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { startCursor endCursor } } } }"""
STORED_STATES = [state for state in ContentState if state is not ContentState.UNAVAILABLE]
FOLLOWED, OTHER = BoardId("brd_followed"), BoardId("brd_other")
AUTHORS = ("viewer", "friend", "followed", "stranger", "blocked")


def key_of(post) -> Key:
    return Key(post.created_at, post.id)


class World:
    """A post of every author, audience, state and board, many of them of one moment, and entries on a message board."""

    def __init__(self, stores) -> None:
        self.stores = stores

    async def fill(self) -> "World":
        people = [await factories.member(self.stores, name) for name in AUTHORS]
        viewer, friend, followed, stranger, blocked = people
        self.viewer = Viewer(viewer, Role.MODERATOR, frozenset({friend}), frozenset({blocked}))
        self.follows = Follows(frozenset({friend, followed, blocked}), frozenset({FOLLOWED}))
        posts = [
            factories.post_record(author, audience=audience, state=state, board=board, minutes=n // 16)
            for n, (audience, state, board, author) in enumerate(
                itertools.product(Audience, STORED_STATES, (FOLLOWED, OTHER), people)
            )
        ]
        entries = [
            replace(post, id=new_post_id(factories.RANDOM), board_kind=BoardKind.MESSAGES, board_owner_id=stranger)
            for post in posts
            if post.board_id == OTHER
        ]
        await self.stores.transactions.run(
            lambda transaction: self.stores.posts.insert_many(posts + entries, transaction)
        )
        self.expected = sorted(filter(self._shows, posts), key=lambda post: (post.created_at, post.id), reverse=True)
        return self

    def _shows(self, post) -> bool:
        placed = Placed(post.author_id, post.author_id, post.audience, post.state)
        of_followed = post.author_id in self.follows.members or post.board_id in self.follows.boards
        return of_followed and post.state is ContentState.PUBLISHED and can_see(self.viewer, placed)

    async def read(self, page: Page) -> list[str]:
        return [post.id for post in (await self.stores.posts.of_followed(self.viewer, self.follows, page)).nodes]


@pytest.fixture
async def world(stores) -> World:
    return await World(stores).fill()


async def test_the_feed_is_exactly_what_the_policy_allows_of_what_is_followed(world):
    assert len(world.expected) == 16
    assert await world.read(Page(100)) == [post.id for post in world.expected]
    assert await world.read(Page(100, is_backward=True)) == [post.id for post in world.expected]


async def test_a_page_begins_and_ends_at_any_two_keys_also_of_one_moment(world):
    posts = world.expected
    for start, end in itertools.product(range(-1, len(posts)), range(len(posts) + 1)):
        after = key_of(posts[start]) if start >= 0 else None
        before = key_of(posts[end]) if end < len(posts) else None
        between = [post.id for post in posts[start + 1 : max(end, start + 1)]]

        assert await world.read(Page(2, after=after, before=before)) == between[:2]
        assert await world.read(Page(2, is_backward=True, after=after, before=before)) == between[-2:]


async def test_who_follows_nothing_asks_for_nothing(world, reads):
    nothing = Follows(frozenset(), frozenset())

    page = await world.stores.posts.of_followed(world.viewer, nothing, Page(10))

    assert (list(page.nodes), page.has_next, page.has_previous) == ([], False, False)
    assert reads.all == []


async def follow(stores, member: MemberId, authors: list[MemberId], boards: list[BoardId]) -> None:
    """Let ``member`` follow all of them; every other author is a friend."""
    rows = [
        {"_id": f"{member}:{other}", "owner": member, "other": other, "kind": ["FRIEND", "FOLLOWING"][n % 2]}
        for n, other in enumerate(authors)
    ]
    await stores.database["ties"].insert_many(rows)

    async def write(transaction) -> None:
        for board in boards:
            await stores.board_follows.set_follow(member, board, START, transaction)

    await stores.transactions.run(write)


@pytest.mark.parametrize(("members", "boards"), [(3, 1), (150, 20), (MAX_FOLLOWS, MAX_FOLLOWED_BOARDS)])
async def test_a_page_reads_little_more_than_it_shows_however_many_are_followed(
    stores, community, reads, members, boards
):
    ann = await community.joins("ann")
    authors = [new_member_id(factories.RANDOM) for _ in range(members)]
    places = [BoardId(f"brd_{n:016}") for n in range(boards)]
    await follow(stores, ann.id, authors, places)
    number = 3000
    writing = ((n, [authors[n % members], MemberId("mbr_stranger")][n % 7 == 6]) for n in range(number))
    written = [
        factories.post_record(author, minutes=n, audience=list(Audience)[n // 2 % 4], board=places[n % 50 // 49 - 1])
        for n, author in writing
    ]
    for first in range(0, number, 1000):
        batch = written[first : first + 1000]
        await stores.transactions.run(lambda transaction, batch=batch: stores.posts.insert_many(batch, transaction))
    middle = (await ann.asks(PAGE, first=20))["viewer"]["feed"]["pageInfo"]["endCursor"]

    for page in ({"first": 20}, {"last": 20}, {"first": 20, "after": middle}, {"last": 20, "before": middle}):
        reads.forget()
        shown = (await ann.asks(PAGE, **page))["viewer"]["feed"]["nodes"]

        assert len(shown) == (19 if "before" in page else 20)
        assert sorted(reads.collections) == ["boardFollows", "members", "members", "posts", "sessions", "ties"]
        assert [read.collection for read in reads.all if read.concern == "snapshot"] == ["posts"]
        for read in reads.all:
            explained = await read.explained(stores.database)
            assert not {"COLLSCAN", "SORT"} & explained.stages, read
            returned = {"posts": 21, "members": 1, "sessions": 1, "ties": 0, "boardFollows": 0}[read.collection]
            assert explained.docs_examined <= 5 * returned, (page, read.collection, explained)
            if read.collection == "posts":
                assert explained.keys_examined <= 5 * members + 12 * boards + 200, (page, explained)


async def test_a_flood_of_what_is_hidden_is_not_even_passed_over(stores, community, reads):
    ann = await community.joins("ann")
    author, blocked = new_member_id(factories.RANDOM), await factories.member(stores, "blocked")
    await factories.tie(stores, ann.id, blocked, "BLOCKED")
    await follow(stores, ann.id, [new_member_id(factories.RANDOM), author], [factories.A_BOARD])
    shown = [await factories.post(stores, author, minutes=n) for n in range(5)]
    flood = [
        factories.post_record(author, minutes=100 + n, audience=(Audience.ONLY_ME, Audience.FRIENDS)[n % 2])
        for n in range(1000)
    ]
    flood += [factories.post_record(author, minutes=100 + n, state=ContentState.REMOVED) for n in range(1000)]
    await stores.transactions.run(lambda transaction: stores.posts.insert_many(flood, transaction))
    reads.forget()

    page = (await ann.asks(PAGE, first=20))["viewer"]["feed"]["nodes"]

    assert [post["id"] for post in page] == [post.id for post in reversed(shown)]
    [read] = [read for read in reads.all if read.collection == "posts"]
    explained = await read.explained(stores.database)
    assert explained.keys_examined <= 60
    assert explained.docs_examined <= 2 * len(shown)
