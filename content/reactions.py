"""Reacting to posts and comments, and taking that back; doing either twice is as good as once."""

from dataclasses import dataclass

from accounts.desk import slow_down
from content.desk import ContentDesk, signed_in
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.reactions import ReactionKind
from domain.viewer import Viewer
from policy.limits import Rate
from policy.reactions import takes_reactions
from stores.contents import content_seen_by
from stores.reactions import AlreadyReacted
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Reaction:
    """How to react, and to which post or comment."""

    target_id: str
    kind: ReactionKind


async def react(desk: ContentDesk, viewer: Viewer, reaction: Reaction) -> None:
    """React to what the viewer sees published."""
    member = signed_in(viewer)
    await slow_down(desk.house, Rate.REACTION_PER_MEMBER, member)
    target = await content_seen_by(desk.house.stores, viewer, reaction.target_id)
    if target is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    if not takes_reactions(target):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")

    async def write(transaction: Transaction) -> None:
        # The target is not looked at again: what is removed meanwhile shows no reactions, and writing to it here would
        # make it the document that all wait for.
        await desk.house.stores.reactions.add(member, reaction.target_id, reaction.kind, transaction)

    try:
        await desk.house.stores.transactions.run(write)
    except AlreadyReacted:
        return


async def unreact(desk: ContentDesk, viewer: Viewer, reaction: Reaction) -> None:
    """Take a reaction back, also from what is closed to the member now: it counts for others there."""
    member = signed_in(viewer)
    await slow_down(desk.house, Rate.REACTION_PER_MEMBER, member)

    async def write(transaction: Transaction) -> bool:
        return await desk.house.stores.reactions.take_back(member, reaction.target_id, reaction.kind, transaction)

    if await desk.house.stores.transactions.run(write):
        return
    if await content_seen_by(desk.house.stores, viewer, reaction.target_id) is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
