"""Cases about hosts: dismissed like others, decided by verdicts, and told to those who reported."""

import asyncio
from datetime import timedelta

import pytest

from domain.members import Role
from domain.rich_text import HostVerdict
from policy.case_priority import CLAIM
from tests.actors import Actor
from tests.notified import counts, kinds, notifications, waiting

CASES = "{ cases { nodes { id state version actionsAvailable reports { nodes { outcome } } } } }"
RESULT = "results { case { id state version actionsAvailable } decision { id } errors { code path message } }"


@pytest.fixture
async def other(community):
    """Another moderator."""
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
async def case(moderator, ann, bob):
    """Two have reported links to one host."""
    for reporter in (ann, bob):
        await reporter.manages("reportLink", url="https://shady.example/win", reason="MALICIOUS_LINK")
    return await the_case(moderator)


@pytest.fixture
def everyone(moderator, ann, bob):
    """The moderator, and who reported."""
    return moderator, ann, bob


async def the_case(moderator: Actor) -> dict:
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    return case


async def dismisses(moderator: Actor, case: dict, *, key: str | None = None, **more: object) -> dict:
    given = {"caseId": case["id"], "expectedVersion": case["version"], "action": "DISMISS", "reason": "OTHER"}
    decisions = [{**given, "explanation": "Harmless", **more}]
    [result] = (await moderator.manages("decideCases", RESULT, decisions=decisions, idempotencyKey=key))["results"]
    return result


async def judges(moderator: Actor, verdict: str | None) -> None:
    named = {"host": "shady.example", "scope": "HOST", "reason": "Looked at"}
    if verdict:
        await moderator.manages("setHostVerdict", **named, verdict=verdict)
    else:
        await moderator.manages("removeHostVerdict", **named)


async def rows(stores, collection, **query):
    return await stores.database[collection].find(query).to_list()


def codes(result: dict) -> list[str]:
    return [error["code"] for error in result["errors"]]


async def test_dismissing_closes_it_and_tells_each_reporter_once(moderator, ann, bob, case, tells, stores):
    assert case["actionsAvailable"] == ["DISMISS"]

    result = await dismisses(moderator, case)
    for _ in range(2):
        await tells()

    closed = {"id": case["id"], "state": "DECIDED", "version": case["version"] + 1, "actionsAvailable": []}
    assert result == {"case": closed, "decision": None, "errors": []}
    for reporter in (ann, bob):
        [told] = await notifications(reporter)
        assert (told["kind"], told["decision"]) == ("REPORT_DECIDED", None)
        assert told["report"] == {"reason": "MALICIOUS_LINK", "outcome": "NO_ACTION"}
        assert (
            told["message"] == "We have reviewed your report and found no violation this time. Thank you for reporting."
        )
        assert await counts(stores, reporter) == (0, 1)
    assert await waiting(stores) == 0
    [row] = await rows(stores, "audit")
    assert (row["kind"], row["actor"], row["host"], row["case"], row["reason"], row["explanation"]) == (
        "host.DISMISS",
        moderator.id,
        "shady.example",
        case["id"],
        "OTHER",
        "Harmless",
    )
    assert await rows(stores, "decisions") == []


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [("BLOCKED", "ACTION_TAKEN"), ("SHORTENER", "ACTION_TAKEN"), ("TRUSTED", "NO_ACTION")],
)
async def test_a_verdict_is_told_to_each_reporter_once(everyone, case, tells, stores, verdict, outcome):
    moderator, *reporters = everyone
    await judges(moderator, verdict)
    await judges(moderator, verdict)

    for _ in range(2):
        await tells()

    assert (await the_case(moderator))["state"] == "DECIDED"
    for reporter in reporters:
        assert [each["report"]["outcome"] for each in await notifications(reporter)] == [outcome]
        assert await counts(stores, reporter) == ((1, 0) if outcome == "ACTION_TAKEN" else (0, 1))
    assert await waiting(stores) == 0
    assert [row.get("case") for row in await rows(stores, "audit")] == [case["id"], None]


async def test_a_verdict_that_is_taken_back_is_told_too(moderator, ann, tells, stores):
    await judges(moderator, "BLOCKED")
    await ann.manages("reportLink", url="https://shady.example/win", reason="MALICIOUS_LINK")
    await judges(moderator, None)

    await tells()

    assert [each["report"]["outcome"] for each in await notifications(ann)] == ["NO_ACTION"]
    assert await counts(stores, ann) == (0, 1)


