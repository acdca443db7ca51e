"""Notes on cases, which moderators write for each other and never change."""

from collections.abc import Sequence

from pymongo.asynchronous.collection import AsyncCollection

from domain.cases import Case, CaseNote
from domain.ids import CaseId
from domain.paging import Page, Slice
from domain.viewer import Viewer
from stores.codecs import Document
from stores.keyset import OLDEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class CaseNotes:
    """The ``caseNotes`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def on_cases(self, _viewer: Viewer, cases: Sequence[Case], page: Page) -> list[Slice[CaseNote]]:
        """The same page of the notes on each of ``cases``, which the viewer has seen; oldest first, in one read."""
        pipeline: list[Document] = [
            {"$match": key_range(page, OLDEST_FIRST)},
            {"$sort": sort_order(page, OLDEST_FIRST)},
            {"$limit": page.size + 1},
        ]
        lookup = {"from": "caseNotes", "localField": "case", "foreignField": "case", "pipeline": pipeline}
        stages: list[Document] = [
            {"$documents": [{"case": case.id} for case in cases]},
            {"$lookup": lookup | {"as": "notes"}},
        ]
        found = await (await self._collection.database.aggregate(stages)).to_list()
        rows = {each["case"]: each["notes"] for each in found}
        return [to_slice([_note(row) for row in rows[case.id]], page) for case in cases]

    async def insert(self, case: CaseId, note: CaseNote, transaction: Transaction) -> None:
        row = {"_id": note.id, "case": case, "author": note.author_id, "text": note.text, "createdAt": note.created_at}
        await self._collection.insert_one(row, session=transaction)


def _note(row: Document) -> CaseNote:
    return CaseNote(row["_id"], row["author"], row["text"], row["createdAt"])
