"""People and a place that most stories need, and who tells them what was decided."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from accounts.desk import Desk
from content.desk import ContentDesk
from content.links import Site
from domain.members import Role
from moderation.telling_others import Teller
from resolvers.context import Desks
from settings import Settings
from stores.connections import open_stores
from stores.house import House
from tests.conftest import SECRET, SITE
from tests.killed import Place
from tests.killed_requests import Service
from tests.sources import SeededRandom
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
def teller_of(desks):
    """Each teller as a process of its own has it."""
    seeds, house = iter(range(100, 200)), desks.house
    return lambda: Teller(House(house.stores, house.clock, SeededRandom(next(seeds))))


@pytest.fixture
def tells(teller_of, clock):
    """One round of telling, now or later."""

    async def tell(**later):
        clock.advance(**later)
        await teller_of().tell_waiting()

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
    house = House(opened, clock, SeededRandom(2))
    desks = Desks(house, Desk(house, passwords, sms), ContentDesk(house, Site.at(SITE)))
    settings = Settings(data_dir=tmp_path, public_url=SITE)
    async with TestClient(TestServer(build_application(settings, desks))) as client:
        yield client
    await opened.close()
