"""Operations that have a plan: answered as graphql-core answers them, and by it where anything is wrong."""

import pytest

from tests.both_ways import BothWays

CASES = """query ($isLong: Boolean!) { cases(first: 5) {
  edges { cursor node { id __typename } }
  nodes { state version reports(first: 3) { nodes { reason reporter { handle } } } target {
    __typename
    ... on Node @include(if: $isLong) { id }
    ... on Post { title comments { nodes { id } } author { handle } state }
    ... on Comment { post { title } }
    ... on Member { handle }
  } }
} }"""
#: Loaded, computed and plain fields in an order of their own; one switched off, so that an object may be empty.
MIXED = """query ($id: ID!, $isShown: Boolean!) {
  node(id: $id) { ... on Post {
    comments(first: 2) { nodes { author { handle } kind: __typename body { html text } } pageInfo { endCursor } }
    name: title
    author { ... on Member { handle @include(if: $isShown) } }
    viewerCanUpdate
    byline { bio @skip(if: $isShown) { text } }
    commentCount
    createdAt
    editedAt
  } }
  nodes(ids: [$id, "pst_nothing_is_this"]) { __typename id }
  viewer { member { handle } defaultByline fieldAudiences { field audience } }
}"""
EXCERPT = "query ($length: Int!) { feed(first: 2) { nodes { title body { excerpt(length: $length) } } } }"


@pytest.fixture
async def post(ann, bob, board):
    post = await ann.publishes("See https://example.com", on=board)
    first = await bob.comments("One", under=post)
    await ann.comments("Two", under=post, answering=first)
    await ann.comments("Three", under=post)
    return post


@pytest.fixture
def both(app_services, reads):
    return BothWays(app_services, reads)


@pytest.mark.parametrize("switch", [True, False])
async def test_pages_are_alike_whichever_way(both, post, ann, bob, switch):
    for token in (ann.token, bob.token, None):
        await both.compare(MIXED, {"id": post, "isShown": switch}, token)

    assert both.came == {"alike": 3}


@pytest.mark.parametrize("switch", [True, False])
async def test_a_queue_of_different_things_is_alike_whichever_way(both, post, ann, bob, moderator, switch):
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    await ann.manages("reportContent", targetId=bob.id, reason="ABUSE")

    await both.compare(CASES, {"isLong": switch}, moderator.token)

    assert both.came == {"alike": 1}


async def test_order_is_the_selection_s_also_where_fields_are_loaded(ann, post):
    found = await ann.asks(MIXED, id=post, isShown=False)

    assert list(found) == ["node", "nodes", "viewer"]
    assert list(found["node"]) == [
        *("comments", "name", "author", "viewerCanUpdate", "byline", "commentCount", "createdAt", "editedAt")
    ]
    assert found["node"]["author"] == {}
    assert [node and node["__typename"] for node in found["nodes"]] == ["Post", None]


async def test_what_is_wrong_is_told_by_graphql_core(both, post, ann, bob):
    wrong = await ann.gets(EXCERPT, length=0)
    right = await ann.asks(EXCERPT, length=100)
    for length in (0, 100):
        await both.compare(EXCERPT, {"length": length}, ann.token)
    await both.compare(CASES, {"isLong": True}, bob.token)

    [error] = wrong["errors"]
    assert error["path"] == ["feed", "nodes", 0, "body", "excerpt"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert right["feed"]["nodes"][0]["body"]["excerpt"] == "See https://example.com"
    assert both.came == {"alike": 1, "faulty": 2}
