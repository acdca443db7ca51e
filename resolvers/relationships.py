"""How the viewer stands to others."""

from collections.abc import Sequence

from domain.members import MemberView
from domain.paging import Page, Slice
from domain.relationships import BlockedMember, Follow
from resolvers.context import Context


async def blocks(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[BlockedMember]]:
    return [await context.stores.relationships.blocked_by(context.viewer, page)] * len(viewers)


async def following(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[Follow]]:
    return [await context.stores.relationships.following(context.viewer, page)] * len(viewers)


async def followers(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[Follow]]:
    return [await context.stores.relationships.followers(context.viewer, page)] * len(viewers)


async def members_of(context: Context, acquaintances: Sequence[Follow]) -> Sequence[MemberView | None]:
    return await context.members([acquaintance.member_id for acquaintance in acquaintances])
