"""Sanctions that overlap: the graver one hides the lighter, and does not wear it out."""

from datetime import timedelta

import pytest

from domain.members import Role
from tests.clock_and_random import START
from tests.moderation_steps import account_status, answers, appeals
from tests.notified import kinds

WHY = {"reason": "ABUSE", "explanation": "Enough"}


def days(number):
    return {"until": (START + timedelta(days=number)).isoformat()}


async def sanctions(moderator, member, action, **more):
    payload = await moderator.manages(
        "sanctionMember", "decision { id }", memberId=member.id, action=action, **WHY, **more
    )
    return payload["decision"]["id"]


@pytest.fixture
async def other(community):
    return await community.joins("max", Role.MODERATOR)


LASTING = {
    "VERIFICATION_REQUIRED": ("REQUIRE_VERIFICATION", {}),
    "MUTED": ("MUTE", days(30)),
    "SUSPENDED": ("SUSPEND", days(30)),
}


@pytest.mark.parametrize("held", LASTING)
async def test_what_ends_later_holds_again_when_the_other_has_ended(moderator, ann, board, clock, tells, held):
    action, end = LASTING[held]
    before = await sanctions(moderator, ann, action, **end)
    await sanctions(moderator, ann, "SUSPEND", **days(1))

    clock.advance(days=2)  # by the clock alone, and once it is told

    for _ in range(2):
        status = (await ann.asks("{ viewer { postingStatus { accountStatus until decision { id } } } }"))["viewer"]
        assert (status["postingStatus"]["accountStatus"], status["postingStatus"]["decision"]["id"]) == (held, before)
        assert await ann.is_refused("createPost", boardId=board, body="Hi", audience="PUBLIC") == "POSTING_SUSPENDED"
        await tells()
    assert (await kinds(ann))[0] == "SANCTION_ENDED"


async def test_what_ends_sooner_does_not_come_back(moderator, ann, tells):
    await sanctions(moderator, ann, "MUTE", **days(1))
    await sanctions(moderator, ann, "SUSPEND", **days(2))

    await tells(days=3)

    assert await account_status(ann) == "ACTIVE"
    assert (await kinds(ann)).count("SANCTION_ENDED") == 1


async def test_lifting_lifts_both(moderator, ann, tells):
    await sanctions(moderator, ann, "MUTE", **days(30))
    await sanctions(moderator, ann, "SUSPEND", **days(1))

    await sanctions(moderator, ann, "LIFT")

    assert await account_status(ann) == "ACTIVE"
    await tells(days=2)
    assert await account_status(ann) == "ACTIVE"


async def test_what_was_overturned_meanwhile_does_not_come_back_but_what_was_before_it(moderator, other, ann, clock):
    await sanctions(moderator, ann, "MUTE", **days(30))
    verify = await sanctions(moderator, ann, "REQUIRE_VERIFICATION")
    await sanctions(moderator, ann, "SUSPEND", **days(1))

    await answers(other, await appeals(ann, verify), "OVERTURNED")

    assert await account_status(ann) == "SUSPENDED"
    clock.advance(days=2)
    assert await account_status(ann) == "MUTED"


async def test_overturning_brings_back_what_was_before_without_what_was_overturned(moderator, other, ann, clock):
    muted = await sanctions(moderator, ann, "MUTE", **days(30))
    await sanctions(moderator, ann, "SUSPEND", **days(1))
    banned = await sanctions(moderator, ann, "BAN")

    await answers(other, await appeals(ann, muted), "OVERTURNED")
    await answers(other, await appeals(ann, banned), "OVERTURNED")

    assert await account_status(ann) == "SUSPENDED"
    clock.advance(days=2)
    assert await account_status(ann) == "ACTIVE"
