"""Appointing: by whom the house is kept, everywhere or on named boards, on the record."""

from collections.abc import Mapping, Sequence

from domain.content import BoardKind
from domain.ids import BoardId, MemberId
from domain.members import Role
from domain.viewer import ANONYMOUS
from policy.limits import MAX_MODERATED_BOARDS
from stores.house import House
from stores.transactions import Transaction


class NotAppointed(Exception):
    """Nothing has changed; the message says why, and what to do."""


async def give_role(house: House, handle: str, role: Role) -> None:
    """Trust the member with ``role`` everywhere. Raises NotAppointed."""

    async def write(transaction: Transaction) -> None:
        member = await house.stores.members.set_role(handle, role, transaction)
        await _record(house, _known(member, handle), {"kind": "member.APPOINTED", "role": role.value}, transaction)

    await house.stores.transactions.run(write)


async def give_boards(house: House, handle: str, slugs: Sequence[str]) -> None:
    """Let the member moderate the discussion boards, besides those that are theirs already. Raises NotAppointed."""
    boards = [await _discussion_board(house, slug) for slug in dict.fromkeys(slugs)]

    async def write(transaction: Transaction) -> None:
        member = _known(await house.stores.members.give_boards(handle, boards, transaction), handle)
        if len(await house.stores.members.boards_record_of(member, transaction)) > MAX_MODERATED_BOARDS:
            raise NotAppointed(f"That is more than {MAX_MODERATED_BOARDS} boards: make {handle} a moderator of all.")
        await _record(house, member, {"kind": "member.APPOINTED", "boards": boards}, transaction)

    await house.stores.transactions.run(write)


async def take_boards(house: House, handle: str, slugs: Sequence[str]) -> None:
    """Let the member moderate the boards no more. Raises NotAppointed."""
    boards = [await _discussion_board(house, slug) for slug in dict.fromkeys(slugs)]

    async def write(transaction: Transaction) -> None:
        member = _known(await house.stores.members.take_boards(handle, boards, transaction), handle)
        await _record(house, member, {"kind": "member.DISMISSED", "boards": boards}, transaction)

    await house.stores.transactions.run(write)


async def take_office(house: House, handle: str) -> None:
    """Make the member one like all others: without a role, and without boards. Raises NotAppointed."""

    async def write(transaction: Transaction) -> None:
        member = _known(await house.stores.members.set_role(handle, Role.MEMBER, transaction), handle)
        boards = sorted(await house.stores.members.boards_record_of(member, transaction))
        await house.stores.members.take_boards(handle, boards, transaction)
        row = {"kind": "member.DISMISSED", "role": Role.MEMBER.value, "boards": boards}
        await _record(house, member, row, transaction)

    await house.stores.transactions.run(write)


def _known(member: MemberId | None, handle: str) -> MemberId:
    if member is None:
        raise NotAppointed(f"There is no member {handle!r}: give the handle, not the display name, or register first.")
    return member


async def _discussion_board(house: House, slug: str) -> BoardId:
    board = await house.stores.boards.seen_by_slug(ANONYMOUS, slug)
    if board is None or board.kind is not BoardKind.DISCUSSION:
        raise NotAppointed(f"There is no discussion board {slug!r}: give its name in addresses.")
    return board.id


async def _record(house: House, member: MemberId, what: Mapping[str, object], transaction: Transaction) -> None:
    """An audit row of whoever runs the service, who has no account here."""
    row = {"_id": house.random.token(12), "at": house.now(), "actor": None, "subject": member, **what}
    await house.stores.audit.add(row, transaction)
