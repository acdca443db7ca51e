"""Members named in texts: found by those who may see them, nobody for all others, to the byte."""

import pytest

from policy.limits import MAX_MENTIONS_IN_A_TEXT

NAMED = """query ($id: ID!) { node(id: $id) { ... on Post { body {
  text html excerpt mentions { handle start end
    member { id handle displayName viewerRelationship profile { bio { text } } } }
} } } }"""


async def body_of(viewer, post):
    return (await viewer.asks(NAMED, id=post))["node"]["body"]


async def members(viewer, post):
    named = (await body_of(viewer, post))["mentions"]
    return [mention["member"] and mention["member"]["handle"] for mention in named]


async def test_a_text_tells_whom_it_names_and_where(board, ann, bob):
    post = await ann.publishes("你好@Bob，和 @nobody_here", on=board)

    body = await body_of(ann, post)

    assert body["html"] == "<p>你好@Bob，和 @nobody_here</p>\n"
    assert [(named["handle"], named["start"], named["end"]) for named in body["mentions"]] == [
        ("bob", 2, 6),
        ("nobody_here", 9, 21),
    ]
    assert [named["member"] and named["member"]["handle"] for named in body["mentions"]] == ["bob", None]


async def test_who_blocks_the_reader_is_nobody_to_the_byte(board, community, ann, bob):
    carl = await community.joins("carl")
    post = await ann.publishes("@carl @dora", on=board)
    before = await body_of(bob, post)
    await carl.manages("block", memberId=bob.id)

    parted = await body_of(bob, post)

    assert before["mentions"][0]["member"]["handle"] == "carl"
    [first, second] = parted["mentions"]
    assert (first["member"], second["member"]) == (None, None)
    assert {key: value for key, value in parted.items() if key != "mentions"} == {
        key: value for key, value in before.items() if key != "mentions"
    }
    assert await members(ann, post) == ["carl", None]


async def test_nobody_learns_that_a_name_was_taken_by_one_who_blocks_them(board, community, ann, bob):
    post = await ann.publishes("@dora", on=board)
    status, _, nobody_there = await bob.responds(NAMED, {"id": post})

    dora = await community.joins("dora")
    await dora.manages("block", memberId=bob.id)

    assert (await bob.responds(NAMED, {"id": post}))[::2] == (status, nobody_there)
    assert await members(ann, post) == ["dora"]


async def test_a_name_finds_whoever_goes_by_it_now(board, community, ann):
    post = await ann.publishes("@eve", on=board)
    assert await members(ann, post) == [None]

    await community.joins("eve")

    assert await members(ann, post) == ["eve"]


async def test_comments_bios_and_revisions_name_members_too(board, ann, bob):
    post = await ann.publishes("@ann", on=board)
    comment = await bob.comments("@ann", under=post)
    await ann.manages("updateProfile", bio="@bob")
    await ann.manages("updatePost", postId=post, body="`@ann` @bob")

    query = """query ($post: ID!, $comment: ID!) {
      node(id: $post) { ... on Post { body { ...Named } revisions { nodes { body { ...Named } } }
        author { profile { bio { ...Named } } } } }
      comment: node(id: $comment) { ... on Comment { body { ...Named } } } }
      fragment Named on RichText { mentions { member { handle } } }"""
    answer = await ann.asks(query, post=post, comment=comment)

    def named(body):
        return [mention["member"]["handle"] for mention in body["mentions"]]

    assert named(answer["node"]["body"]) == ["bob"]
    assert [named(revision["body"]) for revision in answer["node"]["revisions"]["nodes"]] == [["ann"]]
    assert named(answer["node"]["author"]["profile"]["bio"]) == ["bob"]
    assert named(answer["comment"]["body"]) == ["ann"]


async def test_too_many_names_are_refused(board, ann):
    [error] = (await ann.does("createPost", boardId=board, audience="PUBLIC", body="@ann " * 51))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION", ["body"])
    assert str(MAX_MENTIONS_IN_A_TEXT) in error["message"]
    await ann.publishes("@ann " * 50, on=board)


async def test_a_text_that_is_too_intricate_has_a_code_of_its_own(board, ann, stores):
    for body in ("- a\n" * 4_000, "> " * 30 + "a", "|" * 5_000):
        answer = await ann.does("createPost", boardId=board, audience="PUBLIC", body=body)
        [error] = answer["errors"]
        assert (error["code"], error["path"]) == ("TEXT_TOO_COMPLEX", ["body"])
    assert await ann.is_refused("updateProfile", bio="![" * 900) == "TEXT_TOO_COMPLEX"
    assert await stores.database["posts"].count_documents({}) == 0


@pytest.mark.parametrize("title", ["\u200b", "\u3164", "\u0301"])
async def test_a_title_that_cannot_be_seen_is_refused(board, ann, title):
    [error] = (await ann.does("createPost", boardId=board, audience="PUBLIC", body="a", title=title))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION", ["title"])


async def test_an_excerpt_is_as_long_as_is_asked_for(board, ann):
    post = await ann.publishes("# 标题\n\n" + "一二三四五六七八九十" * 30, on=board)
    query = "query ($id: ID!, $n: Int!) { node(id: $id) { ... on Post { body { excerpt(length: $n) } } } }"

    short = (await ann.asks(query, id=post, n=5))["node"]["body"]["excerpt"]

    assert short == "标题 一二…"
    assert len((await body_of(ann, post))["excerpt"]) == 141
    for length in (0, -1, 1_001):
        answer = await ann.gets(query, id=post, n=length)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
