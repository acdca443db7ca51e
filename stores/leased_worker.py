"""Leased workers: background work that one process of many does, in rounds, while it holds a lease."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb

import structlog

from stores.leases import OWNER_BYTES, Lease, LeaseLost
from stores.services import Services

#: The most that a worker waits after rounds that failed.
LONGEST_PAUSE = timedelta(seconds=10)
#: A lease is renewed this often in its duration, so that two renewals may be late.
RENEWALS_PER_DURATION = 3

log = structlog.get_logger()


@dataclass(slots=True, eq=False)
class Turn:
    """The time in which a worker holds its lease. A round that has many steps asks between two whether to go on."""

    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Return whether the worker is told to stop, or has lost its lease."""
        return self._stopping.is_set() or self.is_ended

    @property
    def is_ended(self) -> bool:
        """Return whether the lease is lost or given back."""
        return self._ended.is_set()

    def end(self) -> None:
        """Let no round begin any more."""
        self._ended.set()

    async def keep(self, lease: Lease) -> None:
        """Renew ``lease`` until the turn ends. Raise ``LeaseLost`` if another process has it."""
        await lease.keep_up(self._ended)


#: Does what waits; returns whether more waits that can be done at once.
Round = Callable[[Turn], Awaitable[bool]]


@dataclass(slots=True, eq=False)
class LeasedWorker:
    """Runs rounds every ``period``, or when woken, in the one process that holds the lease.

    A round is never cancelled: pymongo on Python before 3.12 can lose its topology's lock if a call is cancelled
    while it selects a server, and then no call ever returns. So a worker that stops, or has lost its lease, lets the
    round end by itself. Two rounds at once are rare but possible; what a round does must not be harmed by it.
    """

    name: str
    """The name in the log."""
    lease: Lease
    period: timedelta
    run_round: Round
    run_last_round: Round | None = None
    """Runs once more when the worker stops, if it has the lease or nobody has; None if nothing is urgent then."""
    _stopping: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _failures: int = field(default=0, init=False)
    """How many rounds have failed since the last one that did not."""

    def wake(self) -> None:
        """Let the next round begin without waiting for the period."""
        self._woken.set()

    def stop(self) -> None:
        """Let ``run`` return after the round that runs now, and the last round if there is one."""
        self._stopping.set()
        self.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run in the background until the block ends, then stop and wait for the end."""
        task = asyncio.create_task(self.run())
        try:
            yield
        finally:
            self.stop()
            await task

    async def run(self) -> None:
        """Take turns with the other processes until told to stop. A cancellation stops it, too, and ends no round."""
        turns = asyncio.create_task(self._take_turns())
        try:
            await asyncio.shield(turns)
        except asyncio.CancelledError:
            self.stop()
            while not turns.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([turns])
            raise

    async def run_until_idle(self) -> int:
        """Run rounds now until nothing waits, and return how many. Return 0 if another process holds the lease."""
        if not await self.lease.take():
            return 0
        rounds = 1
        try:
            while await self.run_round(Turn(self._stopping)):
                rounds += 1
        finally:
            await self.lease.give_back()
        return rounds

    async def _take_turns(self) -> None:
        while not await self._is_done_after_turn():
            await self._pause(min(self.period * 2 ** min(self._failures, 16), max(self.period, LONGEST_PAUSE)))

    async def _is_done_after_turn(self) -> bool:
        """Run rounds for as long as the lease is held, and return whether the worker is done."""
        is_last = self._stopping.is_set()
        if is_last and self.run_last_round is None:
            return True
        try:
            if await self.lease.take():
                await self._run_rounds()
                return self._stopping.is_set()
            self._failures = 0  # another process is at work; this one is ready to take over
        except Exception as failure:  # noqa: BLE001 - the outer edge of the task: what waits is done later
            self._failures += 1
            log.error("worker.round_failed", worker=self.name, failures=self._failures, **_described(failure))
        return is_last

    async def _run_rounds(self) -> None:
        turn = Turn(self._stopping)
        keeping = asyncio.create_task(self._keep_lease(turn))
        try:
            while not turn.is_over:
                has_more = await self.run_round(turn)
                self._failures = 0
                if not has_more:
                    await self._pause(self.period)
            if self.run_last_round and not turn.is_ended:
                await self.run_last_round(turn)
        finally:
            turn.end()
            await keeping
            await self.lease.give_back()

    async def _keep_lease(self, turn: Turn) -> None:
        try:
            await turn.keep(self.lease)
        except LeaseLost:
            log.warning("worker.lease_lost", worker=self.name)
        except Exception as failure:  # noqa: BLE001 - the turn ends, and the next one begins with a new lease
            log.error("worker.renewal_failed", worker=self.name, **_described(failure))
        turn.end()
        if not self._stopping.is_set():
            self.wake()

    async def _pause(self, duration: timedelta) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), duration.total_seconds())
        self._woken.clear()


def new_lease(services: Services, name: str, duration: timedelta) -> Lease:
    """Return the lease ``name`` for this process, not yet taken. The next process waits ``duration`` after a crash."""
    owner = services.random.token(OWNER_BYTES)
    renewal_seconds = duration.total_seconds() / RENEWALS_PER_DURATION
    return Lease(services.stores.database, services.clock, name, owner, duration, renewal_seconds)


def _described(failure: Exception) -> dict[str, str]:
    """Return the type of ``failure`` and where it was raised, without its message, which may hold an address."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(failure.__traceback__)]
    return {"failure": type(failure).__name__, "raised_at": " ".join(places[-4:])}
