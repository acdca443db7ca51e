"""Blocks: each becomes absent to the other at once and everywhere, and finds back when the block is lifted."""

import pytest

from policy import limits

EVERYWHERE = """query ($post: ID!, $comment: ID!, $member: ID!, $handle: String!, $thread: ID!) {
  node(id: $post) { __typename } comment: node(id: $comment) { __typename } person: node(id: $member) { __typename }
  nodes(ids: [$post, $comment, $member]) { __typename }
  member(handle: $handle) { displayName profile { bio { text } } posts { nodes { title } } viewerRelationship }
  feed { nodes { title } } board(slug: "talk") { postCount posts { nodes { title } } }
  thread: node(id: $thread) { ... on Post { commentCount comments { nodes { state author { handle } body { text }
    replyCount replies { nodes { body { text } } } } } } }
}"""


@pytest.fixture
async def scene(community, moderator, board):
    """Ann and Eve each published, commented on the moderator's post, and answered each other; they are friends."""
    ann, eve = await community.joins("ann"), await community.joins("eve")
    await ann.befriends(eve)
    thread = await moderator.publishes("The thread", on=board, title="Thread")
    found = {}
    for one in (ann, eve):
        await one.manages("updateProfile", bio=f"I am {one.handle}.")
        await one.opens(bio="PUBLIC")
        post = await one.publishes("Mine", on=board, title=f"Post of {one.handle}")
        comment = await one.comments(f"Comment of {one.handle}", under=thread)
        found[one.handle] = {
            "post": post,
            "comment": comment,
            "member": one.id,
            "handle": one.handle,
            "thread": thread,
        }
    await moderator.comments("Answer to Eve", under=thread, answering=found["eve"]["comment"])
    await eve.comments("Answer to Ann", under=thread, answering=found["ann"]["comment"])
    return {"ann": ann, "eve": eve, "found": found}


def nobody(found):
    """Ids and names of the same form that were never given to anyone."""
    return found | {
        "post": "pst_" + "A" * 16,
        "comment": "cmt_" + "A" * 32,
        "member": "mbr_" + "A" * 16,
        "handle": "nobody",
    }


@pytest.mark.parametrize("blocker", ["ann", "eve"])
async def test_a_block_either_way_hides_each_from_the_other_everywhere(scene, blocker):
    ann, eve, found = scene["ann"], scene["eve"], scene["found"]
    before = await ann.asks(EVERYWHERE, **found["eve"])
    assert before["member"]["viewerRelationship"] == "FRIEND"
    one, other = (ann, eve) if blocker == "ann" else (eve, ann)

    payload = await one.manages("block", "blocked { memberId handle }", memberId=other.id)

    assert payload["blocked"] == {"memberId": other.id, "handle": other.handle}
    for viewer, hidden in ((ann, "eve"), (eve, "ann")):
        seen = await viewer.asks(EVERYWHERE, **found[hidden])
        assert (seen["node"], seen["person"], seen["member"]) == (None, None, None)
        assert seen["nodes"] == [None, seen["comment"], None]
        titles = {"Thread", f"Post of {viewer.handle}"}
        assert {post["title"] for post in seen["feed"]["nodes"]} == titles
        assert {post["title"] for post in seen["board"]["posts"]["nodes"]} == titles
        assert seen["board"]["postCount"] == 2
    # Of Eve's comment Ann sees the tombstone that carries the moderator's answer, and nothing of who left it.
    thread = (await ann.asks(EVERYWHERE, **found["eve"]))["thread"]
    assert thread == {
        "commentCount": 2,
        "comments": {
            "nodes": [
                {
                    "state": "PUBLISHED",
                    "author": {"handle": "ann"},
                    "body": {"text": "Comment of ann"},
                    "replyCount": 0,
                    "replies": {"nodes": []},
                },
                {
                    "state": "UNAVAILABLE",
                    "author": None,
                    "body": None,
                    "replyCount": 1,
                    "replies": {"nodes": [{"body": {"text": "Answer to Eve"}}]},
                },
            ]
        },
    }


async def test_unblocking_restores_all_that_was(scene):
    ann, eve, found = scene["ann"], scene["eve"], scene["found"]
    before = [await viewer.responds(EVERYWHERE, found[hidden]) for viewer, hidden in ((ann, "eve"), (eve, "ann"))]
    await ann.manages("block", memberId=eve.id)

    payload = await ann.manages("unblock", "memberId", memberId=eve.id)

    assert payload["memberId"] == eve.id
    after = [await viewer.responds(EVERYWHERE, found[hidden]) for viewer, hidden in ((ann, "eve"), (eve, "ann"))]
    assert [body for _, _, body in after] == [body for _, _, body in before]


