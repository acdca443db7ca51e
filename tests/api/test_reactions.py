"""Reactions: each counted once, none lost, and those of hidden members as if they were not there."""

import asyncio
import itertools
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from policy.limits import RATES, Rate
from stores.reactions import BUCKETS
from tests import factories

REACTIONS = "reactions { kind count viewerReacted }"
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Post {{ {REACTIONS} }} ... on Comment {{ {REACTIONS} }} }} }}"
FEED = f"{{ feed {{ nodes {{ {REACTIONS} }} }} }}"
TARGET = f"target {{ __typename ... on Post {{ id {REACTIONS} }} ... on Comment {{ id {REACTIONS} }} }}"
MISSING_POST = "pst_" + "A" * 16
MISSING_COMMENT = "cmt_" + "A" * 32


@pytest.fixture
async def post(ann, board):
    return await ann.publishes("Hello", on=board)


async def seen(viewer, target):
    """Counts by kind, in the order of the answer, and which kinds are the viewer's own."""
    node = (await viewer.asks(NODE, id=target))["node"]
    counts = {row["kind"]: row["count"] for row in node["reactions"]}
    return counts, {row["kind"] for row in node["reactions"] if row["viewerReacted"]}


async def reacts(member, target, kind="LIKE"):
    return await member.manages("react", TARGET, targetId=target, kind=kind)


async def unreacts(member, target, kind="LIKE"):
    return await member.manages("unreact", TARGET, targetId=target, kind=kind)


async def stored(stores, target):
    """Rows by kind, and what the buckets add up to."""
    rows = Counter([row["kind"] async for row in stores.database["reactions"].find({"target": target})])
    numbers: Counter[str] = Counter()
    async for bucket in stores.database["reaction_numbers"].find({"target": target}):
        numbers.update({name: value for name, value in bucket.items() if name.isupper()})
    return dict(rows), dict(+numbers)


async def test_a_reaction_shows_to_all_and_as_one_s_own_to_oneself(community, ann, bob, post):
    payload = await reacts(bob, post, "LOVE")

    assert payload["target"] == {
        "__typename": "Post",
        "id": post,
        "reactions": [{"kind": "LOVE", "count": 1, "viewerReacted": True}],
    }
    assert await seen(ann, post) == ({"LOVE": 1}, set())
    assert await seen(community.visitor(), post) == ({"LOVE": 1}, set())


async def test_kinds_stand_beside_each_other_in_their_order(ann, bob, post):
    comment = await ann.comments("Indeed", under=post)
    for target in (post, comment):
        for kind in ("THANKS", "LIKE", "SAD"):
            await reacts(bob, target, kind)
        await reacts(ann, target, "SAD")

        counts, own = await seen(ann, target)
        assert list(counts.items()) == [("LIKE", 1), ("SAD", 2), ("THANKS", 1)]
        assert own == {"SAD"}


async def test_doing_or_undoing_it_twice_is_as_good_as_once(bob, post, stores):
    first = await reacts(bob, post)
    assert await reacts(bob, post) == first
    assert await stored(stores, post) == ({"LIKE": 1}, {"LIKE": 1})

    gone = await unreacts(bob, post)
    assert await unreacts(bob, post) == gone
    assert gone["target"]["reactions"] == []
    assert await stored(stores, post) == ({}, {})


async def test_reacting_and_taking_back_at_once_leave_numbers_that_agree_with_the_rows(stores, community, post):
    members = await community.crowd(10)

    await asyncio.gather(*(act(member, post) for member in members for act in (reacts, unreacts) * 5))

    rows, numbers = await stored(stores, post)
    assert rows == numbers

    await asyncio.gather(*(unreacts(member, post) for member in members))
    await asyncio.gather(*(reacts(member, post) for member in members[:3]))
    assert await stored(stores, post) == ({"LIKE": 3}, {"LIKE": 3})
    assert await seen(members[0], post) == ({"LIKE": 3}, {"LIKE"})


async def test_a_block_takes_reactions_off_for_both_and_for_nobody_else(stores, community, ann, bob, board):
    carl = await community.joins("carl")
    post = await carl.publishes("Hello", on=board)
    for member in (ann, bob, carl):
        await reacts(member, post)
    await reacts(bob, post, "LAUGH")

    await factories.tie(stores, ann.id, bob.id, "BLOCKED")

    assert await seen(ann, post) == ({"LIKE": 2}, {"LIKE"})
    assert await seen(bob, post) == ({"LIKE": 2, "LAUGH": 1}, {"LIKE", "LAUGH"})
    assert await seen(carl, post) == ({"LIKE": 3, "LAUGH": 1}, {"LIKE"})
    assert await seen(community.visitor(), post) == ({"LIKE": 3, "LAUGH": 1}, set())


