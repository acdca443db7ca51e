"""A stage: the service over a database of its own, and what one viewer gets from it, to the byte."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from structlog.testing import capture_logs

from accounts.passwords import Passwords
from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores, open_stores
from stores.services import Services
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.visibility.keeping import Kept, Writes
from tests.visibility.loader import settle
from tests.visibility.loader_content import SITE
from tests.visibility.naming import at, token_of
from tests.visibility.world import NOW, World
from web.application import build_application

SECRET = "a secret that only the proof knows, and long enough"

#: When it was, and which request it was: neither says anything about what is stored.
TOLD_APART = {"Date", "X-Request-Id"}
#: What a line of the log says about the request rather than about what is stored.
LOGGED_APART = {"request_id", "milliseconds", "seconds", "duration"}


@dataclass(frozen=True)
class Servers:
    """Where the engines are; can be handed to another process."""

    mongodb_uri: str
    redis_url: str


@dataclass(frozen=True)
class Exchange:
    """A request and all that came of it: the answer, what was logged, who was written to."""

    request: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    log: tuple[str, ...]
    messages: int


@dataclass
class Stage:
    """One running service, whose clock and randomness start anew with each world."""

    stores: Stores
    client: TestClient[Any, Any]
    clock: SteppingClock
    random: "Restartable"
    sms: KeptSms
    kept: Kept

    async def play(self, world: World) -> None:
        """Let ``world`` be all that there is."""
        await settle(world, self.stores)
        await self.kept.take()
        await self.begin_again()

    async def begin_again(self) -> None:
        """As the world was settled: what happens next happens at the same times and with the same ids."""
        await self.kept.bring_back()
        await self.stores.redis.flushdb()
        self.clock.moment = at(NOW)
        self.random.restart()
        self.sms.messages.clear()


@dataclass
class Viewer:
    """Someone before a stage, who keeps all that they get."""

    stage: Stage
    handle: str | None
    language: str = "zh"
    transcript: list[Exchange] = field(default_factory=list)

    async def posts(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The answer to an operation, read."""
        return orjson.loads(await self._ask("POST", "/graphql", json={"query": query, "variables": variables or {}}))

    async def gets(self, path: str, **parameters: str) -> bytes:
        """A page, or an operation asked by GET."""
        return await self._ask("GET", path, params=parameters)

    async def _ask(self, method: str, path: str, **more: Any) -> bytes:
        headers = {"Accept-Language": self.language}
        if self.handle is not None:
            headers["Authorization"] = f"Bearer {token_of(self.handle)}"
        stage, written_to = self.stage, len(self.stage.sms.messages)
        with capture_logs() as log:
            async with stage.client.request(method, path, headers=headers, allow_redirects=False, **more) as response:
                body = await response.read()
        self.transcript.append(
            Exchange(
                request=f"{method} {path} {more}",
                status=response.status,
                headers=tuple(
                    sorted((name, told) for name, told in response.headers.items() if name not in TOLD_APART)
                ),
                body=body,
                log=tuple(_line(entry) for entry in log),
                messages=len(stage.sms.messages) - written_to,
            )
        )
        return body


@asynccontextmanager
async def open_stage(servers: Servers, number: int) -> AsyncIterator[Stage]:
    """The service over the empty database ``veranda_stage_<number>``, dropped afterwards."""
    clock, random, sms = SteppingClock(), Restartable(), KeptSms()
    uri = servers.mongodb_uri.replace("/?", f"/veranda_stage_{number}?")
    writes = Writes()
    stores = open_stores(uri, _redis(servers.redis_url, number), SECRET, [writes])
    await stores.prepare()
    services = Services(stores, clock, random)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    application = build_application(Settings(public_url=SITE), app_services)
    try:
        async with TestClient(TestServer(application)) as client:
            yield Stage(stores, client, clock, random, sms, Kept(stores.database, writes))
    finally:
        passwords.close()
        await stores.database.client.drop_database(stores.database.name)
        await stores.close()


class Restartable(SeededRandom):
    """Gives the same values again after ``restart``."""

    def restart(self) -> None:
        super().__init__()


def _redis(url: str, number: int) -> str:
    """Another of the server's numbered databases."""
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}db={number + 1}"


def _line(entry: Any) -> str:
    return repr(sorted((name, value) for name, value in entry.items() if name not in LOGGED_APART))
