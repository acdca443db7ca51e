"""Where links lead, as browsers see it, and what speaks against them."""

import pytest

from content.links import SIGNS, Site, classify, leave_path, speaking_text
from domain.rich_text import MAX_URL_LENGTH, Link, LinkRiskReason

R = LinkRiskReason
SITE = Site.at("https://veranda.example")
DEVELOPMENT = Site.at("http://127.0.0.1:8000/")


def followed(url: str, site: Site = SITE, text: str | None = None) -> Link:
    link = classify(url, site, text)
    assert link is not None
    return link


# ---------------------------------------------------------------- the site


@pytest.mark.parametrize(
    ("site_url", "parts", "url"),
    [
        ("https://veranda.example", ("https", "veranda.example", ""), "https://veranda.example"),
        ("HTTPS://Veranda.Example:443/", ("https", "veranda.example", ""), "https://veranda.example"),
        ("http://127.0.0.1:8000", ("http", "127.0.0.1", "8000"), "http://127.0.0.1:8000"),
        ("https://社区.cn", ("https", "xn--dkrp89f.cn", ""), "https://xn--dkrp89f.cn"),
        ("http://[::1]:8000", ("http", "[::1]", "8000"), "http://[::1]:8000"),
    ],
)
def test_site_is_scheme_host_and_port(site_url: str, parts: tuple[str, str, str], url: str) -> None:
    site = Site.at(site_url)

    assert (site.scheme, site.host, site.port) == parts
    assert site.url == url == site.origin


@pytest.mark.parametrize(
    "site_url", ["", "veranda.example", "ftp://veranda.example", "https://veranda.example/app", "https://me@a.cn"]
)
def test_site_that_is_more_or_less_than_an_origin_is_refused(site_url: str) -> None:
    with pytest.raises(ValueError, match="VERANDA_PUBLIC_URL must be"):
        Site.at(site_url)


# ---------------------------------------------------------------- internal or external


@pytest.mark.parametrize(
    ("url", "normalised"),
    [
        ("", "https://veranda.example/"),
        ("/posts/1?a=b#c", "https://veranda.example/posts/1?a=b#c"),
        ("posts/../x", "https://veranda.example/x"),
        ("https://veranda.example", "https://veranda.example/"),
        ("HTTPS://VERANDA.EXAMPLE:443/a", "https://veranda.example/a"),
        ("//veranda.example/a", "https://veranda.example/a"),
        ("https:\\\\veranda.example\\a", "https://veranda.example/a"),
        ("https:a", "https://veranda.example/a"),
        ("\thttps://veranda\n.example/a ", "https://veranda.example/a"),
        ("https://ｖｅｒａｎｄａ．example/", "https://veranda.example/"),
        ("https://bank.com@veranda.example/", "https://veranda.example/"),
    ],
)
def test_own_address_in_any_spelling_is_internal(url: str, normalised: str) -> None:
    assert followed(url) == Link(normalised, None, "veranda.example", "veranda.example", is_external=False, reasons=())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://veranda.example.evil.com/", "veranda.example.evil.com"),
        ("https://evil.com/veranda.example", "evil.com"),
        ("https://evil.com/?https://veranda.example/", "evil.com"),
        ("https://evil.com/#veranda.example", "evil.com"),
        ("https://evil.com\\@veranda.example", "evil.com"),
        ("https://notveranda.example/", "notveranda.example"),
        ("https://www.veranda.example/", "www.veranda.example"),
        ("//evil.com", "evil.com"),
        ("/\\evil.com", "evil.com"),
        ("\\\\evil.com", "evil.com"),
        ("https:/\t/evil.com", "evil.com"),
        ("https://veranda.example:8443/", "veranda.example"),
        ("http://veranda.example/", "veranda.example"),
        ("https://veranda.example./", "veranda.example"),
    ],
)
def test_what_only_resembles_our_address_is_external(url: str, host: str) -> None:
    link = followed(url)

    assert link.is_external is True
    assert link.ascii_host == host


def test_site_without_https_is_internal_only_without_https() -> None:
    assert followed("http://127.0.0.1:8000/a", DEVELOPMENT).is_external is False
    assert followed("http://0x7f.1:8000/a", DEVELOPMENT).is_external is False
    assert followed("https://127.0.0.1:8000/a", DEVELOPMENT).is_external is True
    assert followed("http://localhost:8000/a", DEVELOPMENT).is_external is True


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.com/",
        "ws://example.com/",
        "blob:https://example.com/1",
        "about:blank",
        "tel:+8613800138000",
        "https://",
        "https://[",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "\ud800",
        "https://example.com/" + "a" * MAX_URL_LENGTH,
        "https://example.com/" + "路" * 300,
    ],
)
def test_what_nobody_can_follow_is_no_link(url: str) -> None:
    assert classify(url, SITE) is None


# ---------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("url", "reasons"),
    [
        ("https://example.com/", (R.EXTERNAL,)),
        ("http://example.com/", (R.EXTERNAL, R.NOT_HTTPS)),
        ("https://me@example.com/", (R.EXTERNAL, R.USERINFO)),
        ("https://:secret@example.com/", (R.EXTERNAL, R.USERINFO)),
        ("https://@example.com/", (R.EXTERNAL,)),
        ("https://127.0.0.1/", (R.EXTERNAL, R.IP_ADDRESS)),
        ("https://2130706433/", (R.EXTERNAL, R.IP_ADDRESS)),
        ("https://0x7f.1/", (R.EXTERNAL, R.IP_ADDRESS)),
        ("https://１２７.０.０.１/", (R.EXTERNAL, R.IP_ADDRESS)),
        ("https://[::1]/", (R.EXTERNAL, R.IP_ADDRESS)),
        ("http://me@127.1/", (R.EXTERNAL, R.NOT_HTTPS, R.IP_ADDRESS, R.USERINFO)),
    ],
)
def test_reasons_follow_from_the_parsed_address(url: str, reasons: tuple[LinkRiskReason, ...]) -> None:
    assert followed(url).reasons == reasons


