"""Looking at what the author wrote, as one viewer, by id and in every list; each is then told as a letter."""

from collections.abc import Mapping
from typing import Any

from tests.actors import Actor
from tests.visibility_tables.crowd import Cell, Crowd, Thing, Thread
from tests.visibility_tables.legend import LISTED, NOTHING, POST_SIGHTS, TOMBSTONE, UNCOUNTED

LOCATION = "杭州"
Node = dict[str, Any]

POST = "id state title body { text } author { handle } audience byline { location }"
POSTS_BY_ID = f"""query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Post {{ {POST} board {{ slug }}
  commentCount comments(first: 2) {{ nodes {{ id }} }} }} }} }}"""
LISTS = f"""query ($board: ID!, $author: String!) {{
  feed(first: 100) {{ nodes {{ {POST} }} }}
  board: node(id: $board) {{ ... on Board {{ postCount posts(first: 100) {{ nodes {{ {POST} }} }} }} }}
  member(handle: $author) {{ posts(first: 100) {{ nodes {{ {POST} }} }} }}
  viewer {{ boardEntriesToReview(first: 100) {{ nodes {{ {POST} }} }} }} }}"""
COMMENT = """id state body { text } author { handle } byline { location } replyCount
  replies(first: 2) { nodes { id } }"""
COMMENTS_BY_ID = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Comment {{ {COMMENT} }} }} }}"
THREAD = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Post {{
  commentCount comments(first: 100) {{ nodes {{ {COMMENT} }} }} }} }} }}"""

#: What a tombstone tells, all alike.
GONE = {"state": "UNAVAILABLE", "body": None, "author": None, "byline": {"location": None}}


async def posts_as_seen(crowd: Crowd, viewer: Actor, things: Mapping[Cell, Thing], board: str) -> dict[Cell, str]:
    """A letter for each of the author's posts on ``board``."""
    found = (await viewer.asks(POSTS_BY_ID, ids=[thing.id for thing in things.values()]))["nodes"]
    lists = await _lists(crowd, viewer, board)
    return {
        cell: _post_letter(crowd, cell, things[cell], node, lists) for cell, node in zip(things, found, strict=True)
    }


async def comments_as_seen(crowd: Crowd, viewer: Actor, thread: Thread) -> tuple[dict[Cell, str], int]:
    """A letter for each of the author's comments, and how many comments the post is said to have."""
    found = (await viewer.asks(COMMENTS_BY_ID, ids=[thing.id for thing in thread.comments.values()]))["nodes"]
    post = (await viewer.asks(THREAD, id=thread.post))["node"] or {"commentCount": 0, "comments": {"nodes": []}}
    listed = {node["id"]: node for node in post["comments"]["nodes"]}
    assert set(listed) <= {thing.id for thing in thread.comments.values()}
    seen = {
        cell: _comment_letter(crowd, cell, thing, node) if node == listed.get(thing.id) else f"not as listed: {node}"
        for (cell, thing), node in zip(thread.comments.items(), found, strict=True)
    }
    return seen, post["commentCount"]


async def _lists(crowd: Crowd, viewer: Actor, board: str) -> dict[str, dict[str, Node]]:
    """Every list of posts, by id; a board counts exactly what it lists."""
    found = await viewer.asks(LISTS, board=board, author=crowd.author.handle)
    board_found = found["board"] or {"postCount": 0, "posts": {"nodes": []}}
    assert board_found["postCount"] == len(board_found["posts"]["nodes"])
    lists = {
        "feed": found["feed"],
        "board": board_found["posts"],
        "author's posts": (found["member"] or {"posts": {"nodes": []}})["posts"],
        "to review": (found["viewer"] or {"boardEntriesToReview": {"nodes": []}})["boardEntriesToReview"],
    }
    return {name: {node["id"]: node for node in listed["nodes"]} for name, listed in lists.items()}


def _post_letter(crowd: Crowd, cell: Cell, thing: Thing, node: Node | None, lists: Mapping[str, Mapping]) -> str:
    among = {name for name, listed in lists.items() if thing.id in listed}
    if node is None:
        shape, is_on_its_board = "nothing", True
    else:
        is_on_its_board = node.pop("board")["slug"] in ("talk", f"@{crowd.board_owner.handle}")
        below = [thing.reply] if thing.reply and is_on_its_board else []
        count, said = node.pop("commentCount"), [comment["id"] for comment in node.pop("comments")["nodes"]]
        if (count, said) != (len(below), below) or any(node != lists[name][thing.id] for name in among):
            return f"not as listed, or with {count} comments: {node}"
        shape = _shape(crowd, cell, node, {"title": None, "audience": cell[0]}, {"title": None, "audience": "PUBLIC"})
    sight = (shape, among, is_on_its_board)
    return next((letter for letter, told in POST_SIGHTS.items() if told == sight), str(sight))


def _comment_letter(crowd: Crowd, cell: Cell, thing: Thing, node: Node | None) -> str:
    if node is None:
        return NOTHING
    below = [thing.reply] if thing.reply else []
    count, said = node.pop("replyCount"), [reply["id"] for reply in node.pop("replies")["nodes"]]
    if (count, said) != (len(below), below):
        return f"with {count} replies: {node}"
    shape = _shape(crowd, cell, node, {"byline": {"location": None}}, {})
    in_full = LISTED if cell[1] == "PUBLISHED" else UNCOUNTED
    return {"full": in_full, "a tombstone": TOMBSTONE}.get(shape, shape)


def _shape(crowd: Crowd, cell: Cell, node: Node, in_full: Node, gone: Node) -> str:
    """How something shows; if it is neither all that is stored nor a tombstone, itself."""
    stored = {"state": cell[1], "body": {"text": "你好"}, "author": {"handle": crowd.author.handle}}
    shown = {name: value for name, value in node.items() if name != "id"}
    if shown == stored | {"byline": {"location": LOCATION}} | in_full:
        return "full"
    return "a tombstone" if shown == GONE | gone else f"in part: {node}"
