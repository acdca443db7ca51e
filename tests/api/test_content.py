"""Boards, posts and comments: publishing, changing, deleting, retrying."""

import asyncio

import pytest

POST = """query ($id: ID!) { node(id: $id) { ... on Post {
  title audience state editedAt commentCount body { text source html } } } }"""
THREAD = """query ($id: ID!) { node(id: $id) { ... on Post { commentCount comments { nodes {
  id state author { handle } body { text } replyCount replies { nodes { id state body { text } } } } } } } }"""


async def node(viewer, post, query=POST):
    return (await viewer.asks(query, id=post))["node"]


async def test_only_moderators_make_boards(community, ann, moderator):
    assert await ann.is_refused("createBoard", slug="talk", title="Talk") == "FORBIDDEN"
    assert await community.visitor().is_refused("createBoard", slug="talk", title="Talk") == "NOT_SIGNED_IN"

    await community.board(moderator)

    assert await moderator.is_refused("createBoard", slug="talk", title="Again") == "CONFLICT"
    assert await moderator.is_refused("createBoard", slug="No Slug", title="Talk") == "VALIDATION"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("PUBLIC", {"ann", "bob", "carl", "visitor"}),
        ("MEMBERS", {"ann", "bob", "carl"}),
        ("FRIENDS", {"ann", "bob"}),
        ("ONLY_ME", {"ann"}),
    ],
)
async def test_a_post_is_found_by_its_audience_alone(community, board, ann, bob, audience, readers):
    await ann.befriends(bob)
    viewers = {"ann": ann, "bob": bob, "carl": await community.joins("carl"), "visitor": community.visitor()}

    post = await ann.publishes("你好，世界", on=board, audience=audience)

    query = """query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } feed { nodes { id } }
      board(slug: "talk") { postCount posts { nodes { id } } } member(handle: "ann") { posts { nodes { id } } } }"""
    for name, viewer in viewers.items():
        found: list[dict[str, str] | None] = [{"id": post}] if name in readers else []
        assert await viewer.asks(query, id=post) == {
            "node": found[0] if found else None,
            "nodes": found or [None],
            "feed": {"nodes": found},
            "board": {"postCount": len(found), "posts": {"nodes": found}},
            "member": {"posts": {"nodes": found}},
        }, name


async def test_the_source_is_for_the_author_and_the_text_for_all(board, ann, bob):
    post = await ann.publishes("**Hello** <b>", on=board)

    assert (await node(ann, post))["body"]["source"] == "**Hello** <b>"
    assert (await node(bob, post))["body"] == {
        "text": "Hello <b>",
        "source": None,
        "html": "<p><strong>Hello</strong> &lt;b&gt;</p>\n",
    }


async def test_an_author_edits_and_others_see_that_it_was_edited(board, ann, bob):
    post = await ann.publishes("Hello", on=board, title="First")

    await ann.manages("updatePost", postId=post, body="Hello again")

    seen = await node(bob, post)
    assert (seen["title"], seen["body"]["text"]) == ("First", "Hello again")
    assert seen["editedAt"] is not None


async def test_nobody_else_edits_or_deletes(board, ann, bob, moderator):
    post = await ann.publishes("Hello", on=board)
    comment = await ann.comments("Indeed", under=post)

    for other in (bob, moderator):
        assert await other.is_refused("updatePost", postId=post, body="Mine") == "FORBIDDEN"
        assert await other.is_refused("deletePost", postId=post) == "FORBIDDEN"
        assert await other.is_refused("updateComment", commentId=comment, body="Mine") == "FORBIDDEN"
        assert await other.is_refused("deleteComment", commentId=comment) == "FORBIDDEN"
    assert (await node(bob, post))["body"]["text"] == "Hello"


async def test_what_cannot_be_seen_cannot_be_told_from_what_is_not_there(board, ann, bob):
    hidden = await ann.publishes("Dear diary", on=board, audience="ONLY_ME")
    for action, given in [
        ("updatePost", {"body": "x"}),
        ("deletePost", {}),
        ("createComment", {"body": "x"}),
    ]:
        answers = [await bob.does(action, postId=post, **given) for post in (hidden, "pst_" + "A" * 16)]
        assert answers[0] == answers[1]
        assert answers[0]["errors"][0]["code"] == "NOT_FOUND"