async def test_who_reports_later_is_told_of_the_next_case_alone(moderator, community, ann, case, tells, stores):
    await dismisses(moderator, case)
    await tells()
    eve = await community.joins("eve")
    await eve.manages("reportLink", url="https://shady.example/lose", reason="SPAM")

    await judges(moderator, HostVerdict.BLOCKED.value)
    await tells()

    assert (await kinds(ann), await counts(stores, ann)) == (["REPORT_DECIDED"], (0, 1))
    assert (await kinds(eve), await counts(stores, eve)) == (["REPORT_DECIDED"], (1, 0))


async def test_where_nobody_reported_nobody_is_told(moderator, stores):
    await judges(moderator, HostVerdict.BLOCKED.value)

    assert await waiting(stores) == 0


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"action": "REMOVE"}, "VALIDATION", "action"),
        ({"action": "WARN"}, "VALIDATION", "action"),
        ({"action": "APPROVE"}, "VALIDATION", "action"),
        ({"explanation": " "}, "VALIDATION", "explanation"),
        ({"until": "2126-04-01T00:00:00Z"}, "VALIDATION", "until"),
        ({"expectedVersion": 7}, "CONFLICT", "caseId"),
    ],
)
async def test_what_is_refused_changes_nothing(moderator, case, stores, given, code, path):
    result = await dismisses(moderator, case, **given)

    assert [(error["code"], error["path"]) for error in result["errors"]] == [(code, [path])]
    assert await the_case(moderator) == case
    assert (await rows(stores, "audit"), await waiting(stores)) == ([], 0)


async def test_what_another_moderator_works_on_is_theirs_for_a_while(moderator, other, case, clock):
    await other.manages("claimCase", caseId=case["id"])

    refused = await dismisses(moderator, case)
    clock.advance(seconds=CLAIM.total_seconds() + 1)

    assert codes(refused) == ["CONFLICT"]
    assert codes(await dismisses(moderator, case)) == []


async def test_who_dismissed_it_may_retry_and_others_come_too_late(moderator, other, case, stores):
    first = await dismisses(moderator, case, key="k")

    assert await dismisses(moderator, case, key="k") == first
    late = await dismisses(other, case)
    assert [(error["code"], error["message"]) for error in late["errors"]] == [
        ("CONFLICT", "This has already been decided. Please look at the decision first.")
    ]
    assert len(await rows(stores, "audit")) == 1


async def test_of_many_at_once_one_dismisses(moderator, other, case, stores):
    results = await asyncio.gather(*(dismisses(each, case) for each in [moderator, other] * 10))

    assert sorted(codes(result) for result in results) == [[]] + [["CONFLICT"]] * 19
    assert (len(await rows(stores, "audit")), await waiting(stores)) == (1, 1)


async def test_others_find_no_such_case(ann, community, case, stores):
    for somebody in (ann, community.visitor()):
        payload = await somebody.does(
            "decideCases",
            "results { case { id } errors { code } }",
            decisions=[
                {"caseId": case["id"], "expectedVersion": 1, "action": "DISMISS", "reason": "OTHER", "explanation": "-"}
            ],
        )
        codes_told = payload["errors"] or payload["results"][0]["errors"]
        assert [error["code"] for error in codes_told] == ["FORBIDDEN" if somebody is ann else "NOT_SIGNED_IN"]
    assert (await rows(stores, "audit"), await waiting(stores)) == ([], 0)


async def test_dismissing_that_fails_after_any_step_changes_nothing(moderator, case, stores, monkeypatch):
    for store, step in [("cases", "dismiss_host"), ("audit", "add"), ("outbox", "add")]:
        owner = type(getattr(stores, store))
        writes = getattr(owner, step)

        async def writes_and_fails(*given, writes=writes, **named):
            await writes(*given, **named)
            raise RuntimeError("the power is gone")

        with monkeypatch.context() as broken:
            broken.setattr(owner, step, writes_and_fails)
            query = "mutation ($input: DecideCasesInput!) { decideCases(input: $input) { errors { code } } }"
            given = {"caseId": case["id"], "expectedVersion": case["version"], "action": "DISMISS"}
            decisions = [{**given, "reason": "OTHER", "explanation": "-"}]
            answer = await moderator.gets(query, input={"decisions": decisions})
        assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"

    assert await the_case(moderator) == case
    assert (await rows(stores, "audit"), await waiting(stores)) == ([], 0)


async def test_the_day_after_reporters_count_by_how_often_they_were_right(moderator, ann, case, clock, tells, stores):
    await dismisses(moderator, case)
    clock.advance(seconds=timedelta(days=1).total_seconds())
    await tells()

    assert await stores.reports.weight_of(ann.id) == pytest.approx(1 / 3)
