"""Boards: the places for posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.ids import BoardId
from domain.paging import Page, Slice
from domain.rich_text import RichText
from domain.viewer import Viewer
from policy.visibility import is_open
from stores.codecs import AUDIENCES, Document, text_document, text_of
from stores.keyset import OLDEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class BoardEdit:
    """What an edit puts in the place of what was; None leaves a part as it is."""

    title: str | None = None
    """Empty takes it away."""
    description: RichText | None = None
    clears_description: bool = False
    audience: Audience | None = None
    write_policy: Audience | None = None
    review_first: bool | None = None
    review_edits: bool | None = None

    def fields_to_set(self) -> Document:
        """What changes in the document, and nothing else."""
        changes: Document = {}
        if self.title is not None:
            changes["title"] = self.title or None
        if self.description is not None or self.clears_description:
            changes["description"] = self.description and text_document(self.description)
        if self.audience is not None:
            changes["audience"] = self.audience.value
        if self.write_policy is not None:
            changes["writePolicy"] = self.write_policy.value
        if self.review_first is not None:
            changes["reviewFirst"] = self.review_first
        if self.review_edits is not None:
            changes["reviewEdits"] = self.review_edits
        return changes


class Boards:
    """The ``boards`` collection. Everyone sees discussion boards; message boards show to their owner's audience."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(
        self, viewer: Viewer, ids: Iterable[BoardId], transaction: Transaction | None = None
    ) -> Mapping[BoardId, Board]:
        """Those of ``ids`` that are there for ``viewer``."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}, session=transaction).to_list()
        return {board.id: board for document in found if (board := _view(document, viewer))}

    async def seen_by_slug(self, viewer: Viewer, slug: str) -> Board | None:
        document = await self._collection.find_one({"slug": slug})
        return _view(document, viewer) if document else None

    async def discussion_boards(self, _viewer: Viewer, page: Page) -> Slice[Board]:
        """Discussion boards, oldest first."""
        found = (
            self._collection.find({"kind": BoardKind.DISCUSSION.value, **key_range(page, OLDEST_FIRST)})
            .sort(sort_order(page, OLDEST_FIRST))
            .limit(page.size + 1)
        )
        return to_slice([_board(document) async for document in found], page)

    async def insert(self, board: Board, transaction: Transaction) -> None:
        await self.insert_many([board], transaction)

    async def insert_many(self, boards: Sequence[Board], transaction: Transaction) -> None:
        """As ``insert``, in one go."""
        if boards:
            await self._collection.insert_many([board_document(board) for board in boards], session=transaction)

    async def update(self, board: BoardId, edit: BoardEdit, transaction: Transaction | None = None) -> None:
        """Put ``edit`` in the place of what was; narrowing takes effect on the very next read of every entry."""
        fields = edit.fields_to_set()
        if fields:
            await self._collection.update_one({"_id": board}, {"$set": fields}, session=transaction)

    async def audience_of(self, board: BoardId) -> Audience | None:
        """Whom a board is for, whoever asks: for moderation/, which counts what is public."""
        document = await self._collection.find_one({"_id": board}, {"audience": 1})
        return AUDIENCES[document["audience"]] if document else None


def board_document(board: Board) -> Document:
    return {
        "_id": board.id,
        "slug": board.slug,
        "kind": board.kind.value,
        "title": board.title,
        "description": board.description and text_document(board.description),
        # Message boards are found by their owner, each member's only one; others have none.
        **({"owner": board.owner_id} if board.owner_id else {}),
        "audience": board.audience.value,
        "writePolicy": board.write_policy.value,
        "reviewFirst": board.review_first,
        "reviewEdits": board.review_edits,
        "createdAt": board.created_at,
    }


def _view(document: Document, viewer: Viewer) -> Board | None:
    owner = document.get("owner")
    if owner and not is_open(viewer, owner, AUDIENCES[document["audience"]]):
        return None
    board = _board(document)
    if board.description and owner and owner == viewer.member_id:
        return replace(board, description=text_of(document["description"], with_source=True))
    return board


def _board(document: Document) -> Board:
    description = document["description"]
    return Board(
        id=document["_id"],
        slug=document["slug"],
        kind=BoardKind(document["kind"]),
        title=document["title"],
        description=text_of(description, with_source=False) if description else None,
        owner_id=document.get("owner"),
        audience=AUDIENCES[document["audience"]],
        write_policy=AUDIENCES[document["writePolicy"]],
        review_first=document["reviewFirst"],
        # Boards from before edits were reviewed.
        review_edits=document.get("reviewEdits", False),
        created_at=document["createdAt"],
    )
