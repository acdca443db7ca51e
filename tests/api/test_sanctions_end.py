"""Sanctions that end by themselves: on time by the clock alone, and told once, whenever somebody comes to tell it."""

import asyncio
from datetime import timedelta

import pytest

from domain.ids import DecisionId
from domain.sanctions import AccountStatus, Sanction
from moderation.notification_worker import Notifier
from stores.leased_worker import Turn
from stores.sanctions import sanction_document
from tests.notified import kinds, notifications, suspends
from tests.processes import running_service


@pytest.fixture
def services(app_services):
    return app_services.core


async def test_that_a_sanction_has_ended_is_told_once_also_days_later(moderator, ann, tells, stores, services):
    until = services.now() + timedelta(hours=1)
    await suspends(moderator, ann, until)
    await tells(minutes=50)
    early = await kinds(ann)

    await tells(days=3)
    await tells()

    assert early == ["DECISION_ABOUT_YOU"]
    told = (await notifications(ann))[0]
    assert await kinds(ann) == ["SANCTION_ENDED", "DECISION_ABOUT_YOU"]
    assert told["message"] == "The suspension of your account has ended."
    assert told["decision"] == {"action": "SUSPEND", "explanation": "辱骂他人", "decidedBy": None}
    [row] = await stores.database["audit"].find({"kind": "member.SANCTION_ENDED"}).to_list()
    assert (row["subject"], row["standing"], row["until"]) == (ann.id, "SUSPENDED", until)
    assert "sanction" not in await stores.database["members"].find_one({"_id": ann.id})


async def test_a_sanction_that_another_took_the_place_of_is_left(ann, moderator, tells, stores, clock, services):
    ended = services.now() + timedelta(hours=1)
    await suspends(moderator, ann, ended)
    [(member, before)] = await stores.sanctions.ended(ended, 1)
    longer = Sanction(AccountStatus.BANNED, DecisionId("dcn_another_one_____"), None)
    await stores.database["members"].update_one({"_id": ann.id}, {"$set": {"sanction": sanction_document(longer)}})
    clock.advance(days=1)

    await Notifier(services)._end(member, before)

    assert await stores.sanctions.of(ann.id) == longer
    assert "SANCTION_ENDED" not in await kinds(ann)
    assert await stores.database["audit"].count_documents({"kind": "member.SANCTION_ENDED"}) == 0


async def test_several_notifiers_end_a_sanction_once(ann, moderator, notifier_of, stores, clock, services):
    await suspends(moderator, ann, services.now() + timedelta(hours=1))
    clock.advance(days=1)

    await asyncio.gather(*(notifier_of().notify_waiting(Turn()) for _ in range(3)))

    assert sorted(await kinds(ann)) == ["DECISION_ABOUT_YOU", "SANCTION_ENDED"]
    assert await stores.database["audit"].count_documents({"kind": "member.SANCTION_ENDED"}) == 1


async def test_what_ended_while_the_service_was_down_is_told_when_it_starts(
    engines, ann, moderator, stores, tmp_path, services
):
    """By the service as a process of its own."""
    await suspends(moderator, ann, services.now() + timedelta(hours=1))
    past = {"sanction.until": services.now() - timedelta(days=40_000)}
    await stores.database["members"].update_one({"_id": ann.id}, {"$set": past})

    async with running_service(engines, "veranda", tmp_path), asyncio.timeout(60):
        while len(await kinds(ann)) < 2:  # noqa: ASYNC110 - another process tells
            await asyncio.sleep(0.1)

    assert sorted(await kinds(ann)) == ["DECISION_ABOUT_YOU", "SANCTION_ENDED"]
