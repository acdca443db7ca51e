"""The outbox: decisions of which others are still to be told, written in the decision's own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.appeals import AppealState
from domain.edits import EditState
from domain.ids import DecisionId, MemberId
from domain.moderation import ModerationAction
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.indexes import OUTBOX_DECISIONS
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Untold:
    """A decision of which not everyone is told who is to be."""

    id: str
    """Of the row; random, and told to nobody."""
    decision_id: DecisionId | None
    """None where a case about a host was decided, which has no decisions and is about nobody, and where it is told what
    has come of an edit.
    """
    target_id: str
    subject_id: MemberId | None
    action: ModerationAction | None
    """None there, too, and where it is told that an appeal against the decision was answered."""
    edit_state: EditState | None
    """What has come of an edit."""
    is_for_reporters: bool
    told_up_to: str | None
    """The last report whose reporter is told; None where nobody is told yet."""


class Outbox:
    """The rows of the ``outbox`` that are about decisions; stores/direct_messages.py has the others."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def add(self, row: Document, transaction: Transaction) -> None:
        """Let others be told of what ``row`` names: its action says whom it concerns."""
        await self._collection.insert_one(row, session=transaction)

    async def waiting(self, at: datetime, most: int) -> Sequence[str]:
        """The ids of what is not put off beyond ``at``, the oldest decision first."""
        query: Document = {**_DECISIONS, "$or": [{"putOffUntil": None}, {"putOffUntil": {"$lte": at}}]}
        found = self._collection.find(query, {"_id": 1}).sort([("at", 1), ("_id", 1)]).hint(OUTBOX_DECISIONS)
        return [row["_id"] for row in await found.limit(most).to_list()]

    async def lock_for_update(self, row_id: str, transaction: Transaction) -> Untold | None:
        """How far its telling has come; None where it is done.

        It writes, so that of two workers at once the later one sees what the other did, and begins from there.
        """
        row = await self._collection.find_one_and_update({"_id": row_id}, {"$inc": {"steps": 1}}, session=transaction)
        return _untold(row) if row else None

    async def get_on(self, untold: Untold, told_up_to: str, transaction: Transaction) -> None:
        """Note up to which report reporters are told."""
        await self._collection.update_one({"_id": untold.id}, {"$set": {"toldUpTo": told_up_to}}, session=transaction)

    async def remove(self, untold: Untold, transaction: Transaction) -> None:
        """Everyone is told."""
        await self._collection.delete_one({"_id": untold.id}, session=transaction)

    async def put_off(self, row_id: str, until: datetime) -> None:
        """Leave alone until ``until`` what could not be told, so that the others are."""
        await self._collection.update_one({"_id": row_id}, {"$set": {"putOffUntil": until}})

    async def backlog(self) -> Backlog:
        """Of all decisions that wait, put off or not."""
        return await backlog(self._collection, _DECISIONS, "at", OUTBOX_DECISIONS)


#: It leaves everything as it was, and reporters have been told.
_UPHELD = f"appeal.{AppealState.UPHELD.value}"
#: As the index has it; of a case about a host, and of what was decided about an edit, it is null.
_DECISIONS: Document = {"decision": {"$exists": True}}


def _untold(row: Document) -> Untold:
    about, _, what = row["kind"].partition(".")
    return Untold(
        id=row["_id"],
        decision_id=row["decision"],
        target_id=row["target"],
        subject_id=row["subject"],
        action=ModerationAction(what) if about == "content" else None,
        edit_state=EditState(what) if about == "edit" else None,
        is_for_reporters=about != "edit" and row["kind"] != _UPHELD,
        told_up_to=row.get("toldUpTo"),
    )
