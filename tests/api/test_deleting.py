"""Deleting: one's own words, and whole threads of one's own message board. What others said below keeps standing."""

import pytest

POST = """query ($id: ID!) { node(id: $id) { ... on Post { state title body { text } author { handle } audience editedAt
  byline { location } commentCount comments { nodes { body { text } state author { handle } post { state } } }
  reactions { kind } decision { id } revisions { nodes { body { text } } } board { slug }
  viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate } } }"""
COMMENT = "query ($id: ID!) { node(id: $id) { ... on Comment { body { text } post { id state } } } }"
LISTS = """{ feed { nodes { id } } board(slug: "tea-house") { postCount posts { nodes { id } } }
  member(handle: "ann") { posts { nodes { id } } } }"""


def tombstone(slug, *comments):
    """What everyone sees of a post that is gone, above what others said."""
    return {
        "state": "UNAVAILABLE",
        "title": None,
        "body": None,
        "author": None,
        "audience": "PUBLIC",
        "editedAt": None,
        "byline": {"location": None},
        "commentCount": len(comments),
        "comments": {
            "nodes": [
                {
                    "body": {"text": text},
                    "state": "PUBLISHED",
                    "author": {"handle": handle},
                    "post": {"state": "UNAVAILABLE"},
                }
                for handle, text in comments
            ]
        },
        "reactions": [],
        "decision": None,
        "revisions": None,
        "board": {"slug": slug},
        "viewerCanUpdate": False,
        "viewerCanDelete": False,
        "viewerCanReport": False,
        "viewerCanModerate": False,
    }


async def seen(viewer, post):
    return (await viewer.asks(POST, id=post))["node"]


@pytest.fixture
async def eve(community):
    return await community.joins("eve")


async def slug_of(viewer, board):
    return (await viewer.asks("query ($id: ID!) { node(id: $id) { ... on Board { slug } } }", id=board))["node"]["slug"]


@pytest.mark.parametrize("how", ["deleted", "removed", "blocked"])
async def test_a_post_that_is_gone_stands_as_one_tombstone_above_what_others_said(ann, bob, eve, moderator, board, how):
    post = await ann.publishes("Mine", on=board, audience="MEMBERS", title="Title", byline=["LOCATION"])
    await ann.manages("updatePost", postId=post, body="Mine, edited")
    comment = await bob.comments("I said", under=post)
    await eve.manages("react", targetId=post, kind="LIKE")

    if how == "deleted":
        await ann.manages("deletePost", postId=post)
    elif how == "removed":
        await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam.")
    else:
        await ann.manages("block", memberId=eve.id)

    assert await seen(eve, post) == tombstone(await slug_of(eve, board), ("bob", "I said"))
    assert (await eve.asks(COMMENT, id=comment))["node"] == {
        "body": {"text": "I said"},
        "post": {"id": post, "state": "UNAVAILABLE"},
    }
    assert (await eve.asks("{ feed { nodes { id } } }"))["feed"]["nodes"] == []
    assert await eve.is_refused("createComment", postId=post, body="Me too") == "NOT_FOUND"
    assert await eve.is_refused("createComment", postId=post, parentId=comment, body="Me too") == "NOT_FOUND"
    for mutation in ("react", "reportContent"):
        more = {"kind": "LIKE"} if mutation == "react" else {"reason": "SPAM"}
        assert await eve.is_refused(mutation, targetId=post, **more) == "NOT_FOUND"


async def test_a_post_that_is_gone_is_missing_where_nothing_below_shows(ann, bob, eve, community, board):
    """Bob's words are for Ann's members: a visitor, and whoever blocks Bob, find nothing that stands there."""
    post = await ann.publishes("Mine", on=board, audience="MEMBERS")
    await bob.comments("I said", under=post)
    await ann.manages("deletePost", postId=post)
    await bob.manages("block", memberId=eve.id)
    never = "pst_" + "A" * 16

    for viewer in (eve, community.visitor()):
        assert (await viewer.responds(POST, {"id": post}))[2] == (await viewer.responds(POST, {"id": never}))[2]
    assert (await seen(ann, post))["comments"]["nodes"][0]["body"] == {"text": "I said"}
    await bob.manages("unblock", memberId=eve.id)
    assert await seen(eve, post) == tombstone(await slug_of(eve, board), ("bob", "I said"))


