"""Puts the demo into an empty database: once, and whole even where the first attempt was cut off."""

from datetime import datetime, timedelta
from enum import Enum

from accounts.desk import Desk
from content.demo.story import STORY_HOURS
from content.demo.telling import tell
from content.links import Site
from policy.limits import IDEMPOTENCY_LIFETIME
from stores.claims import AlreadyClaimed, Claim
from stores.house import House
from stores.transactions import Transaction

BEGUN = "demo/begun"
FINISHED = "demo/finished"

#: The keys that keep posts from being written twice are forgotten this long after the telling began.
RESUMABLE_FOR = IDEMPOTENCY_LIFETIME - timedelta(hours=STORY_HOURS)


class Seeding(Enum):
    """How it went."""

    THERE = "the whole demo is there, from now or from before"
    NOT_EMPTY = "other people live here, nothing was added"
    LEFT_HALF = "an attempt was cut off too long ago to be completed"


async def seed(accounts: Desk, site: Site) -> Seeding:
    """Tell the demo, unless it was told before or others live here. What was cut off goes on where it stopped."""
    house = accounts.house
    if await _marked_at(house, FINISHED):
        return Seeding.THERE
    if await _marked_at(house, BEGUN) is None and not await house.stores.members.is_empty():
        return Seeding.NOT_EMPTY
    # The story is told as of its first attempt, so that an interrupted one ends as the others do.
    begun = await _mark(house, BEGUN)
    if house.now() - begun > RESUMABLE_FOR:
        return Seeding.LEFT_HALF
    await tell(accounts, site, begun)
    await _mark(house, FINISHED)
    return Seeding.THERE


async def may_live_here(house: House) -> bool:
    """Whether the demo's people, whose passwords everyone knows, have begun to move into this database."""
    return await _marked_at(house, BEGUN) is not None


async def _mark(house: House, what: str) -> datetime:
    """Mark that ``what`` has happened; answers when it was marked first."""
    now = house.now()

    async def write(transaction: Transaction) -> None:
        await house.stores.claims.take(Claim.IMPORT, what, now.isoformat(), transaction)

    try:
        await house.stores.transactions.run(write)
    except AlreadyClaimed:
        return await _marked_at(house, what) or now
    return now


async def _marked_at(house: House, what: str) -> datetime | None:
    claimed = await house.stores.claims.find(Claim.IMPORT, what)
    return datetime.fromisoformat(claimed.holder) if claimed else None
