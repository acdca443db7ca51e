"""Lists are paged by key, forward and backward, to their very ends."""

import pytest

from domain.content import ContentState
from domain.members import Role
from tests import factories

PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) {
  feed(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
COMMENTS = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { node(id: $id) { ... on Post {
  comments(first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }"""


@pytest.fixture
async def posts(community, ann):
    """Seven posts, newest first, among as many that only Ann sees."""
    board = await community.board(await community.joins("mod", Role.MODERATOR))
    made = []
    for n in range(7):
        made.append(await ann.publishes(f"Post {n}", on=board))
        await ann.publishes(f"Diary {n}", on=board, audience="ONLY_ME")
    return made[::-1]


async def pages(viewer, size, ask):
    """All pages, walked until the list ends."""
    found, cursor = [], None
    while True:
        page = await ask(size, cursor)
        found.append([node["id"] for node in page["nodes"]])
        more, cursor = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        if not more:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
async def test_walking_forward_finds_every_visible_post_once(community, posts, size):
    visitor = community.visitor()

    async def ask(first, after):
        return (await visitor.asks(PAGE, first=first, after=after))["feed"]

    found = await pages(visitor, size, ask)

    assert [post for page in found for post in page] == posts
    assert all(len(page) == size for page in found[:-1])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
async def test_walking_backward_finds_them_too(community, posts, size):
    visitor, cursor = community.visitor(), None
    found: list[str] = []
    while True:
        page = (await visitor.asks(PAGE, last=size, before=cursor))["feed"]
        found = [node["id"] for node in page["nodes"]] + found
        cursor = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break

    assert found == posts


async def test_hidden_posts_change_nothing_of_a_page(community, posts):
    """Cursors and page info are those of a list without them."""
    page = (await community.visitor().asks(PAGE, first=7))["feed"]

    assert [edge["node"] for edge in page["edges"]] == page["nodes"]
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": page["edges"][0]["cursor"],
        "endCursor": page["edges"][-1]["cursor"],
    }


async def test_a_page_between_two_cursors(community, posts):
    visitor = community.visitor()
    edges = (await visitor.asks(PAGE, first=7))["feed"]["edges"]

    page = (await visitor.asks(PAGE, first=10, after=edges[1]["cursor"], before=edges[5]["cursor"]))["feed"]

    assert [node["id"] for node in page["nodes"]] == posts[2:5]


async def test_comments_and_tombstones_are_paged_together(ann, posts, community):
    bob = await community.joins("bob")
    post, expected = posts[0], []
    for n in range(6):
        comment = await bob.comments(f"Comment {n}", under=post)
        if n % 2:
            await ann.comments("An answer", under=post, answering=comment)
            await bob.manages("deleteComment", commentId=comment)
        expected.append(comment)

    async def ask(first, after):
        return (await ann.asks(COMMENTS, id=post, first=first, after=after))["node"]["comments"]

    for size in (1, 2, 4):
        assert [comment for page in await pages(ann, size, ask) for comment in page] == expected


@pytest.mark.parametrize(
    "arguments",
    [
        {"first": 101},
        {"last": 101},
        {"first": -1},
        {"first": 1, "last": 1},
        {"after": "nonsense"},
        {"after": "W10"},
        {"after": "WyIxIiwiMiJd"},
        {"before": "é" * 10},
        {"after": "A" * 10000},
    ],
)
async def test_a_page_that_cannot_be_is_refused_with_a_stable_code(community, posts, arguments):
    answer = await community.visitor().gets(PAGE, **arguments)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]


async def test_an_empty_page_can_be_asked_for(community, posts):
    page = (await community.visitor().asks(PAGE, first=0))["feed"]

    assert page["nodes"] == []
    assert page["pageInfo"]["startCursor"] is None


async def test_boards_are_paged_too(community, ann):
    moderator = await community.joins("mod", Role.MODERATOR)
    for n in range(3):
        await community.board(moderator, f"board-{n}")
    query = "query ($after: String) { boards(first: 2, after: $after) { nodes { slug } pageInfo { endCursor } } }"

    first = (await ann.asks(query))["boards"]
    second = (await ann.asks(query, after=first["pageInfo"]["endCursor"]))["boards"]

    assert [board["slug"] for board in first["nodes"] + second["nodes"]] == ["board-0", "board-1", "board-2"]


async def test_nodes_answers_in_order_and_at_most_a_hundred(community, posts):
    visitor = community.visitor()
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    found = await visitor.asks(query, ids=[posts[1], "nonsense", posts[0], "x" * 1000])

    assert found["nodes"] == [{"id": posts[1]}, None, {"id": posts[0]}, None]
    assert (await visitor.gets(query, ids=["x"] * 101))["errors"]


@pytest.mark.parametrize("size", [1, 2, 3, 6])
async def test_tombstones_of_one_moment_are_paged_as_any_comments(community, stores, size):
    author, visitor = await factories.member(stores, "author"), community.visitor()
    post = await factories.post(stores, author)
    thread = [await factories.comment(stores, post, author, state=ContentState.DELETED) for _ in range(5)]
    for gone in thread:
        await factories.comment(stores, post, author, answering=gone)
    thread.append(await factories.comment(stores, post, author))

    async def ask(first, after):
        return (await visitor.asks(COMMENTS, id=post.id, first=first, after=after))["node"]["comments"]

    async def ask_backward(last, before):
        page = (await visitor.asks(COMMENTS, id=post.id, last=last, before=before))["node"]["comments"]
        info = page["pageInfo"]
        turned = {"hasNextPage": info["hasPreviousPage"], "endCursor": info["startCursor"]}
        return {"nodes": page["nodes"][::-1], "pageInfo": turned}

    in_order = sorted(comment.id for comment in thread)
    assert [one for page in await pages(visitor, size, ask) for one in page] == in_order
    assert [one for page in await pages(visitor, size, ask_backward) for one in page] == in_order[::-1]


async def test_a_thread_that_is_asked_for_twice_lists_each_answer_once(community, board, ann):
    """Both lists are read together, for they are of the same parent."""
    post = await ann.publishes("Hello", on=board)
    comment = await ann.comments("One", under=post)
    reply = await ann.comments("Two", under=post, answering=comment)
    listed = "comments { nodes { id } }"
    query = f"""query ($id: ID!) {{ one: node(id: $id) {{ ...T }} two: node(id: $id) {{ ...T }} }}
      fragment T on Post {{ {listed} }}"""
    again = query.replace("on Post", "on Comment").replace("comments", "replies")

    top, below = await ann.asks(query, id=post), await ann.asks(again, id=comment)

    assert top == {key: {"comments": {"nodes": [{"id": comment}]}} for key in ("one", "two")}
    assert below == {key: {"replies": {"nodes": [{"id": reply}]}} for key in ("one", "two")}