async def test_a_deleted_post_is_gone_for_all_and_its_text_from_the_store(board, ann, bob, stores):
    post = await ann.publishes("A secret I regret", on=board)

    await ann.manages("deletePost", "deletedId", postId=post)

    assert await node(ann, post) is None
    assert await node(bob, post) is None
    stored = await stores.database["posts"].find_one({"_id": post})
    assert (stored["state"], stored["body"], stored["title"]) == ("DELETED", None, None)
    assert await ann.is_refused("deletePost", postId=post) == "NOT_FOUND"


@pytest.mark.parametrize(
    ("given", "path"),
    [({"body": "  "}, ["body"]), ({"body": "x" * 20001}, ["body"]), ({"body": "x", "title": "x" * 201}, ["title"])],
)
async def test_a_text_that_cannot_be_taken_is_named(board, ann, stores, given, path):
    [error] = (await ann.does("createPost", boardId=board, audience="PUBLIC", **given))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION", path)
    assert await stores.database["posts"].count_documents({}) == 0


async def test_a_retry_answers_the_first_post_and_another_use_of_the_key_is_refused(board, ann, bob, stores):
    given = {"boardId": board, "body": "Once", "audience": "PUBLIC", "idempotencyKey": "k1"}
    first = await ann.manages("createPost", "post { id }", **given)

    again = await asyncio.gather(*(ann.manages("createPost", "post { id }", **given) for _ in range(10)))

    assert all(payload["post"] == first["post"] for payload in again)
    assert await stores.database["posts"].count_documents({}) == 1
    assert await ann.is_refused("createPost", **given | {"body": "Twice"}) == "CONFLICT"
    assert (await bob.manages("createPost", "post { id }", **given))["post"] != first["post"]


async def test_many_retries_at_once_make_one_comment_that_is_counted_once(board, ann, bob):
    post = await ann.publishes("Hello", on=board)

    await asyncio.gather(*(bob.comments("Me too", under=post, idempotencyKey="k") for _ in range(20)))

    assert (await node(ann, post))["commentCount"] == 1


async def test_comments_at_the_same_time_are_all_counted(board, ann, bob):
    post = await ann.publishes("Hello", on=board)

    await asyncio.gather(*(bob.comments(f"Number {n}", under=post) for n in range(30)))

    assert (await node(ann, post))["commentCount"] == 30


async def test_widening_a_post_republishes_nobody_else_s_words(community, board, ann, bob):
    """A comment keeps the audience it was written under."""
    await ann.befriends(bob)
    post = await ann.publishes("For friends", on=board, audience="FRIENDS")
    await bob.comments("Between us", under=post)

    await ann.manages("updatePost", postId=post, audience="PUBLIC")
    await ann.comments("For all", under=post)

    seen = await node(community.visitor(), post, THREAD)
    assert [comment["body"]["text"] for comment in seen["comments"]["nodes"]] == ["For all"]
    assert seen["commentCount"] == 1
    for friend in (ann, bob):
        assert (await node(friend, post, THREAD))["commentCount"] == 2


async def test_authors_see_their_own_comment_also_when_no_friend_any_more(board, ann, bob):
    await ann.befriends(bob)
    post = await ann.publishes("For friends", on=board, audience="FRIENDS")
    await bob.comments("Between us", under=post)
    await ann.manages("updatePost", postId=post, audience="PUBLIC")
    await ann.manages("unfollow", memberId=bob.id)

    seen = await node(bob, post, THREAD)

    assert [comment["body"]["text"] for comment in seen["comments"]["nodes"]] == ["Between us"]
    assert seen["commentCount"] == 1


async def test_a_deleted_comment_leaves_a_tombstone_only_where_an_answer_shows(board, ann, bob):
    post = await ann.publishes("Hello", on=board)
    alone = await bob.comments("Regretted", under=post)
    answered = await bob.comments("Regretted too", under=post)
    await ann.comments("An answer", under=post, answering=answered)

    for comment in (alone, answered):
        await bob.manages("deleteComment", "deletedId", commentId=comment)

    seen = await node(ann, post, THREAD)
    assert seen["commentCount"] == 1
    [tombstone] = seen["comments"]["nodes"]
    assert (tombstone["id"], tombstone["state"], tombstone["author"], tombstone["body"]) == (
        answered,
        "UNAVAILABLE",
        None,
        None,
    )
    assert tombstone["replyCount"] == 1
    assert [reply["body"]["text"] for reply in tombstone["replies"]["nodes"]] == ["An answer"]
    assert await ann.is_refused("createComment", postId=post, parentId=answered, body="More") == "NOT_FOUND"


