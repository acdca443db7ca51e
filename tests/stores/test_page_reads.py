"""What a page of the feed costs: six reads whatever its size, each on an index."""

import pytest

from domain.audience import Audience
from domain.content import ContentState
from domain.members import Profile
from tests import factories

PAGE = """query ($first: Int!) { feed(first: $first) { nodes {
  title commentCount author { displayName profile { location } } byline { location bio { text } }
  body { html links { url risk warning { title } } }
  comments(first: 3) { nodes { author { displayName } body { text } } }
} } }"""
OPEN = (Audience.PUBLIC, Audience.MEMBERS)
#: Session, friends and blocks come in one read; the rest is what the page shows.
SIX = ["sessions", "posts", "members", "comments", "comments", "members"]


#: How many documents a page brings of each kind: one more post than asked for, two comments a post, few people.
RETURNED = {
    20: {"sessions": 1, "posts": 21, "members": 2, "comments": 40},
    100: {"sessions": 1, "posts": 101, "members": 2, "comments": 200},
}


async def fill(stores, ann) -> None:
    """120 visible posts among as many hidden ones, each with comments of friends, strangers and blocked members."""
    authors = [await factories.member(stores, f"author{n}", Profile(location="杭州")) for n in range(10)]
    talkers = [await factories.member(stores, f"talker{n}") for n in range(5)]
    blocked = [await factories.member(stores, f"blocked{n}") for n in range(5)]
    for friend in authors[:3]:
        await factories.tie(stores, ann.id, friend, "FRIEND")
    for one in blocked:
        await factories.tie(stores, ann.id, one, "BLOCKED")
    for n in range(120):
        shown = await factories.post(
            stores, authors[n % 10], minutes=n, audience=[Audience.PUBLIC, Audience.MEMBERS][n % 2]
        )
        await factories.post(stores, authors[n % 10], minutes=n, audience=Audience.ONLY_ME)
        await factories.post(stores, blocked[n % 5], minutes=n)
        await factories.post(stores, authors[n % 10], minutes=n, state=ContentState.REMOVED)
        for k in range(4):
            talker = talkers[k] if k % 2 else blocked[k]
            await factories.comment(stores, shown, talker, minutes=n + k)


@pytest.mark.parametrize("size", [20, 100])
async def test_a_feed_page_takes_six_reads_whatever_its_size(stores, community, reads, size):
    ann = await community.joins("ann")
    await fill(stores, ann)
    reads.forget()

    page = (await ann.asks(PAGE, first=size))["feed"]["nodes"]

    assert len(page) == size
    assert all(len(post["comments"]["nodes"]) == 2 == post["commentCount"] for post in page)
    assert sorted(reads.collections) == sorted(SIX)
    # Key and text, count and correction are of one moment, or what is narrowed or hidden meanwhile would show.
    of_a_moment = [read.collection for read in reads.all if read.concern == "snapshot"]
    assert sorted(of_a_moment) == ["comments", "comments", "posts"]
    for read in reads.all:
        explained = await read.explained(stores.database)
        assert not {"COLLSCAN", "SORT"} & explained.stages, read
        assert explained.docs_examined <= 5 * RETURNED[size][read.collection], (read, explained)


@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.FRIENDS])
async def test_a_flood_of_hidden_posts_is_not_even_passed_over(stores, community, reads, audience):
    """Neither the feed nor a count walks past what others keep for themselves."""
    ann = await community.joins("ann")
    author = await factories.member(stores, "author")
    friends = [await factories.member(stores, f"friend{n}") for n in range(300)]
    for friend in friends:
        await factories.tie(stores, ann.id, friend, "FRIEND")
    shown = [await factories.post(stores, author, minutes=n) for n in range(5)]
    shown += [await factories.post(stores, friends[n], minutes=10 + n, audience=Audience.FRIENDS) for n in range(5)]
    flooding = author if audience is Audience.ONLY_ME else ann.id
    flood = [factories.post_record(flooding, minutes=100 + n, audience=audience) for n in range(2000)]
    await stores.transactions.run(lambda transaction: stores.posts.insert_many(flood, transaction))
    viewer = community.visitor() if flooding == ann.id else ann
    reads.forget()

    page = (await viewer.asks("{ feed(first: 20) { nodes { id } } }"))["feed"]["nodes"]

    expected = shown if viewer is ann else shown[:5]
    assert [post["id"] for post in page] == [post.id for post in reversed(expected)]
    [read] = [read for read in reads.all if read.collection == "posts"]
    explained = await read.explained(stores.database)
    assert not {"COLLSCAN", "SORT"} & explained.stages, explained
    assert explained.keys_examined <= 60
    assert explained.docs_examined <= 2 * len(expected)
