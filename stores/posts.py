"""Posts: lists and single ones as one viewer may see them, and the conditional changes that move them on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import Board, BoardKind, ContentState, PostRecord, PostView
from domain.ids import BoardId, MemberId, PostId
from domain.members import ProfileField
from domain.paging import Page, Slice
from domain.relationships import Follows
from domain.viewer import Viewer
from policy.limits import MAX_COUNTED_POSTS
from policy.visibility import SHOWN_TO_ALL, Placed, is_open, reach
from stores.byline_counts import Showing, byline_stages
from stores.codecs import AUDIENCES, FIELDS, Document
from stores.following_feed import followed_stages
from stores.indexes import (
    BY_ID,
    COMMENTS_BY_POST,
    POSTS_BY_AUTHOR,
    POSTS_BY_BOARD,
    POSTS_BY_BOARD_OWNER,
    POSTS_BY_BYLINE,
    POSTS_BY_PLACE,
)
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.post_documents import (
    WITH_BOARD,
    document_of,
    has_open_board,
    place_of,
    placed_of,
    tombstone_of,
    view_of,
    view_on_case,
    view_with_board,
)
from stores.revisions import SINCE_WHEN, since_when
from stores.state_changes import is_in, move_to
from stores.threads import answered_stages
from stores.transactions import SNAPSHOT, Transaction
from stores.visibility_filters import Filter, left_with, listed_ways, own, visible, waiting_ways

#: Keys of answers that are looked at in one read, under however many posts.
ANSWERS_AT_ONCE = 1_000


class Posts:
    """The ``posts`` collection. A post's author is the owner to whom its audience refers."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection
        self._moment = collection.with_options(read_concern=SNAPSHOT)

    async def seen_by(self, viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, PostView]:
        """Those of ``ids`` that ``viewer`` may see in full."""
        stages: list[Document] = [{"$match": {"_id": {"$in": list(ids)}, **visible(viewer)}}, WITH_BOARD]
        found = await (await self._moment.aggregate(stages, hint=BY_ID)).to_list()
        return {view.id: view for view in _views(found, viewer)}

    async def tombstones(self, viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, PostView]:
        """Those of ``ids``, none of which ``viewer`` may see in full, that hold what others said and ``viewer`` sees.

        Answers are looked for first, so that a hidden post and one that never was take the same time.
        """
        comments = self._collection.database["comments"].with_options(read_concern=SNAPSHOT)
        tombstones: dict[PostId, PostView] = {}
        rest = set(ids)
        while rest:
            stages = answered_stages(viewer, rest, ANSWERS_AT_ONCE)
            rows = await (await comments.aggregate(stages, hint=COMMENTS_BY_POST)).to_list()
            for document in (document for row in rows for document in row["above"]):
                if has_open_board(document, viewer):
                    tombstones[document["_id"]] = tombstone_of(document, viewer)
            # Where so many answer some of the posts, the others have not been looked at.
            rest = rest.difference(row["_id"] for row in rows) if _answers(rows) >= ANSWERS_AT_ONCE else set()
        return tombstones

    async def on_cases(self, viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, PostView]:
        """Those of ``ids`` for one who works on a case about each, whatever hides them; nothing below them shows."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {document["_id"]: view_on_case(document, viewer) for document in found}

    async def ancestors_of(self, viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, PostView]:
        """The places of ``ids``, and no more of them, for one who works on a case about a comment below each."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {document["_id"]: place_of(document, viewer) for document in found}

    async def feed(self, viewer: Viewer, page: Page) -> Slice[PostView]:
        """All posts on discussion boards that are listed for ``viewer``, newest first."""
        ways = [{"place": BoardKind.DISCUSSION.value, **way} for way in listed_ways(viewer)]
        return await self._listed(viewer, page, ways, POSTS_BY_PLACE)

    async def on_board(self, viewer: Viewer, board: Board, page: Page) -> Slice[PostView]:
        """The posts of a board that ``viewer`` sees which are listed for them, newest first."""
        if board.kind is BoardKind.DISCUSSION:
            ways = [{"board": board.id, **way} for way in listed_ways(viewer)]
            return await self._listed(viewer, page, ways, POSTS_BY_BOARD)
        if board.owner_id is None:  # a stand-in for one that is closed
            return Slice([], has_next=False, has_previous=False)
        still_open = [WITH_BOARD, {"$match": {"onBoard.audience": _one_of(reach(viewer, board.owner_id))}}]
        if board.owner_id == viewer.member_id:
            return await self._listed(viewer, page, [left_with(viewer, SHOWN_TO_ALL)], POSTS_BY_BOARD_OWNER, still_open)
        ways = [{"board": board.id, **way} for way in listed_ways(viewer)]
        return await self._listed(viewer, page, ways, POSTS_BY_BOARD, still_open)

    async def by_author(self, viewer: Viewer, author: MemberId, page: Page) -> Slice[PostView]:
        """A member's posts on discussion boards that are listed for ``viewer``, newest first.

        Authors find all of their own here, held and removed ones and those on message boards too.
        """
        is_own = author == viewer.member_id
        places = list(BoardKind) if is_own else [BoardKind.DISCUSSION]
        shown = own(viewer) if is_own else {"author": author, **is_in(SHOWN_TO_ALL)}
        ranges = {"place": {"$in": [place.value for place in places]}, "audience": _one_of(reach(viewer, author))}
        stages: list[Document] = [
            {"$match": shown | ranges | key_range(page, NEWEST_FIRST)},
            {"$sort": sort_order(page, NEWEST_FIRST)},
            {"$limit": page.size + 1},
            *([WITH_BOARD] if is_own else []),
        ]
        found = await (await self._moment.aggregate(stages, hint=POSTS_BY_AUTHOR)).to_list()
        return to_slice(_views(found, viewer), page)

    async def of_followed(self, viewer: Viewer, follows: Follows, page: Page) -> Slice[PostView]:
        """What the followed members and boards bring the signed-in ``viewer``, newest first, each post once."""
        stages = followed_stages(viewer, follows, page)
        in_a_moment = self._collection.database.with_options(read_concern=SNAPSHOT)
        found = await (await in_a_moment.aggregate(stages)).to_list() if stages else []
        return to_slice(_views(found, viewer), page)

    async def to_review(self, viewer: Viewer, page: Page) -> Slice[PostView]:
        """What waits for ``viewer`` on their message board, or was handed over to moderators, newest first."""
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        return await self._listed(viewer, page, waiting_ways(viewer), POSTS_BY_BOARD_OWNER, [WITH_BOARD])

    async def counts_on_boards(self, viewer: Viewer, boards: Sequence[Board]) -> Mapping[BoardId, int]:
        """How many posts are listed for ``viewer`` on each of ``boards``, counted up to MAX_COUNTED_POSTS."""
        own_board = [board for board in boards if board.owner_id and board.owner_id == viewer.member_id]
        # A message board without an owner stands in for one that is closed, where nothing is counted.
        others = [board for board in boards if board.kind is BoardKind.DISCUSSION or board.owner_id]
        others = [board for board in others if board not in own_board]
        # On their own board they read whatever anyone left there.
        counts = await self._counted(viewer, own_board, [left_with(viewer, SHOWN_TO_ALL)])
        counts |= await self._counted(viewer, others, listed_ways(viewer))
        return dict.fromkeys((board.id for board in boards), 0) | counts

    async def counts_by_byline(self, viewer: Viewer, showings: Sequence[Showing]) -> Mapping[ProfileField, int]:
        """On how many of their own published posts ``viewer`` would see each field's byline change for others.

        Counted up to MAX_PREVIEWED_POSTS for each.
        """
        if not showings:
            return {}
        stages = byline_stages(viewer, showings)
        found = await (await self._collection.aggregate(stages, hint=POSTS_BY_BYLINE)).to_list()
        counts: dict[ProfileField, int] = {showing.field: 0 for showing in showings}
        return counts | {FIELDS[row["field"]]: row["n"] for row in found}

    async def insert(self, record: PostRecord, transaction: Transaction | None = None) -> None:
        await self._collection.insert_one(document_of(record), session=transaction)

    async def insert_many(self, records: Sequence[PostRecord], transaction: Transaction) -> None:
        """As ``insert``, in one go."""
        if records:
            await self._collection.insert_many([document_of(record) for record in records], session=transaction)

    async def placed(self, ids: Iterable[PostId]) -> Mapping[PostId, Placed]:
        """What decides who sees each post, whoever asks: for the import, whose comments follow their post."""
        fields = {"author": 1, "audience": 1, "state": 1, "host": 1, "isHandedOver": 1}
        found = self._collection.find({"_id": {"$in": list(ids)}}, fields)
        return {document["_id"]: placed_of(document) async for document in found}

    async def boards_of(self, _viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, BoardId]:
        """Where each post stands, for a viewer who sees a comment below it: there, whatever hides the post."""
        found = self._collection.find({"_id": {"$in": list(ids)}}, {"board": 1})
        return {document["_id"]: document["board"] async for document in found}

    async def move(
        self, post: PostId, source: Iterable[ContentState], target: ContentState | None, transaction: Transaction
    ) -> bool:
        """Move to ``target`` (see ``stores.state_changes``) if the post stands in one of ``source``; whether it did.

        A deleted post loses its text.
        """
        emptied: Document = {"title": None, "body": None} if target is ContentState.DELETED else {}
        result = await self._collection.update_one(
            {"_id": post, **is_in(source)}, move_to(target, emptied), session=transaction
        )
        return result.matched_count == 1

    async def lock(
        self, post: PostId, source: Iterable[ContentState], transaction: Transaction, *, is_locked: bool
    ) -> bool:
        """Let nobody comment under a post in one of ``source``, or let them again; whether it was otherwise before."""
        result = await self._collection.update_one(
            {"_id": post, "isLocked": {"$ne": True} if is_locked else True, **is_in(source)},
            {"$set": {"isLocked": is_locked}},
            session=transaction,
        )
        return result.matched_count == 1

    async def take_comment(self, post: PostId, audience: Audience, transaction: Transaction) -> bool:
        """Count one more comment while the post is published for ``audience``; whether it still was."""
        result = await self._collection.update_one(
            {"_id": post, "state": ContentState.PUBLISHED.value, "audience": audience.value, "isLocked": {"$ne": True}},
            {"$inc": {f"comments.{audience.value}": 1}},
            session=transaction,
        )
        return result.matched_count == 1

    async def take_thread_away(self, post: PostId, transaction: Transaction) -> None:
        """Let nothing below a post stand or count any more. A comment on its way conflicts with this write."""
        gone = {"comments": {}, "isThreadGone": True, "isSwept": False}
        await self._collection.update_one({"_id": post}, {"$set": gone}, session=transaction)

    async def swept(self, post: PostId) -> None:
        """Note that nothing of the post's thread is left."""
        await self._collection.update_one({"_id": post}, {"$set": {"isSwept": True}})

    async def unswept(self) -> list[PostId]:
        """Posts whose thread was taken away and may not have left the store yet: for content/, at start."""
        found = self._collection.find({"isThreadGone": True, "isSwept": False}, {"_id": 1})
        return [row["_id"] async for row in found]

    async def is_as_of(self, post: PostId, written_at: datetime, transaction: Transaction) -> bool:
        """Whether the post's words are still those of that moment."""
        row = await self._collection.find_one({"_id": post}, SINCE_WHEN, session=transaction)
        return row is not None and since_when(row) == written_at

    async def count_comment(self, post: PostId, audience: Audience, change: int, transaction: Transaction) -> None:
        """Keep the number of published comments, by the audience they were written under."""
        await self._collection.update_one(
            {"_id": post}, {"$inc": {f"comments.{audience.value}": change}}, session=transaction
        )

    async def count_comments(self, changes: Mapping[tuple[PostId, Audience], int], transaction: Transaction) -> None:
        """As ``count_comment``, for many posts in one go."""
        counting = [
            UpdateOne({"_id": post}, {"$inc": {f"comments.{audience.value}": change}})
            for (post, audience), change in changes.items()
        ]
        if counting:
            await self._collection.bulk_write(counting, session=transaction)

    async def _counted(self, viewer: Viewer, boards: Sequence[Board], ways: Sequence[Filter]) -> dict[BoardId, int]:
        """How many are found on each board by ``ways``; none where the board has just been closed."""
        if not boards:
            return {}
        counting: list[Document] = [{"$limit": MAX_COUNTED_POSTS}, {"$count": "n"}]
        stages: list[Document] = [{"$documents": [{"board": board.id} for board in boards]}, WITH_BOARD]
        for n, way in enumerate(ways):
            pipeline = [{"$match": way}, *counting]
            lookup = {"from": "posts", "localField": "board", "foreignField": "board", "pipeline": pipeline}
            stages.append({"$lookup": lookup | {"as": f"way{n}"}})
        in_a_moment = self._collection.database.with_options(read_concern=SNAPSHOT)
        rows = {row["board"]: row for row in await (await in_a_moment.aggregate(stages)).to_list()}
        return {board.id: _count(rows[board.id], board, viewer) for board in boards}

    async def _listed(
        self,
        viewer: Viewer,
        page: Page,
        ways: Sequence[Filter],
        index: str,
        beside: Sequence[Document] = (),
    ) -> Slice[PostView]:
        """A page of what is found by ``ways``, in one read: keys by each way, merged, then the page's posts.

        Each way is a range of an index of its own, so that what is hidden, however much, is not even passed over. All
        of it is read in one moment: between its key and its text a post could otherwise be narrowed. ``beside`` looks
        at the posts' board in that moment.
        """
        order = sort_order(page, NEWEST_FIRST)
        in_order: list[Document] = [{"$sort": order}, {"$limit": page.size + 1}]
        within = key_range(page, NEWEST_FIRST)
        first, *others = [[{"$match": way | within}, *in_order, {"$project": {"createdAt": 1}}] for way in ways]
        stages: list[Document] = [
            *first,
            *({"$unionWith": {"coll": "posts", "pipeline": other}} for other in others),
            *(in_order if others else []),
            {"$lookup": {"from": "posts", "localField": "_id", "foreignField": "_id", "as": "post"}},
            {"$unwind": "$post"},
            {"$replaceWith": "$post"},
            *beside,
        ]
        # Where some are blocked, MongoDB may else take "any other author" for a range, and sort all that lies in it.
        found = await (await self._moment.aggregate(stages, hint=index)).to_list()
        return to_slice(_views(found, viewer), page)


def _answers(rows: Iterable[Document]) -> int:
    return sum(row["answers"] for row in rows)


def _views(documents: Iterable[Document], viewer: Viewer) -> list[PostView]:
    """Each as it shows, on its board as that was found open in the same read where it was looked at."""
    views = [
        view_with_board(document, viewer) if "onBoard" in document else view_of(document, viewer)
        for document in documents
    ]
    return [view for view in views if view]


def _count(row: Document, board: Board, viewer: Viewer) -> int:
    if board.owner_id and not is_open(viewer, board.owner_id, AUDIENCES[row["onBoard"][0]["audience"]]):
        return 0
    found: list[int] = [way[0]["n"] for name, way in row.items() if name.startswith("way") and way]
    return min(MAX_COUNTED_POSTS, sum(found))


def _one_of(audiences: Iterable[Audience]) -> Filter:
    return {"$in": sorted(audience.value for audience in audiences)}
