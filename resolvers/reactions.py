"""How many reacted to posts and comments, and how."""

from collections.abc import Sequence

from domain.content import CommentView, PostView
from domain.reactions import ReactionCount
from policy.reactions import takes_reactions
from resolvers.context import Context


async def reaction_counts(
    context: Context, contents: Sequence[PostView | CommentView]
) -> Sequence[Sequence[ReactionCount]]:
    """Of each, posts and comments mixed, in one read; nothing of what stands in no state to show any."""
    shown = list(dict.fromkeys(content.id for content in contents if takes_reactions(content)))
    found = await context.stores.reactions.counts(context.viewer, shown) if shown else {}
    return [found.get(content.id, []) for content in contents]
