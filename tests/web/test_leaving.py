"""The leaving page names the true host, says why it warns, and passes on only where moderators trust the host."""

import base64
import hashlib
import re

import pytest

from content.links import leave_path
from domain.rich_text import MAX_URL_LENGTH, HostVerdict
from tests.web.visiting import EN, Moderators, document, links, serving, visit, words

REL = "noopener noreferrer nofollow ugc"
SAFE = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}


async def test_page_names_the_host_says_why_and_offers_both_ways() -> None:
    response, page = await visit("http://example.com/a?b=c&d")

    assert response.status == 200
    assert response.content_type == "text/html"
    assert words(page) == (
        "即将离开本站 目标网站 example.com 完整网址 http://example.com/a?b=c&d 请留意 "
        "该链接指向 example.com，不属于本站。 连接未加密，传输的内容可能被窃听或篡改。 "
        "其他网站的隐私管理和行为由其自行负责，本站不承担责任。前往后请阅读该网站的隐私政策，并注意账号和财产安全。 "
        "继续前往 example.com 返回本站 登录后可举报该链接。"
    )
    assert links(page) == [
        ("http://example.com/a?b=c&d", REL, "继续前往 example.com"),
        ("/", None, "返回本站"),
    ]


async def test_page_speaks_english_to_those_who_ask() -> None:
    response, page = await visit("https://example.com/", headers=EN)

    assert response.headers["Vary"] == "Accept-Language"
    assert '<html lang="en">' in page
    assert words(page) == (
        "You are about to leave this site Destination example.com Full address https://example.com/ Please note "
        "This link leads to example.com, which is not part of this site. Other sites are responsible for how they "
        "handle privacy; we are not. Please read that site's privacy policy and take care of your account and money. "
        "Continue to example.com Back to this site Sign in to report this link."
    )


async def test_unicode_host_shows_its_wire_form_too() -> None:
    _, page = await visit("https://例子.中国/")

    assert "目标网站 例子.中国 实际域名 xn--fsqu00a.xn--fiqs8s 完整网址 https://xn--fsqu00a.xn--fiqs8s/" in words(page)


async def test_suspicious_link_puts_the_way_back_first() -> None:
    response, page = await visit("https://bank.com@127.1/", headers=EN)

    assert response.status == 200
    assert "Please check this address carefully first Destination 127.0.0.1" in words(page)
    assert links(page) == [
        ("/", None, "Back to this site"),
        ("https://bank.com@127.0.0.1/", REL, "Continue to 127.0.0.1"),
    ]


async def test_mail_link_names_the_recipient_and_asks_for_no_verdict() -> None:
    moderators = Moderators()

    _, page = await visit("mailto:ann@example.com?subject=hi", moderators, EN)

    assert words(page).startswith("You are about to write an e-mail Recipient ann@example.com Full address mailto:")
    assert links(page)[0] == ("mailto:ann@example.com?subject=hi", REL, "Write to ann@example.com")
    assert moderators.asked == []


# ---------------------------------------------------------------- verdicts


async def test_trusted_host_is_passed_on_to_at_once() -> None:
    moderators = Moderators(example_com=HostVerdict.TRUSTED)

    response, page = await visit("HTTPS://EXAMPLE.com/a b", moderators)

    assert response.status == 303
    assert response.headers["Location"] == "https://example.com/a%20b"
    assert page == ""
    assert moderators.asked == ["example.com"]


async def test_trust_ends_the_moment_it_is_withdrawn() -> None:
    moderators = Moderators(example_com=HostVerdict.TRUSTED)

    async with serving(moderators) as client:
        before = await client.get(leave_path("https://example.com/"), allow_redirects=False)
        moderators.verdicts.clear()
        after = await client.get(leave_path("https://example.com/"), allow_redirects=False)

    assert (before.status, after.status) == (303, 200)


async def test_trusted_host_behind_user_info_still_shows_the_page() -> None:
    response, page = await visit("https://bank.com@example.com/", Moderators(example_com=HostVerdict.TRUSTED))

    assert response.status == 200
    assert "example.com" in words(page)


@pytest.mark.parametrize("target", ["https://evil.com/", "https://evil.com./", "https://ＥＶＩＬ.com/"])
async def test_blocked_host_has_no_way_on(target: str) -> None:
    response, page = await visit(target, Moderators(evil_com=HostVerdict.BLOCKED), EN)

    assert response.status == 403
    assert words(page).startswith(
        "This link is blocked Destination evil.com Please note Moderators have put this site on the block list"
    )
    assert links(page) == [("/", None, "Back to this site")]
    assert "https://" not in page.partition("<main>")[2]


