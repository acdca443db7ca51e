"""Leased workers: of many one runs, a failed round is tried again, and no round is ever cut off; on a real MongoDB."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from stores.leased_worker import LeasedWorker, Turn
from stores.leases import LOCKS, Lease

DURATION = timedelta(seconds=6)
PERIOD = timedelta(seconds=0.01)


class Rounds:
    """A round to be run: it notes who ran it, and may wait, fail, or find more to do."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.more = 0
        self.failures: list[Exception | None] = []
        self.begun = asyncio.Event()
        self.another = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    def by(self, name):
        async def run_round(turn: Turn) -> bool:
            self.begun.set()
            await self.may_end.wait()
            self.ran.append(name)
            self.another.set()
            if self.failures and (failure := self.failures.pop(0)):
                raise failure
            self.more -= 1
            return self.more > 0

        return run_round

    async def reach(self, count) -> None:
        async with asyncio.timeout(10):
            while len(self.ran) < count:
                self.another.clear()
                await self.another.wait()


@pytest.fixture
def rounds():
    return Rounds()


@pytest.fixture
def worker_of(stores, clock, rounds):
    """Each worker as a process of its own has it."""

    def new_worker(name, period=PERIOD, *, renewal_seconds=2.0, last=None) -> LeasedWorker:
        lease = Lease(stores.database, clock, "sweeping", name, DURATION, renewal_seconds)
        return LeasedWorker(name, lease, period, rounds.by(name), last)

    return new_worker


@pytest.fixture
def locks(stores):
    return stores.database[LOCKS]


async def test_of_two_at_once_only_the_one_with_the_lease_runs(worker_of, rounds, locks):
    ann, bob = worker_of("ann"), worker_of("bob")

    async with ann.running():
        await rounds.reach(1)
        async with bob.running():
            await rounds.reach(20)
            holder = await locks.find_one({})

    assert set(rounds.ran) == {"ann"}
    assert holder["owner"] == "ann"


async def test_the_other_goes_on_when_the_first_has_stopped(worker_of, rounds, locks):
    ann, bob = worker_of("ann"), worker_of("bob")

    async with bob.running():
        await rounds.reach(1)
        async with ann.running():
            await rounds.reach(3)
            bob.stop()
            by_bob = len(rounds.ran)
            await rounds.reach(by_bob + 5)

    assert set(rounds.ran[:by_bob]) == {"bob"}
    assert set(rounds.ran[by_bob + 1 :]) == {"ann"}, "bob's round that ran as he was stopped may have ended"
    assert await locks.count_documents({}) == 0


async def test_the_lease_of_a_crashed_worker_is_waited_for_and_no_longer(worker_of, rounds, clock):
    await worker_of("crashed").lease.take()
    bob = worker_of("bob")

    early = await bob.run_until_idle()
    clock.advance(seconds=DURATION.total_seconds())
    late = await bob.run_until_idle()

    assert (early, late, rounds.ran) == (0, 1, ["bob"])


async def test_rounds_are_run_until_nothing_waits(worker_of, rounds, locks):
    rounds.more = 3

    assert await worker_of("ann").run_until_idle() == 3

    assert rounds.ran == ["ann"] * 3
    assert await locks.count_documents({}) == 0


async def test_while_more_waits_the_next_round_begins_without_a_pause(worker_of, rounds):
    rounds.more = 30

    async with worker_of("ann", timedelta(hours=1)).running():
        await rounds.reach(30)

    assert rounds.ran == ["ann"] * 30


async def test_a_woken_worker_does_not_wait_for_its_period(worker_of, rounds):
    worker = worker_of("ann", timedelta(hours=1))

    async with worker.running():
        await rounds.reach(1)
        await asyncio.sleep(0.1)
        unwoken = len(rounds.ran)
        worker.wake()
        await rounds.reach(2)

    assert (unwoken, rounds.ran) == (1, ["ann"] * 2)


async def test_a_failed_round_is_logged_without_its_message_and_tried_again(worker_of, rounds, locks):
    rounds.failures = [ValueError("ann@example.com"), ConnectionError("no route to ann@example.com")]

    with capture_logs() as lines:
        async with worker_of("ann").running():
            await rounds.reach(4)

    told = [(line["event"], line["worker"], line["failure"], line["failures"]) for line in lines]
    assert told == [
        ("worker.round_failed", "ann", "ValueError", 1),
        ("worker.round_failed", "ann", "ConnectionError", 2),
    ]
    assert "test_leased_worker.py:" in lines[0]["raised_at"]
    assert "ann@example.com" not in str(lines)
    assert await locks.count_documents({}) == 0


