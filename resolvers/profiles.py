"""Fields of profiles that need more than the profile."""

from collections.abc import Sequence

from domain.members import Profile
from resolvers.context import Context
from resolvers.texts import LinkView, link_views


async def websites(context: Context, profiles: Sequence[Profile]) -> Sequence[LinkView | None]:
    shown = [profile.website for profile in profiles if profile.website]
    views = iter(await link_views(context, shown))
    return [next(views) if profile.website else None for profile in profiles]
