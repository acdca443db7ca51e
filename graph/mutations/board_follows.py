"""Following boards."""

from typing import Any

import strawberry

from content import board_follows
from domain.ids import BoardId
from graph.boards import Board
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from policy.limits import MAX_FOLLOWED_BOARDS
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class FollowBoardInput:
    """The board to follow."""

    board_id: strawberry.ID = strawberry.field(description="The id of the discussion board to follow.")


@strawberry.type
class FollowBoardPayload:
    """The result of `followBoard`."""

    board: Board | None = strawberry.field(
        default=None, description="The board that the viewer follows now. Null if following it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UnfollowBoardInput:
    """The board to unfollow."""

    board_id: strawberry.ID = strawberry.field(description="The id of the board to stop following.")


@strawberry.type
class UnfollowBoardPayload:
    """The result of `unfollowBoard`."""

    board: Board | None = strawberry.field(
        default=None,
        description="The board that the viewer no longer follows. Null if the viewer cannot see it now, or it was "
        "refused.",
    )
    errors: list[UserError] = user_errors()


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
    f"Follow a discussion board, {MAX_FOLLOWED_BOARDS} at most. Idempotent: following it again changes nothing.",
    Capability.MEET,
)
UNFOLLOW_BOARD = mutation(
    UnfollowBoardInput,
    UnfollowBoardPayload,
    _unfollow_board,
    "Stop following a board. Idempotent: the answer is the same if it was not followed.",
    Capability.WITHDRAW,
)
