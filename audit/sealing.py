"""The sealer: chains the audit rows that were written since, and vouches for the chain outside the database."""

import asyncio
from datetime import timedelta
from pathlib import Path

import structlog

from audit.chain import AuditKeys
from audit.heads import append, last_head
from stores.audit import BEGINNING
from stores.leased_worker import LeasedWorker, Turn, new_lease
from stores.services import Services

#: As earlier versions name it in the database: while one is replaced, both must want the same lease.
LOCK = "audit-sealer"
#: Short, for rows wait unsealed where a sealer crashed; a clock that is ahead only moves the work to another process.
LEASE = timedelta(seconds=6)
PERIOD = timedelta(seconds=0.5)
HEAD_SECONDS = 1.0
#: Rows sealed at once, in well under a second.
BATCH = 500

log = structlog.get_logger()


class Sealer:
    """Seals the rows that were written since."""

    def __init__(self, services: Services, keys: AuditKeys, heads: Path) -> None:
        self._services = services
        self._keys = keys
        self._heads = heads
        self._turn: Turn | None = None
        self._headed = BEGINNING
        self._last = BEGINNING
        self._next_head = 0.0

    async def seal_waiting(self, turn: Turn) -> bool:
        """Seal all rows that wait, and write a head if one is due. Return False: nothing more waits."""
        await self._resume(turn)
        await self._seal_waiting()
        if self._last != self._headed and _moment() >= self._next_head:
            await self._write_head()
        return False

    async def seal_last(self, turn: Turn) -> bool:
        """Seal all rows that wait, and write their head as soon as one may be written. Return False."""
        await self._resume(turn)
        await self._seal_waiting()
        if self._last != self._headed:
            await asyncio.sleep(self._next_head - _moment())
            await self._write_head()
        return False

    async def _resume(self, turn: Turn) -> None:
        """In a new turn, find out how far the chain and its heads have come; a kill may have left them apart."""
        if turn is self._turn:
            return
        head = await asyncio.to_thread(last_head, self._heads, self._keys)
        self._headed = head.seal if head else BEGINNING
        self._last = await self._services.stores.audit.last_seal()
        if self._headed.seq > self._last.seq:
            log.error("audit.tail_cut", headed=self._headed.seq, last=self._last.seq, advice="run cli.py verify-audit")
        self._turn = turn

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


def sealing_worker(services: Services, keys: AuditKeys, heads: Path) -> LeasedWorker:
    """Return the worker that seals the audit log. It seals once more at the end, all that was decided until then."""
    sealer = Sealer(services, keys, heads)
    return LeasedWorker(
        "audit-sealing", new_lease(services, LOCK, LEASE), PERIOD, sealer.seal_waiting, sealer.seal_last
    )


def _moment() -> float:
    return asyncio.get_running_loop().time()
