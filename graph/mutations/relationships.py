"""Following and blocking."""

from typing import Any

import strawberry

from accounts import blocks, follows
from domain.ids import MemberId
from domain.members import Relationship
from graph.enums import ProfileField
from graph.errors import UserError
from graph.members import Member
from graph.mutations.payloads import mutation
from graph.relationships import BlockedMember
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class FollowInput:
    """Whom."""

    member_id: strawberry.ID


@strawberry.type
class FollowPayload:
    """Following back makes friends."""

    member: Member | None = None
    now_friends: bool = False
    opens: list[ProfileField] = strawberry.field(
        default_factory=list,
        description="The caller's filled-in fields that show to this friend and not to any member.",
    )
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UnfollowInput:
    """Whom."""

    member_id: strawberry.ID


@strawberry.type
class UnfollowPayload:
    """The one who is followed no more."""

    member: Member | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class BlockInput:
    """Whom."""

    member_id: strawberry.ID


@strawberry.type
class BlockPayload:
    """Each is absent to the other from now on; Viewer.blocks has them to lift."""

    blocked: BlockedMember | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UnblockInput:
    """Whom."""

    member_id: strawberry.ID


@strawberry.type
class UnblockPayload:
    """The id as given: a member here would tell of a block the other way."""

    member_id: strawberry.ID | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _follow(context: Context, given: FollowInput) -> dict[str, Any]:
    followed = await follows.follow(context.services.core, context.viewer, MemberId(given.member_id))
    await context.refresh()
    member = (await context.members([followed.member_id]))[0]
    nows = followed.relationship is Relationship.FRIEND
    return {"member": member, "now_friends": nows, "opens": list(followed.opens)}


async def _unfollow(context: Context, given: UnfollowInput) -> dict[str, Any]:
    followed = await follows.unfollow(context.services.core, context.viewer, MemberId(given.member_id))
    await context.refresh()
    return {"member": (await context.members([followed.member_id]))[0]}


async def _block(context: Context, given: BlockInput) -> dict[str, Any]:
    blocked = await blocks.block(context.services.core, context.viewer, MemberId(given.member_id))
    await context.refresh()
    return {"blocked": blocked}


async def _unblock(context: Context, given: UnblockInput) -> dict[str, Any]:
    await blocks.unblock(context.services.core, context.viewer, MemberId(given.member_id))
    await context.refresh()
    return {"member_id": given.member_id}


FOLLOW = mutation(
    FollowInput, FollowPayload, _follow, "Follow a member; doing it twice is as good as once.", Capability.MEET
)
UNFOLLOW = mutation(UnfollowInput, UnfollowPayload, _unfollow, "Follow a member no more.", Capability.WITHDRAW)
BLOCK = mutation(BlockInput, BlockPayload, _block, "Let each be absent to the other.", Capability.WITHDRAW)
UNBLOCK = mutation(
    UnblockInput, UnblockPayload, _unblock, "Lift a block; what was before shows again.", Capability.WITHDRAW
)
