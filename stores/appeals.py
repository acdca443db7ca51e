"""Appeals: one a decision, with the messages that belong to it, read by its subject and by those who may decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from domain.appeals import Appeal, AppealMessage, AppealState, AppealVoice
from domain.ids import AppealId, DecisionId, MemberId
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.appeals import decides_for_admins, may_read_appeal
from policy.limits import MAX_APPEAL_MESSAGES
from policy.permissions import Privilege, boards_of, has_anywhere
from stores.codecs import Document
from stores.indexes import APPEALS_BY_BOARD, APPEALS_BY_STATE
from stores.keyset import OLDEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction

_OPEN: Document = {"state": AppealState.OPEN.value}


class AlreadyAppealed(Exception):
    """There is an appeal against the decision; nothing was written."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends an appeal."""

    state: AppealState
    answer: str
    decided_by: MemberId
    decided_at: datetime
    version: int | None = None
    """Of the appeal as it was read; None: whatever has been said since."""


class Appeals:
    """The ``appeals`` collection. A unique index keeps them to one a decision."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(self, viewer: Viewer, ids: Iterable[AppealId]) -> Mapping[AppealId, Appeal]:
        """Those of ``ids`` that ``viewer`` may read."""
        found = await self._readable(viewer, {"_id": {"$in": list(ids)}})
        return {appeal.id: appeal for appeal in found}

    async def against(self, viewer: Viewer, decisions: Iterable[DecisionId]) -> Mapping[DecisionId, Appeal]:
        """The appeals against ``decisions`` that ``viewer`` may read."""
        found = await self._readable(viewer, {"decision": {"$in": list(decisions)}})
        return {appeal.decision_id: appeal for appeal in found}

    async def listed(self, viewer: Viewer, state: AppealState | None, page: Page) -> Slice[Appeal]:
        """Those that ``viewer`` may decide, or might have, in one state or all; the oldest first."""
        if not has_anywhere(viewer, Privilege.DECIDE_APPEALS):
            return Slice([], has_next=False, has_previous=False)
        found = (
            self._collection.find(_in_state(state) | _for_deciding(viewer) | key_range(page, OLDEST_FIRST))
            .sort(sort_order(page, OLDEST_FIRST))
            .limit(page.size + 1)
            .hint(APPEALS_BY_STATE if boards_of(viewer, Privilege.DECIDE_APPEALS) is None else APPEALS_BY_BOARD)
        )
        return to_slice([_appeal(row) async for row in found], page)

    async def record_of(self, appeal: AppealId, transaction: Transaction | None = None) -> Appeal | None:
        """Whoever asks: for moderation/ only."""
        row = await self._collection.find_one({"_id": appeal}, session=transaction)
        return _appeal(row) if row else None

    async def insert(self, appeal: Appeal, transaction: Transaction) -> None:
        """Keep a new appeal. Raises AlreadyAppealed, which undoes the transaction."""
        row: Document = {
            "_id": appeal.id,
            "decision": appeal.decision_id,
            "subject": appeal.subject_id,
            "decider": appeal.decider_id,
            "isForAdmins": appeal.is_for_admins,
            "text": appeal.text,
            "createdAt": appeal.created_at,
            "state": appeal.state.value,
            "version": appeal.version,
            "messages": [],
            "answer": None,
            "decidedBy": None,
            "decidedAt": None,
            **({"board": appeal.board_id} if appeal.board_id else {}),
        }
        try:
            await self._collection.insert_one(row, session=transaction)
        except DuplicateKeyError as error:
            raise AlreadyAppealed from error

    async def add_message(self, appeal: AppealId, message: AppealMessage, transaction: Transaction) -> bool:
        """Keep a message; whether the appeal was open, its side had more to say, and these were not the last words."""
        row = {
            "voice": message.voice.value,
            "author": message.author_id,
            "text": message.text,
            "createdAt": message.created_at,
        }
        added = {"$push": {"messages": row}, "$inc": {"version": 1}}
        which = {"_id": appeal, **_OPEN, "$expr": {"$and": [_has_room(message), _last_said_otherwise(message)]}}
        return (await self._collection.update_one(which, added, session=transaction)).matched_count == 1

    async def close(self, appeal: AppealId, closing: Closing, transaction: Transaction) -> bool:
        """End an appeal; whether it still was open, and as read."""
        as_read = {} if closing.version is None else {"version": closing.version}
        result = await self._collection.update_one(
            {"_id": appeal, **_OPEN, **as_read}, _closed(closing), session=transaction
        )
        return result.matched_count == 1

    async def close_against(self, decision: DecisionId, closing: Closing, transaction: Transaction) -> None:
        """End the open appeal against ``decision``, if there is one."""
        await self._collection.update_one({"decision": decision, **_OPEN}, _closed(closing), session=transaction)

    async def is_decided_against(self, decision: DecisionId, transaction: Transaction) -> bool:
        """Whether somebody has answered an appeal against ``decision``: for moderation/ only."""
        query = {"decision": decision, "decidedAt": {"$ne": None}}
        return await self._collection.find_one(query, {"_id": 1}, session=transaction) is not None

    async def _readable(self, viewer: Viewer, which: Document) -> list[Appeal]:
        if not viewer.is_signed_in:
            return []
        own: Document = {} if has_anywhere(viewer, Privilege.DECIDE_APPEALS) else {"subject": viewer.member_id}
        found = [_appeal(row) async for row in self._collection.find(which | own)]
        return [appeal for appeal in found if may_read_appeal(viewer, appeal)]


def _in_state(state: AppealState | None) -> Document:
    return {"state": state.value if state else {"$in": [each.value for each in AppealState]}}


def _for_deciding(viewer: Viewer) -> Document:
    """As ``may_decide_appeal`` has it, of moderators."""
    boards = boards_of(viewer, Privilege.DECIDE_APPEALS)
    there: Document = {} if boards is None else {"board": {"$in": sorted(boards)}}
    others = there | {"subject": {"$ne": viewer.member_id}, "decider": {"$ne": viewer.member_id}}
    return others if decides_for_admins(viewer) else others | {"isForAdmins": False}


def _has_room(message: AppealMessage) -> Document:
    """Of an appeal on which the side of ``message`` may say more."""
    of_its_side = {"$filter": {"input": "$messages", "cond": {"$eq": ["$$this.voice", message.voice.value]}}}
    return {"$lt": [{"$size": of_its_side}, MAX_APPEAL_MESSAGES]}


def _last_said_otherwise(message: AppealMessage) -> Document:
    """Of an appeal on which ``message`` is not what was said last."""
    last = [{"$last": "$messages.author"}, {"$last": "$messages.text"}]
    return {"$ne": [last, {"$literal": [message.author_id, message.text]}]}


def _closed(closing: Closing) -> Document:
    changes = {
        "state": closing.state.value,
        "answer": closing.answer,
        "decidedBy": closing.decided_by,
        "decidedAt": closing.decided_at,
    }
    return {"$set": changes, "$inc": {"version": 1}}


def _appeal(row: Document) -> Appeal:
    return Appeal(
        id=row["_id"],
        decision_id=row["decision"],
        subject_id=row["subject"],
        decider_id=row["decider"],
        is_for_admins=row["isForAdmins"],
        text=row["text"],
        created_at=row["createdAt"],
        state=AppealState(row["state"]),
        version=row["version"],
        messages=tuple(map(_message, row["messages"])),
        answer=row["answer"],
        decided_by=row["decidedBy"],
        decided_at=row["decidedAt"],
        board_id=row.get("board"),
    )


def _message(row: Document) -> AppealMessage:
    return AppealMessage(AppealVoice(row["voice"]), row["author"], row["text"], row["createdAt"])
