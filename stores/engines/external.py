"""Servers that MONGODB_URI and REDIS_URL name: asked once for an answer, otherwise left alone."""

import asyncio
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError
from redis import asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from stores.engines.failure import EnginesUnavailable

ANSWER_SECONDS = 3
#: Above the drivers' own limits, for what they do not limit: names that resolve slowly, servers that fall silent.
LAST_SECONDS = 5


async def reach_mongodb(uri: str) -> str:
    """``uri``, once its server answers and has transactions. Raises ``EnginesUnavailable``."""
    try:
        async with asyncio.timeout(LAST_SECONDS):
            # Not pymongo's async client: closed while it connects, it leaks that socket (PYTHON-5867).
            state = await asyncio.to_thread(_hello, uri)
    except (PyMongoError, ValueError, OSError) as failure:
        raise EnginesUnavailable(f"The server that MONGODB_URI names does not answer ({_brief(failure)}).") from failure
    if "setName" not in state and state.get("msg") != "isdbgrid":
        raise EnginesUnavailable("The server that MONGODB_URI names is no replica set, and so has no transactions.")
    return uri


async def reach_redis(url: str) -> str:
    """``url``, once its server answers. Raises ``EnginesUnavailable``."""
    try:
        async with asyncio.timeout(LAST_SECONDS):
            await _ping(url)
    except (RedisError, ValueError, OSError) as failure:
        raise EnginesUnavailable(f"The server that REDIS_URL names does not answer ({_brief(failure)}).") from failure
    return url


def _hello(uri: str) -> dict[str, Any]:
    milliseconds = ANSWER_SECONDS * 1000
    client: MongoClient[dict[str, Any]] = MongoClient(
        uri, serverSelectionTimeoutMS=milliseconds, connectTimeoutMS=milliseconds, socketTimeoutMS=milliseconds
    )
    with client:
        return client.admin.command("hello")


async def _ping(url: str) -> None:
    # redis-py retries by default: a server that swallows everything held one call for 15 seconds.
    client = aioredis.Redis.from_url(
        url,
        socket_connect_timeout=ANSWER_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    async with client:
        await client.ping()


def _brief(failure: Exception) -> str:
    """The driver's reason without its description of the whole topology."""
    return str(failure).partition(" (configured timeouts")[0].partition(", Timeout")[0] or "no answer in time"
