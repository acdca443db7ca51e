"""A page in a real browser on which texts are shown as clients insert them."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.async_api import Page, Route

from tests.browser import chromium
from tests.conftest import SITE

SCRIPT: Final = Path(__file__).with_name("stage.js")
#: The browser reports all that a page would load or run, and stops nothing. Its own icon is no text's doing.
TELLING: Final = f"default-src 'none'; base-uri 'none'; form-action 'none'; img-src {SITE}/favicon.ico"
#: Contexts, by their names in stage.js.
ALONE: Final = ()
EVERYWHERE: Final = (
    "table", "cell", "link", "svg", "foreignObject", "math", "mtext", "select", "noscript", "textarea", "title",
    "comment",
)  # fmt: skip
FRAMES_AT_ONCE: Final = 60
TEXTS_ON_A_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Observation:
    """What texts did: scripts that ran, and what stood in the page or was asked of the browser."""

    ran: list[str]
    handlers: list[str]
    schemes: list[str]
    leading: list[str]
    """Links that lead to other sites past our leaving page."""
    refused: list[str]
    """What the browser was told to report: resources asked for, styles, scripts of any kind."""

    @property
    def is_silent(self) -> bool:
        return not (self.ran or self.handlers or self.schemes or self.leading or self.refused)


@dataclass
class Stage:
    """The page, and every address that was asked for since it stood."""

    page: Page
    asked: list[str] = field(default_factory=list)

    async def shows(self, texts: Sequence[str]) -> list[Observation]:
        """What each text does on a page of its own."""
        seen: list[Observation] = []
        for some in _parts(texts, FRAMES_AT_ONCE):
            seen += await self._shows([[text] for text in some], ALONE)
        return seen

    async def finds(self, texts: Sequence[str]) -> dict[str, Observation]:
        """What does anything at all, anywhere. Texts share pages; where one does something they are shown apart."""
        loud: dict[str, Observation] = {}
        for some in _parts(texts, TEXTS_ON_A_PAGE):
            (together,) = await self._shows([some], EVERYWHERE)
            if not together.is_silent:
                apart = await self._shows([[text] for text in some], EVERYWHERE)
                named = {text: seen for text, seen in zip(some, apart, strict=True) if not seen.is_silent}
                loud |= named or {"\n".join(some): together}
        return loud

    async def strays(self) -> list[str]:
        """What ran and belongs to no text."""
        told: list[str] = await self.page.evaluate("strays")
        return told

    async def _shows(self, scenes: Sequence[Sequence[str]], contexts: Sequence[str]) -> list[Observation]:
        told = await self.page.evaluate("given => show(...given)", [scenes, contexts, 60])
        return [Observation(**seen) for seen in told]


@asynccontextmanager
async def open_page(script: Path) -> AsyncIterator[Page]:
    """A page at our own address that runs ``script`` in each of its frames; no address leads anywhere."""
    async with chromium("--host-resolver-rules=MAP * ~NOTFOUND") as browser:
        page = await browser.new_page()
        await page.add_init_script(path=script)
        await page.route("**", _blank)
        await page.goto(SITE)
        await page.unroute("**")
        yield page


@asynccontextmanager
async def open_stage() -> AsyncIterator[Stage]:
    """A stage on which nothing was shown yet."""
    async with open_page(SCRIPT) as page:
        stage = Stage(page)
        page.context.on("request", lambda request: stage.asked.append(request.url))
        yield stage


async def _blank(route: Route) -> None:
    headers = {"Content-Security-Policy-Report-Only": TELLING}
    await route.fulfill(body="<!doctype html><body>", content_type="text/html; charset=utf-8", headers=headers)


def _parts(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))
