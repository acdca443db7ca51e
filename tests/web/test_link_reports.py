"""The form on the leaving page: sent from our own page by a member, kept once, and answered by a page of thanks."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from content.links import leave_path
from domain.rich_text import HostVerdict
from policy.limits import NOTE_LENGTH, RATES, Allowance, Rate
from tests import factories
from tests.actors import Actor
from tests.browser import chromium, needs_browser
from tests.conftest import SITE
from tests.web.looking import axe_finds, needs_axe
from tests.web.visiting import document, words
from web.contexts import cookie_name

SHADY = "https://shady.example/win?you=1"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
FORM = {"to": SHADY, "reason": "MALICIOUS_LINK", "note": ""}


@pytest.fixture
async def ann(community) -> Actor:
    return await community.joins("ann")


async def sends(
    actor: Actor, form: dict[str, str] | bytes, headers: dict[str, str] | None = None, lang: str = "en"
) -> tuple[ClientResponse, str]:
    """What comes back when ``actor`` sends ``form`` with their cookie, by default from our own page."""
    cookies = {cookie_name(uses_https=True): actor.token} if actor.token else {}
    sent = FROM_HERE if headers is None else headers
    sent = {**sent, "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    async with actor.client.post(
        f"/leave/report?lang={lang}", data=form, headers=sent, allow_redirects=False
    ) as answer:
        return answer, await answer.text()


async def kept(stores) -> list[tuple[Any, ...]]:
    return [(row["url"], row["reason"], row["note"]) async for row in stores.database["reports"].find({})]


async def test_a_member_reports_and_is_thanked(ann, stores):
    answer, _ = await sends(ann, {**FORM, "note": " It asked for\r\nmy password "})

    assert (answer.status, answer.headers["Location"]) == (303, "/leave/reported?lang=en")
    assert await kept(stores) == [(SHADY, "MALICIOUS_LINK", "It asked for\nmy password")]
    thanks = await ann.client.get(answer.headers["Location"])
    assert words(await thanks.text()) == (
        "Thank you for your report Moderators will check this site. Back to this site"
    )


async def test_reports_from_the_page_and_from_frontends_are_the_same(ann, stores):
    await ann.manages("reportLink", url="https://shady.example/", reason="SPAM")

    answer, _ = await sends(ann, FORM)

    assert answer.status == 303
    assert await kept(stores) == [("https://shady.example/", "SPAM", None)]


async def test_answers_and_pages_tell_nothing_of_a_verdict_that_the_page_has_not_told(ann, app_services, stores):
    answers = []
    for host, verdict in (("a.example", None), ("b.example", HostVerdict.BLOCKED), ("c.example", HostVerdict.TRUSTED)):
        if verdict:
            await factories.judge(stores, host, verdict)
        answer, page = await sends(ann, {**FORM, "to": f"https://{host}/"})
        headers = {name: value for name, value in answer.headers.items() if name not in {"Date", "X-Request-ID"}}
        answers.append((answer.status, headers, page))

    assert answers == [answers[0]] * 3
    assert len(await kept(stores)) == 3


# ---------------------------------------------------------------- who may


async def test_visitors_find_a_sentence_in_place_of_the_form(ann, community):
    def offers(page: str) -> tuple[int, int]:
        return len(document(page).xpath("//form")), len(document(page).xpath("//p[@class='report']"))

    cookie = {"Cookie": f"{cookie_name(uses_https=True)}={ann.token}"}
    for target in (SHADY, "https://bank.com@shady.example/"):
        signed_out = await (await ann.client.get(leave_path(target))).text()
        signed_in = await (await ann.client.get(leave_path(target), headers=cookie)).text()
        bearer = {"Authorization": f"Bearer {ann.token}"}
        by_token = await (await ann.client.get(leave_path(target), headers=bearer)).text()

        assert [offers(page) for page in (signed_out, signed_in, by_token)] == [(0, 1), (1, 0), (1, 0)]


async def test_a_visitor_s_report_is_not_taken(community, stores):
    answer, page = await sends(community.visitor(), FORM)

    assert answer.status == 401
    assert words(page) == ("Your report was not sent Please sign in first. Back to the link Back to this site")
    assert await kept(stores) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": SITE},
        {"Origin": "https://evil.example"},
        {"Origin": "https://veranda.example.evil.example"},
        {"Origin": "http://veranda.example"},
        {"Origin": "null"},
        {"Referer": SITE},
    ],
)
async def test_another_site_s_form_is_refused(ann, headers, stores):
    answer, page = await sends(ann, FORM, headers)

    assert answer.status == 403
    assert "The origin of the request could not be confirmed." in words(page)
    assert await kept(stores) == []


async def test_a_browser_that_names_only_the_origin_is_believed(ann, stores):
    answer, _ = await sends(ann, FORM, {"Origin": SITE})

    assert answer.status == 303
    assert len(await kept(stores)) == 1


# ---------------------------------------------------------------- what is taken


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"to": SHADY}, "Please choose a reason"),
        ({"to": SHADY, "reason": "spam"}, "Please choose a reason"),
        ({"to": SHADY, "reason": "ABUSE"}, "Please choose a reason"),
        ({**FORM, "to": "javascript:alert(1)"}, "An address must start with http:// or https://."),
        ({**FORM, "to": "mailto:ann@example.com"}, "An address must start with http:// or https://."),
        ({**FORM, "to": SITE + "/posts"}, "This is a link to our own site."),
        ({**FORM, "note": "x" * (NOTE_LENGTH + 1)}, "At most 1000 characters."),
        (
            {**FORM, "to": "javascript:alert(1)", "note": "x" * (NOTE_LENGTH + 1)},
            "An address must start with http:// or https://.",
        ),
        ({**FORM, "note": "x" * 50_000}, "Please choose a reason"),
        (b"\xff\xfe&%ff%00=%", "Please choose a reason"),
    ],
)
async def test_what_cannot_be_taken_is_said_and_nothing_is_kept(ann, form, said, stores):
    headers = {**FROM_HERE, "Content-Type": "application/x-www-form-urlencoded"}

    answer, page = await sends(ann, form, headers)

    assert answer.status == 400
    assert said in words(page)
    assert "<script" not in page
    assert await kept(stores) == []


async def test_only_the_form_s_own_type_is_read(ann, stores):
    answer, _ = await sends(ann, b'{"to": "https://a.cn/"}', {**FROM_HERE, "Content-Type": "application/json"})

    assert answer.status == 400
    assert await kept(stores) == []


async def test_the_longest_address_and_note_fit(ann, stores):
    longest = "https://a.cn/" + "/" * (2_048 - len("https://a.cn/"))

    answer, _ = await sends(ann, {**FORM, "to": longest, "note": "网" * NOTE_LENGTH})

    assert answer.status == 303
    assert await kept(stores) == [(longest, "MALICIOUS_LINK", "网" * NOTE_LENGTH)]


async def test_too_many_reports_are_told_to_wait(ann, monkeypatch, stores):
    monkeypatch.setitem(RATES, Rate.REPORT_PER_MEMBER, Allowance(1, timedelta(hours=1)))
    await sends(ann, FORM)

    answer, page = await sends(ann, {**FORM, "to": "https://other.example/"}, lang="zh")

    assert answer.status == 429
    assert words(page) == "举报未提交 操作过于频繁，请稍后再试。 返回链接页面 返回本站"
    assert len(await kept(stores)) == 1


async def test_from_an_answer_the_way_leads_back_to_the_link_in_either_language(ann):
    _, page = await sends(ann, {"to": SHADY})

    again = "/leave?to=https%3A%2F%2Fshady.example%2Fwin%3Fyou%3D1&lang="
    assert document(page).xpath("//main//a/@href") == [f"{again}en", "/"]
    assert document(page).xpath("//nav//a/@href") == [f"{again}zh"]


# ---------------------------------------------------------------- in a browser


@needs_browser
@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_axe_finds_nothing_in_the_answers(ann, scheme, lang):
    _, not_sent = await sends(ann, {"to": SHADY}, lang=lang)
    thanks = await (await ann.client.get(f"/leave/reported?lang={lang}")).text()
    async with chromium() as browser:
        page = await browser.new_page(color_scheme=scheme)
        for answer in (not_sent, thanks):
            await page.set_content(answer)

            assert await axe_finds(page) == []


@needs_browser
async def test_without_scripts_a_browser_sends_the_report_and_shows_the_thanks(ann, stores, client: TestClient):
    origin = str(client.make_url("/")).rstrip("/")
    async with chromium() as browser:
        context = await browser.new_context(
            java_script_enabled=False, extra_http_headers={"Authorization": f"Bearer {ann.token}"}
        )
        page = await context.new_page()
        await page.goto(origin + leave_path(SHADY) + "&lang=en")
        await page.locator("summary").click()
        await page.get_by_label("It imitates another site").check()
        await page.get_by_label("Additional information (optional)").fill("Not my bank")
        await page.get_by_role("button", name="Send report").click()

        assert page.url == f"{origin}/leave/reported?lang=en"
        assert await page.get_by_role("heading").all_text_contents() == ["Thank you for your report"]
        assert await page.reload() is not None
        assert await page.console_messages() == []

    assert await kept(stores) == [(SHADY, "IMPERSONATION", "Not my bank")]
