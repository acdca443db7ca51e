"""Following boards."""

from typing import Any

import strawberry

from content import board_follows
from domain.ids import BoardId
from graph.boards import Board
from graph.errors import UserError
from graph.mutations.payloads import mutation
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class FollowBoardInput:
    """Which."""

    board_id: strawberry.ID


@strawberry.type
class FollowBoardPayload:
    """The board that is followed now."""

    board: Board | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UnfollowBoardInput:
    """Which."""

    board_id: strawberry.ID


@strawberry.type
class UnfollowBoardPayload:
    """The board that is followed no more."""

    board: Board | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _follow_board(context: Context, given: FollowBoardInput) -> dict[str, Any]:
    board_id = BoardId(given.board_id)
    await board_follows.follow_board(context.services.core, context.viewer, board_id)
    await context.refresh()
    return {"board": (await context.boards([board_id]))[0]}


async def _unfollow_board(context: Context, given: UnfollowBoardInput) -> dict[str, Any]:
    board_id = BoardId(given.board_id)
    await board_follows.unfollow_board(context.services.core, context.viewer, board_id)
    await context.refresh()
    return {"board": (await context.boards([board_id]))[0]}


FOLLOW_BOARD = mutation(
    FollowBoardInput,
    FollowBoardPayload,
    _follow_board,
    "Follow a discussion board; doing it twice is as good as once.",
    Capability.MEET,
)
UNFOLLOW_BOARD = mutation(
    UnfollowBoardInput, UnfollowBoardPayload, _unfollow_board, "Follow a board no more.", Capability.WITHDRAW
)
