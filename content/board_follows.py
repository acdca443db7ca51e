"""Following discussion boards, and no longer following them."""

from accounts.capability_check import require_signed_in
from domain.content import Board, BoardKind
from domain.errors import ErrorCode, refusal
from domain.ids import BoardId
from domain.messages import Message
from domain.viewer import Viewer
from policy.limits import MAX_FOLLOWED_BOARDS
from stores.members import Tally
from stores.services import Services
from stores.transactions import Transaction


async def follow_board(services: Services, viewer: Viewer, board_id: BoardId) -> None:
    """Let the viewer follow a discussion board; twice is as good as once."""
    member = require_signed_in(viewer)
    board = await _visible_board(services, viewer, board_id)
    if board.kind is not BoardKind.DISCUSSION:
        raise refusal(ErrorCode.VALIDATION, Message.DISCUSSIONS_ONLY, "boardId")

    async def write(transaction: Transaction) -> None:
        if not await services.stores.board_follows.set_follow(member, board_id, services.now(), transaction):
            return
        if not await services.stores.members.count(member, Tally.FOLLOWING_BOARDS, 1, MAX_FOLLOWED_BOARDS, transaction):
            raise refusal(ErrorCode.VALIDATION, Message.BOARDS_FULL, "boardId", most=MAX_FOLLOWED_BOARDS)

    await services.stores.transactions.run(write)


async def unfollow_board(services: Services, viewer: Viewer, board_id: BoardId) -> None:
    """Let the viewer follow a board no more; where they did not, nothing happens."""
    member = require_signed_in(viewer)
    await _visible_board(services, viewer, board_id)

    async def write(transaction: Transaction) -> None:
        if await services.stores.board_follows.set_follow(member, board_id, None, transaction):
            await services.stores.members.count(member, Tally.FOLLOWING_BOARDS, -1, MAX_FOLLOWED_BOARDS, transaction)

    await services.stores.transactions.run(write)


async def _visible_board(services: Services, viewer: Viewer, board_id: BoardId) -> Board:
    board = (await services.stores.boards.seen_by(viewer, [board_id])).get(board_id)
    if board is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "boardId")
    return board
