"""Visits to the leaving page, and what a visitor reads there."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from lxml import html as lxml_html

from content.links import Site, leave_path
from domain.ids import MemberId
from domain.members import Role
from domain.rich_text import HostReputation, HostVerdict
from domain.viewer import ANONYMOUS, Viewer
from web.leave import leaving_routes

SITE = Site.at("https://veranda.example")
EN = {"Accept-Language": "en"}


class Moderators:
    """What they have decided, and which hosts the page asked about."""

    def __init__(self, **verdicts: HostVerdict) -> None:
        self.verdicts = {host.replace("_", "."): verdict for host, verdict in verdicts.items()}
        self.asked: list[str] = []

    async def reputation_of(self, host: str) -> HostReputation:
        self.asked.append(host)
        return HostReputation(self.verdicts.get(host))


ANN = Viewer(MemberId("mbr_ann"), Role.MEMBER)


@asynccontextmanager
async def serving(
    moderators: Moderators, viewer: Viewer = ANONYMOUS
) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async def viewer_of(_request: web.Request) -> Viewer:
        return viewer

    app = web.Application()
    app.add_routes(leaving_routes(SITE, moderators.reputation_of, viewer_of))
    async with TestClient(TestServer(app)) as client:
        yield client


async def visit(
    target: str, moderators: Moderators | None = None, headers: Mapping[str, str] | None = None
) -> tuple[ClientResponse, str]:
    async with serving(moderators or Moderators()) as client:
        response = await client.get(leave_path(target), headers=headers, allow_redirects=False)
        return response, await response.text()


def document(page: str) -> Any:
    return lxml_html.fromstring(page)


def links(page: str) -> list[tuple[str | None, str | None, str]]:
    """The ways on and back."""
    ways = document(page).xpath("//main//a")
    return [(a.get("href"), a.get("rel"), str(a.xpath("string()"))) for a in ways]


def words(page: str) -> str:
    """What stands in the card, the isolating marks around hosts left out."""
    blocks = document(page).xpath("//main//*[self::h1|self::h2|self::dt|self::dd|self::li|self::p|self::a]")
    texts = [block.text_content() for block in blocks if not (block.tag == "p" and block.get("class") == "ways")]
    return " ".join(" ".join(texts).translate({0x2066: None, 0x2069: None}).split())
