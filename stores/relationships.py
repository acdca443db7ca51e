"""How members stand to each other: follows, friendships and blocks, one row for each side.

Both rows of a pair are written in one transaction, so each side finds all its own under its own id, which is also what
a shard is chosen by.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import MemberId
from domain.members import Relationship
from domain.paging import Page, Slice
from domain.relationships import BlockedMember, Follow
from domain.viewer import Viewer
from stores.codecs import Document
from stores.indexes import TIES_BLOCKED, TIES_BY_KIND, TIES_FOLLOWERS, TIES_FOLLOWING
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction

#: The kind of a row by who follows whom, in the owner's words. A block outweighs all.
_KINDS: Mapping[tuple[bool, bool], Relationship] = {
    (True, True): Relationship.FRIEND,
    (True, False): Relationship.FOLLOWING,
    (False, True): Relationship.FOLLOWER,
    (False, False): Relationship.NONE,
}
_FOLLOWED_KINDS = [Relationship.FRIEND.value, Relationship.FOLLOWING.value]


class BlockChange(Enum):
    """What came of setting or lifting a block."""

    NOTHING = "it was so already"
    THIS_WAY = "the other one's own block stands, as before"
    BETWEEN_THEM = "a block parts the two from now on, or parts them no more"


class Relationships:
    """The ``ties`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def relationships(self, viewer: Viewer, others: Iterable[MemberId]) -> Mapping[MemberId, Relationship]:
        """How each of ``others`` stands to the viewer. Those blocked either way never get here as views."""
        if viewer.member_id is None:
            return {}
        ids = [_row_id(viewer.member_id, other) for other in others]
        rows = await self._collection.find({"_id": {"$in": ids}}, {"other": 1, "kind": 1}).to_list()
        return {row["other"]: Relationship(row["kind"]) for row in rows}

    async def set_follow(
        self, follower: MemberId, followed: MemberId, at: datetime | None, transaction: Transaction
    ) -> tuple[bool, Relationship]:
        """Let ``follower`` follow ``followed`` from ``at``, or no more where it is None.

        Answers whether that changed anything, and how they stand now in the follower's words.
        """
        follows = at is not None
        row = await self._collection.find_one({"_id": _row_id(follower, followed)}, session=transaction)
        if bool(row and row.get("follows")) == follows:
            return False, _kind(row or {})
        own = await self._write(follower, followed, {"follows": follows, "followedAt": at}, transaction)
        await self._write(followed, follower, {"followedBy": follows, "followedByAt": at}, transaction)
        return True, _kind({**own, "follows": follows})

    async def set_block(
        self, blocker: MemberId, blocked: MemberId, handle: str | None, at: datetime | None, transaction: Transaction
    ) -> "BlockChange":
        """Let ``blocker`` block ``blocked`` from ``at``, or no more where it is None.

        Follows are kept beneath: they show again where the block is lifted.
        """
        blocks = at is not None
        row = await self._collection.find_one({"_id": _row_id(blocker, blocked)}, session=transaction)
        if bool(row and row.get("blocks")) == blocks:
            return BlockChange.NOTHING
        change = {"blocks": blocks, "blockedAt": at, "blockedHandle": handle, "isUnsettled": True}
        await self._write(blocker, blocked, change, transaction)
        await self._write(blocked, blocker, {"blockedBy": blocks, "isUnsettled": True}, transaction)
        return BlockChange.THIS_WAY if row and row.get("blockedBy") else BlockChange.BETWEEN_THEM

    async def are_parted(self, board_owner: MemberId, author: MemberId, transaction: Transaction) -> bool:
        """Whether a block stands between a board's owner and who writes there, until ``transaction`` ends.

        Writing to the row that a block would write to lets one of the two wait for the other: nothing slips in while a
        block holds what is there.
        """
        before = await self._write(
            board_owner, author, {"meetings": {"$add": [{"$ifNull": ["$meetings", 0]}, 1]}}, transaction
        )
        return _kind(before) is Relationship.BLOCKED

    async def settled(self, board_owner: MemberId, author: MemberId, transaction: Transaction) -> None:
        """Note that ``author``'s entries on ``board_owner``'s board match the block, or its end."""
        await self._collection.update_one(
            {"_id": _row_id(board_owner, author)}, {"$unset": {"isUnsettled": True}}, session=transaction
        )

    async def unsettled(self) -> list[tuple[MemberId, MemberId]]:
        """Return the pairs of board owner and author whose entries a crash left out of step with a block."""
        rows = self._collection.find({"isUnsettled": True}, {"owner": 1, "other": 1})
        return [(row["owner"], row["other"]) async for row in rows]

    async def blocked_by(self, viewer: Viewer, page: Page) -> Slice[BlockedMember]:
        """Those whom ``viewer`` has blocked, the latest first."""
        rows = await self._page({"owner": viewer.member_id, "blocks": True}, "blockedAt", TIES_BLOCKED, page)
        return to_slice(
            [BlockedMember(row["_id"], row["other"], row["blockedHandle"], row["blockedAt"]) for row in rows], page
        )

    async def blocked_member(self, owner: MemberId, other: MemberId) -> BlockedMember | None:
        """The block of ``other`` by ``owner``, if there is one."""
        row = await self._collection.find_one({"_id": _row_id(owner, other), "blocks": True})
        return BlockedMember(row["_id"], other, row["blockedHandle"], row["blockedAt"]) if row else None

    async def following(self, viewer: Viewer, page: Page) -> Slice[Follow]:
        """Those whom ``viewer`` follows and sees, the latest first."""
        query = {"owner": viewer.member_id, "follows": True, "kind": {"$in": _FOLLOWED_KINDS}}
        rows = await self._page(query, "followedAt", TIES_FOLLOWING, page)
        return to_slice([Follow(row["_id"], row["other"], row["followedAt"]) for row in rows], page)

    async def followed(self, viewer: Viewer) -> frozenset[MemberId]:
        """The ids of all whom ``viewer`` follows and sees: MAX_FOLLOWS at most, as one document from an index."""
        stages: list[Document] = [
            {"$match": {"owner": viewer.member_id, "kind": {"$in": _FOLLOWED_KINDS}}},
            {"$group": {"_id": None, "others": {"$push": "$other"}}},
        ]
        rows = await (await self._collection.aggregate(stages, hint=TIES_BY_KIND)).to_list()
        return frozenset(rows[0]["others"]) if rows else frozenset()

    async def followers(self, viewer: Viewer, page: Page) -> Slice[Follow]:
        """Those who follow ``viewer`` and whom they see, the latest first."""
        kinds = [Relationship.FRIEND.value, Relationship.FOLLOWER.value]
        query = {"owner": viewer.member_id, "followedBy": True, "kind": {"$in": kinds}}
        rows = await self._page(query, "followedByAt", TIES_FOLLOWERS, page)
        return to_slice([Follow(row["_id"], row["other"], row["followedByAt"]) for row in rows], page)

    async def _page(self, query: Document, at: str, index: str, page: Page) -> list[Document]:
        return (
            await self._collection.find({**query, **key_range(page, NEWEST_FIRST, at)})
            .sort(sort_order(page, NEWEST_FIRST, at))
            .limit(page.size + 1)
            .hint(index)
            .to_list()
        )

    async def _write(self, owner: MemberId, other: MemberId, change: Document, transaction: Transaction) -> Document:
        """Change one side's row and its kind; answers the row as it was."""
        now: Document = {
            "$cond": {
                "if": {"$or": ["$blocks", "$blockedBy"]},
                "then": Relationship.BLOCKED.value,
                "else": _kind_expression(),
            }
        }
        before = await self._collection.find_one_and_update(
            {"_id": _row_id(owner, other)},
            [{"$set": {"owner": owner, "other": other, **change}}, {"$set": {"kind": now}}],
            upsert=True,
            return_document=ReturnDocument.BEFORE,
            session=transaction,
        )
        return before or {}


def _kind(row: Mapping[str, Any]) -> Relationship:
    if row.get("blocks") or row.get("blockedBy"):
        return Relationship.BLOCKED
    return _KINDS[bool(row.get("follows")), bool(row.get("followedBy"))]


def _kind_expression() -> Document:
    branches = [
        {"case": {"$and": [_is("follows", follows), _is("followedBy", followed_by)]}, "then": kind.value}
        for (follows, followed_by), kind in _KINDS.items()
    ]
    return {"$switch": {"branches": branches}}


def _is(field: str, value: bool) -> Document:
    return {"$eq": [{"$ifNull": [f"${field}", False]}, value]}


def _row_id(owner: MemberId, other: MemberId) -> str:
    return f"{owner}:{other}"
