"""The lists of hosts that moderators keep: they count for old posts at the very next read, and are on the record."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient

from domain.members import Role
from domain.rich_text import HostVerdict
from tests import factories
from tests.clock_and_random import START

LINKS = """query ($id: ID!) { node(id: $id) { ... on Post { body { html links {
    asciiHost risk reasons leaveUrl warning { title message canContinue }
} } } } }"""
LISTED = """query ($verdict: HostVerdict, $first: Int, $after: String) {
  hostVerdicts(verdict: $verdict, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { host asciiHost scope verdict reason decidedBy { handle } expiresAt }
  } }"""
INSPECTED = "query ($url: String!) { inspectLink(url: $url) { risk reasons warning { message } } }"


async def sets(moderator, host, verdict, *, scope="HOST", **more):
    given = {"host": host, "scope": scope, "verdict": verdict, "reason": "said so", **more}
    return (await moderator.manages("setHostVerdict", "judgedHost { asciiHost expiresAt }", **given))["judgedHost"]


async def removes(moderator, host, scope="HOST"):
    given = {"host": host, "scope": scope, "reason": "a mistake"}
    return await moderator.manages("removeHostVerdict", "judgedHost { asciiHost }", **given)


async def links(viewer, post):
    return (await viewer.asks(LINKS, id=post))["node"]["body"]["links"]


async def risk(viewer, post):
    [link] = await links(viewer, post)
    return link["risk"]


async def leaves(client: TestClient, url: str) -> int:
    async with client.get(url.removeprefix("https://veranda.example"), allow_redirects=False) as response:
        return response.status


# ---------------------------------------------------------------- at once


async def test_a_verdict_counts_for_an_old_post_at_the_next_read_and_the_next_click(
    board, ann, moderator, community, client
):
    post = await ann.publishes("https://a.example.org/", on=board)
    visitor = community.visitor()
    [link] = await links(visitor, post)
    assert (link["risk"], await leaves(client, link["leaveUrl"])) == ("NEUTRAL", 200)

    for verdict, seen, status in [
        ("TRUSTED", "TRUSTED", 303),
        ("BLOCKED", "BLOCKED", 403),
        ("SHORTENER", "SUSPICIOUS", 200),
    ]:
        await sets(moderator, "a.example.org", verdict)

        assert await risk(visitor, post) == seen
        assert await leaves(client, link["leaveUrl"]) == status

    await removes(moderator, "a.example.org")
    assert await risk(visitor, post) == "NEUTRAL"


async def test_a_domain_is_judged_with_all_its_hosts_and_a_host_apart_from_it(board, ann, moderator):
    body = "https://a.example.org/ https://b.example.org/ https://example.org/ https://example.com/"
    post = await ann.publishes(body, on=board)

    await sets(moderator, "example.org", "BLOCKED", scope="DOMAIN")
    await sets(moderator, "b.example.org", "TRUSTED")

    assert [link["risk"] for link in await links(ann, post)] == ["BLOCKED", "TRUSTED", "BLOCKED", "NEUTRAL"]


async def test_a_verdict_ends_by_itself(board, ann, moderator, clock, client):
    post = await ann.publishes("https://example.org/", on=board)
    ends = clock.now() + timedelta(hours=1)

    judged = await sets(moderator, "example.org", "BLOCKED", expiresAt=ends.isoformat())

    assert judged["expiresAt"] is not None
    assert await risk(ann, post) == "BLOCKED"
    clock.advance(hours=1)
    assert await risk(ann, post) == "NEUTRAL"
    assert await leaves(client, "/leave?to=https%3A%2F%2Fexample.org%2F") == 200
    assert (await moderator.asks(LISTED))["hostVerdicts"]["nodes"] == []
    assert (
        await moderator.is_refused("removeHostVerdict", host="example.org", scope="HOST", reason="over") == "NOT_FOUND"
    )


async def test_trusting_a_host_makes_lookalikes_of_those_that_imitate_it_in_old_posts(board, ann, moderator, client):
    post = await ann.publishes("https://teah0use.cn/", on=board)
    assert await risk(ann, post) == "NEUTRAL"

    await sets(moderator, "teahouse.cn", "TRUSTED")

    [link] = await links(ann, post)
    assert (link["risk"], link["reasons"]) == ("SUSPICIOUS", ["EXTERNAL", "LOOKALIKE_HOST"])
    assert "looks very much like another site's" in link["warning"]["message"]
    await sets(moderator, "teah0use.cn", "TRUSTED")
    assert await risk(ann, post) == "TRUSTED"


async def test_verdicts_and_looks_of_a_page_are_one_read_on_an_index(board, ann, moderator, reads, stores):
    hosts = " ".join(f"https://www{n}.tea{n}.cn/ https://bilibili.com.tea{n}.cn/" for n in range(30))
    post = await ann.publishes(hosts, on=board)
    for n in range(40):
        await factories.judge(stores, f"www{n}.tea{n}.cn", HostVerdict.BLOCKED)
    reads.forget()

    assert len(await links(ann, post)) == 60

    [read] = [read for read in reads.all if read.collection == "hosts"]
    explained = await read.explained(stores.database)
    assert (explained.docs_examined, explained.returned) == (30, 30)
    assert "COLLSCAN" not in explained.stages


# ---------------------------------------------------------------- what a text shows


async def test_a_disguised_link_to_a_trusted_host_does_not_pass_on_by_itself(board, ann, moderator, client, community):
    post = await ann.publishes("[bank.com](https://example.org/) [here](https://example.org/a)", on=board)
    await sets(moderator, "example.org", "TRUSTED")

    body = (await community.visitor().asks(LINKS, id=post))["node"]["body"]
    disguised, plain = body["links"]

    assert (disguised["risk"], plain["risk"]) == ("SUSPICIOUS", "TRUSTED")
    assert await leaves(client, disguised["leaveUrl"]) == 200
    assert await leaves(client, plain["leaveUrl"]) == 303
    # The HTML leads the same ways.
    assert f'href="{disguised["leaveUrl"].replace("&", "&amp;")}"' in body["html"]
    assert f'href="{plain["leaveUrl"]}"' in body["html"]
    # An address that was copied from a page of before passes on as it did.
    assert await leaves(client, "/leave?to=https%3A%2F%2Fexample.org%2F") == 303


# ---------------------------------------------------------------- the lists


async def test_moderators_page_through_the_lists_the_latest_first(moderator, ann):
    await sets(moderator, "a.example", "TRUSTED")
    await sets(moderator, "例子.中国", "BLOCKED", scope="DOMAIN")
    await sets(moderator, "c.example", "BLOCKED")
    await sets(moderator, "a.example", "SHORTENER")

    first = (await moderator.asks(LISTED, first=2))["hostVerdicts"]
    rest = (await moderator.asks(LISTED, first=2, after=first["pageInfo"]["endCursor"]))["hostVerdicts"]
    blocked = (await moderator.asks(LISTED, verdict="BLOCKED"))["hostVerdicts"]

    assert [node["host"] for node in first["nodes"]] == ["a.example", "c.example"]
    assert first["pageInfo"]["hasNextPage"] is True
    assert rest["nodes"] == [
        {
            "host": "例子.中国",
            "asciiHost": "xn--fsqu00a.xn--fiqs8s",
            "scope": "DOMAIN",
            "verdict": "BLOCKED",
            "reason": "said so",
            "decidedBy": {"handle": moderator.handle},
            "expiresAt": None,
        }
    ]
    assert rest["pageInfo"]["hasNextPage"] is False
    assert [node["asciiHost"] for node in blocked["nodes"]] == ["c.example", "xn--fsqu00a.xn--fiqs8s"]


@pytest.mark.parametrize("verdict", [None, HostVerdict.BLOCKED])
async def test_a_page_of_the_lists_is_read_on_an_index(moderator, stores, reads, verdict):
    for n in range(60):
        await factories.judge(stores, f"{n}.example", HostVerdict.BLOCKED if n % 2 else HostVerdict.TRUSTED)
    reads.forget()

    await moderator.asks(LISTED, verdict=verdict and verdict.value, first=10)

    [read] = [read for read in reads.all if read.collection == "hosts"]
    assert (await read.explained(stores.database)).docs_examined <= 11


@pytest.mark.parametrize(
    ("role", "code"), [(None, "NOT_SIGNED_IN"), (Role.MEMBER, "FORBIDDEN"), (Role.MODERATOR, None), (Role.ADMIN, None)]
)
async def test_only_staff_keeps_and_reads_the_lists(community, stores, role, code):
    actor = await community.joins("someone", role) if role else community.visitor()
    setting = {"host": "a.example", "scope": "HOST", "verdict": "BLOCKED", "reason": "spam"}
    removing = {"host": "b.example", "scope": "HOST", "reason": "spam"}
    await factories.judge(stores, "b.example", HostVerdict.TRUSTED)

    if code is None:
        await actor.manages("setHostVerdict", **setting)
        await actor.manages("removeHostVerdict", **removing)
        assert len((await actor.asks(LISTED))["hostVerdicts"]["nodes"]) == 1
        return
    assert await actor.is_refused("setHostVerdict", **setting) == code
    assert await actor.is_refused("removeHostVerdict", **removing) == code
    answer = await actor.gets(LISTED)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert [row["host"] async for row in stores.database["hosts"].find()] == ["b.example"]
    assert await stores.database["audit"].count_documents({}) == 0


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"host": "https://a.example/"}, "host"),
        ({"host": "a.example/x"}, "host"),
        ({"host": "a b.example"}, "host"),
        ({"host": ""}, "host"),
        ({"host": "veranda.example"}, "host"),
        ({"host": "veranda.example", "scope": "DOMAIN"}, "host"),
        ({"host": "com", "scope": "DOMAIN"}, "host"),
        ({"host": "com.cn", "scope": "DOMAIN"}, "host"),
        ({"host": "github.io", "scope": "DOMAIN"}, "host"),
        ({"host": "10.0.0.1", "scope": "DOMAIN"}, "host"),
        ({"host": "a.example.org", "scope": "DOMAIN"}, "host"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 2_001}, "reason"),
        ({"expiresAt": START.isoformat()}, "expiresAt"),
    ],
)
async def test_what_can_not_be_judged_is_refused_and_changes_nothing(moderator, stores, given, path):
    verdict = {"host": "a.example", "scope": "HOST", "verdict": "BLOCKED", "reason": "spam", **given}

    answer = await moderator.does("setHostVerdict", **verdict)

    [error] = answer["errors"]
    assert (error["code"], error["path"]) == ("VALIDATION", [path])
    assert await stores.database["hosts"].count_documents({}) == 0
    assert await stores.database["audit"].count_documents({}) == 0


async def test_every_entry_is_on_the_record(moderator, stores):
    for verdict in ("TRUSTED", "BLOCKED"):
        await sets(moderator, "a.example", verdict)
    await removes(moderator, "a.example")

    kept = {"_id": 0, "kind": 1, "actor": 1, "host": 1, "scope": 1, "before": 1, "reason": 1}
    rows = await stores.database["audit"].find({}, kept).sort("at").to_list()
    common = {"actor": moderator.id, "host": "a.example", "scope": "HOST"}
    assert rows == [
        common | {"kind": "host.TRUSTED", "before": None, "reason": "said so"},
        common | {"kind": "host.BLOCKED", "before": "TRUSTED", "reason": "said so"},
        common | {"kind": "host.TAKEN_BACK", "before": "BLOCKED", "reason": "a mistake"},
    ]


# ---------------------------------------------------------------- before anyone clicks


@pytest.mark.parametrize(
    ("url", "risk", "reasons"),
    [
        ("https://example.org/", "NEUTRAL", ["EXTERNAL"]),
        ("https://www.paypa1.com/", "SUSPICIOUS", ["EXTERNAL", "LOOKALIKE_HOST"]),
        ("http://tаobao.com@127.1:81/", "SUSPICIOUS", ["EXTERNAL", "NOT_HTTPS", "IP_ADDRESS", "USERINFO", "ODD_PORT"]),
        ("https://tаobao.com/", "SUSPICIOUS", ["EXTERNAL", "MIXED_SCRIPT", "LOOKALIKE_HOST"]),
        ("https://t.cn/x", "SUSPICIOUS", ["EXTERNAL", "SHORTENER"]),
        ("https://blocked.example/", "BLOCKED", ["EXTERNAL", "BLOCKLISTED"]),
        ("/boards", "INTERNAL", []),
    ],
)
async def test_anyone_may_ask_about_any_url(community, ann, stores, url, risk, reasons):
    await factories.judge(stores, "blocked.example", HostVerdict.BLOCKED)

    for viewer in (ann, community.visitor()):
        found = (await viewer.asks(INSPECTED, url=url))["inspectLink"]

        assert (found["risk"], found["reasons"]) == (risk, reasons)
        assert (found["warning"] is None) == (risk == "INTERNAL")


async def test_authors_learn_before_they_publish_which_links_warn_and_why(board, ann, stores):
    await factories.judge(stores, "blocked.example", HostVerdict.BLOCKED)
    body = "https://example.org/ https://paypa1.com/ https://blocked.example/ [bank.com](https://example.org/)"

    checked = await ann.manages(
        "checkPost", "notices { kind message link { risk } }", boardId=board, body=body, audience="PUBLIC"
    )

    quiet, alike, blocked, disguised = checked["notices"]
    assert [notice["link"]["risk"] for notice in checked["notices"]] == [
        "NEUTRAL",
        "SUSPICIOUS",
        "BLOCKED",
        "SUSPICIOUS",
    ]
    assert quiet["message"].startswith("The text links to example.org")
    assert "The text links to paypa1.com; readers are warned before it opens" in alike["message"]
    assert "looks very much like another site's" in alike["message"]
    assert "Moderators have put this site on the block list" in blocked["message"]
    assert "shows a different address" in disguised["message"]