async def test_replies_end_after_five_levels(board, ann):
    post = await ann.publishes("Hello", on=board)
    reply = await ann.comments("Top", under=post)
    for level in range(1, 6):
        reply = await ann.comments(f"Level {level}", under=post, answering=reply)

    assert await ann.is_refused("createComment", postId=post, parentId=reply, body="Six") == "VALIDATION"
    query = "query ($id: ID!) { node(id: $id) { ... on Comment { depth } } }"
    assert (await ann.asks(query, id=reply))["node"] == {"depth": 5}


async def test_a_thread_of_tombstones_stands_as_long_as_an_answer_at_its_end_shows(board, ann, bob):
    post = await ann.publishes("Hello", on=board)
    top = await bob.comments("One", under=post)
    middle = await bob.comments("Two", under=post, answering=top)
    last = await ann.comments("Three", under=post, answering=middle)
    for comment in (top, middle):
        await bob.manages("deleteComment", commentId=comment)

    query = """query ($id: ID!) { node(id: $id) { ... on Post { commentCount
      comments(first: 3) { nodes { state replyCount
      replies(first: 3) { nodes { state replies(first: 3) { nodes { state body { text } } } } } } } } } }"""
    shown = {"state": "PUBLISHED", "body": {"text": "Three"}}
    assert (await bob.asks(query, id=post))["node"] == {
        "commentCount": 1,
        "comments": {
            "nodes": [
                {
                    "state": "UNAVAILABLE",
                    "replyCount": 0,
                    "replies": {"nodes": [{"state": "UNAVAILABLE", "replies": {"nodes": [shown]}}]},
                }
            ]
        },
    }
    await ann.manages("deleteComment", commentId=last)
    assert (await bob.asks(query, id=post))["node"] == {"commentCount": 0, "comments": {"nodes": []}}


async def test_a_byline_defaults_to_what_the_author_set_and_empty_means_nothing(community, board, ann):
    await ann.manages("updateProfile", location="杭州", defaultByline=["LOCATION"])
    await ann.opens(location="PUBLIC")
    query = "query ($id: ID!) { node(id: $id) { ... on Post { byline { location } } } }"

    default = await ann.publishes("Hello", on=board)
    nothing = await ann.publishes("Hello", on=board, byline=[])

    assert await node(community.visitor(), default, query) == {"byline": {"location": "杭州"}}
    assert await node(community.visitor(), nothing, query) == {"byline": {"location": None}}


async def test_a_comment_leads_to_its_post_and_parent(board, ann):
    post = await ann.publishes("Hello", on=board)
    top = await ann.comments("One", under=post)
    reply = await ann.comments("Two", under=post, answering=top)

    query = "query ($id: ID!) { node(id: $id) { ... on Comment { depth post { id } parent { id } } } }"
    assert await node(ann, reply, query) == {"depth": 1, "post": {"id": post}, "parent": {"id": top}}
    assert await node(ann, top, query) == {"depth": 0, "post": {"id": post}, "parent": None}


async def test_links_carry_their_risk_and_lead_through_the_leaving_page(board, ann, community, stores, clock):
    post = await ann.publishes(
        "[W3C](https://www.w3.org/) [my bank](http://user@198.51.100.7/) [here](/boards)", on=board
    )
    query = """query ($id: ID!) { node(id: $id) { ... on Post { body { html links {
      url host isExternal risk reasons warning { canContinue } leaveUrl } } } } }"""

    body = (await node(community.visitor(), post, query))["body"]

    w3, bank, here = body["links"]
    assert (w3["risk"], w3["reasons"], w3["warning"]) == ("NEUTRAL", ["EXTERNAL"], {"canContinue": True})
    assert (bank["risk"], bank["reasons"]) == ("SUSPICIOUS", ["EXTERNAL", "NOT_HTTPS", "IP_ADDRESS", "USERINFO"])
    assert (here["risk"], here["warning"], here["leaveUrl"]) == ("INTERNAL", None, None)
    assert here["url"] == "https://veranda.example/boards"
    assert w3["leaveUrl"] == "https://veranda.example/leave?to=https%3A%2F%2Fwww.w3.org%2F"
    assert f'href="{w3["leaveUrl"]}"' in body["html"]
    assert 'href="https://veranda.example/boards"' in body["html"]
