"""Telling others on and on: crowds, several workers at once, what fails; nobody is left out or told twice."""

import asyncio

import pytest

from moderation import notification_worker as worker_module
from moderation.notification_worker import notification_worker
from stores.leased_worker import Turn
from stores.leases import LOCKS
from stores.notifications import Notifications
from tests.notified import counts, kinds, removes, reports, waiting


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(worker_module, "REPORTERS_AT_ONCE", 10)


@pytest.fixture
def tells_all_but(tells, monkeypatch):
    """One round, in which something is wrong with one member's notification."""
    added = Notifications.add

    async def tell(member):
        async def fails(notifications, told, transaction):
            if any(each.member_id == member.id for each in told):
                raise RuntimeError("broken")
            await added(notifications, told, transaction)

        with monkeypatch.context() as patched:
            patched.setattr(Notifications, "add", fails)
            await tells()

    return tell


@pytest.fixture
def crowd_reports(community, stores):
    """A crowd that has reported one target."""

    async def file(size, target):
        crowd = await community.crowd(size)
        for first in range(0, size, 20):
            await asyncio.gather(*(reports(each, target) for each in crowd[first : first + 20]))
        return crowd

    return file


@pytest.fixture
def is_told_once(stores):
    """One notification for each reporter and each decision's subject, and each report counted once."""

    async def check(crowd):
        rows = await stores.database["notifications"].find({}).to_list()
        subjects = [row["subject"] async for row in stores.database["decisions"].find({})]
        assert sorted(row["member"] for row in rows) == sorted([each.id for each in crowd] + subjects)
        assert {await counts(stores, each) for each in crowd} == {(1, 0)}
        assert await waiting(stores) == 0

    return check


@pytest.mark.usefixtures("small_steps")
async def test_a_crowd_is_told_in_steps_each_once(crowd_reports, moderator, post, tells, is_told_once, stores):
    crowd = await crowd_reports(40, post)
    await removes(moderator, post)
    row = await stores.database["outbox"].find_one({})

    await tells()
    await is_told_once(crowd)
    # As if the row had come back: what is done twice is as good as done once.
    await stores.database["outbox"].insert_one(row)
    await tells()

    await is_told_once(crowd)


@pytest.mark.usefixtures("small_steps")
async def test_several_notifiers_at_once_tell_each_once(crowd_reports, moderator, ann, post, notifier_of, is_told_once):
    crowd = await crowd_reports(25, post)
    for comment in [await ann.comments(f"Buy {n}", under=post) for n in range(3)]:
        await removes(moderator, comment)
    await removes(moderator, post)

    await asyncio.gather(*(notifier_of().notify_waiting(Turn()) for _ in range(3)))

    await is_told_once(crowd)


async def test_while_the_service_runs_they_are_told_within_a_second(app_services, moderator, bob, post, stores):
    await reports(bob, post)
    async with notification_worker(app_services.core).running(), notification_worker(app_services.core).running():
        await removes(moderator, post)
        await asyncio.sleep(1.2)

        assert await kinds(bob) == ["REPORT_DECIDED"]
    assert await stores.database[LOCKS].count_documents({}) == 0


async def test_what_cannot_be_told_keeps_nobody_else_waiting(moderator, ann, bob, post, tells, tells_all_but):
    comment = await bob.comments("Buy that too", under=post)
    await removes(moderator, post)
    await removes(moderator, comment)

    await tells_all_but(ann)
    await tells()
    early = await kinds(ann), await kinds(bob)
    await tells(minutes=2)

    assert early == ([], ["DECISION_ABOUT_YOU"])
    assert await kinds(ann) == ["DECISION_ABOUT_YOU"]


async def test_looking_for_what_waits_costs_nothing_beside_many_letters(stores, clock, reads):
    letters = [{"kind": "letter", "at": clock.now(), "dueAt": clock.now()} for _ in range(200)]
    await stores.database["outbox"].insert_many(letters)
    reads.forget()

    assert await stores.outbox.waiting(clock.now(), 100) == []
    assert list(await stores.sanctions.ended(clock.now(), 100)) == []

    for read in reads.all:
        plan = await read.explained(stores.database)
        assert "COLLSCAN" not in plan.stages
        assert plan.docs_examined == 0