def test_reasons_come_in_the_order_of_the_enum() -> None:
    assert list(SIGNS) == [reason for reason in LinkRiskReason if reason in SIGNS]


@pytest.mark.parametrize(
    "text",
    [
        "https://bank.com",
        "bank.com",
        "www.bank.com",
        "BANK.COM/login",
        "登录 bank.com",
        "请到bank.com登录",
        "ｂａｎｋ．ｃｏｍ",
        "https://bank.com，官网",
        "ba\u200bnk.com",
        "中国.cn",
        "example.com.bank.cn",
        "space.example.com",
    ],
)
def test_text_that_names_another_host_speaks_against_the_link(text: str) -> None:
    assert followed("https://example.com/", text=text).reasons == (R.EXTERNAL, R.TEXT_HOST_MISMATCH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "点这里",
        "example.com",
        "www.example.com",
        "http://example.com/other",
        "ＥＸＡＭＰＬＥ．ＣＯＭ",
        "见example.com。",
        "e.g. this",
        "file.txt",
        "node.js",
        "main.py",
        "README.md",
        "v1.2.3",
        "版本3.11.7",
        "第3.5节",
        "10.0.0.1",
        "3.14",
        "U.S.A.",
        "a/b.c",
        "…。",
        "ann@example.org",
    ],
)
def test_text_that_names_no_other_host_does_not(text: str) -> None:
    assert followed("https://www.example.com/", text=text).reasons == (R.EXTERNAL,)


@pytest.mark.parametrize(
    "text",
    [
        "\u202emoc.elpmaxe",
        "看\u2067这里\u2069",
        "\u200fgo",
        "example.com/\u05d0\u05d1/bank.cn",
        "bank.cn.\u05d0\u05d1",
    ],
)
def test_text_that_turns_the_direction_of_writing_speaks_against_the_link(text: str) -> None:
    assert R.RIGHT_TO_LEFT in followed("https://example.com/", text=text).reasons


@pytest.mark.parametrize(
    "text",
    [
        "\u05ea\u05dc-\u05d0\u05d1\u05d9\u05d1",
        "\u05e8\u05d0\u05d5 example.com",
        "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "中文 and Latin",
    ],
)
def test_text_that_only_holds_right_to_left_script_does_not(text: str) -> None:
    assert followed("https://example.com/", text=text).reasons == (R.EXTERNAL,)


@pytest.mark.parametrize(
    "text",
    [
        "bank.com",
        "见 https://10.0.0.1/ 和 a.cn",
        "https://bank.zip/login",
        "中国.cn",
        "\u202emoc.knab",
        "\u202ebank.com",
        f"https://{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.com",
    ],
)
def test_what_a_text_shows_speaks_against_the_link_on_the_leaving_page_too(text: str) -> None:
    link = followed("https://example.com/", text=text)

    shown = speaking_text(link)

    assert followed(link.url, text=shown).reasons == link.reasons
    assert len(leave_path("https://example.com/" + "%" * (MAX_URL_LENGTH - 20), shown)) < 8_000
    # Copied into another text, the address of the leaving page still leads to the same place.
    assert followed(leave_path(link.url, shown)).url == link.url


@pytest.mark.parametrize("text", [None, "", "点这里", "example.com"])
def test_a_text_that_shows_nothing_else_is_not_carried_along(text: str | None) -> None:
    assert speaking_text(followed("https://example.com/", text=text)) == ""


def test_host_is_read_as_unicode_and_sent_as_punycode() -> None:
    link = followed("https://例子.中国/路", text="例子.中国")

    assert link == Link(
        url="https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF",
        text="例子.中国",
        host="例子.中国",
        ascii_host="xn--fsqu00a.xn--fiqs8s",
        is_external=True,
        reasons=(R.EXTERNAL,),
    )


def test_mail_address_leads_away_but_to_no_host() -> None:
    assert followed("MAILTO:ann@example.com", text="Ann") == Link(
        "mailto:ann@example.com", "Ann", "", "", is_external=True, reasons=(R.EXTERNAL,)
    )


# ---------------------------------------------------------------- the leaving page


def test_leaving_page_takes_the_whole_url_as_one_value() -> None:
    assert leave_path("https://example.com/a b?c=d&e#f+") == (
        "/leave?to=https%3A%2F%2Fexample.com%2Fa%20b%3Fc%3Dd%26e%23f%2B"
    )


@pytest.mark.parametrize(
    "url",
    [
        "/leave?to=https%3A%2F%2Fevil.com%2F",
        "/leave?to=//evil.com/",
        "/%6Ceave?x=1&to=https://evil.com/",
        "https://veranda.example/leave?to=/leave?to=https://evil.com/",
    ],
)
def test_copied_address_of_the_leaving_page_counts_as_what_it_leads_to(url: str) -> None:
    link = followed(url)

    assert (link.url, link.ascii_host, link.is_external) == ("https://evil.com/", "evil.com", True)


def test_leaving_page_hides_no_forbidden_scheme() -> None:
    assert classify("/leave?to=javascript:alert(1)", SITE) is None
    assert followed("/leave").url == "https://veranda.example/leave"
