"""Boards: the places for posts."""

from collections.abc import Iterable, Mapping

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.ids import BoardId
from domain.paging import Page, Slice
from domain.viewer import Viewer
from stores.documents import Document, text_document, text_of
from stores.pages import OLDEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class Boards:
    """The ``boards`` collection. Discussion boards are public: every viewer sees each of them alike."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(self, _viewer: Viewer, ids: Iterable[BoardId]) -> Mapping[BoardId, Board]:
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {board.id: board for board in map(_board, found)}

    async def seen_by_slug(self, _viewer: Viewer, slug: str) -> Board | None:
        document = await self._collection.find_one({"slug": slug})
        return _board(document) if document else None

    async def discussion_boards(self, _viewer: Viewer, page: Page) -> Slice[Board]:
        """Discussion boards, oldest first."""
        found = (
            self._collection.find({"kind": BoardKind.DISCUSSION.value, **key_range(page, OLDEST_FIRST)})
            .sort(sort_order(page, OLDEST_FIRST))
            .limit(page.size + 1)
        )
        return to_slice([_board(document) async for document in found], page)

    async def insert(self, board: Board, transaction: Transaction) -> None:
        document = {
            "_id": board.id,
            "slug": board.slug,
            "kind": board.kind.value,
            "title": board.title,
            "description": board.description and text_document(board.description),
            "owner": board.owner_id,
            "writePolicy": board.write_policy.value,
            "reviewFirst": board.review_first,
            "createdAt": board.created_at,
        }
        await self._collection.insert_one(document, session=transaction)


def _board(document: Document) -> Board:
    description = document["description"]
    return Board(
        document["_id"],
        document["slug"],
        BoardKind(document["kind"]),
        document["title"],
        text_of(description, with_source=False) if description else None,
        document["owner"],
        Audience(document["writePolicy"]),
        document["reviewFirst"],
        document["createdAt"],
    )
