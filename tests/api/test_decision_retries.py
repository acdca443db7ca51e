"""Retries of decisions: the first one is answered, whatever stands by then because of it, and nothing is done again."""

import asyncio
from datetime import timedelta

import pytest

from domain.members import Role
from policy.limits import IDEMPOTENCY_KEY_LENGTH
from tests.clock_and_random import START
from tests.moderation_steps import account_status, answers, appeals, everything, removes
from tests.notified import reports

CASES = "{ cases(filter: {state: OPEN}) { nodes { id version } } }"
WHY = {"reason": "ABUSE", "explanation": "Enough"}


async def sanctions(moderator, member, action, **more):
    given = {"memberId": member.id, "action": action, **WHY, "idempotencyKey": f"{action} once", **more}
    return (await moderator.manages("sanctionMember", "decision { id }", **given))["decision"]


async def test_a_ban_and_its_lifting_are_retried(moderator, ann, stores):
    for action, after in (("BAN", "BANNED"), ("LIFT", "ACTIVE")):
        first = await sanctions(moderator, ann, action)
        before = await everything(stores)

        assert await sanctions(moderator, ann, action) == first
        assert await everything(stores) == before
        assert await account_status(ann) == after


async def test_a_sanction_is_retried_after_its_end(moderator, ann, clock):
    until = (START + timedelta(hours=1)).isoformat()
    first = await sanctions(moderator, ann, "MUTE", until=until)
    clock.advance(hours=2)

    assert await sanctions(moderator, ann, "MUTE", until=until) == first
    assert await account_status(ann) == "ACTIVE"


async def test_a_removal_is_retried_after_its_author_deleted_it(moderator, ann, board):
    post = await ann.publishes("Buy this", on=board)
    given = {"targetId": post, **WHY, "idempotencyKey": "k"}
    first = await moderator.manages("removeContent", "decision { id }", **given)
    await ann.manages("deletePost", postId=post)

    assert await moderator.manages("removeContent", "decision { id }", **given) == first


async def test_the_same_words_at_once_and_without_a_key_are_said_once(moderator, ann, board, stores):
    appeal = await appeals(ann, await removes(moderator, await ann.publishes("Buy this", on=board)))

    await asyncio.gather(*(ann.manages("addAppealMessage", appealId=appeal, text="$look") for _ in range(20)))

    row = await stores.database["appeals"].find_one({"_id": appeal})
    assert [message["text"] for message in row["messages"]] == ["$look"]


async def test_a_word_is_retried_after_more_was_said_and_after_the_verdict(moderator, community, ann, board, stores):
    other = await community.joins("max", Role.MODERATOR)
    appeal = await appeals(ann, await removes(moderator, await ann.publishes("Buy this", on=board)))
    given = {"appealId": appeal, "text": "Please look", "idempotencyKey": "k"}
    await ann.manages("addAppealMessage", **given)

    await other.manages("addAppealMessage", appealId=appeal, text="Where?")
    await ann.manages("addAppealMessage", **given)
    await answers(other, appeal, "UPHELD", idempotencyKey="k")
    before = await everything(stores)
    await ann.manages("addAppealMessage", **given)
    again = await answers(other, appeal, "UPHELD", idempotencyKey="k")

    assert again["appeal"] == {"state": "UPHELD"}
    assert await everything(stores) == before
    row = await stores.database["appeals"].find_one({"_id": appeal})
    assert [message["text"] for message in row["messages"]] == ["Please look", "Where?"]


async def test_what_is_said_on_an_appeal_is_said_once(moderator, ann, board, stores):
    post = await ann.publishes("Buy this", on=board)
    appeal = await appeals(ann, await removes(moderator, post))

    for text in ("Please look", "Please look", "At my valve"):
        await ann.manages("addAppealMessage", appealId=appeal, text=text)

    row = await stores.database["appeals"].find_one({"_id": appeal})
    assert [message["text"] for message in row["messages"]] == ["Please look", "At my valve"]
    assert row["version"] == 3


@pytest.mark.parametrize("action", ["REMOVE", "WARN", "APPROVE"])
async def test_sanctions_are_about_members_alone(moderator, ann, board, stores, action):
    post = await ann.publishes("Buy this", on=board)
    before = await everything(stores)

    assert await moderator.is_refused("sanctionMember", memberId=post, action=action, **WHY) == "NOT_FOUND"
    assert await everything(stores) == before


async def on_cases(moderator, key, cases):
    """The results of one request about ``cases``."""
    fields, given = "results { decision { id } errors { code path } }", {"action": "DISMISS", **WHY}
    decisions = [{"caseId": case["id"], "expectedVersion": case["version"], **given} for case in cases]
    return (await moderator.manages("decideCases", fields, decisions=decisions, idempotencyKey=key))["results"]


async def test_any_key_that_is_allowed_does_for_many_decisions(moderator, ann, bob, board, stores):
    for text in ("Buy this", "And this"):
        await reports(bob, await ann.publishes(text, on=board))
    waiting = (await moderator.asks(CASES))["cases"]["nodes"]
    refused = await on_cases(moderator, "k" * (IDEMPOTENCY_KEY_LENGTH + 1), waiting)

    first = await on_cases(moderator, "k" * IDEMPOTENCY_KEY_LENGTH, waiting)

    assert [each["errors"] for each in refused] == [[{"code": "VALIDATION", "path": ["idempotencyKey"]}]] * 2
    assert [each["errors"] for each in first] == [[], []]
    before = await everything(stores)
    assert await on_cases(moderator, "k" * IDEMPOTENCY_KEY_LENGTH, waiting) == first
    assert await everything(stores) == before


async def test_a_key_from_before_it_was_kept_apart_from_its_case_is_recognised(moderator, ann, bob, board, stores):
    await reports(bob, await ann.publishes("Buy this", on=board))
    waiting = (await moderator.asks(CASES))["cases"]["nodes"]

    await on_cases(moderator, "k", waiting)

    [claimed] = await stores.database["claims"].find({"_id": {"$regex": "^retry:"}}, {"_id": 1}).to_list()
    assert claimed["_id"] == f"retry:{moderator.id}:k:{waiting[0]['id']}"


@pytest.mark.parametrize(("changed", "codes"), [({}, []), ({"ignoreUntilEdited": True}, ["CONFLICT"])])
async def test_what_is_to_be_ignored_is_part_of_what_is_retried(moderator, ann, bob, board, changed, codes):
    post = await ann.publishes("Buy this", on=board)
    await reports(bob, post)
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    given = {"caseId": case["id"], "expectedVersion": case["version"], "action": "DISMISS", **WHY}
    fields, key = "results { decision { id } errors { code } }", "k"
    await moderator.manages("decideCases", fields, decisions=[given], idempotencyKey=key)

    again = await moderator.manages("decideCases", fields, decisions=[given | changed], idempotencyKey=key)

    assert [error["code"] for error in again["results"][0]["errors"]] == codes
