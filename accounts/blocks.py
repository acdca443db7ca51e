"""Blocking: each becomes absent to the other, on the very next read.

What either left on the other's message board is held meanwhile: its host does not see it, so could not keep order.
"""

from functools import partial

from accounts.capability_check import require_signed_in
from accounts.follows import visible_other
from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.messages import Message
from domain.relationships import BlockedMember
from domain.viewer import Viewer
from policy.limits import MAX_BLOCKS
from stores.members import Tally
from stores.relationships import BlockChange
from stores.services import Services
from stores.transactions import Transaction


async def block(services: Services, viewer: Viewer, other: MemberId) -> BlockedMember:
    """Block ``other``; twice is as good as once. Who is not there for the viewer can't be told from who never was."""
    if viewer.member_id is not None and (
        before := await services.stores.relationships.blocked_member(viewer.member_id, other)
    ):
        await settle_between(services, viewer.member_id, other)
        return before
    blocker = await visible_other(services, viewer, other)
    handle = (await services.stores.members.seen_by(viewer, [other]))[other].handle
    now = services.now()

    async def write(transaction: Transaction) -> None:
        change = await services.stores.relationships.set_block(blocker, other, handle, now, transaction)
        if change is BlockChange.NOTHING:
            return
        if not await services.stores.members.count(blocker, Tally.BLOCKING, 1, MAX_BLOCKS, transaction):
            raise refusal(ErrorCode.VALIDATION, Message.BLOCKS_FULL, "memberId", most=MAX_BLOCKS)

    await services.stores.transactions.run(write)
    await settle_between(services, blocker, other)
    kept = await services.stores.relationships.blocked_member(blocker, other)
    if kept is None:  # lifted again in the same moment
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "memberId")
    return kept


async def unblock(services: Services, viewer: Viewer, other: MemberId) -> None:
    """Lift a block. Where there was none nothing happens, and nothing else is answered."""
    blocker = require_signed_in(viewer)

    async def write(transaction: Transaction) -> None:
        change = await services.stores.relationships.set_block(blocker, other, None, None, transaction)
        if change is BlockChange.NOTHING:
            return
        await services.stores.members.count(blocker, Tally.BLOCKING, -1, MAX_BLOCKS, transaction)

    if await services.stores.relationships.blocked_member(blocker, other):
        await services.stores.transactions.run(write)
        await settle_between(services, blocker, other)


async def settle_between(services: Services, one: MemberId, other: MemberId) -> None:
    """Hold what each left on the other's message board while a block parts them, and let it show again afterwards.

    In batches, each of which looks at the block anew; running it twice is as good as once.
    """
    for board_owner, author in ((one, other), (other, one)):
        while await services.stores.transactions.run(partial(_settle_some, services, board_owner, author)):
            continue


async def settle_unsettled(services: Services) -> None:
    """Settle what a crash left between a block and what it holds; run at start."""
    for board_owner, author in await services.stores.relationships.unsettled():
        await settle_between(services, board_owner, author)


async def _settle_some(services: Services, board_owner: MemberId, author: MemberId, transaction: Transaction) -> bool:
    is_parted = await services.stores.relationships.are_parted(board_owner, author, transaction)
    some = services.stores.board_entries.hold_some if is_parted else services.stores.board_entries.release_some
    has_more = await some(board_owner, author, transaction)
    if not has_more:
        await services.stores.relationships.settled(board_owner, author, transaction)
    return has_more
