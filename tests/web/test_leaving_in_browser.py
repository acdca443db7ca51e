"""The leaving page in a real browser: for eyes, screen readers and keyboards, in both languages, by day and by night.

VERANDA_PICTURES=1 has the pictures of the README taken anew, into docs/images/.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from playwright.async_api import Browser, Page

from content.links import leave_path
from domain.rich_text import HostVerdict
from tests.browser import chromium, needs_browser
from tests.web.looking import axe_finds, needs_axe
from tests.web.visiting import ANN, Moderators, serving

PICTURES = Path(__file__).parents[2] / "docs" / "images"

TARGETS = {
    "neutral": "https://news.example.co.uk/2026/how-to-read",
    "suspicious": "http://bank.com@login.例子.中国:8080/account",
    "blocked": "https://evil.com/",
    "unusable": "javascript:alert(1)",
    "mail": "mailto:ann@example.com",
    "long": f"https://a.{'b' * 60}.example.org/{'path/' * 300}",
    "right-to-left": "https://مثال.אבג.إختبار/",
}
#: What the browser itself notes about the status of a page on which moderators forbid the way on.
FORBIDDEN = "Failed to load resource: the server responded with a status of 403 (Forbidden)"

PHONE, DESK, NARROW = (390, 844), (1100, 760), (320, 640)

pytestmark = needs_browser

Visitors = TestClient[web.Request, web.Application]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium("--font-render-hinting=none") as browser:
        yield browser


@pytest.fixture
async def site() -> AsyncIterator[Visitors]:
    """As a member finds it who is signed in."""
    async with serving(Moderators(evil_com=HostVerdict.BLOCKED), ANN) as client:
        yield client


async def opened(
    browser: Browser,
    site: Visitors,
    what: str,
    lang: str = "zh",
    scheme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = DESK,
    **more: Any,
) -> Page:
    width, height = size
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
    page = await context.new_page()
    await page.goto(str(site.make_url("/")).rstrip("/") + leave_path(TARGETS[what]) + f"&lang={lang}")
    return page


async def unfold(page: Page) -> None:
    if await page.locator("summary").count():
        await page.locator("summary").click()


@needs_axe
@pytest.mark.parametrize("what", TARGETS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(browser: Browser, site: Visitors, what: str, lang: str, scheme: Any) -> None:
    page = await opened(browser, site, what, lang, scheme)
    await unfold(page)

    found = await axe_finds(page)

    # Of what is scrolled out of sight axe cannot tell the contrast; it is that of what stands beside it.
    out_of_sight = {"color-contrast"} if what == "long" else set()
    assert {rule for rule, _ in found} == out_of_sight
    await page.context.close()


@pytest.mark.parametrize("what", TARGETS)
@pytest.mark.parametrize(("size", "text"), [(NARROW, "100%"), ((640, 400), "200%"), (PHONE, "100%")])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_nothing_is_cut_off_when_narrow_or_large(
    browser: Browser, site: Visitors, what: str, lang: str, size: tuple[int, int], text: str
) -> None:
    page = await opened(browser, site, what, lang, size=size)
    await page.evaluate("size => document.documentElement.style.fontSize = size", text)
    await unfold(page)

    wide, beyond = await page.evaluate(
        """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("body *")]
          .filter(each => each.getBoundingClientRect().right > innerWidth || each.scrollWidth > each.clientWidth + 1
            && getComputedStyle(each).display !== "inline").map(each => each.outerHTML.slice(0, 80))]"""
    )

    assert (wide <= size[0], beyond) == (True, [])
    await page.context.close()


@pytest.mark.parametrize(
    ("what", "stops"),
    [
        ("neutral", ["English", "继续前往 news.example.co.uk", "返回本站", "举报该链接"]),
        ("suspicious", ["English", "返回本站", "继续前往 login.例子.中国", "举报该链接"]),
        ("blocked", ["English", "返回本站", "举报该链接"]),
        ("unusable", ["English", "返回本站"]),
    ],
)
async def test_keyboard_reaches_all_in_the_order_of_reading_and_is_seen(
    browser: Browser, site: Visitors, what: str, stops: list[str]
) -> None:
    page = await opened(browser, site, what)
    reached = []

    for _ in stops:
        await page.keyboard.press("Tab")
        reached.append(
            await page.evaluate(
                "(now => [now.textContent, getComputedStyle(now).outlineStyle, getComputedStyle(now).outlineWidth])"
                "(document.activeElement)"
            )
        )

    assert reached == [[stop, "solid", "3px"] for stop in stops]
    await page.context.close()


async def test_keyboard_alone_fills_in_a_report(browser: Browser, site: Visitors) -> None:
    page = await opened(browser, site, "blocked", "en")
    for _ in range(3):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Looks like my bank")
    await page.keyboard.press("Tab")

    assert await page.evaluate("Object.fromEntries(new FormData(document.forms[0]))") == {
        "to": "https://evil.com/",
        "reason": "IMPERSONATION",
        "note": "Looks like my bank",
    }
    assert await page.evaluate("document.activeElement.textContent") == "Send report"
    await page.context.close()


async def test_without_scripts_the_page_switches_and_unfolds(browser: Browser, site: Visitors) -> None:
    page = await opened(browser, site, "suspicious", java_script_enabled=False)

    await page.get_by_role("link", name="English").click()
    await page.locator("summary").click()

    assert await page.get_by_role("heading", level=1).text_content() == "Please check this address carefully first"
    assert await page.get_by_role("radio").count() == 5
    assert await page.console_messages() == []
    await page.context.close()


async def test_nobody_who_wants_stillness_sees_motion(browser: Browser, site: Visitors) -> None:
    page = await opened(browser, site, "neutral", reduced_motion="reduce")

    moving = (
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration)).length"
    )

    assert await page.evaluate(moving) == 0
    await page.context.close()


async def test_chosen_colours_of_the_system_keep_every_edge(browser: Browser, site: Visitors) -> None:
    page = await opened(browser, site, "suspicious", forced_colors="active")

    edges = "[...document.querySelectorAll('main, .where, .why, .ways a')].map(e => getComputedStyle(e).borderTopStyle)"

    assert set(await page.evaluate(edges)) == {"solid"}
    await page.context.close()


@pytest.mark.parametrize(
    ("what", "lang", "scheme", "size"),
    [
        ("neutral", "zh", "light", DESK),
        ("suspicious", "en", "dark", PHONE),
        ("suspicious", "zh", "light", PHONE),
        ("blocked", "en", "dark", DESK),
    ],
)
async def test_page_is_drawn_as_the_readme_shows_it(
    browser: Browser, site: Visitors, what: str, lang: str, scheme: Any, size: tuple[int, int]
) -> None:
    page = await opened(browser, site, what, lang, scheme, size, device_scale_factor=1.5, reduced_motion="reduce")

    picture = await page.screenshot(full_page=size is PHONE)

    assert picture.startswith(b"\x89PNG")
    assert {message.text for message in await page.console_messages()} <= {FORBIDDEN}
    if os.environ.get("VERANDA_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        name = f"leave-{what}-{lang}-{scheme}{'-phone' if size is PHONE else ''}.png"
        (PICTURES / name).write_bytes(picture)
    await page.context.close()