async def test_a_blocked_and_a_never_existing_member_answer_the_same_bytes(scene):
    ann, eve, found = scene["ann"], scene["eve"], scene["found"]
    await eve.manages("block", memberId=ann.id)
    query = """query ($post: ID!, $member: ID!, $handle: String!) {
      node(id: $post) { id } person: node(id: $member) { id }
      nodes(ids: [$post, $member]) { id } member(handle: $handle) { id displayName posts { nodes { id } } } }"""
    names = ("post", "member", "handle")

    hidden = await ann.responds(query, {name: found["eve"][name] for name in names})
    missing = await ann.responds(query, {name: nobody(found["eve"])[name] for name in names})

    assert hidden[2] == missing[2]
    assert {**hidden[1], "X-Request-ID": "", "Date": ""} == {**missing[1], "X-Request-ID": "", "Date": ""}
    for mutation in ("follow", "unfollow", "block"):
        answers = [await ann.does(mutation, memberId=one) for one in (eve.id, "mbr_" + "A" * 16)]
        assert answers[0] == answers[1]
        assert answers[0]["errors"][0]["code"] == "NOT_FOUND"
    answers = [await ann.does("unblock", memberId=one) for one in (eve.id, "mbr_" + "A" * 16)]
    assert answers[0] == answers[1]


async def test_a_blocker_finds_and_lifts_blocks_by_the_handle_of_then(scene):
    ann, eve = scene["ann"], scene["eve"]
    await ann.manages("block", memberId=eve.id)
    query = "{ viewer { blocks { nodes { memberId handle blockedAt } pageInfo { hasNextPage } } } }"

    [kept] = (await ann.asks(query))["viewer"]["blocks"]["nodes"]

    assert (kept["memberId"], kept["handle"]) == (eve.id, "eve")
    assert (await eve.asks(query))["viewer"]["blocks"]["nodes"] == []


async def test_follow_lists_leave_out_who_is_blocked(scene, community):
    ann, eve = scene["ann"], scene["eve"]
    carl = await community.joins("carl")
    await ann.manages("follow", memberId=carl.id)
    query = """query ($first: Int!, $after: String) { viewer { following(first: $first, after: $after) {
      nodes { member { handle } } pageInfo { endCursor hasNextPage } } followers { nodes { member { handle } } } } }"""
    names = (await ann.asks(query, first=10))["viewer"]
    assert [one["member"]["handle"] for one in names["following"]["nodes"]] == ["carl", "eve"]
    first = (await ann.asks(query, first=1))["viewer"]["following"]
    second = (await ann.asks(query, first=1, after=first["pageInfo"]["endCursor"]))["viewer"]["following"]
    assert [one["member"]["handle"] for one in first["nodes"] + second["nodes"]] == ["carl", "eve"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)

    await eve.manages("block", memberId=ann.id)

    names = (await ann.asks(query, first=10))["viewer"]
    assert [one["member"]["handle"] for one in names["following"]["nodes"]] == ["carl"]
    assert names["followers"]["nodes"] == []


async def test_a_follow_keeps_its_id_and_names_nobody(scene, community):
    ann = scene["ann"]
    await ann.manages("follow", memberId=(await community.joins("carl")).id)
    query = "{ viewer { following { nodes { id member { id } } } } }"

    carl, eve = (await ann.asks(query))["viewer"]["following"]["nodes"]

    assert (await ann.asks(query))["viewer"]["following"]["nodes"] == [carl, eve]
    assert carl["id"] != eve["id"]
    for follow in (carl, eve):
        assert follow["id"].startswith("flw_")
        assert ann.id not in follow["id"]
        assert follow["member"]["id"] not in follow["id"]


async def test_blocks_and_follows_are_bounded(community, monkeypatch):
    ann, bob, carl = [await community.joins(handle) for handle in ("ann", "bob", "carl")]
    monkeypatch.setattr("accounts.blocks.MAX_BLOCKS", 1)
    monkeypatch.setattr("accounts.follows.MAX_FOLLOWS", 1)
    await ann.manages("follow", memberId=bob.id)

    assert await ann.is_refused("follow", memberId=carl.id) == "VALIDATION"
    await ann.manages("block", memberId=bob.id)
    assert await ann.is_refused("block", memberId=carl.id) == "VALIDATION"
    assert (await ann.asks("{ viewer { blocks { nodes { handle } } } }"))["viewer"]["blocks"]["nodes"] == [
        {"handle": "bob"}
    ]
    assert (limits.MAX_BLOCKS, limits.MAX_FOLLOWS) == (2_000, 5_000)
