"""Reacting to posts and comments, and taking that back; doing either twice is as good as once."""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from accounts.services import consume_rate_limit_if_available
from content.services import ContentServices
from domain.errors import ErrorCode, refusal
from domain.messages import Message
from domain.reactions import ReactionKind
from domain.viewer import Viewer
from policy.limits import Rate
from policy.reactions import takes_reactions
from stores.content_lookup import content_seen_by
from stores.reactions import AlreadyReacted
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Reaction:
    """How to react, and to which post or comment."""

    target_id: str
    kind: ReactionKind


async def react(services: ContentServices, viewer: Viewer, reaction: Reaction) -> None:
    """React to what the viewer sees published."""
    member = require_signed_in(viewer)
    await consume_rate_limit_if_available(services.core, Rate.REACTION_PER_MEMBER, member)
    target = await content_seen_by(services.core.stores, viewer, reaction.target_id)
    if target is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    if not takes_reactions(target):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")

    async def write(transaction: Transaction) -> None:
        # The target is not looked at again: what is removed meanwhile shows no reactions, and writing to it here would
        # make it the document that all wait for.
        await services.core.stores.reactions.add(member, reaction.target_id, reaction.kind, transaction)

    try:
        await services.core.stores.transactions.run(write)
    except AlreadyReacted:
        return


async def unreact(services: ContentServices, viewer: Viewer, reaction: Reaction) -> None:
    """Take a reaction back, also from what is closed to the member now: it counts for others there."""
    member = require_signed_in(viewer)
    await consume_rate_limit_if_available(services.core, Rate.REACTION_PER_MEMBER, member)

    async def write(transaction: Transaction) -> bool:
        return await services.core.stores.reactions.take_back(member, reaction.target_id, reaction.kind, transaction)

    if await services.core.stores.transactions.run(write):
        return
    if await content_seen_by(services.core.stores, viewer, reaction.target_id) is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
