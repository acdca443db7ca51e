"""Entries: posts and comments that members leave on each other's message boards, held where a block parts the two."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.content import ContentState
from domain.ids import MemberId, PostId
from domain.viewer import Viewer
from policy.visibility import SHOWN_TO_BOARD_OWNER
from stores.codecs import Document
from stores.state_changes import is_in
from stores.transactions import Transaction
from stores.visibility_filters import left_with

_PUBLISHED, _HELD, _REMOVED = (
    state.value for state in (ContentState.PUBLISHED, ContentState.HELD, ContentState.REMOVED)
)
_MARK = {"isHeldByBlock": True}
_PLACES = {"post": 1, "parent": 1, "audience": 1}

#: Changed in one transaction: of thousands at once a small MongoDB runs out of cache, and none would be.
BATCH = 200


class BoardEntries:
    """What has a host, in the ``posts`` and ``comments`` collections."""

    def __init__(self, posts: AsyncCollection[Document], comments: AsyncCollection[Document]) -> None:
        self._posts = posts
        self._comments = comments

    async def hold_some(self, board_owner: MemberId, author: MemberId, transaction: Transaction) -> bool:
        """Hold some of ``author``'s entries on ``board_owner``'s board. Return whether there may be more."""
        left = {"host": board_owner, "author": author}
        published, removed = {**left, "state": _PUBLISHED}, {**left, "state": _REMOVED, "removedFrom": _PUBLISHED}
        steps = [
            (published, {"$set": {"state": _HELD, **_MARK}}, -1),
            (removed, {"$set": {"removedFrom": _HELD, **_MARK}}, 0),
        ]
        return await self._change_some(steps, transaction)

    async def release_some(self, board_owner: MemberId, author: MemberId, transaction: Transaction) -> bool:
        """Let show again some of what ``hold_some`` held and nobody has changed since; whether there may be more."""
        left = {"host": board_owner, "author": author, **_MARK}
        steps = [
            ({**left, "state": _HELD}, {"$set": {"state": _PUBLISHED}, "$unset": _MARK}, 1),
            ({**left, "state": _REMOVED}, {"$set": {"removedFrom": _PUBLISHED}, "$unset": _MARK}, 0),
        ]
        return await self._change_some(steps, transaction)

    async def _change_some(self, steps: Sequence[tuple[Document, Document, int]], transaction: Transaction) -> bool:
        """Carry out each step (which ones, what changes, how counts change) on posts and comments, a batch of each."""
        has_more = False
        for which, change, counted in steps:
            for entries in (self._posts, self._comments):
                found = await entries.find(which, _PLACES, session=transaction).limit(BATCH).to_list()
                ids = [row["_id"] for row in found]
                await entries.update_many({"_id": {"$in": ids}}, change, session=transaction)
                if counted and entries is self._comments:
                    await self._count(found, counted, transaction)
                has_more |= len(found) == BATCH
        return has_more

    async def hand_over(self, viewer: Viewer, entry: PostId, transaction: Transaction) -> None:
        """Let moderators see an entry on the viewer's own board, for whomever it was meant."""
        await self._posts.update_one(
            {"_id": entry, **left_with(viewer, SHOWN_TO_BOARD_OWNER)},
            {"$set": {"isHandedOver": True}},
            session=transaction,
        )

    async def take_back(self, entry: PostId, transaction: Transaction) -> bool:
        """Let moderators see an entry no more than others do; whether it was before them and still stands."""
        before = await self._posts.find_one_and_update(
            {"_id": entry, "isHandedOver": True, **is_in(SHOWN_TO_BOARD_OWNER)},
            {"$unset": {"isHandedOver": True}},
            session=transaction,
        )
        return before is not None

    async def put_back(self, entry: PostId, transaction: Transaction) -> bool:
        """Let moderators see an entry again that ``take_back`` took from them; whether it still stands."""
        result = await self._posts.update_one(
            {"_id": entry, **is_in(SHOWN_TO_BOARD_OWNER)}, {"$set": {"isHandedOver": True}}, session=transaction
        )
        return result.matched_count == 1

    async def _count(self, comments: Iterable[Document], change: int, transaction: Transaction) -> None:
        """Keep the numbers of published comments where these hang, by the audience they were written under."""
        places = [(row["post"], row["parent"], row["audience"]) for row in comments]
        under_posts = Counter((post, audience) for post, _, audience in places)
        under_comments = Counter((parent, audience) for post, parent, audience in places if parent != post)
        await _add(self._posts, "comments", under_posts, change, transaction)
        await _add(self._comments, "replies", under_comments, change, transaction)


async def _add(
    collection: AsyncCollection[Document],
    tally: str,
    times: Mapping[tuple[str, str], int],
    change: int,
    transaction: Transaction,
) -> None:
    counting = [
        UpdateOne({"_id": place}, {"$inc": {f"{tally}.{audience}": change * number}})
        for (place, audience), number in times.items()
    ]
    if counting:
        await collection.bulk_write(counting, session=transaction)
