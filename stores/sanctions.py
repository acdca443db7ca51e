"""Sanctions, which members' documents carry: the last one each, also after it has ended."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import DecisionId, MemberId
from domain.sanctions import AccountStatus, Sanction
from stores.backlogs import Backlog, backlog
from stores.codecs import Document
from stores.indexes import MEMBERS_BY_SANCTION_END
from stores.transactions import Transaction


class Sanctions:
    """The field ``sanction`` of the ``members`` collection."""

    def __init__(self, members: AsyncCollection[Document]) -> None:
        self._members = members

    async def of(self, member: MemberId, transaction: Transaction | None = None) -> Sanction | None:
        """The last one, which may have ended; None where there was none, or the member is not there."""
        row = await self._members.find_one({"_id": member}, {"sanction": 1}, session=transaction)
        return sanction_of(row) if row else None

    async def replace(
        self, member: MemberId, before: Sanction | None, after: Sanction | None, transaction: Transaction
    ) -> bool:
        """Put ``after`` in the place of ``before``, if that is still the last one; whether it was."""
        change = {"$set": {"sanction": _document(after)}} if after else {"$unset": {"sanction": True}}
        expected = before.decision_id if before else None
        result = await self._members.update_one(
            {"_id": member, "sanction.decision": expected}, change, session=transaction
        )
        return result.matched_count == 1

    async def take_turn(self, member: MemberId, transaction: Transaction) -> None:
        """Write to the member, so that of two decisions that are taken back at once one waits for the other.

        Else the later one could bring back the sanction of the earlier one, which in this moment is taken back too.
        """
        await self._members.update_one({"_id": member}, {"$inc": {"reversals": 1}}, session=transaction)

    async def ended(self, at: datetime, most: int) -> Iterable[tuple[MemberId, Sanction]]:
        """Members whose sanction has run out by ``at``, the longest ago first: for the worker that tells them."""
        found = self._members.find({"sanction.until": {"$lte": at}}, {"sanction": 1})
        rows = await found.sort("sanction.until", 1).limit(most).to_list()
        return [(row["_id"], sanction) for row in rows if (sanction := sanction_of(row))]

    async def backlog(self, at: datetime) -> Backlog:
        """Of those that have run out by ``at``."""
        ended = {"sanction.until": {"$lte": at}}
        return await backlog(self._members, ended, "sanction.until", MEMBERS_BY_SANCTION_END)


def sanction_of(member: Document) -> Sanction | None:
    """What a member's document says."""
    return read_sanction(member.get("sanction"))


def read_sanction(row: Document | None) -> Sanction | None:
    """As it was kept, on a member or in a decision."""
    if row is None:
        return None
    over = read_sanction(row.get("over"))
    return Sanction(AccountStatus(row["standing"]), DecisionId(row["decision"]), row["until"], over)


def sanction_document(sanction: Sanction | None) -> Document | None:
    """As it is kept in the decision that took its place: alone, for what it is over may be taken back one by one."""
    return _document(replace(sanction, over=None)) if sanction else None


def _document(sanction: Sanction) -> Document:
    row: Document = {
        "standing": sanction.account_status.value,
        "decision": sanction.decision_id,
        "until": sanction.until,
    }
    return row | {"over": _document(sanction.over)} if sanction.over else row
