"""How many cases one moderator may have claimed: what nobody decides in a sitting stays for the others."""

import asyncio
from dataclasses import replace
from itertools import cycle, islice

import pytest

from domain.language import Language
from domain.members import Role
from domain.messages import Message
from policy.case_priority import CLAIM
from policy.limits import MAX_CLAIMS
from tests.queues import fill_queue

CASE = "case { id }"


@pytest.fixture
async def queue(stores):
    return await fill_queue(stores, 2 * MAX_CLAIMS)


@pytest.fixture
async def full(moderator, queue):
    """A moderator who has claimed as many as they may."""
    for case in queue[:MAX_CLAIMS]:
        await moderator.manages("claimCase", CASE, caseId=case)
    return moderator


async def claimed(stores, moderator):
    rows = stores.database["cases"].find({"claim.by": moderator.id}).sort("dueAt", 1)
    return [row["_id"] async for row in rows]


@pytest.mark.parametrize("services", [1, 2])
async def test_of_sixty_claims_at_once_no_more_than_the_bound_are_made(
    moderator, client, second_client, stores, queue, services
):
    clients = islice(cycle([client, second_client][:services]), MAX_CLAIMS + 10)

    payloads = await asyncio.gather(*(replace(moderator, client=each).does("claimCase", CASE) for each in clients))

    made = [payload["case"]["id"] for payload in payloads if payload["case"]]
    assert sorted(made) == sorted(queue[:MAX_CLAIMS]) == sorted(await claimed(stores, moderator))
    codes = [(error["code"], error["path"]) for payload in payloads for error in payload["errors"]]
    assert codes == [("VALIDATION", ["caseId"])] * 10


@pytest.mark.parametrize("language", Language)
async def test_who_has_claimed_enough_is_told_so_whatever_they_ask_for(full, queue, stores, language):
    told = Message.CLAIMS_FULL.in_language(language, {"most": MAX_CLAIMS})
    actor = replace(full, language=language.value)

    for given in ({}, {"caseId": queue[-1]}, {"caseId": "cse_missing"}):
        refused = await actor.does("claimCase", **given)
        assert [(error["code"], error["message"]) for error in refused["errors"]] == [("VALIDATION", told)]

    assert await claimed(stores, full) == queue[:MAX_CLAIMS]


async def test_the_others_go_on_and_so_do_claims_that_are_held(community, full, queue, clock):
    other = await community.joins("max", Role.MODERATOR)

    assert (await other.manages("claimCase", CASE))["case"]["id"] == queue[MAX_CLAIMS]
    clock.advance(minutes=10)
    assert (await full.manages("claimCase", CASE, caseId=queue[0]))["case"]["id"] == queue[0]
    assert await full.is_refused("claimCase", caseId=queue[MAX_CLAIMS]) == "VALIDATION"


async def test_what_is_released_decided_or_has_ended_makes_room(full, queue, clock, stores):
    await full.manages("releaseCase", caseId=queue[1])
    decision = {"caseId": queue[2], "expectedVersion": 1, "action": "DISMISS", "reason": "SPAM", "explanation": "No"}
    await full.manages("decideCases", "results { errors { code } }", decisions=[decision])

    for case in queue[MAX_CLAIMS : MAX_CLAIMS + 2]:
        await full.manages("claimCase", CASE, caseId=case)
    assert await full.is_refused("claimCase") == "VALIDATION"

    clock.advance(seconds=CLAIM.total_seconds())
    assert (await full.manages("claimCase", CASE))["case"]["id"] == queue[0]
    assert await claimed(stores, full) == [queue[0]]


async def test_what_is_claimed_is_counted_by_keys_alone(full, queue, stores, reads):
    await full.manages("releaseCase", caseId=queue[0])
    reads.forget()

    await full.manages("claimCase", CASE)

    [counting] = [read for read in reads.all if read.collection == "cases" and "claim.by" in read.command["filter"]]
    plan = await counting.explained(stores.database)
    assert plan.docs_examined == 0
    assert MAX_CLAIMS <= plan.keys_examined <= MAX_CLAIMS + 1
