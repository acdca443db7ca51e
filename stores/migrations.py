"""Migrations: what changes stored data from one version to the next, in order, each once, by one process at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import CollectionInvalid, DuplicateKeyError

from domain.sources import Clock, RandomSource
from stores.documents import Document
from stores.indexes import create_indexes
from stores.transactions import Transaction, Transactions

RECORDS = "migrations"
LOCKS = "locks"
LOCK = "migrations"

#: Longer than clocks of one house differ; a runner that crashed keeps the next one waiting for no longer than this.
LEASE = timedelta(seconds=30)
RENEWAL_SECONDS = 10.0
GLANCE_SECONDS = 0.1
OWNER_BYTES = 12

logger = structlog.get_logger()

Step = Callable[[AsyncDatabase[Document]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Migration:
    """A change of stored data. A crash may come between ``run`` and its record, so running twice is as good as once."""

    id: str
    description: str
    run: Step


class LeaseLost(Exception):
    """Another runner took over, for this one did not renew its lease in time; what ran last is not recorded."""


#: Without indexes of their own, but written in transactions, where making a collection gets in each other's way.
_PLAIN_COLLECTIONS = ("credentials", "hosts")


async def lay_out(database: AsyncDatabase[Document]) -> None:
    """Make every collection of the first version, with its indexes; what is there stays."""
    for name in _PLAIN_COLLECTIONS:
        try:
            await database.create_collection(name)
        except CollectionInvalid:  # it is there
            continue
    await create_indexes(database)


MIGRATIONS: Sequence[Migration] = (Migration("0001-layout", "Every collection, with its indexes", lay_out),)


async def pending(database: AsyncDatabase[Document], migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """Those of ``migrations`` that are not recorded, in their order; changes nothing."""
    recorded = {row["_id"] async for row in database[RECORDS].find({}, {"_id": 1})}
    return [migration for migration in migrations if migration.id not in recorded]


async def migrate(
    database: AsyncDatabase[Document],
    clock: Clock,
    random: RandomSource,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> list[str]:
    """Run what is pending, in order, and record each; answers the ids of those that ran here.

    Waits while another runner is at it. What a migration raises ends the run: neither it nor a later one is recorded.
    """
    lease = _Lease(database, clock, random.token(OWNER_BYTES))
    done = []
    async with lease.held():
        for migration in await pending(database, migrations):
            await migration.run(database)
            await _record(lease, migration)
            done.append(migration.id)
            logger.info("migrated", migration=migration.id)
    return done


async def _record(lease: "_Lease", migration: Migration) -> None:
    """Only while the lease is ours, and both at once: who took it over runs the migration anew."""
    row = {"_id": migration.id, "description": migration.description, "at": lease.clock.now()}

    async def write(transaction: Transaction) -> None:
        await lease.renew(transaction)
        await lease.database[RECORDS].insert_one(row, session=transaction)

    await Transactions(lease.database.client).run(write)


@dataclass(frozen=True, slots=True)
class _Lease:
    """The right to migrate, for a while, until it is given back, or runs out because its owner is gone."""

    database: AsyncDatabase[Document]
    clock: Clock
    owner: str

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Wait for the lease, keep it up meanwhile, give it back. Raises LeaseLost where it could not be kept."""
        while not await self._taken():  # noqa: ASYNC110 - it is given back in the database, where no event is set
            await asyncio.sleep(GLANCE_SECONDS)
        try:
            async with asyncio.TaskGroup() as group:
                renewing = group.create_task(self._keep_up())
                yield
                renewing.cancel()
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        finally:
            await self.database[LOCKS].delete_one({"_id": LOCK, "owner": self.owner})

    async def renew(self, transaction: Transaction | None = None) -> None:
        """Begin the lease anew. Raises LeaseLost."""
        result = await self.database[LOCKS].update_one(
            {"_id": LOCK, "owner": self.owner},
            {"$set": {"expiresAt": self.clock.now() + LEASE}},
            session=transaction,
        )
        if result.matched_count == 0:
            raise LeaseLost

    async def _taken(self) -> bool:
        """Take a lease that nobody holds, or that has run out; whether it is ours now."""
        now = self.clock.now()
        try:
            await self.database[LOCKS].update_one(
                {"_id": LOCK, "expiresAt": {"$lte": now}},
                {"$set": {"owner": self.owner, "expiresAt": now + LEASE}},
                upsert=True,
            )
        except DuplicateKeyError:  # there is one, and it has not run out
            return False
        return True

    async def _keep_up(self) -> None:
        while True:
            await asyncio.sleep(RENEWAL_SECONDS)
            await self.renew()
