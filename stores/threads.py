"""How comments are looked up for one viewer: by key in ranges of indexes, merged, and only then fetched.

What is listed, what is kept for this viewer and what leaves a tombstone lie in ranges of indexes of their own. Each is
looked up for at most a page; then the page's comments are fetched, each in a row of its own, for a row of many long
texts would outgrow what MongoDB can answer.
"""

from collections.abc import Iterable, Sequence

from domain.content import CommentView, PostView
from domain.ids import CommentId, PostId, message_board_of
from domain.paging import Page
from domain.viewer import Viewer
from policy.visibility import circles, circles_beneath, reach
from stores.codecs import Document
from stores.keyset import OLDEST_FIRST, key_range, sort_order
from stores.post_documents import WITH_BOARD
from stores.visibility_filters import (
    LEAVES_TOMBSTONE,
    Filter,
    answering,
    hidden_ways,
    kept_ways,
    listed,
    open_boards,
    opening_ways,
    visible,
    visible_ways,
)

Parent = PostView | CommentView


def thread_stages(viewer: Viewer, parents: Sequence[Parent], page: Page) -> list[Document]:
    """Stages of a database-level aggregate that brings the same page of the comments under each of ``parents``.

    All of them are on the viewer's message board, or none: there other circles are readable.
    """
    owners = {parent.owner_id for parent in parents}
    on_own_board = is_on_own_board(viewer, parents[0])
    readable = circles_beneath(viewer, owners, on_own_board=on_own_board)
    within = key_range(page, OLDEST_FIRST)
    order = sort_order(page, OLDEST_FIRST)
    in_order: list[Document] = [{"$sort": order}, {"$limit": page.size + 1}]
    full: list[list[Document]] = [
        [{"$match": way | within}, *in_order, {"$project": {"createdAt": 1}}]
        for way in (listed(viewer, readable), *kept_ways(viewer, readable, owners, on_own_board=on_own_board))
    ]
    veiled: list[list[Document]] = [
        [*_hidden_keys(way, page), *_answered(viewer, readable), {"$limit": page.size + 1}, {"$project": _VEILED_KEY}]
        for way in hidden_ways(viewer, readable, owners)
    ]
    return [
        *_parents_on_open_boards(viewer, parents),
        *(_under("parent", thread, f"full{n}") for n, thread in enumerate(full)),
        *(_under("answeredUnder", thread, f"veiled{n}") for n, thread in enumerate(veiled)),
        *_keys_of_the_page(len(full), len(veiled), order, page.size + 1),
        *_COMMENTS_BY_KEY,
    ]


def is_on_own_board(viewer: Viewer, parent: Parent) -> bool:
    return viewer.is_signed_in and parent.board_owner_id == viewer.member_id


def shown_stages(viewer: Viewer, ids: Iterable[CommentId]) -> list[Document]:
    """Stages of a database-level aggregate that brings those of ``ids`` which show to ``viewer``, in full or as
    tombstones, under posts that stand.

    Answers are looked for under every one of ``ids``: what is hidden and what never was take the same time.
    """
    return [
        {"$documents": [{"_id": comment_id} for comment_id in ids]},
        _with_answers(answering(viewer)),
        {"$lookup": {"from": "comments", "localField": "_id", "foreignField": "_id", "as": "comment"}},
        {"$unwind": "$comment"},
        {"$replaceWith": {"$mergeObjects": ["$comment", {"answers": "$answers"}]}},
        {"$match": {"$or": [visible(viewer), {"answers": {"$ne": []}}]}},
        _under_a_post_that_stands(viewer),
        {"$match": {"underPost": {"$ne": []}}},
    ]


