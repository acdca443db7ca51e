"""The transparency log: however many decide at once, few count, and a count that fails is made up for."""

import asyncio

import pytest

from domain.audience import Audience
from domain.ids import MemberId, new_decision_id
from domain.moderation import Decision, ModerationAction, ReportReason
from tests.clock_and_random import START
from tests.factories import RANDOM


@pytest.fixture
async def decisions(stores):
    """Thirty about public spam of as many members, made but not counted."""
    made = [
        Decision(
            id=new_decision_id(RANDOM),
            target_id=f"pst_{n:016}",
            subject_id=MemberId(f"mbr_{n}"),
            action=ModerationAction.REMOVE,
            reason=ReportReason.SPAM,
            explanation="Spam",
            is_automated=False,
            decided_by=MemberId("mbr_mod"),
            decided_at=START,
            audience=Audience.PUBLIC,
        )
        for n in range(30)
    ]
    await asyncio.gather(
        *(
            stores.transactions.run(lambda transaction, one=one: stores.decisions.insert(one, transaction))
            for one in made
        )
    )
    return made


async def counted(stores):
    return [row["count"] async for row in stores.database["publicDecisions"].find({})]


async def test_one_count_does_for_all_who_wait_for_it(stores, decisions, reads):
    await asyncio.gather(*(stores.transparency_log.count(decision) for decision in decisions))

    # The first began before the others came, so it is not theirs.
    assert reads.collections == ["decisions", "decisions"]
    assert await counted(stores) == [30]


async def test_a_decision_after_the_count_is_counted_anew(stores, decisions, reads):
    for decision in decisions[:3]:
        await stores.transparency_log.count(decision)

    assert reads.collections == ["decisions"] * 3


async def test_what_one_failed_to_count_the_next_in_turn_counts(stores, decisions, monkeypatch):
    log = stores.transparency_log
    original, failures = type(log)._number_of, iter(range(2))

    async def fails(*arguments):
        if next(failures, None) is not None:
            raise ConnectionError("away")
        return await original(*arguments)

    monkeypatch.setattr(type(log), "_number_of", fails)

    ended = await asyncio.gather(*(log.count(decision) for decision in decisions), return_exceptions=True)

    assert [type(end) for end in ended[:3]] == [ConnectionError, ConnectionError, type(None)]
    assert ended[3:] == [None] * 27
    assert await counted(stores) == [30]


async def test_who_goes_away_while_counting_leaves_it_to_the_next(stores, decisions):
    first, second = [asyncio.create_task(stores.transparency_log.count(decision)) for decision in decisions[:2]]
    await asyncio.sleep(0)

    first.cancel()
    await second

    assert first.cancelled()
    assert await counted(stores) == [30]
