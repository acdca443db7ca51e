"""Moving in: a member, and the message board that every member has."""

from collections.abc import Sequence

from domain.members import MemberRecord
from policy.boards import message_board
from stores.connections import Stores
from stores.transactions import Transaction


async def create_members(stores: Stores, members: Sequence[MemberRecord], transaction: Transaction) -> None:
    """Write new members with their boards; what must be unique has been claimed before."""
    boards = [message_board(member.id, member.handle, member.created_at) for member in members]
    await stores.members.insert_many(members, transaction)
    await stores.boards.insert_many(boards, transaction)