async def test_a_tombstone_says_nothing_that_its_author_changes_unseen(ann, bob, eve, board):
    post = await ann.publishes("Mine", on=board, audience="PUBLIC", title="Title")
    await bob.comments("I said", under=post)
    await ann.manages("block", memberId=eve.id)
    before = await eve.responds(POST, {"id": post})

    await ann.manages("updatePost", postId=post, audience="MEMBERS", title="Another", body="New", byline=["LOCATION"])
    await ann.comments("Me again", under=post)
    await ann.manages("react", targetId=post, kind="LIKE")

    assert (await eve.responds(POST, {"id": post}))[2] == before[2]
    await ann.manages("updatePost", postId=post, audience="FRIENDS")
    assert await seen(eve, post) is None


async def test_what_waits_for_its_board_s_owner_leaves_no_tombstone(ann, bob, eve):
    place = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]["id"]
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    comment = await eve.comments("I said", under=post)

    await ann.manages("hideContent", targetId=post)

    assert (await seen(eve, post), (await eve.asks(COMMENT, id=comment))["node"]) == (None, None)


async def test_the_owner_of_a_board_takes_an_entry_away_and_what_others_said_keeps_standing(ann, bob, eve):
    place = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]["id"]
    post = await bob.publishes("Hello", on=place, audience="FRIENDS")
    await ann.comments("Hello Bob", under=post)
    other = await bob.publishes("For all", on=place, audience="MEMBERS")
    await eve.comments("I said", under=other)
    comment = await bob.comments("And more", under=other)

    assert await eve.is_refused("deletePost", postId=other) == "FORBIDDEN"
    for target in (post, other):
        await ann.manages("deletePost", postId=target)
    await ann.manages("deleteComment", commentId=comment)

    assert await seen(eve, post) is None
    assert await seen(ann, post) == tombstone("@ann", ("ann", "Hello Bob"))
    assert await seen(bob, other) == await seen(eve, other) == tombstone("@ann", ("eve", "I said"))


@pytest.mark.parametrize("entry_goes_first", [True, False])
async def test_the_owner_of_a_board_takes_a_whole_thread_away(ann, bob, eve, stores, entry_goes_first):
    place = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]["id"]
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    comment = await eve.comments("I said", under=post)
    reply = await bob.comments("So you did", under=post, answering=comment)
    await eve.manages("updateComment", commentId=comment, body="I say")
    other = await eve.publishes("Another", on=place, audience="MEMBERS")
    await bob.comments("Stays", under=other)
    for one in (bob, eve):
        assert await one.is_refused("deletePost", postId=post, withThread=True) == "FORBIDDEN"
    if entry_goes_first:
        await ann.manages("deletePost", postId=post)

    await ann.manages("deletePost", postId=post, withThread=True)

    for viewer in (ann, bob, eve):
        assert await seen(viewer, post) is None
        for gone in (comment, reply):
            assert (await viewer.asks(COMMENT, id=gone))["node"] is None
    said = [row async for row in stores.database["comments"].find({"post": post})]
    assert [(row["state"], row["body"]) for row in said] == [("DELETED", None)] * 2
    assert await stores.database["revisions"].count_documents({}) == 0
    assert (await seen(eve, other))["commentCount"] == 1


async def test_nobody_takes_a_thread_of_a_discussion_away(ann, bob, moderator, board):
    post = await ann.publishes("Mine", on=board)
    await bob.comments("I said", under=post)

    for one in (ann, bob, moderator):
        assert await one.is_refused("deletePost", postId=post, withThread=True) == "FORBIDDEN"

    assert (await seen(bob, post))["commentCount"] == 1