# ---------------------------------------------------------------- no open redirect


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/posts/1?a=b#c", "https://veranda.example/posts/1?a=b#c"),
        ("https://veranda.example/a/../b", "https://veranda.example/b"),
        ("https://bank.com@veranda.example/", "https://veranda.example/"),
        ("https://veranda.example//evil.com", "https://veranda.example//evil.com"),
    ],
)
async def test_internal_target_is_gone_to_without_a_page(target: str, location: str) -> None:
    moderators = Moderators()

    response, _ = await visit(target, moderators)

    assert response.status == 303
    assert response.headers["Location"] == location
    assert moderators.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "//evil.com", "/\\evil.com", "\\\\evil.com", "/\t/evil.com", "https:\\\\evil.com", "https://veranda.example.evil.com",
        "https://veranda.example@evil.com", "http://veranda.example", "/leave?to=//evil.com",
    ],
)  # fmt: skip
async def test_disguised_foreign_target_is_never_redirected_to(target: str) -> None:
    response, _ = await visit(target)

    assert response.status == 200
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "query",
    [
        "", "?to=", "?too=https://example.com/", "?to=javascript:alert(1)", "?to=data:text/html,x", "?to=https://[",
        "?to=ftp://example.com", "?to=https://a.cn/" + "a" * MAX_URL_LENGTH, "?to=/leave?to=javascript:a()",
    ],
)  # fmt: skip
async def test_missing_or_unusable_target_is_said_to_be_so(query: str) -> None:
    moderators = Moderators()

    async with serving(moderators) as client:
        response = await client.get("/leave" + query, headers=EN, allow_redirects=False)
        page = await response.text()

    assert response.status == 400
    assert words(page) == (
        "This link cannot be opened The address is missing, incomplete or too long, or names no web page or mailbox. "
        "Back to this site"
    )
    assert links(page) == [("/", None, "Back to this site")]
    assert moderators.asked == []


# ---------------------------------------------------------------- safety


@pytest.mark.parametrize("target", ["https://example.com/", "https://trusted.cn/", "https://evil.com/", "/a", "x:y"])
async def test_every_answer_carries_the_same_protection(target: str) -> None:
    moderators = Moderators(trusted_cn=HostVerdict.TRUSTED, evil_com=HostVerdict.BLOCKED)

    response, page = await visit(target, moderators)

    assert {name: response.headers[name] for name in SAFE} == SAFE
    policy = response.headers["Content-Security-Policy"]
    assert re.sub(r"'sha256-[^']+'", "HASH", policy) == (
        "default-src 'none'; style-src HASH; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    if page:
        style = page.partition("<style>")[2].partition("</style>")[0]
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
        assert "<script" not in page
        assert "style=" not in page


async def test_whatever_the_address_holds_is_escaped() -> None:
    hostile = "https://a{b}$c'd.com/?\"><script>alert(1)</script>&amp;'"

    _, page = await visit(hostile)

    assert "<script" not in page
    assert links(page)[0][0] == "https://a{b}$c'd.com/?%22%3E%3Cscript%3Ealert(1)%3C/script%3E&amp;%27"


async def test_address_of_the_greatest_length_still_fits_a_request() -> None:
    longest = "https://example.com/" + "/" * (MAX_URL_LENGTH - len("https://example.com/"))

    response, page = await visit(longest)

    assert response.status == 200
    assert links(page)[0][0] == longest


async def test_page_has_one_heading_a_title_and_a_language_for_screen_readers() -> None:
    _, page = await visit("https://example.com/")
    whole = document(page)

    assert whole.get("lang") == "zh-CN"
    assert [h.text for h in whole.iter("h1")] == ["即将离开本站"]
    assert whole.findtext("head/title") == "即将离开本站"
    assert len(list(whole.iter("main"))) == 1


@pytest.mark.parametrize(("shown", "status"), [("", 303), ("https://bank.com", 200), ("\u200f", 200), ("here", 303)])
async def test_a_trusted_host_is_passed_on_to_unless_the_links_text_spoke_against_it(shown: str, status: int) -> None:
    async with serving(Moderators(example_com=HostVerdict.TRUSTED)) as client:
        response = await client.get(leave_path("https://example.com/", shown), headers=EN, allow_redirects=False)
        page = await response.text()

    assert response.status == status
    assert ("shows a different address" in page) == (shown == "https://bank.com")
