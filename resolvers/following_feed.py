"""What the viewer follows, and what that brings them."""

import asyncio
from collections.abc import Sequence

from domain.content import Board, PostView
from domain.paging import Page, Slice
from domain.relationships import FollowedBoard, Follows
from resolvers.context import Context


async def followed_boards(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[FollowedBoard]]:
    return [await context.stores.board_follows.followed_boards(context.viewer, page)] * len(viewers)


async def are_followed(context: Context, boards: Sequence[Board]) -> Sequence[bool]:
    followed = await context.stores.board_follows.followed_among(context.viewer, [board.id for board in boards])
    return [board.id in followed for board in boards]


async def feeds(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[PostView]]:
    members, boards = await asyncio.gather(
        context.stores.relationships.followed(context.viewer), context.stores.board_follows.followed(context.viewer)
    )
    posts = await context.stores.posts.of_followed(context.viewer, Follows(members, boards), page)
    return [posts] * len(viewers)
