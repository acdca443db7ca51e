"""What still works while an engine is away, and what is refused."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from accounts.sms import CodeMessage, DeliveryFailed, WebhookSms
from domain.members import Role
from stores.rate_limits import RateLimits
from stores.vault import Vault
from tests.clock_and_random import START


@pytest.fixture
def redis_is_away(app_services, monkeypatch):
    """Counting asks a server that is not there."""
    nowhere = RateLimits(Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2), Vault("k" * 40))

    def leaves() -> None:
        monkeypatch.setattr(RateLimits, "consume_rate_limit", nowhere.consume_rate_limit)

    return leaves


async def test_where_redis_is_away_codes_and_signing_in_are_refused_and_reading_goes_on(community, redis_is_away):
    ann = await community.joins("ann", Role.MODERATOR)
    board = await community.board(ann)
    redis_is_away()

    for mutation, given in [
        ("requestCode", {"phone": "13800138000", "purpose": "REGISTER"}),
        ("signIn", {"login": "ann", "password": "correct horse battery"}),
    ]:
        kind = mutation[0].upper() + mutation[1:]
        query = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
        [error] = (await community.visitor().gets(query, input=given))["errors"]
        assert error["extensions"]["code"] == "UNAVAILABLE"

    await ann.publishes("Still here", on=board)
    assert (await community.visitor().asks("{ feed { nodes { body { text } } } }"))["feed"]["nodes"] == [
        {"body": {"text": "Still here"}}
    ]


async def test_readiness_names_the_engines_that_answer(client):
    async with client.get("/healthz") as alive, client.get("/readyz") as ready:
        assert (alive.status, ready.status) == (200, 200)
        assert await ready.json() == {"status": "ready"}


async def test_a_webhook_gets_the_code_and_its_refusal_is_told():
    got = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response(status=200 if len(got) == 1 else 500)

    application = web.Application()
    application.add_routes([web.post("/sms", take)])
    message = CodeMessage("+8613800138000", "REGISTER", "123456", START)
    async with TestServer(application) as gateway:
        sms = WebhookSms(str(gateway.make_url("/sms")))
        await sms.send(message)
        with pytest.raises(DeliveryFailed):
            await sms.send(message)
    with pytest.raises(DeliveryFailed):
        await sms.send(message)

    assert got[0] == {
        "phone": "+8613800138000",
        "purpose": "REGISTER",
        "code": "123456",
        "at": "2126-03-01T08:00:00.000Z",
    }
