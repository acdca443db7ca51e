"""People and a place that most stories need, and who tells them what was decided."""

import pytest

from domain.members import Role
from moderation.telling_others import Teller
from stores.house import House
from tests.sources import SeededRandom


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