async def test_who_is_not_signed_in_can_not_react(community, stores, post):
    for mutation in ("react", "unreact"):
        assert await community.visitor().is_refused(mutation, targetId=post, kind="LIKE") == "NOT_SIGNED_IN"

    assert await stored(stores, post) == ({}, {})


async def test_what_is_hidden_cannot_be_told_from_what_is_not_there(stores, community, ann, bob, board, post):
    eve = await community.joins("eve")
    diary = await ann.publishes("Dear diary", on=board, audience="ONLY_ME")
    blocked_s = await eve.publishes("Mine", on=board)
    removed = await ann.publishes("Gone", on=board)
    comments = [
        await ann.comments("Under a diary", under=diary),
        await eve.comments("Under Ann's", under=post),
    ]
    # What carries an answer leaves a tombstone, which takes no reaction either.
    answered = await eve.comments("Asked", under=post)
    await ann.comments("Answered", under=post, answering=answered)
    for target in (blocked_s, *comments[1:], answered):
        await reacts(ann, target)
    await factories.tie(stores, bob.id, eve.id, "BLOCKED")
    await ann.manages("deletePost", postId=removed)
    before = await stores.database["reactions"].count_documents({})

    for mutation in ("react", "unreact"):
        query = f"""mutation ($input: {mutation.title()}Input!) {{ {mutation}(input: $input) {{
          {TARGET} errors {{ __typename code message path }} }} }}"""

        async def body(target, query=query):
            return (await bob.responds(query, {"input": {"targetId": target, "kind": "LIKE"}}))[2]

        missing = await body(MISSING_POST)
        assert b"NOT_FOUND" in missing
        for target in (diary, blocked_s, removed, *comments, answered, MISSING_COMMENT, bob.id, "", "nonsense"):
            assert await body(target) == missing, target
    assert await stores.database["reactions"].count_documents({}) == before


async def test_removed_and_deleted_texts_show_none_and_restored_ones_all(moderator, ann, bob, post):
    comment = await ann.comments("Indeed", under=post)
    await bob.comments("Why?", under=post, answering=comment)
    for target in (post, comment):
        await reacts(bob, target)
    decision = {"reason": "SPAM", "explanation": "Spam"}

    await moderator.manages("removeContent", targetId=comment, **decision)
    assert await seen(ann, comment) == await seen(moderator, comment) == await seen(bob, comment) == ({}, set())
    assert await ann.is_refused("react", targetId=comment, kind="LIKE") == "FORBIDDEN"
    await moderator.manages("restoreContent", targetId=comment, explanation="No spam")
    assert await seen(bob, comment) == ({"LIKE": 1}, {"LIKE"})

    await ann.manages("deleteComment", commentId=comment)
    assert await seen(bob, comment) == ({}, set())

    await moderator.manages("removeContent", targetId=post, **decision)
    assert await seen(ann, post) == ({}, set())


async def test_a_reaction_can_be_taken_back_from_what_has_been_closed_since(ann, bob, board):
    post = await ann.publishes("For all", on=board)
    await reacts(bob, post)
    await reacts(ann, post)
    await ann.manages("updatePost", postId=post, audience="ONLY_ME")

    assert (await unreacts(bob, post))["target"] is None

    assert await seen(ann, post) == ({"LIKE": 1}, {"LIKE"})
    assert await bob.is_refused("unreact", targetId=post, kind="LIKE") == "NOT_FOUND"


async def test_reacting_has_a_rate(monkeypatch, bob, post, stores):
    monkeypatch.setitem(RATES, Rate.REACTION_PER_MEMBER, type(RATES[Rate.REACTION_PER_MEMBER])(2, timedelta(minutes=1)))
    await reacts(bob, post)
    await unreacts(bob, post)

    assert await bob.is_refused("react", targetId=post, kind="LIKE") == "RATE_LIMITED"
    assert await stored(stores, post) == ({}, {})


