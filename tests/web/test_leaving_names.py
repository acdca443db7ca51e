"""The leaving page shows what matters of an address, in the language that its reader chooses."""

from urllib.parse import parse_qs, urlsplit

import pytest

from content.links import leave_path
from tests.web.visiting import Moderators, document, serving, visit


@pytest.mark.parametrize(
    ("header", "asked", "lang"),
    [("zh", "en", "en"), ("en", "zh", "zh-CN"), ("en", "fr", "en"), ("en", "", "en"), (None, "EN", "zh-CN")],
)
async def test_language_can_be_switched_whatever_the_browser_likes(header: str | None, asked: str, lang: str) -> None:
    async with serving(Moderators()) as client:
        response = await client.get(
            f"{leave_path('https://example.com/')}&lang={asked}", headers={"Accept-Language": header} if header else {}
        )

        assert document(await response.text()).get("lang") == lang


@pytest.mark.parametrize(
    "target", ["https://example.com/a?b=c&lang=x#d", "javascript:alert(1)", "https://[", "x:\0\ufffd'\""]
)
async def test_switch_of_language_keeps_the_target(target: str) -> None:
    async with serving(Moderators()) as client:
        chinese = document(await (await client.get(leave_path(target))).text())
        there = chinese.xpath("//nav//a/@href")
        english = document(await (await client.get(there[0])).text())
        back = english.xpath("//nav//a/@href")

    assert [parse_qs(urlsplit(path).query)["to"] for path in (*there, *back)] == [[target]] * 2
    assert (english.get("lang"), english.xpath("//nav//a/@lang"), english.xpath("//*[@aria-current]/@lang")) == (
        "en",
        ["zh-CN"],
        ["en"],
    )


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("https://login.example.com/", ["login.", "example.com", ""]),
        ("https://a.b.example.co.uk/", ["a.b.", "example.co.uk", ""]),
        ("https://example.com/", ["", "example.com", ""]),
        ("https://blog.例子.中国/", ["blog.", "例子.中国", ""]),
        ("https://ann.github.io/", ["", "ann.github.io", ""]),
        ("https://github.io/", ["", "github.io", ""]),
        ("https://127.0.0.1/", ["", "127.0.0.1", ""]),
        ("https://[::1]/", ["", "[::1]", ""]),
    ],
)
async def test_the_part_of_the_host_stands_out_that_one_owner_registered(target: str, parts: list[str]) -> None:
    _, page = await visit(target)

    [name] = document(page).xpath("//dd[@class='name']/bdi")
    assert [(part.tag, part.text or "") for part in name] == list(zip(("span", "b", "span"), parts, strict=True))


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://bank.com@evil.example/", "evil.example"),
        ("https://bank.com:pw@evil.example:8443/https://x@y/", "evil.example:8443"),
        ("https://evil.example?@bank.com/", "evil.example"),
        ("https://evil.example./x", "evil.example."),
    ],
)
async def test_in_the_full_address_the_host_stands_out(target: str, host: str) -> None:
    _, page = await visit(target)

    assert document(page).xpath("//dd[@class='address']//b/text()") == [host]