async def test_after_each_failure_it_waits_twice_as_long_and_after_a_success_no_longer(worker_of, rounds, monkeypatch):
    pauses = []

    async def pause(worker, duration):
        pauses.append(duration / PERIOD)
        if len(pauses) == 14:
            worker.stop()

    monkeypatch.setattr(LeasedWorker, "_pause", pause)
    rounds.failures = [*(RuntimeError() for _ in range(11)), None, RuntimeError()]

    await worker_of("ann").run()

    # At most ten seconds, which are 1,000 of these periods.
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000, 1_000, 1, 2, 1]


async def test_whoever_waits_for_another_s_lease_asks_for_it_each_period(worker_of, rounds, monkeypatch):
    """Also after a failure: the worker that took over may be the next to fail."""
    pauses = []

    async def pause(worker, duration):
        pauses.append(duration / PERIOD)
        await worker_of("another").lease.take()
        if len(pauses) == 3:
            worker.stop()

    monkeypatch.setattr(LeasedWorker, "_pause", pause)
    rounds.failures = [RuntimeError()]

    await worker_of("ann").run()

    assert pauses == [2, 1, 1]
    assert rounds.ran == ["ann"]


async def test_a_worker_that_is_stopped_lets_its_round_end(worker_of, rounds, locks):
    worker = worker_of("ann")
    rounds.may_end.clear()
    running = asyncio.create_task(worker.run())
    await rounds.begun.wait()

    worker.stop()
    await asyncio.sleep(0.05)
    while_it_ran = (running.done(), await locks.count_documents({}))
    rounds.may_end.set()
    await running

    assert while_it_ran == (False, 1)
    assert rounds.ran == ["ann"]
    assert await locks.count_documents({}) == 0


async def test_a_worker_that_is_cancelled_even_twice_lets_its_round_end(worker_of, rounds, locks):
    rounds.may_end.clear()
    running = asyncio.create_task(worker_of("ann").run())
    await rounds.begun.wait()

    for _ in range(2):
        running.cancel()
        await asyncio.sleep(0.02)
    was_done = running.done()
    rounds.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert not was_done
    assert rounds.ran == ["ann"]
    assert await locks.count_documents({}) == 0


async def test_who_loses_the_lease_ends_the_round_and_begins_no_other(worker_of, rounds, locks):
    """A paused process comes back: its round is not cut off, and sees that its turn is over."""
    worker, ended = worker_of("paused", renewal_seconds=0.02), []

    async def long_round(turn: Turn) -> bool:
        await locks.update_one({}, {"$set": {"owner": "next"}})
        for _ in range(500):
            await asyncio.sleep(0.01)
            if turn.is_over:
                break
        ended.append(turn.is_over)
        rounds.another.set()
        return False

    worker.run_round = long_round

    with capture_logs() as lines:
        async with worker.running():
            await asyncio.wait_for(rounds.another.wait(), 10)
            await asyncio.sleep(0.1)

    assert ended == [True]
    assert [line["event"] for line in lines] == ["worker.lease_lost"]
    assert (await locks.find_one({}))["owner"] == "next"


async def test_a_last_round_runs_once_as_the_worker_stops(worker_of, rounds, locks):
    last = []

    async def run_last(_turn: Turn) -> bool:
        last.append(len(rounds.ran))
        return False

    async with worker_of("ann", last=run_last).running():
        await rounds.reach(2)

    assert last == [len(rounds.ran)]
    assert await locks.count_documents({}) == 0


async def test_a_last_round_is_left_to_the_worker_that_holds_the_lease(worker_of, rounds):
    last = []

    async def run_last(_turn: Turn) -> bool:
        last.append("bob")
        return False

    async with worker_of("ann").running():
        await rounds.reach(1)
        async with worker_of("bob", last=run_last).running():
            await asyncio.sleep(0.05)

    assert last == []


async def test_a_last_round_that_fails_is_tried_once_more(worker_of):
    tries = []

    async def run_last(_turn: Turn) -> bool:
        tries.append(1)
        raise ConnectionError

    async with asyncio.timeout(10):
        async with worker_of("ann", last=run_last).running():
            await asyncio.sleep(0.05)

    assert len(tries) == 2
