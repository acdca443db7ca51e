"""Reporting links: once a member and host, in one case a host, and the same answer whatever moderators think of it."""

import asyncio
from datetime import timedelta

import pytest

from content.host_lists import HostName, HostVerdictDecision, judge, take_back
from domain.cases import CaseState
from domain.hosts import HostScope
from domain.ids import host_target
from domain.rich_text import HostVerdict
from policy.limits import RATES, Allowance, Rate
from tests import factories
from tests.actors import Actor

REPORT = "report { reporter { handle } reason note url outcome }"
OWN = """query ($first: Int, $after: String) { viewer { reports(first: $first, after: $after) {
  nodes { reason note url outcome } pageInfo { hasNextPage endCursor } } } }"""
CASES = """query ($state: CaseState) { cases(filter: { state: $state }) { nodes { id subjectId state reportCount
  target { __typename ... on ReportedHost { host asciiHost verdict } }
  reports { nodes { reporter { handle } reason note url outcome } } decisions { id } } } }"""
SHADY = "https://shady.example/win?you=1"


async def reports(actor: Actor, url: str = SHADY, reason: str = "MALICIOUS_LINK", **more: str) -> dict:
    return (await actor.manages("reportLink", REPORT, url=url, reason=reason, **more))["report"]


async def cases(moderator: Actor, state: CaseState = CaseState.OPEN) -> list[dict]:
    return (await moderator.asks(CASES, state=state.value))["cases"]["nodes"]


async def outcomes(actor: Actor) -> list[str]:
    return [report["outcome"] for report in (await actor.asks(OWN))["viewer"]["reports"]["nodes"]]


async def judged(app_services, verdict: HostVerdict | None, host: str = "shady.example") -> None:
    name = HostName(host, HostScope.HOST)
    if verdict is None:
        await factories.judge(app_services.core.stores, host, HostVerdict.TRUSTED)
        await take_back(app_services.content, None, name, "Looked at")
    else:
        await judge(app_services.content, None, HostVerdictDecision(name, verdict, "Looked at"))


async def test_a_report_keeps_the_whole_address(ann):
    made = await reports(ann, "HTTPS://Shady.example./win?you=1#now", note=" It took my password \n")

    assert made == {
        "reporter": {"handle": "ann"},
        "reason": "MALICIOUS_LINK",
        "note": "It took my password",
        "url": "https://shady.example./win?you=1#now",
        "outcome": "PENDING",
    }


async def test_reports_about_one_host_gather_in_one_case(ann, bob, moderator):
    await reports(ann, "https://例子.中国/1")
    await reports(bob, "http://xn--fsqu00a.xn--fiqs8s:81/2", reason="SPAM")
    await reports(bob, "https://www.例子.中国/")

    about_it, about_www = await cases(moderator)
    assert about_it["target"] == {
        "__typename": "ReportedHost",
        "host": "例子.中国",
        "asciiHost": "xn--fsqu00a.xn--fiqs8s",
        "verdict": None,
    }
    assert about_www["target"]["host"] == "www.例子.中国"
    assert (about_it["subjectId"], about_it["state"], about_it["reportCount"]) == (None, "OPEN", 2)
    assert [(each["reporter"], each["url"]) for each in about_it["reports"]["nodes"]] == [
        ({"handle": "bob"}, "http://xn--fsqu00a.xn--fiqs8s:81/2"),
        ({"handle": "ann"}, "https://xn--fsqu00a.xn--fiqs8s/1"),
    ]
    assert about_it["decisions"] == []


async def test_a_second_report_about_a_host_answers_the_first(ann, moderator):
    first = await reports(ann)

    again = await reports(ann, "https://shady.example/other", reason="SPAM", note="More")

    assert again == first
    assert [case["reportCount"] for case in await cases(moderator)] == [1]


async def test_twenty_reports_at_once_make_one_case(community, ann, moderator):
    crowd = await community.crowd(20)

    await asyncio.gather(*(reports(each) for each in [*crowd, ann, ann]))

    assert [case["reportCount"] for case in await cases(moderator)] == [21]


