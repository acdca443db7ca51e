"""How comments are looked up for one viewer: by key in ranges of indexes, merged, and only then fetched.

What is listed, what is kept for this viewer and what leaves a tombstone lie in ranges of indexes of their own. Each is
looked up for at most a page; then the page's comments are fetched, each in a row of its own, for a row of many long
texts would outgrow what MongoDB can answer.
"""

from collections.abc import Sequence

from domain.content import CommentView, PostView
from domain.paging import Page
from domain.viewer import Viewer
from policy.visibility import circles
from stores.documents import Document
from stores.pages import OLDEST_FIRST, key_range, sort_order
from stores.visible import hidden_ways, kept_ways, listed, visible


def thread_stages(viewer: Viewer, parents: Sequence[PostView | CommentView], page: Page) -> list[Document]:
    """Stages of a database-level aggregate that brings the same page of the comments under each of ``parents``."""
    owners = {parent.owner_id for parent in parents}
    readable = circles(viewer, owners)
    within = key_range(page, OLDEST_FIRST)
    order = sort_order(page, OLDEST_FIRST)
    in_order: list[Document] = [{"$sort": order}, {"$limit": page.size + 1}]
    full: list[list[Document]] = [
        [{"$match": way | within}, *in_order, {"$project": {"createdAt": 1}}]
        for way in (listed(viewer, readable), *kept_ways(viewer, readable, owners))
    ]
    veiled: list[list[Document]] = [
        [{"$match": way | within}, *_answered(viewer, readable), *in_order, {"$project": _VEILED_KEY}]
        for way in hidden_ways(viewer, readable, owners)
    ]
    return [
        {"$documents": [{"_id": parent.id} for parent in parents]},
        *(_under("parent", thread, f"full{n}") for n, thread in enumerate(full)),
        *(_under("answeredUnder", thread, f"veiled{n}") for n, thread in enumerate(veiled)),
        *_keys_of_the_page(len(full), len(veiled), order, page.size + 1),
        *_COMMENTS_BY_KEY,
    ]


def shown_stages(viewer: Viewer) -> list[Document]:
    """Stages that keep the comments which show to ``viewer``, in full or as tombstones, under posts that do."""
    return [
        _with_answers(viewer, circles(viewer)),
        {"$match": {"$or": [visible(viewer), {"answers": {"$ne": []}}]}},
        _under_a_visible_post(viewer),
        {"$match": {"underPost": {"$ne": []}}},
    ]


#: The body of what shows as a tombstone does not even leave the database.
_VEILED_KEY: Document = {"createdAt": 1, "isVeiled": {"$literal": True}}

_COMMENTS_BY_KEY: list[Document] = [
    {"$unwind": "$found"},
    {"$lookup": {"from": "comments", "localField": "found._id", "foreignField": "_id", "as": "comment"}},
    {"$unwind": "$comment"},
    {"$set": {"comment.body": {"$cond": ["$found.isVeiled", None, "$comment.body"]}}},
    {"$replaceWith": "$comment"},
]


def _under(field: str, thread: list[Document], name: str) -> Document:
    """A stage that adds the keys of what ``thread`` finds under each parent."""
    lookup = {"from": "comments", "localField": "_id", "foreignField": field, "pipeline": thread, "as": name}
    return {"$lookup": lookup}


def _keys_of_the_page(full: int, veiled: int, order: dict[str, int], size: int) -> list[Document]:
    """Stages that merge what was found into one page of keys; what shows in full is no tombstone too."""
    shown = {"$setUnion": [f"$full{n}" for n in range(full)]}
    hidden = {"$concatArrays": [f"$veiled{n}" for n in range(veiled)]}
    others = {"$filter": {"input": hidden, "cond": {"$not": {"$in": ["$$this._id", "$shown._id"]}}}}
    merged = {"$sortArray": {"input": {"$concatArrays": ["$shown", others]}, "sortBy": order}}
    return [
        {"$project": {"shown": shown} | {f"veiled{n}": 1 for n in range(veiled)}},
        {"$project": {"found": {"$slice": [merged, size]}}},
    ]


def _answered(viewer: Viewer, readable: list[str]) -> list[Document]:
    """Stages that keep the comments which carry an answer that shows to ``viewer``."""
    return [_with_answers(viewer, readable), {"$match": {"answers": {"$ne": []}}}]


def _with_answers(viewer: Viewer, readable: list[str]) -> Document:
    """A stage that says of each comment whether anyone's answer below it is listed for ``viewer``."""
    answers: list[Document] = [{"$match": listed(viewer, readable)}, {"$limit": 1}, {"$project": {"_id": 1}}]
    lookup = {"from": "comments", "localField": "_id", "foreignField": "ancestors", "pipeline": answers}
    return {"$lookup": lookup | {"as": "answers"}}


def _under_a_visible_post(viewer: Viewer) -> Document:
    posts: list[Document] = [{"$match": visible(viewer)}, {"$project": {"_id": 1}}]
    lookup = {"from": "posts", "localField": "post", "foreignField": "_id", "pipeline": posts, "as": "underPost"}
    return {"$lookup": lookup}
