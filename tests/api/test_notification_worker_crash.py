"""Telling others while the worker's process is killed, by SIGKILL: nobody is left out, told twice or counted twice."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from datetime import timedelta

import pytest

from stores.leases import LOCKS
from tests.conftest import SECRET
from tests.notified import counts, kinds, removes, reports, suspends, waiting
from tests.processes import ROOT

CROWD = 24

TELLING_PROCESS = """
import asyncio, os, signal, sys
from pkgutil import resolve_name
from domain.clock_and_random import SystemRandom
from datetime import timedelta
from moderation import notification_worker
from stores.connections import open_stores
from stores.services import Services
from tests.clock_and_random import SteppingClock

def killed_at(step, side, time):
    owner, name = step.rsplit(".", 1)
    kind, original, times = resolve_name(owner), resolve_name(step), [0]

    async def run(*arguments, **named):
        times[0] += 1
        if (side, times[0]) == ("before", time):
            os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*arguments, **named)
        if (side, times[0]) == ("after", time):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(kind, name, run)

async def main(mongodb, redis, secret, *fault):
    clock = SteppingClock()
    clock.advance(days=2)
    services = Services(open_stores(mongodb, redis, secret), clock, SystemRandom())
    if fault:
        killed_at(fault[0], fault[1], int(fault[2]))
    print("ready", flush=True)
    await notification_worker.notification_worker(services).run()

notification_worker.REPORTERS_AT_ONCE, notification_worker.PERIOD = 5, timedelta(seconds=0.01)
asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
async def crowd(community, moderator, board, ann, app_services):
    """Who reported what ann wrote; it is removed, she is suspended for an hour, and nobody is told yet."""
    post = await ann.publishes("Buy this", on=board)
    crowd = await community.crowd(CROWD)
    await asyncio.gather(*(reports(each, post) for each in crowd))
    await removes(moderator, post)
    await suspends(moderator, ann, app_services.core.now() + timedelta(hours=1))
    return crowd


@pytest.fixture
def tells_and_dies(engines, stores):
    """Start a process that tells, days later; it ends at a step, or is ended after some time. How it ended."""

    async def run(*fault: str, after: float | None = None) -> int:
        given = (engines.mongodb_uri, engines.redis_url, SECRET, *fault)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", TELLING_PROCESS, *given, cwd=ROOT, stdout=PIPE, stderr=DEVNULL
        )
        assert process.stdout
        await process.stdout.readline()
        if after is not None:
            await asyncio.sleep(after)
            process.kill()
        async with asyncio.timeout(30):
            ended = await process.wait()
        await stores.database[LOCKS].delete_many({})  # as if its lease had run out
        return ended

    return run


@pytest.fixture
def given_up(stores):
    """MongoDB gives up transactions whose process is gone, as it does by itself after some seconds."""

    async def give_up() -> None:
        await stores.database.client.admin.command("killAllSessions", [])

    return give_up


@pytest.fixture
def is_whole(stores, ann):
    """Everything is told, counted and taken away, once."""

    async def check(crowd) -> None:
        assert sorted(await kinds(ann)) == ["DECISION_ABOUT_YOU", "DECISION_ABOUT_YOU", "SANCTION_ENDED"]
        rows = await stores.database["notifications"].find({"kind": "REPORT_DECIDED"}).to_list()
        assert sorted(row["member"] for row in rows) == sorted(each.id for each in crowd)
        assert [await counts(stores, each) for each in crowd] == [(1, 0)] * len(crowd)
        assert await stores.database["audit"].count_documents({"kind": "member.SANCTION_ENDED"}) == 1
        assert await stores.sanctions.of(ann.id) is None
        assert await waiting(stores) == 0

    return check


STEPS = {
    "after the row is taken up": ("stores.outbox.Outbox.lock_for_update", "after", "1"),
    "after the subject is told": ("stores.notifications.Notifications.add", "after", "1"),
    "before reporters are counted": ("stores.reports.Reports.note_told", "before", "2"),
    "between counting and telling": ("stores.reports.Reports.note_told", "after", "2"),
    "after reporters are told": ("stores.notifications.Notifications.add", "after", "3"),
    "before the transaction ends": ("stores.outbox.Outbox.get_on", "after", "2"),
    "between two transactions": ("stores.transactions.Transactions.run", "after", "2"),
    "before the row is gone": ("stores.outbox.Outbox.remove", "before", "1"),
    "as the row is gone": ("stores.outbox.Outbox.remove", "after", "1"),
    "between two decisions": ("stores.outbox.Outbox.lock_for_update", "before", "6"),
    "after the sanction is taken away": ("stores.sanctions.Sanctions.replace", "after", "1"),
    "after its end is on record": ("stores.audit.Audit.add", "after", "1"),
}


@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_leaves_what_the_next_one_completes(
    crowd, tells_and_dies, given_up, tells, is_whole, step
):
    assert await tells_and_dies(*STEPS[step]) == -signal.SIGKILL
    await given_up()

    await tells(days=2)

    await is_whole(crowd)


async def test_kills_at_any_moment_leave_what_the_next_one_completes(crowd, tells_and_dies, given_up, tells, is_whole):
    for moment in (0.02, 0.04, 0.03):
        await tells_and_dies(after=moment)
        await given_up()

    await tells(days=2)

    await is_whole(crowd)


async def test_what_a_kill_left_under_way_is_waited_for(crowd, tells_and_dies, tells, is_whole):
    """Without help: MongoDB gives it up by itself."""
    await tells_and_dies("stores.reports.Reports.note_told", "after", "2")

    await tells(days=2)

    await is_whole(crowd)
