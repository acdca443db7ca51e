"""How tests come to the demo's community and to its people."""

from aiohttp.test_utils import TestClient

from demo.model import Person
from demo.seed_once import Seeding, seed
from resolvers.context import AppServices
from tests.actors import Actor


async def told(app_services: AppServices) -> Seeding:
    """The outcome of telling the demo."""
    return await seed(app_services.accounts, app_services.content.site)


async def signs_in(client: TestClient, person: Person) -> Actor:
    """One of those whose passwords are printed, with a token of their own."""
    actor = Actor(client, handle=person.handle)
    given = {"login": person.handle, "password": person.password, "issueToken": True}
    actor.token = (await actor.manages("signIn", "token", **given))["token"]
    client.session.cookie_jar.clear()
    return actor
