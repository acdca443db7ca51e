"""Every profile field by viewer by audience, the birthday by precision, and the same in bylines: each cell, exactly."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from domain.members import Role
from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores
from stores.services import Services
from tests.actors import Actor, Community
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.conftest import SITE
from tests.visibility_tables.profiles import (
    AVATAR,
    BIRTHDAYS,
    CHOICES,
    NAMES,
    PHONE,
    SHOWN,
    VIEWERS,
    may_choose,
    profile_seen,
)
from web.application import build_application

ROLES = {"moderator": Role.MODERATOR, "admin": Role.ADMIN}
RELATIONSHIPS = {
    "author": "SELF",
    "friend": "FRIEND",
    "following the author": "FOLLOWING",
    "followed by the author": "FOLLOWER",
    "stranger": "NONE",
    "anonymous": "NONE",
    "moderator": "NONE",
    "admin": "NONE",
}
FIELDS = tuple(NAMES)
#: Which fields go along with a text.
BYLINES = {"all": FIELDS, "none": (), "the odd ones": FIELDS[::2], "the even ones": FIELDS[1::2]}

EVERYWHERE = """query ($id: ID!, $handle: String!, $texts: [ID!]!) {
  node(id: $id) { ... on Member { ...Member } }
  member(handle: $handle) { ...Member }
  nodes(ids: $texts) { ... on Post { ...Post } ... on Comment { author { ...Member } byline { ...Profile } } }
  feed { nodes { ...Post } } }
fragment Member on Member { handle viewerRelationship profile { ...Profile } }
fragment Post on Post { id author { ...Member } byline { ...Profile } }
fragment Profile on Profile { avatarUrl bio { text source } gender location birthday { year month day }
  website { url } email phone }"""
BIRTHDAYS_ALONE = """query ($id: ID!, $handle: String!, $texts: [ID!]!) {
  node(id: $id) { ... on Member { ...Member } }
  member(handle: $handle) { ...Member }
  nodes(ids: $texts) { ... on Post { byline { ...Profile } } ... on Comment { byline { ...Profile } } } }
