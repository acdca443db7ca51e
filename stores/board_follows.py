"""Which boards members follow: a row for each, under its member, which is also what a shard is chosen by."""

from collections.abc import Iterable
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import BoardId, MemberId
from domain.paging import Page, Slice
from domain.relationships import FollowedBoard
from domain.viewer import Viewer
from stores.boards import Boards
from stores.codecs import Document
from stores.indexes import BOARD_FOLLOWS_LATEST
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class BoardFollows:
    """The ``boardFollows`` collection."""

    def __init__(self, collection: AsyncCollection[Document], boards: Boards) -> None:
        self._collection = collection
        self._boards = boards

    async def set_follow(self, member: MemberId, board: BoardId, at: datetime | None, transaction: Transaction) -> bool:
        """Let ``member`` follow ``board`` from ``at``, or no more where it is None; whether that changed anything."""
        row = {"_id": _row_id(member, board)}
        if at is None:
            return (await self._collection.delete_one(row, session=transaction)).deleted_count == 1
        fields = {"member": member, "board": board, "followedAt": at}
        result = await self._collection.update_one(row, {"$setOnInsert": fields}, upsert=True, session=transaction)
        return result.upserted_id is not None

    async def followed(self, viewer: Viewer) -> frozenset[BoardId]:
        """The ids of all boards that ``viewer`` follows: MAX_FOLLOWED_BOARDS at most."""
        found = self._collection.find({"member": viewer.member_id}, {"board": 1, "_id": 0}).hint(BOARD_FOLLOWS_LATEST)
        return frozenset([row["board"] async for row in found])

    async def followed_among(self, viewer: Viewer, boards: Iterable[BoardId]) -> frozenset[BoardId]:
        """Those of ``boards`` that ``viewer`` follows."""
        if viewer.member_id is None:
            return frozenset()
        ids = [_row_id(viewer.member_id, board) for board in boards]
        return frozenset([row["board"] async for row in self._collection.find({"_id": {"$in": ids}}, {"board": 1})])

    async def followed_boards(self, viewer: Viewer, page: Page) -> Slice[FollowedBoard]:
        """The boards that ``viewer`` follows and sees, the latest first."""
        # No limit: one that is not seen any more must neither shorten a page nor show in where the list ends.
        rows = await (
            self._collection.find({"member": viewer.member_id, **key_range(page, NEWEST_FIRST, "followedAt")})
            .sort(sort_order(page, NEWEST_FIRST, "followedAt"))
            .hint(BOARD_FOLLOWS_LATEST)
            .to_list()
        )
        boards = await self._boards.seen_by(viewer, [row["board"] for row in rows])
        seen = [
            FollowedBoard(row["_id"], boards[row["board"]], row["followedAt"]) for row in rows if row["board"] in boards
        ]
        return to_slice(seen[: page.size + 1], page)


def _row_id(member: MemberId, board: BoardId) -> str:
    return f"{member}:{board}"
