"""Puts the demo into an empty database: once, and whole even where the first attempt was cut off."""

from datetime import datetime, timedelta
from enum import Enum

from accounts.services import AccountServices
from content.links import Site
from demo.model import STORY_HOURS
from demo.seed import tell
from policy.limits import IDEMPOTENCY_LIFETIME
from stores.services import Services
from stores.transactions import Transaction
from stores.unique_keys import AlreadyTaken, UniqueKey

BEGUN = "demo/begun"
FINISHED = "demo/finished"

#: The keys that keep posts from being written twice are forgotten this long after the telling began.
RESUMABLE_FOR = IDEMPOTENCY_LIFETIME - timedelta(hours=STORY_HOURS)


class Seeding(Enum):
    """How it went."""

    THERE = "the whole demo is there, from now or from before"
    NOT_EMPTY = "other people live here, nothing was added"
    LEFT_HALF = "an attempt was cut off too long ago to be completed"


async def seed(accounts: AccountServices, site: Site) -> Seeding:
    """Tell the demo, unless it was told before or others live here. What was cut off goes on where it stopped."""
    services = accounts.core
    if await _marked_at(services, FINISHED):
        return Seeding.THERE
    if await _marked_at(services, BEGUN) is None and not await services.stores.members.is_empty():
        return Seeding.NOT_EMPTY
    # The story is told as of its first attempt, so that an interrupted one ends as the others do.
    begun = await _mark(services, BEGUN)
    if services.now() - begun > RESUMABLE_FOR:
        return Seeding.LEFT_HALF
    await tell(accounts, site, begun)
    await _mark(services, FINISHED)
    return Seeding.THERE


async def may_live_here(services: Services) -> bool:
    """Whether the demo's people, whose passwords everyone knows, have begun to move into this database."""
    return await _marked_at(services, BEGUN) is not None


async def _mark(services: Services, what: str) -> datetime:
    """Mark that ``what`` has happened; answers when it was marked first."""
    now = services.now()

    async def write(transaction: Transaction) -> None:
        await services.stores.unique_keys.take(UniqueKey.IMPORT, what, now.isoformat(), transaction)

    try:
        await services.stores.transactions.run(write)
    except AlreadyTaken:
        return await _marked_at(services, what) or now
    return now


async def _marked_at(services: Services, what: str) -> datetime | None:
    claimed = await services.stores.unique_keys.find(UniqueKey.IMPORT, what)
    return datetime.fromisoformat(claimed.holder) if claimed else None