@pytest.mark.parametrize("verdict", [None, *HostVerdict])
async def test_the_answer_is_the_same_whatever_the_verdict(ann, app_services, verdict):
    await judged(app_services, verdict)

    made = await reports(ann)

    assert (made["outcome"], made["url"]) == ("PENDING", SHADY)
    assert await outcomes(ann) == ["PENDING"]


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [(HostVerdict.BLOCKED, "ACTION_TAKEN"), (HostVerdict.TRUSTED, "NO_ACTION"), (None, "NO_ACTION")],
)
async def test_a_verdict_decides_the_case_and_tells_who_reported(ann, bob, moderator, app_services, verdict, outcome):
    await reports(ann)
    await judged(app_services, HostVerdict.BLOCKED, "another.example")
    [waiting] = await cases(moderator)

    await judged(app_services, verdict)

    [case] = await cases(moderator, CaseState.DECIDED)
    assert case["id"] == waiting["id"]
    assert case["target"]["verdict"] == (verdict.value if verdict else None)
    assert [each["outcome"] for each in case["reports"]["nodes"]] == [outcome]
    assert await outcomes(ann) == [outcome]
    await reports(bob)
    assert [each["reportCount"] for each in await cases(moderator)] == [1]
    assert await outcomes(ann) == [outcome]


async def test_only_moderators_read_who_reported(ann, bob, moderator):
    await reports(ann)

    [case] = await cases(moderator)

    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert await moderator.asks(query, id=case["id"]) == {"node": {"id": case["id"]}}
    for somebody in (ann, bob):
        assert await somebody.asks(query, id=case["id"]) == {"node": None}
        assert await somebody.asks(query, id=host_target("shady.example")) == {"node": None}


async def test_a_moderator_s_own_report_is_in_the_case_like_any(moderator):
    await reports(moderator)

    [case] = await cases(moderator)
    assert case["reports"]["nodes"][0]["reporter"] == {"handle": moderator.handle}


async def test_hosts_of_any_length_are_paged_through(ann, bob):
    for number in range(3):
        await reports(ann, f"https://{'a' * 60}.{'b' * 60}.{'c' * 60}.{number}.example/")

    first = (await ann.asks(OWN, first=2))["viewer"]["reports"]
    second = (await ann.asks(OWN, first=2, after=first["pageInfo"]["endCursor"]))["viewer"]["reports"]

    assert [len(page["nodes"]) for page in (first, second)] == [2, 1]


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "https://[", "mailto:ann@example.com", "https://veranda.example/posts", "/posts",
     "https://a.cn/" + "a" * 3_000],
)  # fmt: skip
async def test_what_leads_to_no_other_site_is_refused(ann, url, stores):
    payload = await ann.does("reportLink", url=url, reason="SPAM")

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION", ["url"])]
    assert await stores.database["reports"].count_documents({}) == 0


async def test_a_copied_leaving_page_counts_as_what_it_leads_to(ann):
    made = await reports(ann, "https://veranda.example/leave?to=https%3A%2F%2Fshady.example%2F")

    assert made["url"] == "https://shady.example/"


async def test_visitors_are_asked_to_sign_in_whatever_they_report(community):
    for url in (SHADY, "javascript:alert(1)"):
        assert await community.visitor().is_refused("reportLink", url=url, reason="SPAM") == "NOT_SIGNED_IN"


async def test_links_count_against_the_allowance_of_all_reports(ann, board, bob, monkeypatch, stores):
    monkeypatch.setitem(RATES, Rate.REPORT_PER_MEMBER, Allowance(1, timedelta(hours=1)))
    post = await bob.publishes("Buy this", on=board)
    await ann.manages("reportContent", targetId=post, reason="SPAM")

    assert await ann.is_refused("reportLink", url=SHADY, reason="SPAM") == "RATE_LIMITED"
    assert await stores.database["cases"].count_documents({"host": "shady.example"}) == 0


async def test_a_host_s_case_opens_no_member_s_hidden_fields(ann, bob, moderator):
    await reports(ann)
    [case] = await cases(moderator)

    given = {"caseId": case["id"], "memberId": bob.id, "field": "PHONE", "purpose": "To ask"}

    assert await moderator.is_refused("readHiddenField", **given) == "NOT_FOUND"