def answered_stages(viewer: Viewer, posts: Iterable[PostId], at_once: int) -> list[Document]:
    """Stages of an aggregate of comments that brings those of ``posts`` under which something shows to ``viewer``.

    Each row has the post's ``_id``, how many ``answers`` were looked at, and under ``above`` the post itself, with its
    board, where it leaves a tombstone. Looks at ``at_once`` answers in each way of seeing; where there are as many,
    posts may be missing. Each way is a range of an index, so that what is hidden is not even passed over.
    """
    under: Document = {"post": {"$in": sorted(posts)}}
    ranges: list[list[Document]] = [
        [{"$match": under | way}, {"$sort": {"post": 1}}, {"$limit": at_once}, {"$project": {"_id": 0, "post": 1}}]
        for way in visible_ways(viewer)
    ]
    first, *others = ranges
    above: list[Document] = [{"$match": {"$or": _leaving_tombstones(viewer)}}, WITH_BOARD]
    lookup = {"from": "posts", "localField": "_id", "foreignField": "_id", "pipeline": above, "as": "above"}
    return [
        *first,
        *({"$unionWith": {"coll": "comments", "pipeline": other}} for other in others),
        {"$group": {"_id": "$post", "answers": {"$sum": 1}}},
        {"$lookup": lookup},
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


def _hidden_keys(way: Filter, page: Page) -> list[Document]:
    """Stages that bring, from an index alone, the keys of what is hidden in this way between the page's two keys.

    In order, so that answers are looked for no further than the page goes. Which of a moment lie within is computed: a
    filter that says so has an ``$or``, and MongoDB fetches every comment for it.
    """
    ends = [(key, side) for key, side in ((page.after, "$gt"), (page.before, "$lt")) if key]
    moments = {"createdAt": {f"{side}e": key.at for key, side in ends}} if ends else {}
    within = [{"$or": [{side: ["$createdAt", key.at]}, {side: ["$_id", key.id]}]} for key, side in ends]
    return [
        {"$match": way | moments},
        {"$sort": sort_order(page, OLDEST_FIRST)},
        {"$project": {"createdAt": 1, "isWithin": {"$and": within}}},
        {"$match": {"isWithin": True}},
    ]


def _answered(viewer: Viewer, readable: list[str]) -> list[Document]:
    """Stages that keep the comments which carry an answer that shows to ``viewer``."""
    return [_with_answers(listed(viewer, readable)), {"$match": {"answers": {"$ne": []}}}]


def _with_answers(shown: Document) -> Document:
    """A stage that says of each comment whether anyone's answer below it is ``shown``."""
    # Of the answer what the index knows: its id would have to be fetched.
    answers: list[Document] = [{"$match": shown}, {"$limit": 1}, {"$project": {"_id": 0, "state": 1}}]
    lookup = {"from": "comments", "localField": "_id", "foreignField": "ancestors", "pipeline": answers}
    return {"$lookup": lookup | {"as": "answers"}}


def _parents_on_open_boards(viewer: Viewer, parents: Sequence[Parent]) -> list[Document]:
    """Stages that bring the parents' ids, less those on message boards that have been closed since they were read."""
    if all(parent.board_owner_id is None for parent in parents):
        return [{"$documents": [{"_id": parent.id} for parent in parents]}]
    rows = [
        {
            "_id": parent.id,
            "board": message_board_of(parent.board_owner_id) if parent.board_owner_id else None,
            "open": sorted(audience.value for audience in reach(viewer, parent.board_owner_id))
            if parent.board_owner_id
            else None,
        }
        for parent in parents
    ]
    is_open = {"$or": [{"$not": "$board"}, {"$in": [{"$first": "$onBoard.audience"}, "$open"]}]}
    return [{"$documents": rows}, WITH_BOARD, {"$match": {"$expr": is_open}}]


def _under_a_post_that_stands(viewer: Viewer) -> Document:
    """A stage that finds the post: on a board that is open, shown in full or as the tombstone above what is found."""
    boards = {"$or": open_boards(viewer)}
    posts: list[Document] = [
        {"$match": {"$or": [*opening_ways(viewer), *_leaving_tombstones(viewer)]}},
        {"$lookup": {**WITH_BOARD["$lookup"], "pipeline": [{"$match": boards}, {"$project": {"_id": 1}}]}},
        {"$match": {"$or": [{"host": {"$exists": False}}, {"onBoard": {"$ne": []}}]}},
        {"$project": {"_id": 1}},
    ]
    lookup = {"from": "posts", "localField": "post", "foreignField": "_id", "pipeline": posts, "as": "underPost"}
    return {"$lookup": lookup}


def _leaving_tombstones(viewer: Viewer) -> list[Filter]:
    """The ways in which a post that is hidden from ``viewer`` stands over what shows below it: in reach, or on their
    message board."""
    reached = {**LEAVES_TOMBSTONE, "circle": {"$in": circles(viewer)}}
    return [reached, {**LEAVES_TOMBSTONE, "host": viewer.member_id}] if viewer.is_signed_in else [reached]