@pytest.mark.parametrize("size", [20, 100])
async def test_a_page_of_posts_finds_its_reactions_in_one_read_on_indexes(stores, ann, reads, client, size):
    author = await factories.member(stores, "author")
    posts = [await factories.post(stores, author, minutes=n) for n in range(size)]
    members = [await factories.member(stores, f"member{n}") for n in range(40)]
    for blocked in members[:5]:
        await factories.tie(stores, ann.id, blocked, "BLOCKED")
    await fill(stores, [post.id for post in posts], [*members, ann.id])
    query = FEED.replace("feed", "feed(first: 100)")
    await ann.asks(query)
    reads.forget()

    page = (await ann.asks(query))["feed"]["nodes"]

    expected = [
        {"kind": "LIKE", "count": 36, "viewerReacted": True},
        {"kind": "THANKS", "count": 36, "viewerReacted": True},
    ]
    assert [post["reactions"] for post in page] == [expected] * size
    assert reads.collections == ["sessions", "posts", "reaction_numbers"]
    explained = await reads.all[-1].explained(stores.database)
    assert not {"COLLSCAN", "SORT", "FETCH"} & explained.stages
    assert explained.docs_examined == 0
    # A bucket for each of 41 members, and twelve rows: of five hidden members and one's own, in two kinds.
    assert size * (41 + 12) <= explained.keys_examined <= 2 * size * (41 + 12)
    assert (await reads.all[-2].explained(stores.database)).docs_examined <= 5 * size


async def test_posts_and_their_comments_take_a_read_each(ann, bob, post, reads):
    comments = [await bob.comments(f"Number {n}", under=post) for n in range(5)]
    for target in (post, *comments):
        await reacts(bob, target)
    query = f"{{ feed {{ nodes {{ {REACTIONS} comments {{ nodes {{ {REACTIONS} }} }} }} }} }}"
    reads.forget()

    [found] = (await ann.asks(query))["feed"]["nodes"]

    assert [comment["reactions"][0]["count"] for comment in found["comments"]["nodes"]] == [1] * 5
    assert reads.collections.count("reaction_numbers") == 2


async def test_two_worlds_that_differ_in_a_hidden_member_s_reactions_answer_alike(
    stores, community, ann, bob, board, reads
):
    """Status, headers, body and reads, whatever Eve does; and Bob, who may see it, is answered otherwise."""
    eve = await community.joins("eve")
    post = await bob.publishes("Hello", on=board)
    comment = await bob.comments("Indeed", under=post)
    for member in (ann, bob):
        await reacts(member, post, "LOVE")
        await reacts(member, comment, "LOVE")
    await factories.tie(stores, ann.id, eve.id, "BLOCKED")

    ann_s, bob_s = [await answers(ann, post, comment, reads)], [await answers(bob, post, comment, reads)]
    for act, kind in ((reacts, "LOVE"), (reacts, "SAD"), (unreacts, "LOVE")):
        await act(eve, post, kind)
        await act(eve, comment, kind)
        ann_s.append(await answers(ann, post, comment, reads))
        bob_s.append(await answers(bob, post, comment, reads))

    assert [world for world in ann_s if world != ann_s[0]] == []
    assert all(before != after for before, after in itertools.pairwise(bob_s))


async def answers(viewer, post, comment, reads):
    """All that may tell of reactions, but for what is new in every answer."""
    react = f"mutation ($input: ReactInput!) {{ react(input: $input) {{ {TARGET} errors {{ code }} }} }}"
    given = [{"input": {"targetId": target, "kind": "LOVE"}} for target in (post, comment)]
    asked = [(FEED, {}), (NODE, {"id": post}), (NODE, {"id": comment}), *((react, each) for each in given)]
    told = []
    for query, variables in asked:
        reads.forget()
        status, headers, body = await viewer.responds(query, variables)
        headers = {name: value for name, value in headers.items() if name not in {"Date", "X-Request-ID"}}
        told.append((status, headers, body, list(reads.collections)))
    return told


async def fill(stores, targets, members):
    """Let every member like and thank for every target, as stores.reactions writes it."""
    rows: list[dict[str, str]] = []
    buckets: dict[str, dict[str, Any]] = {}
    for target in targets:
        for n, member in enumerate(members):
            bucket = f"{target}:{n % BUCKETS}"
            buckets.setdefault(bucket, {"_id": bucket, "target": target, "LIKE": 0, "THANKS": 0})
            for kind in ("LIKE", "THANKS"):
                rows.append({"_id": f"{target}:{kind}:{member}", "target": target, "kind": kind, "member": member})
                buckets[bucket][kind] += 1
    await stores.database["reactions"].insert_many(rows)
    await stores.database["reaction_numbers"].insert_many(list(buckets.values()))
