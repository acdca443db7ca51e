"""Reactions: a row for each, and their numbers in several documents for each target.

A row's _id is the claim that a member reacts to a target in one way only once. Ids begin with the target, and ``target``
is what a shard is chosen by, so that rows and numbers of one target lie together and each _id is in one shard only.
"""

import zlib
from collections.abc import Mapping, Sequence

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from domain.ids import MemberId
from domain.reactions import ReactionCount, ReactionKind
from domain.viewer import Viewer
from stores.documents import Document
from stores.transactions import SNAPSHOT, Transaction

ROWS = "reactions"
NUMBERS = "reaction_numbers"

#: Two transactions can't write one document at once: with one document 200 members wait for each other, with 16 a dozen
#: do. Each is a key more to read for every target.
BUCKETS = 16

#: Whose reactions a group of rows counts.
_ALL, _HIDDEN, _OWN = "ALL", "HIDDEN", "OWN"


class AlreadyReacted(Exception):
    """The member has reacted so before; the transaction is undone."""


class Reactions:
    """The ``reactions`` and ``reaction_numbers`` collections."""

    def __init__(self, rows: AsyncCollection[Document], numbers: AsyncCollection[Document]) -> None:
        self._rows = rows
        self._numbers = numbers
        self._moment = numbers.with_options(read_concern=SNAPSHOT)

    async def counts(self, viewer: Viewer, targets: Sequence[str]) -> Mapping[str, list[ReactionCount]]:
        """The reactions to each of ``targets``, which ``viewer`` must be known to see, less those of hidden members.

        One read of one moment: between two, what a hidden member takes back would show in the difference. Rows are
        asked for alike whether or not anybody is hidden.
        """
        stages: list[Document] = [{"$match": {"target": {"$in": list(targets)}}}, _SUMS]
        if viewer.member_id is not None:
            pipeline = _counted_apart(viewer.member_id, viewer.blocked, targets)
            stages.append({"$unionWith": {"coll": ROWS, "pipeline": pipeline}})
        groups = await (await self._moment.aggregate(stages)).to_list()
        found: dict[str, dict[str, Document]] = {target: {} for target in targets}
        for group in groups:
            found[group["_id"]["of"]][group["_id"]["whose"]] = group
        return {target: _shown(numbers) for target, numbers in found.items()}

    async def add(self, member: MemberId, target: str, kind: ReactionKind, transaction: Transaction) -> None:
        """Keep and count a reaction. Raises AlreadyReacted, which undoes the transaction."""
        row = {"_id": _row_id(member, target, kind), "target": target, "kind": kind.value, "member": member}
        try:
            await self._rows.insert_one(row, session=transaction)
        except DuplicateKeyError as error:
            raise AlreadyReacted(row["_id"]) from error
        await self._count(member, target, kind, 1, transaction)

    async def take_back(self, member: MemberId, target: str, kind: ReactionKind, transaction: Transaction) -> bool:
        """Drop a reaction and count one less; whether there was one."""
        row = {"_id": _row_id(member, target, kind), "target": target}
        if not (await self._rows.delete_one(row, session=transaction)).deleted_count:
            return False
        await self._count(member, target, kind, -1, transaction)
        return True

    async def _count(
        self, member: MemberId, target: str, kind: ReactionKind, change: int, transaction: Transaction
    ) -> None:
        # The last write of its transaction: others wait for this document from here on.
        bucket = {"_id": f"{target}:{zlib.crc32(member.encode()) % BUCKETS}", "target": target}
        await self._numbers.update_one(bucket, {"$inc": {kind.value: change}}, upsert=True, session=transaction)


_SUMS: Document = {
    "$group": {
        "_id": {"of": "$target", "whose": {"$literal": _ALL}},
        **{kind.value: {"$sum": f"${kind.value}"} for kind in ReactionKind},
    }
}


def _counted_apart(own: MemberId, hidden: frozenset[MemberId], targets: Sequence[str]) -> list[Document]:
    """Stages that count the viewer's own reactions, and those of members hidden from them."""
    numbers = {
        kind.value: {"$sum": {"$cond": [{"$eq": ["$kind", kind.value]}, 1, 0]}} for kind in ReactionKind
    }
    whose = {"$cond": [{"$eq": ["$member", own]}, _OWN, _HIDDEN]}
    return [
        {"$match": {"target": {"$in": list(targets)}, "member": {"$in": [own, *sorted(hidden)]}}},
        {"$group": {"_id": {"of": "$target", "whose": whose}, **numbers}},
    ]


def _shown(numbers: Mapping[str, Document]) -> list[ReactionCount]:
    """What is left for the viewer, in the order of the kinds; a kind that nobody is left in is not there."""
    every, hidden, own = (numbers.get(whose, {}) for whose in (_ALL, _HIDDEN, _OWN))
    counts = [
        ReactionCount(
            kind, every.get(kind.value, 0) - hidden.get(kind.value, 0), viewer_reacted=own.get(kind.value, 0) > 0
        )
        for kind in ReactionKind
    ]
    return [each for each in counts if each.count > 0]


def _row_id(member: MemberId, target: str, kind: ReactionKind) -> str:
    return f"{target}:{kind.value}:{member}"
