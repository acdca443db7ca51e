"""Blocking: each becomes absent to the other, on the very next read.

What either left on the other's message board is held meanwhile: its host does not see it, so could not keep order.
"""

from functools import partial

from accounts.following import visible_other
from domain.ids import MemberId
from domain.messages import Message
from domain.people import BlockedMember
from domain.problems import ErrorCode, refusal
from domain.viewer import Viewer
from policy.limits import MAX_BLOCKS
from stores.house import House
from stores.members import Tally
from stores.ties import BlockChange
from stores.transactions import Transaction


async def block(house: House, viewer: Viewer, other: MemberId) -> BlockedMember:
    """Block ``other``; twice is as good as once. Who is not there for the viewer can't be told from who never was."""
    if viewer.member_id is not None and (before := await house.stores.ties.blocked_member(viewer.member_id, other)):
        await settle_between(house, viewer.member_id, other)
        return before
    blocker = await visible_other(house, viewer, other)
    handle = (await house.stores.members.seen_by(viewer, [other]))[other].handle
    now = house.now()

    async def write(transaction: Transaction) -> None:
        change = await house.stores.ties.set_block(blocker, other, handle, now, transaction)
        if change is BlockChange.NOTHING:
            return
        if not await house.stores.members.count(blocker, Tally.BLOCKING, 1, MAX_BLOCKS, transaction):
            raise refusal(ErrorCode.VALIDATION, Message.BLOCKS_FULL, "memberId", most=MAX_BLOCKS)

    await house.stores.transactions.run(write)
    await settle_between(house, blocker, other)
    kept = await house.stores.ties.blocked_member(blocker, other)
    if kept is None:  # lifted again in the same moment
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "memberId")
    return kept


async def unblock(house: House, viewer: Viewer, other: MemberId) -> None:
    """Lift a block. Where there was none nothing happens, and nothing else is answered."""
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    blocker = viewer.member_id

    async def write(transaction: Transaction) -> None:
        change = await house.stores.ties.set_block(blocker, other, None, None, transaction)
        if change is BlockChange.NOTHING:
            return
        await house.stores.members.count(blocker, Tally.BLOCKING, -1, MAX_BLOCKS, transaction)

    if await house.stores.ties.blocked_member(blocker, other):
        await house.stores.transactions.run(write)
        await settle_between(house, blocker, other)


async def settle_between(house: House, one: MemberId, other: MemberId) -> None:
    """Hold what each left on the other's message board while a block parts them, and let it show again afterwards.

    In batches, each of which looks at the block anew; running it twice is as good as once.
    """
    for host, author in ((one, other), (other, one)):
        while await house.stores.transactions.run(partial(_settle_some, house, host, author)):
            continue


async def settle_unsettled(house: House) -> None:
    """Settle what a crash left between a block and what it holds; run at start."""
    for host, author in await house.stores.ties.unsettled():
        await settle_between(house, host, author)


async def _settle_some(house: House, host: MemberId, author: MemberId, transaction: Transaction) -> bool:
    is_parted = await house.stores.ties.are_parted(host, author, transaction)
    some = house.stores.entries.hold_some if is_parted else house.stores.entries.release_some
    has_more = await some(host, author, transaction)
    if not has_more:
        await house.stores.ties.settled(host, author, transaction)
    return has_more
