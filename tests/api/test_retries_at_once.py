"""The same request many times at once, under one key, in two services over one database: done once."""

import asyncio
from dataclasses import replace
from itertools import cycle, islice

import pytest

from domain.members import Role
from policy.limits import IDEMPOTENCY_KEY_LENGTH
from tests.moderation_steps import appeals, everything, removes, sanctions

MANY = 20
CASES = "{ cases(filter: {state: OPEN}) { nodes { id version } } }"
WHY = {"reason": "SPAM", "explanation": "Because"}
DECISION = "decision { id }"


@pytest.fixture
async def mo(moderator):
    return moderator


@pytest.fixture
async def mx(community):
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
async def post(ann, board):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
async def on_appeals(mx, ann):
    """Requests about an appeal against a decision, as ``request_of`` has them."""

    async def prepare(mutation, decision):
        if mutation == "submitAppeal":
            return ann, "appeal { id }", {"decisionId": decision, "text": "No"}, {"text": "Never"}
        appeal = await appeals(ann, decision)
        if mutation == "addAppealMessage":
            fields = "appeal { version messages { text } }"
            return ann, fields, {"appealId": appeal, "text": "Look"}, {"text": "Please"}
        verdict = mutation.partition(" ")[2]
        other = {"verdict": "UPHELD"} if verdict == "OVERTURNED" else {"answer": "Else"}
        fields = f"appeal {{ state version }} {DECISION}"
        return mx, fields, {"appealId": appeal, "verdict": verdict, "answer": "Looked at"}, other

    return prepare


@pytest.fixture
async def request_of(mo, ann, bob, post, on_appeals):
    """Who asks for what, in which words the answer comes, and what would be another request."""

    async def prepare(mutation):
        if mutation == "removeContent":
            return mo, DECISION, {"targetId": post, **WHY}, {"explanation": "Else"}
        if mutation == "sanctionMember":
            return mo, DECISION, {"memberId": ann.id, "action": "WARN", **WHY}, {"action": "BAN"}
        if mutation == "decideCases":
            await bob.manages("reportContent", targetId=post, reason="SPAM")
            [case] = (await mo.asks(CASES))["cases"]["nodes"]
            locking = {"caseId": case["id"], "expectedVersion": case["version"], "action": "LOCK", **WHY}
            fields = f"results {{ {DECISION} errors {{ code }} }}"
            return mo, fields, {"decisions": [locking]}, {"decisions": [locking | {"action": "REMOVE"}]}
        decision = await removes(mo, post)
        if mutation == "undoDecision":
            return mo, DECISION, {"decisionId": decision}, {"decisionId": await sanctions(mo, bob, "WARN")}
        return await on_appeals(mutation, decision)

    return prepare


@pytest.mark.parametrize(
    "mutation",
    [
        "removeContent",
        "sanctionMember",
        "decideCases",
        "undoDecision",
        "submitAppeal",
        "addAppealMessage",
        "decideAppeal UPHELD",
        "decideAppeal OVERTURNED",
    ],
)
@pytest.mark.parametrize("services", [1, 2])
async def test_what_is_asked_for_under_one_key_is_done_once(
    request_of, client, second_client, stores, mutation, services
):
    actor, fields, given, changed = await request_of(mutation)
    asked, given = mutation.partition(" ")[0], given | {"idempotencyKey": "k" * IDEMPOTENCY_KEY_LENGTH}
    actors = [replace(actor, client=each) for each in islice(cycle([client, second_client][:services]), MANY)]
    before = await everything(stores)

    payloads = await asyncio.gather(*(each.manages(asked, fields, **given) for each in actors))

    assert payloads == [payloads[0]] * MANY
    done = await everything(stores)
    assert done != before
    # What answers an appeal is a verdict, and a decision that takes the other one back.
    most = 2 if mutation == "decideAppeal OVERTURNED" else 1
    assert max(len(after) - len(kept) for kept, after in zip(before, done, strict=True)) <= most
    again = await actor.manages(asked, fields, **given)
    refused = await actor.does(asked, fields, **{**given, **changed})
    assert again == payloads[0]
    codes = [error["code"] for part in (refused, *refused.get("results", ())) for error in part["errors"]]
    assert codes == ["CONFLICT"]
    assert await everything(stores) == done
