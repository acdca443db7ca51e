"""Following and no longer following; two who follow each other are friends."""

from dataclasses import dataclass, replace

from accounts.capability_check import require_signed_in
from domain.audience import Audience
from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.members import NOTHING_SHOWN, ProfileField, Relationship
from domain.messages import Message
from domain.viewer import Viewer
from policy.limits import MAX_FOLLOWS
from stores.members import Tally
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Followed:
    """How the follower stands to the other afterwards."""

    member_id: MemberId
    relationship: Relationship
    opens: tuple[ProfileField, ...] = ()
    """What the follower has filled in and shows to a friend, but not to every member."""


async def follow(services: Services, viewer: Viewer, other: MemberId) -> Followed:
    """Let the viewer follow ``other``; following twice is as good as once."""
    follower = await visible_other(services, viewer, other)

    async def write(transaction: Transaction) -> Followed:
        changed, stands = await services.stores.relationships.set_follow(follower, other, services.now(), transaction)
        if stands is Relationship.BLOCKED:
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "memberId")
        if changed and not await services.stores.members.count(follower, Tally.FOLLOWING, 1, MAX_FOLLOWS, transaction):
            raise refusal(ErrorCode.VALIDATION, Message.FOLLOWS_FULL, "memberId", most=MAX_FOLLOWS)
        return Followed(other, stands)

    followed = await services.stores.transactions.run(write)
    if followed.relationship is not Relationship.FRIEND:
        return followed
    return replace(followed, opens=await _opened_to_friends(services, viewer, follower))


async def unfollow(services: Services, viewer: Viewer, other: MemberId) -> Followed:
    """Let the viewer follow ``other`` no more."""
    follower = await visible_other(services, viewer, other)

    async def write(transaction: Transaction) -> Followed:
        changed, stands = await services.stores.relationships.set_follow(follower, other, None, transaction)
        if changed:
            await services.stores.members.count(follower, Tally.FOLLOWING, -1, MAX_FOLLOWS, transaction)
        return Followed(other, stands)

    return await services.stores.transactions.run(write)


async def _opened_to_friends(services: Services, viewer: Viewer, member_id: MemberId) -> tuple[ProfileField, ...]:
    """The fields that the viewer has filled in and shows to friends, but not to every member."""
    own = (await services.stores.members.seen_by(viewer, [member_id]))[member_id].profile
    audiences = (await services.stores.members.own_settings(member_id)).audiences
    return tuple(
        field
        for field, audience in audiences.items()
        if audience is Audience.FRIENDS and own.only({field}) != NOTHING_SHOWN
    )


async def visible_other(services: Services, viewer: Viewer, other: MemberId) -> MemberId:
    """Who is acting. Refuses the signed-out, oneself, and whoever is not there for the viewer."""
    member_id = require_signed_in(viewer)
    if other == member_id:
        raise refusal(ErrorCode.VALIDATION, Message.NOT_YOURSELF, "memberId")
    if other not in await services.stores.members.seen_by(viewer, [other]):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "memberId")
    return member_id
