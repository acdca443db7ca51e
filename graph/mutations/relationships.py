"""Following and blocking."""

from typing import Any

import strawberry

from accounts import blocks, follows
from domain.ids import MemberId
from domain.members import Relationship
from graph.enums import ProfileField
from graph.errors import UserError
from graph.members import Member
from graph.mutations.payloads import mutation, user_errors
from graph.relationships import BlockedMember
from policy.limits import MAX_BLOCKS, MAX_FOLLOWS
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class FollowInput:
    """The member to follow."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to follow.")


@strawberry.type
class FollowPayload:
    """The result of `follow`."""

    member: Member | None = strawberry.field(
        default=None, description="The member whom the viewer follows now. Null if following them was refused."
    )
    now_friends: bool = strawberry.field(
        default=False, description="Whether the two are friends now, because each follows the other."
    )
    opens: list[ProfileField] = strawberry.field(
        default_factory=list,
        description="The viewer's profile fields that the new friend can see, and other members cannot. Empty if "
        "there are none.",
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UnfollowInput:
    """The member to stop following."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to stop following.")


@strawberry.type
class UnfollowPayload:
    """The result of `unfollow`."""

    member: Member | None = strawberry.field(
        default=None, description="The member whom the viewer no longer follows. Null if it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class BlockInput:
    """The member to block."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to block.")


@strawberry.type
class BlockPayload:
    """The result of `block`."""

    blocked: BlockedMember | None = strawberry.field(
        default=None, description="The block, which `Viewer.blocks` lists. Null if blocking was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UnblockInput:
    """The member to unblock."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to unblock.")


@strawberry.type
class UnblockPayload:
    """The result of `unblock`."""

    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the member, as the input gave it. Null if unblocking was refused."
    )
    errors: list[UserError] = user_errors()


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
    FollowInput,
    FollowPayload,
    _follow,
    f"Follow a member, {MAX_FOLLOWS:,} at most. Idempotent: following them again changes nothing.",
    Capability.MEET,
)
UNFOLLOW = mutation(
    UnfollowInput,
    UnfollowPayload,
    _unfollow,
    "Stop following a member. Idempotent: the answer is the same if they were not followed.",
    Capability.WITHDRAW,
)
BLOCK = mutation(
    BlockInput,
    BlockPayload,
    _block,
    f"Block a member, {MAX_BLOCKS:,} at most: each is absent to the other from now on.",
    Capability.WITHDRAW,
)
UNBLOCK = mutation(
    UnblockInput,
    UnblockPayload,
    _unblock,
    "Unblock a member. What the block hid is shown again, follows included.",
    Capability.WITHDRAW,
)
