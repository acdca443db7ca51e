"""Leases: one process of many holds the right, and loses it only to another one; on a real MongoDB."""

import asyncio
from datetime import timedelta

import pytest

from stores.leases import LOCKS, Lease, LeaseLost

DURATION = timedelta(seconds=6)


@pytest.fixture
def lease_of(stores, clock):
    def lease(owner: str, renewal_seconds: float = 2.0) -> Lease:
        return Lease(stores.database, clock, "sweeping", owner, DURATION, renewal_seconds)

    return lease


async def test_of_many_at_once_one_takes_it(lease_of):
    taken = await asyncio.gather(*(lease_of(f"owner {n}").take() for n in range(8)))

    assert sorted(taken) == [False] * 7 + [True]


async def test_it_is_given_back_when_the_work_is_done(lease_of, stores):
    async with lease_of("ann").held():
        while_held = await lease_of("bob").take()

    assert not while_held
    assert await stores.database[LOCKS].count_documents({}) == 0
    assert await lease_of("bob").take()


async def test_one_lease_does_not_keep_another_name_waiting(lease_of, stores, clock):
    await lease_of("ann").take()

    assert await Lease(stores.database, clock, "dusting", "bob", DURATION, 2.0).take()


async def test_what_a_crashed_owner_left_is_free_after_its_duration_and_not_before(lease_of, clock):
    await lease_of("crashed").take()

    clock.advance(seconds=5)
    early = await lease_of("bob").take()
    clock.advance(seconds=1)

    assert not early
    assert await lease_of("bob").take()


async def test_who_lost_it_cannot_write_under_it(lease_of, stores, clock):
    """A paused process comes back; renewing in its transaction is what stops it."""
    paused, next_one = lease_of("paused"), lease_of("next")
    await paused.take()
    clock.advance(seconds=6)
    await next_one.take()

    async def write(transaction) -> None:
        await stores.database["swept"].insert_one({"_id": "by the wrong one"}, session=transaction)
        await paused.renew(transaction)

    with pytest.raises(LeaseLost):
        await stores.transactions.run(write)

    assert await stores.database["swept"].count_documents({}) == 0
    assert (await stores.database[LOCKS].find_one({}))["owner"] == "next"


async def test_losing_it_ends_the_work(lease_of, stores):
    async def work() -> None:
        async with lease_of("paused", renewal_seconds=0.02).held():
            await stores.database[LOCKS].update_one({}, {"$set": {"owner": "next"}})
            await asyncio.sleep(5)

    with pytest.raises(LeaseLost):
        await asyncio.wait_for(work(), 2)

    assert (await stores.database[LOCKS].find_one({}))["owner"] == "next"
