"""What a link's class says is what a browser would do: every URL below is parsed by Chromium too."""

import json
import random
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from content.links import LEAVE_PATH, Site, classify
from domain.rich_text import Link
from tests.browser import chromium, needs_browser
from tests.spellings import GLUE, OWN, SPELLINGS

URL_TESTS = Path(__file__).parents[2].parent / "shared" / "corpora" / "urltestdata.json"
SITES: Final = (Site.at(OWN), Site.at("http://127.0.0.1:8000"))
ALIVE: Final = frozenset({"http:", "https:", "mailto:"})
GENERATED: Final = 20_000

PARSE = """
    ([urls, base]) => urls.map(url => {
        try {
            const { protocol, origin, hostname, pathname } = new URL(url, base);
            return [protocol, origin, hostname, pathname];
        } catch { return null; }
    })
"""


class Parsed(NamedTuple):
    protocol: str
    origin: str
    hostname: str
    pathname: str


async def parsed_by_chromium(urls: list[str], site: Site) -> list[Parsed | None]:
    async with chromium() as browser:
        page = await browser.new_page()
        found = await page.evaluate(PARSE, [urls, site.url])
    return [Parsed(*parts) if parts else None for parts in found]


async def mistakes_in(urls: list[str], site: Site) -> list[tuple[str, Parsed | None, Link | None]]:
    """Where we and Chromium part."""
    parsed = await parsed_by_chromium(urls, site)
    judged = [(url, seen, classify(url, site)) for url, seen in zip(urls, parsed, strict=True)]
    return [case for case in judged if not _agree(case[1], case[2], site)]


def _agree(seen: Parsed | None, link: Link | None, site: Site) -> bool:
    if seen is None or seen.protocol not in ALIVE:
        return link is None
    if seen.origin == site.url and seen.pathname == LEAVE_PATH:
        return True  # counts as what it leads to: tests/unit/test_links.py
    return link is not None and link.is_external == (seen.origin != site.url)


@needs_browser
@pytest.mark.parametrize("site", SITES)
@pytest.mark.skipif(not URL_TESTS.exists(), reason=f"no web-platform-tests at {URL_TESTS}")
async def test_chromium_agrees_on_every_input_of_the_web_platform_tests(site: Site) -> None:
    cases = json.loads(URL_TESTS.read_text(encoding="utf-8"))
    urls = [case["input"] for case in cases if isinstance(case, dict)]
    refused = {case["input"] for case in cases if isinstance(case, dict) and case.get("failure")}

    mistakes = await mistakes_in(urls, site)

    # What the standard refuses and Chromium mends we refuse; a newer Chromium may mend less.
    assert [case for case in mistakes if case[2] or case[0] not in refused] == []
    assert len(mistakes) <= 10
    assert len(urls) == 891


def generated() -> list[str]:
    """Spellings of our address, changed in one place or put together anew; the same each time."""
    dice, urls = random.Random(5), []
    for _ in range(GENERATED // 2):
        place, cut = dice.randint(0, len(OWN)), dice.randint(0, 3)
        urls.append(OWN[:place] + "".join(dice.choices(GLUE, k=dice.randint(0, 4))) + OWN[place + cut :])
        urls.append("".join(dice.choices(SPELLINGS, k=2) + dice.choices((*GLUE, *SPELLINGS), k=dice.randint(0, 5))))
    return urls


@needs_browser
@pytest.mark.parametrize("site", SITES)
async def test_chromium_agrees_on_generated_spellings_of_our_address(site: Site) -> None:
    mistakes = await mistakes_in(generated(), site)

    # A space in a host the standard forbids and Chromium encodes: we make no link.
    assert [case for case in mistakes if case[2] or not case[1] or "%20" not in case[1].hostname] == []
    assert len(mistakes) < GENERATED / 100
