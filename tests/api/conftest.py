"""People and a place that most stories need, and who tells them what was decided."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from domain.members import Role
from moderation.notification_worker import Notifier
from resolvers.context import AppServices
from settings import Settings
from stores.connections import open_stores
from stores.leased_worker import Turn
from stores.services import Services
from tests.clock_and_random import SeededRandom
from tests.conftest import SECRET, SITE
from tests.crash import Place
from tests.crash_requests import Service
from tests.stage import opened_stage
from web.application import build_application


@pytest.fixture
async def moderator(community):
    return await community.joins("mod", Role.MODERATOR)


@pytest.fixture
async def board(community, moderator):
    return await community.board(moderator)


@pytest.fixture
async def ann(community):
    return await community.joins("ann")


@pytest.fixture
async def bob(community):
    return await community.joins("bob")


@pytest.fixture
def notifier_of(app_services):
    """Each notifier as a process of its own has it."""
    seeds, services = iter(range(100, 200)), app_services.core
    return lambda: Notifier(Services(services.stores, services.clock, SeededRandom(next(seeds))))


@pytest.fixture
def tells(notifier_of, clock):
    """One round of notifications, now or later."""

    async def tell(**later):
        clock.advance(**later)
        await notifier_of().notify_waiting(Turn())

    return tell


@pytest.fixture
def service(stores, engines, clock, tmp_path, tells):
    """Killed in the midst of requests."""
    place = Place(engines.mongodb_uri, engines.redis_url, SECRET, tmp_path, clock.now())
    return Service(stores, place, tells)


@pytest.fixture
async def second_client(engines, stores, clock, sms, passwords, tmp_path):
    """Of another service over the same database, with connections and turns of its own."""
    opened = open_stores(engines.mongodb_uri, engines.redis_url, SECRET)
    services = Services(opened, clock, SeededRandom(2))
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    settings = Settings(data_dir=tmp_path, public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as client:
        yield client
    await opened.close()


@pytest.fixture(scope="module")
async def stage(opened_stores, passwords, tmp_path_factory):
    """One community for all rows of a table."""
    async with opened_stage(opened_stores, passwords, tmp_path_factory.mktemp("stage")) as opened:
        yield opened
