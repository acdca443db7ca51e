"""People and a place that most stories need."""

import pytest

from domain.members import Role


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
