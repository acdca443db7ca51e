"""Entries: posts and comments that members leave on each other's message boards, held where a block parts the two."""

from collections import Counter
from collections.abc import Iterable, Mapping

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.content import ContentState
from domain.ids import MemberId, PostId
from domain.viewer import Viewer
from policy.visibility import SHOWN_TO_HOST
from stores.documents import Document
from stores.moves import is_in
from stores.transactions import Transaction
from stores.visible import left_with

_PUBLISHED, _HELD, _REMOVED = (
    state.value for state in (ContentState.PUBLISHED, ContentState.HELD, ContentState.REMOVED)
)
_MARK = {"isHeldByBlock": True}


class Entries:
    """What has a host, in the ``posts`` and ``comments`` collections."""

    def __init__(self, posts: AsyncCollection[Document], comments: AsyncCollection[Document]) -> None:
        self._posts = posts
        self._comments = comments

    async def hold(self, host: MemberId, author: MemberId, transaction: Transaction) -> None:
        """Let nothing that ``author`` left with ``host`` show until ``release``; what is removed stays held after."""
        left = {"host": host, "author": author}
        published, removed = {**left, "state": _PUBLISHED}, {**left, "state": _REMOVED, "removedFrom": _PUBLISHED}
        await self._count(await self._said(published, transaction), -1, transaction)
        for entries in (self._posts, self._comments):
            await entries.update_many(published, {"$set": {"state": _HELD, **_MARK}}, session=transaction)
            await entries.update_many(removed, {"$set": {"removedFrom": _HELD, **_MARK}}, session=transaction)

    async def release(self, host: MemberId, author: MemberId, transaction: Transaction) -> None:
        """Let show again what ``hold`` has held and nobody has changed since."""
        left = {"host": host, "author": author, **_MARK}
        held, removed = {**left, "state": _HELD}, {**left, "state": _REMOVED}
        await self._count(await self._said(held, transaction), 1, transaction)
        for entries in (self._posts, self._comments):
            await entries.update_many(held, {"$set": {"state": _PUBLISHED}, "$unset": _MARK}, session=transaction)
            await entries.update_many(
                removed, {"$set": {"removedFrom": _PUBLISHED}, "$unset": _MARK}, session=transaction
            )

    async def hand_over(self, viewer: Viewer, entry: PostId, transaction: Transaction) -> None:
        """Let moderators see an entry on the viewer's own board, for whomever it was meant."""
        await self._posts.update_one(
            {"_id": entry, **left_with(viewer, SHOWN_TO_HOST)}, {"$set": {"isHandedOver": True}}, session=transaction
        )

    async def take_back(self, entry: PostId, transaction: Transaction) -> bool:
        """Let moderators see an entry no more than others do; whether it was before them and still stands."""
        before = await self._posts.find_one_and_update(
            {"_id": entry, "isHandedOver": True, **is_in(SHOWN_TO_HOST)},
            {"$unset": {"isHandedOver": True}},
            session=transaction,
        )
        return before is not None

    async def _said(self, comments: Document, transaction: Transaction) -> list[Document]:
        places = {"post": 1, "parent": 1, "audience": 1}
        return await self._comments.find(comments, places, session=transaction).to_list()

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
