"""What 200 do at once to the same thing: of the same member's exactly one counts, of many members' none is lost."""

import asyncio

import pytest

from stores.reactions import BUCKETS

FOLLOWERS = """query ($after: String) { viewer { followers(first: 100, after: $after) {
  nodes { member { handle } } pageInfo { hasNextPage endCursor } } } }"""
REACTIONS = """query ($id: ID!) { node(id: $id) { ... on Post { reactions { kind count viewerReacted } } } }"""
REPORT = "report { reporter { handle } reason note createdAt outcome }"
REPORTS = "{ viewer { reports { nodes { note } } } }"


@pytest.fixture
async def post(ann, board):
    return await ann.publishes("Hello", on=board)


@pytest.fixture
async def crowd(community):
    return await community.crowd(200)


async def at_once(actors, mutation, fields="", **given):
    """The payloads of a mutation that each of ``actors`` sends before any of them has an answer."""
    return await asyncio.gather(*(actor.manages(mutation, fields, **given) for actor in actors))


async def tallies(stores, member):
    """How many ``member`` follows and blocks, as it is counted."""
    found = await stores.database["members"].find_one({"_id": member.id})
    return found["following"], found.get("blocking", 0)


async def ties(stores):
    """Who stands how to whom."""
    return {(row["owner"], row["other"]): row["kind"] async for row in stores.database["ties"].find({})}


async def test_of_200_follows_by_the_same_member_one_counts(ann, bob, stores):
    payloads = await at_once([ann] * 200, "follow", "member { viewerRelationship }", memberId=bob.id)

    assert {payload["member"]["viewerRelationship"] for payload in payloads} == {"FOLLOWING"}
    assert await ties(stores) == {(ann.id, bob.id): "FOLLOWING", (bob.id, ann.id): "FOLLOWER"}
    assert await tallies(stores, ann) == (1, 0)

    await at_once([ann] * 200, "unfollow", memberId=bob.id)
    assert await ties(stores) == {(ann.id, bob.id): "NONE", (bob.id, ann.id): "NONE"}
    assert await tallies(stores, ann) == (0, 0)


async def test_of_200_members_who_follow_one_none_is_lost(crowd, ann, stores):
    await at_once(crowd, "follow", memberId=ann.id)

    first = (await ann.asks(FOLLOWERS))["viewer"]["followers"]
    second = (await ann.asks(FOLLOWERS, after=first["pageInfo"]["endCursor"]))["viewer"]["followers"]
    handles = [follower["member"]["handle"] for page in (first, second) for follower in page["nodes"]]
    assert sorted(handles) == sorted(actor.handle for actor in crowd)
    assert second["pageInfo"]["hasNextPage"] is False
    assert [await tallies(stores, actor) for actor in crowd] == [(1, 0)] * 200


async def test_two_who_follow_each_other_100_times_at_once_are_friends(ann, bob, stores):
    await asyncio.gather(
        at_once([ann] * 100, "follow", memberId=bob.id), at_once([bob] * 100, "follow", memberId=ann.id)
    )

    assert await ties(stores) == {(ann.id, bob.id): "FRIEND", (bob.id, ann.id): "FRIEND"}
    assert [await tallies(stores, one) for one in (ann, bob)] == [(1, 0), (1, 0)]


async def test_of_200_blocks_by_the_same_member_one_counts(ann, bob, stores):
    payloads = await at_once([ann] * 200, "block", "blocked { blockedAt }", memberId=bob.id)

    assert len({payload["blocked"]["blockedAt"] for payload in payloads}) == 1
    assert await ties(stores) == {(ann.id, bob.id): "BLOCKED", (bob.id, ann.id): "BLOCKED"}
    assert await tallies(stores, ann) == (0, 1)

    await at_once([ann] * 200, "unblock", memberId=bob.id)
    assert await ties(stores) == {(ann.id, bob.id): "NONE", (bob.id, ann.id): "NONE"}
    assert await tallies(stores, ann) == (0, 0)


async def test_of_200_members_who_block_one_each_has_a_block_of_their_own(crowd, ann, stores):
    await at_once(crowd, "block", memberId=ann.id)

    stands = await ties(stores)
    assert stands == {pair: "BLOCKED" for actor in crowd for pair in ((actor.id, ann.id), (ann.id, actor.id))}
    assert [await tallies(stores, one) for one in (ann, *crowd)] == [(0, 0)] + [(0, 1)] * 200


async def test_of_200_reactions_by_the_same_member_one_counts(bob, post, stores):
    await at_once([bob] * 200, "react", targetId=post, kind="LIKE")

    assert await reactions(bob, post) == [{"kind": "LIKE", "count": 1, "viewerReacted": True}]
    assert await stored(stores, post) == (1, 1)


async def test_of_200_members_who_react_every_one_counts(crowd, community, post, stores):
    await at_once(crowd, "react", targetId=post, kind="LIKE")

    assert await reactions(community.visitor(), post) == [{"kind": "LIKE", "count": 200, "viewerReacted": False}]
    assert await reactions(crowd[0], post) == [{"kind": "LIKE", "count": 200, "viewerReacted": True}]
    assert await stored(stores, post) == (200, 200)
    assert BUCKETS / 2 < await stores.database["reaction_numbers"].count_documents({}) <= BUCKETS


async def reactions(viewer, post):
    return (await viewer.asks(REACTIONS, id=post))["node"]["reactions"]


async def stored(stores, target):
    """How many rows there are, and what the buckets add up to."""
    buckets = [bucket["LIKE"] async for bucket in stores.database["reaction_numbers"].find({"target": target})]
    return await stores.database["reactions"].count_documents({"target": target}), sum(buckets)


async def test_of_200_reports_by_the_same_member_one_is_kept(bob, post, stores):
    made = await asyncio.gather(
        *(bob.manages("reportContent", REPORT, targetId=post, reason="SPAM", note=str(n)) for n in range(200))
    )

    assert all(payload == made[0] for payload in made)
    assert (await bob.asks(REPORTS))["viewer"]["reports"]["nodes"] == [{"note": made[0]["report"]["note"]}]
    assert await stores.database["reports"].count_documents({}) == 1


async def test_of_200_members_who_report_each_has_a_report_of_their_own(crowd, post, stores):
    payloads = await at_once(crowd, "reportContent", REPORT, targetId=post, reason="SPAM")

    assert [payload["report"]["outcome"] for payload in payloads] == ["PENDING"] * 200
    reporters = [row["reporter"] async for row in stores.database["reports"].find({"target": post})]
    assert sorted(reporters) == sorted(actor.id for actor in crowd)
