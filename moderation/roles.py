"""Giving and taking roles, everywhere or on single boards. Each change is recorded."""

from collections.abc import Mapping, Sequence

from domain.audit import AuditEntry, AuditValue
from domain.content import BoardKind
from domain.ids import RANDOM_BYTES, BoardId, MemberId
from domain.members import Role
from domain.viewer import ANONYMOUS
from policy.limits import MAX_MODERATED_BOARDS
from stores.services import Services
from stores.transactions import Transaction


class NotAppointed(Exception):
    """Nothing has changed; the message says why, and what to do."""


async def give_role(services: Services, handle: str, role: Role) -> None:
    """Trust the member with ``role`` everywhere. Raises NotAppointed."""

    async def write(transaction: Transaction) -> None:
        member = await services.stores.members.set_role(handle, role, transaction)
        await _record(services, _known(member, handle), "member.APPOINTED", {"role": role.value}, transaction)

    await services.stores.transactions.run(write)


async def give_boards(services: Services, handle: str, slugs: Sequence[str]) -> None:
    """Let the member moderate the discussion boards, besides those that are theirs already. Raises NotAppointed."""
    boards = [await _discussion_board(services, slug) for slug in dict.fromkeys(slugs)]

    async def write(transaction: Transaction) -> None:
        member = _known(await services.stores.members.give_boards(handle, boards, transaction), handle)
        if len(await services.stores.members.boards_record_of(member, transaction)) > MAX_MODERATED_BOARDS:
            raise NotAppointed(f"That is more than {MAX_MODERATED_BOARDS} boards: make {handle} a moderator of all.")
        await _record(services, member, "member.APPOINTED", {"boards": boards}, transaction)

    await services.stores.transactions.run(write)


async def take_boards(services: Services, handle: str, slugs: Sequence[str]) -> None:
    """Let the member moderate the boards no more. Raises NotAppointed."""
    boards = [await _discussion_board(services, slug) for slug in dict.fromkeys(slugs)]

    async def write(transaction: Transaction) -> None:
        member = _known(await services.stores.members.take_boards(handle, boards, transaction), handle)
        await _record(services, member, "member.DISMISSED", {"boards": boards}, transaction)

    await services.stores.transactions.run(write)


async def take_office(services: Services, handle: str) -> None:
    """Make the member one like all others: without a role, and without boards. Raises NotAppointed."""

    async def write(transaction: Transaction) -> None:
        member = _known(await services.stores.members.set_role(handle, Role.MEMBER, transaction), handle)
        boards = sorted(await services.stores.members.boards_record_of(member, transaction))
        await services.stores.members.take_boards(handle, boards, transaction)
        await _record(services, member, "member.DISMISSED", {"role": Role.MEMBER.value, "boards": boards}, transaction)

    await services.stores.transactions.run(write)


def _known(member: MemberId | None, handle: str) -> MemberId:
    if member is None:
        raise NotAppointed(f"There is no member {handle!r}: give the handle, not the display name, or register first.")
    return member


async def _discussion_board(services: Services, slug: str) -> BoardId:
    board = await services.stores.boards.seen_by_slug(ANONYMOUS, slug)
    if board is None or board.kind is not BoardKind.DISCUSSION:
        raise NotAppointed(f"There is no discussion board {slug!r}: give its name in addresses.")
    return board.id


async def _record(
    services: Services, member: MemberId, kind: str, given: Mapping[str, AuditValue], transaction: Transaction
) -> None:
    """Write an audit entry of the operator, who has no account here."""
    details = {"subject": member, **given}
    entry = AuditEntry(services.random.token(RANDOM_BYTES), services.now(), kind, None, details)
    await services.stores.audit.add(entry, transaction)
