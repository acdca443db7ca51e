"""Leases: the right of one process among many to do something, for a while, kept in the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from domain.clock_and_random import Clock
from stores.codecs import Document
from stores.transactions import Transaction

LOCKS = "locks"
GLANCE_SECONDS = 0.1
OWNER_BYTES = 12


class LeaseLost(Exception):
    """Another process took over, for this one did not renew its lease in time; what it did last is not recorded."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A right that is held until it is given back, or runs out because its owner is gone.

    It keeps others away from the work; it can't stop an owner that was paused and comes back. What must not be done
    twice renews it in the same transaction, or is conditional.
    """

    database: AsyncDatabase[Document]
    clock: Clock
    name: str
    owner: str
    """Random, so that no two processes are taken for one."""
    duration: timedelta
    """How long the next one waits for an owner that crashed."""
    renewal_seconds: float

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Wait for the lease, and keep it. Raises LeaseLost where it could not be kept."""
        while not await self.take():  # noqa: ASYNC110 - it is given back in the database, where no event is set
            await asyncio.sleep(GLANCE_SECONDS)
        async with self.kept():
            yield

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep up a lease that was taken, then give it back. Raises LeaseLost where it could not be kept."""
        is_done = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.keep_up(is_done))
                yield
                is_done.set()
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        finally:
            await self.give_back()

    async def take(self) -> bool:
        """Take a lease that nobody holds, or that has run out; whether it is ours now."""
        now = self.clock.now()
        try:
            await self.database[LOCKS].update_one(
                {"_id": self.name, "expiresAt": {"$lte": now}},
                {"$set": {"owner": self.owner, "expiresAt": now + self.duration}},
                upsert=True,
            )
        except DuplicateKeyError:  # there is one, and it has not run out
            return False
        return True

    async def renew(self, transaction: Transaction | None = None) -> None:
        """Begin the lease anew. Raises LeaseLost."""
        result = await self.database[LOCKS].update_one(
            {"_id": self.name, "owner": self.owner},
            {"$set": {"expiresAt": self.clock.now() + self.duration}},
            session=transaction,
        )
        if result.matched_count == 0:
            raise LeaseLost

    async def keep_up(self, is_done: asyncio.Event) -> None:
        """Renew the lease until ``is_done`` is set; no call of the driver is cancelled then. Raises LeaseLost."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(is_done.wait(), self.renewal_seconds)
            if is_done.is_set():
                return
            await self.renew()

    async def give_back(self) -> None:
        """Let the next process take the lease, unless it is another's by now."""
        await self.database[LOCKS].delete_one({"_id": self.name, "owner": self.owner})
