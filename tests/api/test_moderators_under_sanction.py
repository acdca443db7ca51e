"""Whoever is kept from moderating sees no more than members do: the office goes, and with it what it shows."""

import pytest

from domain.members import Role
from tests.moderation_steps import appeals, removes, sanctions

QUEUES = ("cases", "appeals", "hostVerdicts")
NODE = "query ($id: ID!) { node(id: $id) { id } }"
CASES = "{ cases { nodes { id } } }"


@pytest.fixture
async def other(community):
    """The moderator who is to be sanctioned."""
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
async def kept(moderator, ann, bob, board):
    """What only moderators see, and its author: a case, an appeal, what was removed, and why."""
    reported, removed = await ann.publishes("Buy this", on=board), await ann.publishes("Buy that", on=board)
    await bob.manages("reportContent", targetId=reported, reason="SPAM")
    decision = await removes(moderator, removed)
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    return {"case": case["id"], "appeal": await appeals(ann, decision), "post": removed, "decision": decision}


async def codes_of_queues(actor):
    answers = [await actor.gets(f"{{ {queue} {{ nodes {{ __typename }} }} }}") for queue in QUEUES]
    return [answer["errors"][0]["extensions"]["code"] if "errors" in answer else None for answer in answers]


async def sees(actor, kept):
    return [what for what, node in kept.items() if (await actor.asks(NODE, id=node))["node"]]


@pytest.mark.parametrize("action", ["SUSPEND", "BAN"])
async def test_a_moderator_who_may_not_moderate_reads_as_members_do(community, other, bob, kept, action):
    ada = await community.joins("ada", Role.ADMIN)
    before = await sees(other, kept)

    await sanctions(ada, other, action)

    assert before == list(kept)
    assert await sees(other, kept) == await sees(bob, kept) == []
    assert await codes_of_queues(other) == await codes_of_queues(bob) == ["FORBIDDEN"] * 3


@pytest.mark.parametrize("action", ["WARN", "MUTE"])
async def test_a_moderator_whose_sanction_ends_less_works_on(community, other, kept, action):
    ada = await community.joins("ada", Role.ADMIN)

    await sanctions(ada, other, action)

    assert await sees(other, kept) == list(kept)
    assert await codes_of_queues(other) == [None] * 3
