"""A community on which every row of the mutation table is played, and what the schema says of each mutation."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from graphql import GraphQLInputField, GraphQLObjectType, build_schema

from accounts.passwords import Passwords
from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores
from stores.services import Services
from tests.actors import SHARED_INPUTS, Community
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.dumps import Dump, dump
from tests.mutation_table import World, prepare, rows
from web.application import build_application

SITE = "https://veranda.example"
SCHEMA: Any = build_schema((Path(__file__).parents[1] / "schema.graphql").read_text())
MUTATIONS: Mapping[str, GraphQLObjectType] = {
    name: each.type.of_type for name, each in SCHEMA.mutation_type.fields.items()
}
#: A rate limit counts what was tried. It is no change of the community, and the one thing that a refusal may leave:
#: in Redis, which no dump holds, and here.
COUNTERS = {"codes": "triesLeft"}


class Stage:
    """One community for all rows, each of which leaves it as it was."""

    def __init__(self, community: Community, world: World) -> None:
        self.stores = community.app_services.core.stores
        self.community = community
        self.world = world
        self.rows = rows(world)
        self.before: Dump = {}

    async def looks(self) -> Dump:
        """All that is kept, but for what counts tries."""
        found = await dump(self.stores, left_out=())
        return {
            (name, key): {field: value for field, value in row.items() if field != COUNTERS.get(name)}
            for (name, key), row in found.items()
        }

    async def sends(self, mutation: str, given: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
        """The code and path of each error."""
        kind = SHARED_INPUTS.get(mutation[0].upper() + mutation[1:], mutation[0].upper() + mutation[1:])
        results = "results { errors { code path } }" if "results" in MUTATIONS[mutation].fields else ""
        query = (
            f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ {results} errors {{ code path }} }} }}"
        )
        await self.community.a_day_passes()
        payload = (await self.world.people[self.rows[mutation].actor].asks(query, input=given))[mutation]
        parts = [payload, *payload.get("results", ())]
        return [(error["code"], tuple(error["path"] or ())) for part in parts for error in part["errors"]]


@asynccontextmanager
async def opened_stage(stores: Stores, passwords: Passwords, data_dir: Path) -> AsyncIterator[Stage]:
    """A stage over empty stores, which are empty again afterwards."""
    services, sms = Services(stores, SteppingClock(), SeededRandom()), KeptSms()
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    settings = Settings(data_dir=data_dir, public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as client:
        community = Community(client, app_services, sms)
        yield Stage(community, await prepare(community))
    for name in await stores.database.list_collection_names():
        await stores.database[name].delete_many({})
    await stores.redis.flushdb()


def inputs_of(mutation: str) -> Mapping[str, GraphQLInputField]:
    return SCHEMA.mutation_type.fields[mutation].args["input"].type.of_type.fields
