"""The sealer: chains the audit rows that were written since, and vouches for the chain outside the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import structlog

from audit.chain import AuditKeys
from audit.heads import append, last_head
from stores.audit import BEGINNING, SealedMeanwhile
from stores.leases import OWNER_BYTES, Lease, LeaseLost
from stores.services import Services

LOCK = "audit-sealer"
#: Short, for rows wait unsealed where a sealer crashed; a clock that is ahead only moves the work to another process.
LEASE = timedelta(seconds=6)
RENEWAL_SECONDS = 2.0
PERIOD_SECONDS = 0.5
HEAD_SECONDS = 1.0
#: Rows sealed at once, in well under a second.
BATCH = 500

log = structlog.get_logger()


class Sealer:
    """Seals while it holds the lease; of several processes one does."""

    def __init__(self, services: Services, keys: AuditKeys, heads: Path) -> None:
        self._services = services
        self._keys = keys
        self._heads = heads
        owner = services.random.token(OWNER_BYTES)
        self._lease = Lease(services.stores.database, services.clock, LOCK, owner, LEASE, RENEWAL_SECONDS)
        self._stopping = asyncio.Event()
        self._headed = BEGINNING
        self._last = BEGINNING
        self._next_head = 0.0

    def stop(self) -> None:
        """Let ``run`` end after a last round."""
        self._stopping.set()

    async def run(self) -> None:
        """Seal what is waiting, every PERIOD_SECONDS, until told to stop."""
        while True:
            is_last = self._stopping.is_set()
            try:
                if await self._lease.take():
                    async with self._lease.kept():
                        await self._seal_until_stopped()
                    return
            except (LeaseLost, SealedMeanwhile) as lost:
                log.warning("audit.another_seals", lost=type(lost).__name__)
            except Exception:  # the task's outer edge: rows wait, decisions go on
                log.exception("audit.sealing_failed")
            if is_last:
                return
            await self._pause()

    async def _seal_until_stopped(self) -> None:
        await self._resume()
        while True:
            is_last = self._stopping.is_set()
            await self._seal_waiting()
            if is_last:
                await asyncio.sleep(self._next_head - _moment())
            if self._last != self._headed and _moment() >= self._next_head:
                await self._write_head()
            if is_last:
                return
            await self._pause()

    async def _resume(self) -> None:
        """Find out how far the chain and its heads have come; a kill may have left them apart."""
        head = await asyncio.to_thread(last_head, self._heads, self._keys)
        self._headed = head.seal if head else BEGINNING
        self._last = await self._services.stores.audit.last_seal()
        if self._headed.seq > self._last.seq:
            log.error("audit.tail_cut", headed=self._headed.seq, last=self._last.seq, advice="run cli.py verify-audit")

    async def _seal_waiting(self) -> None:
        """Whoever else seals at the same time, and wherever this is killed, the chain has neither gap nor double."""
        audit = self._services.stores.audit
        while rows := await audit.first_unsealed_records(BATCH):
            seal = await audit.last_seal()
            seals = []
            for row in rows:
                seal = self._keys.seal_after(seal, row)
                seals.append((row["_id"], seal))
            await audit.seal(seals)
            self._last = seal

    async def _write_head(self) -> None:
        """Only after a majority has what it vouches for."""
        await asyncio.to_thread(append, self._heads, self._keys.head(self._last, self._services.now()))
        self._headed = self._last
        self._next_head = _moment() + HEAD_SECONDS

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), PERIOD_SECONDS)


@asynccontextmanager
async def sealing(services: Services, keys: AuditKeys, heads: Path) -> AsyncIterator[None]:
    """Seal in the background meanwhile; what was decided until the end is sealed before this ends."""
    sealer = Sealer(services, keys, heads)
    task = asyncio.create_task(sealer.run())
    try:
        yield
    finally:
        sealer.stop()
        await task


def _moment() -> float:
    return asyncio.get_running_loop().time()
