"""Real engines once a session, an empty database for each test, and people to act in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from accounts.passwords import Passwords
from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores, open_stores
from stores.engines import Engines, start_engines
from stores.services import Services
from tests.actors import Community
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.reads import READS, Reads
from tests.writes import WRITES
from web.application import build_application

SITE = "https://veranda.example"
SECRET = "a secret that only the tests know, and long enough"


@pytest.fixture(scope="session")
async def engines(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engines]:
    running = await start_engines(Settings(data_dir=tmp_path_factory.mktemp("engines"), public_url=SITE))
    yield running
    await running.stop()


@pytest.fixture(scope="session")
async def opened_stores(engines: Engines) -> AsyncIterator[Stores]:
    stores = open_stores(engines.mongodb_uri, engines.redis_url, SECRET, [READS, WRITES])
    await stores.prepare()
    yield stores
    await stores.close()


@pytest.fixture
async def stores(opened_stores: Stores) -> AsyncIterator[Stores]:
    """Every collection, empty and indexed."""
    yield opened_stores
    for name in await opened_stores.database.list_collection_names():
        await opened_stores.database[name].delete_many({})
    await opened_stores.redis.flushdb()


@pytest.fixture
def reads(stores: Stores) -> Reads:
    """What is read from MongoDB from now on."""
    READS.forget()
    return READS


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def sms() -> KeptSms:
    return KeptSms()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Argon2id at its cheapest."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def app_services(stores: Stores, clock: SteppingClock, sms: KeptSms, passwords: Passwords) -> AppServices:
    services = Services(stores, clock, SeededRandom())
    return AppServices(services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE)))


@pytest.fixture
async def client(app_services: AppServices, tmp_path: Path) -> AsyncIterator[TestClient]:
    settings = Settings(data_dir=tmp_path, public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as opened:
        yield opened


@pytest.fixture
async def community(client: TestClient, app_services: AppServices, sms: KeptSms) -> Community:
    """A place where people can be brought to life: ``await community.joins("ann")``."""
    return Community(client, app_services, sms)
