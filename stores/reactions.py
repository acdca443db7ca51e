"""Reactions: a row for each, and their numbers in several documents for each target.

A row's _id is the claim that a member reacts to a target in one way only once. Ids begin with the target, and
``target`` is what a shard is chosen by, so that reads find their shards and an _id can be in one shard only.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError

from domain.ids import MemberId
from domain.reactions import ReactionCount, ReactionKind
from domain.viewer import Viewer
from stores.codecs import Document
from stores.transactions import SNAPSHOT, Transaction

ROWS = "reactions"
NUMBERS = "reaction_numbers"

#: Two transactions can't write one document at once. 200 members who react to one target at once take 11 s and 3,100
#: tries with one document, 2 s and 900 with 16, 1 s and 300 with 64; reading 100 full targets takes 14 ms with 16 and
#: 17 ms with 64.
BUCKETS = 64


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
        if viewer.member_id is not None or viewer.blocked:
            pipeline = _counted_apart(viewer.member_id, viewer.blocked, targets)
            stages.append({"$unionWith": {"coll": ROWS, "pipeline": pipeline}})
        groups = await (await self._moment.aggregate(stages)).to_list()
        left: dict[str, Counter[str]] = {target: Counter() for target in targets}
        own: set[tuple[str, str]] = set()
        for group in groups:
            _take_in(group, left[group["_id"]["of"]], own)
        return {target: _shown(target, left[target], own) for target in targets}

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
    "$group": {"_id": {"of": "$target"}, **{kind.value: {"$sum": f"${kind.value}"} for kind in ReactionKind}}
}


def _counted_apart(own: MemberId | None, hidden: frozenset[MemberId], targets: Sequence[str]) -> list[Document]:
    """Stages that count the viewer's own reactions, and those of members hidden from them."""
    by = {"of": "$target", "kind": "$kind", "isOwn": {"$eq": ["$member", own]}}
    return [
        {"$match": {"target": {"$in": list(targets)}, "member": {"$in": [own, *sorted(hidden)]}}},
        {"$group": {"_id": by, "n": {"$sum": 1}}},
    ]


def _take_in(group: Document, left: Counter[str], own: set[tuple[str, str]]) -> None:
    """Add what all did, take off what hidden members did, note what the viewer did."""
    by = group["_id"]
    if "kind" not in by:
        left.update({kind.value: group[kind.value] for kind in ReactionKind})
    elif by["isOwn"]:
        own.add((by["of"], by["kind"]))
    else:
        left[by["kind"]] -= group["n"]


def _shown(target: str, left: Counter[str], own: set[tuple[str, str]]) -> list[ReactionCount]:
    """What is left for the viewer, in the order of the kinds; a kind that nobody is left in is not there."""
    return [
        ReactionCount(kind, left[kind.value], viewer_reacted=(target, kind.value) in own)
        for kind in ReactionKind
        if left[kind.value] > 0
    ]


def _row_id(member: MemberId, target: str, kind: ReactionKind) -> str:
    return f"{target}:{kind.value}:{member}"
