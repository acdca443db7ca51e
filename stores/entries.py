"""Entries: what members leave on each other's message boards, held where a block parts two of them."""

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


class Entries:
    """The ``posts`` collection again: those of its posts that have a host."""

    def __init__(self, posts: AsyncCollection[Document]) -> None:
        self._posts = posts

    async def hold(self, host: MemberId, author: MemberId, transaction: Transaction) -> None:
        """Let nothing that ``author`` left with ``host`` show until ``release``; what is removed stays held after."""
        left = {"host": host, "author": author}
        mark = {"isHeldByBlock": True}
        await self._posts.update_many(
            {**left, "state": _PUBLISHED}, {"$set": {"state": _HELD, **mark}}, session=transaction
        )
        await self._posts.update_many(
            {**left, "state": _REMOVED, "removedFrom": _PUBLISHED},
            {"$set": {"removedFrom": _HELD, **mark}},
            session=transaction,
        )

    async def release(self, host: MemberId, author: MemberId, transaction: Transaction) -> None:
        """Let show again what ``hold`` has held and nobody has changed since."""
        left = {"host": host, "author": author, "isHeldByBlock": True}
        unmark = {"$unset": {"isHeldByBlock": True}}
        await self._posts.update_many(
            {**left, "state": _HELD}, {"$set": {"state": _PUBLISHED}, **unmark}, session=transaction
        )
        await self._posts.update_many(
            {**left, "state": _REMOVED}, {"$set": {"removedFrom": _PUBLISHED}, **unmark}, session=transaction
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
