"""What 200 do at once about one case: of their decisions exactly one counts, of their reports none is lost.

In one service, where they take turns, and in two over the same database, which alone parts them.
"""

import asyncio
from collections import Counter
from itertools import cycle

import pytest

from domain.members import Role

DECIDE = """mutation ($input: DecideCasesInput!) { decideCases(input: $input) { errors { code } results {
  decision { id } errors { code ... on ConflictError { decision { id decidedBy { id } } } } } } }"""
CASES = "{ cases(filter: { state: OPEN }) { nodes { id version reportCount reports { nodes { reason } } } } }"
STATE = "query ($id: ID!) { node(id: $id) { ... on Post { state } } }"
MANY = 200


@pytest.fixture(params=["one service", "two services"])
async def crowd(request, community, client, second_client):
    """200 members, each with a session; where there are two services, half of them in each."""
    members = await community.crowd(MANY)
    clients = {"one service": [client], "two services": [client, second_client]}[request.param]
    for member, own in zip(members, cycle(clients), strict=False):
        member.client = own
    return members


@pytest.fixture
async def post(ann, board):
    return await ann.publishes("Buy this", on=board)


async def test_of_200_decisions_on_one_case_exactly_one_counts(crowd, community, moderator, bob, post, stores):
    for each in crowd:
        await stores.members.set_role(each.handle, Role.MODERATOR)
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    given = {"caseId": case["id"], "expectedVersion": case["version"], "reason": "SPAM"}
    # Each wants something of their own, so that it shows whose decision it is.
    wanted = [
        {**given, "action": action, "explanation": each.handle}
        for each, action in zip(crowd, cycle(["REMOVE", "WARN", "DISMISS", "LOCK"]), strict=False)
    ]

    answers = await asyncio.gather(
        *(each.asks(DECIDE, input={"decisions": [one]}) for each, one in zip(crowd, wanted, strict=True))
    )

    results = [result for answer in answers for result in answer["decideCases"]["results"]]
    assert [answer["decideCases"]["errors"] for answer in answers] == [[]] * MANY
    [winner] = [index for index, result in enumerate(results) if result["decision"]]
    decision = {"id": results[winner]["decision"]["id"], "decidedBy": {"id": crowd[winner].id}}
    lost = [{"decision": None, "errors": [{"code": "CONFLICT", "decision": decision}]}] * (MANY - 1)
    assert [result for index, result in enumerate(results) if index != winner] == lost
    for kept in ("decisions", "audit", "outbox"):
        [row] = await stores.database[kept].find({}).to_list()
        assert decision["id"] in (row["_id"], row.get("decision"))
    [row] = await stores.database["cases"].find({}).to_list()
    assert (row["state"], row["decision"], row["version"]) == ("DECIDED", decision["id"], case["version"] + 1)
    made = (wanted[winner]["action"], crowd[winner].handle)
    assert [(row["action"], row["explanation"]) async for row in stores.database["decisions"].find({})] == [made]
    is_removed = made[0] == "REMOVE"
    shown = {"state": "REMOVED"} if is_removed else {"state": "PUBLISHED"}
    assert (await moderator.asks(STATE, id=post))["node"] == shown


async def test_200_reports_by_200_members_are_one_case_and_hide_nothing(crowd, community, moderator, post, stores):
    payloads = await asyncio.gather(
        *(each.manages("reportContent", "report { outcome }", targetId=post, reason="ILLEGAL") for each in crowd)
    )

    assert [payload["report"]["outcome"] for payload in payloads] == ["PENDING"] * MANY
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    assert case["reportCount"] == MANY
    on_case = Counter([row["reporter"] async for row in stores.database["reports"].find({"case": case["id"]})])
    assert on_case == Counter(each.id for each in crowd)
    assert (await community.visitor().asks(STATE, id=post))["node"] == {"state": "PUBLISHED"}
    for kept in ("decisions", "audit", "outbox"):
        assert await stores.database[kept].count_documents({}) == 0