fragment Member on Member { profile { ...Profile } }
fragment Profile on Profile { birthday { year month day } }"""


@dataclass(frozen=True)
class Cast:
    """The viewers, and what the author published: a post and a comment with each byline."""

    stores: Stores
    viewers: dict[str, Actor]
    posts: dict[str, str]
    comments: dict[str, str]

    @property
    def author(self) -> Actor:
        return self.viewers["author"]

    async def has_chosen(self, choice: str | None) -> list[str]:
        """Let ``choice`` be the only one that the author ever made; the fields that it was refused for."""
        await self.author.manages("updateProfile", birthday=SHOWN["BIRTHDAY"])
        as_before_any = {"audiences": {}, "birthdayPrecision": "FULL_DATE"}
        await self.stores.database["members"].update_one({"_id": self.author.id}, {"$set": as_before_any})
        refused = []
        for field in FIELDS if choice else ():
            given = [{"field": field, "audience": choice}]
            errors = (await self.author.does("updateFieldAudiences", audiences=given))["errors"]
            if errors:
                assert [(one["code"], one["path"]) for one in errors] == [("VALIDATION", ["audiences", field])]
                refused.append(field)
        return refused

    async def seen_by_each(self, query: str) -> dict[str, Any]:
        """What each viewer gets, all asking at once."""
        given = {"id": self.author.id, "handle": "ann", "texts": [*self.posts.values(), *self.comments.values()]}
        answers = await asyncio.gather(*(viewer.asks(query, **given) for viewer in self.viewers.values()))
        return dict(zip(self.viewers, answers, strict=True))


@pytest.fixture(scope="module")
async def cast(opened_stores, passwords, tmp_path_factory) -> AsyncIterator[Cast]:
    """Built once: each case begins by choosing anew."""
    services, sms = Services(opened_stores, SteppingClock(), SeededRandom()), KeptSms()
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    settings = Settings(data_dir=tmp_path_factory.mktemp("matrix"), public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as client:
        yield await _gather(Community(client, app_services, sms), opened_stores)
    for name in await opened_stores.database.list_collection_names():
        await opened_stores.database[name].delete_many({})
    await opened_stores.redis.flushdb()


async def _gather(community: Community, stores: Stores) -> Cast:
    viewers = {name: await _comes(community, name, n) for n, name in enumerate(VIEWERS)}
    author = viewers["author"]
    assert author.phone == PHONE
    await _fill_in(author, stores)
    board = await community.board(viewers["moderator"])
    ground = await viewers["moderator"].publishes("Say something", on=board)
    posts = {name: await author.publishes(name, on=board, byline=fields) for name, fields in BYLINES.items()}
    comments = {name: await author.comments(name, under=ground, byline=fields) for name, fields in BYLINES.items()}
    await author.befriends(viewers["friend"])
    await viewers["following the author"].manages("follow", memberId=author.id)
    await author.manages("follow", memberId=viewers["followed by the author"].id)
    await viewers["blocking the author"].manages("block", memberId=author.id)
    await author.manages("block", memberId=viewers["blocked by the author"].id)
    return Cast(stores, viewers, posts, comments)


async def _comes(community: Community, name: str, number: int) -> Actor:
    if name == "anonymous":
        return community.visitor()
    return await community.joins("ann" if name == "author" else f"viewer{number}", ROLES.get(name, Role.MEMBER))


async def _fill_in(author: Actor, stores: Stores) -> None:
    await author.manages(
        "updateProfile",
        bio="I *draw*.",
        gender="FEMALE",
        location="杭州",
        birthday={"year": 1990, "month": 2, "day": 3},
        website="https://ann.example/",
        email="ann@example.com",
    )
    # Pictures can't be brought yet.
    await stores.database["members"].update_one({"_id": author.id}, {"$set": {"avatar": AVATAR}})


@pytest.mark.parametrize("choice", CHOICES)
async def test_each_field_shows_to_whom_the_table_says_wherever_the_author_shows(cast, choice):
    refused = await cast.has_chosen(choice)

    seen = await cast.seen_by_each(EVERYWHERE)

    assert refused == [field for field in FIELDS if not may_choose(field, choice)]
    for viewer, found in seen.items():
        profile = profile_seen(viewer, choice)
        member = profile and {"handle": "ann", "viewerRelationship": RELATIONSHIPS[viewer], "profile": profile}
        posts, comments = found["nodes"][: len(BYLINES)], found["nodes"][len(BYLINES) :]
        in_feed = [post for post in found["feed"]["nodes"] if post["id"] in cast.posts.values()]
        assert (found["node"], found["member"]) == (member, member), viewer
        if profile is None:
            assert (posts, comments, in_feed) == ([None] * len(BYLINES), [None] * len(BYLINES), []), viewer
            continue
        assert in_feed == posts[::-1], viewer
        for chosen, post, comment in zip(BYLINES.values(), posts, comments, strict=True):
            byline = {name: profile[name] if field in chosen else None for field, name in NAMES.items()}
            assert (post["author"], post["byline"]) == (member, byline), (viewer, chosen)
            assert (comment["author"], comment["byline"]) == (member, byline), (viewer, chosen)


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("precision", ["FULL_DATE", "MONTH_AND_DAY", "YEAR"])
@pytest.mark.parametrize("given", BIRTHDAYS)
async def test_a_birthday_shows_as_precisely_as_chosen_and_whole_to_its_owner(cast, given, precision, choice):
    birthday, at_precision = BIRTHDAYS[given]
    await cast.has_chosen(choice)
    await cast.author.manages("updateProfile", birthday=birthday)
    await cast.author.manages("updateFieldAudiences", audiences=[], birthdayPrecision=precision)

    seen = await cast.seen_by_each(BIRTHDAYS_ALONE)

    whole = {"year": None, "month": None, "day": None} | birthday
    for viewer, found in seen.items():
        profile = profile_seen(viewer, choice)
        if profile is None:
            assert found["member"] is None, viewer
            continue
        to_others = at_precision[precision] if profile["birthday"] else None
        expected = whole if viewer == "author" else to_others
        assert found["node"]["profile"]["birthday"] == found["member"]["profile"]["birthday"] == expected, viewer
        of_texts = [text["byline"]["birthday"] for text in found["nodes"]]
        assert of_texts == [expected if "BIRTHDAY" in fields else None for fields in BYLINES.values()] * 2, viewer
