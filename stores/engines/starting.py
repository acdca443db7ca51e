"""Both engines at once, ready, and stopped together."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from settings import Settings
from stores.engines.external import reach_mongodb, reach_redis
from stores.engines.failure import DataDirInUse, EnginesUnavailable
from stores.engines.home import claim
from stores.engines.lifecycle import bring_up, find_ready
from stores.engines.mongod import mongod
from stores.engines.redis_server import redis_server


@dataclass(frozen=True, slots=True)
class Engines:
    """Running engines that this process uses."""

    #: Neither address is shown: a named one may carry a password.
    mongodb_uri: str = field(repr=False)
    redis_url: str = field(repr=False)
    _held: AsyncExitStack = field(default_factory=AsyncExitStack, repr=False, compare=False)

    async def stop(self) -> None:
        """Stop what was started or adopted here; named servers are left alone. May be called twice.

        Close the clients first: pymongo's ``close`` looks for a stopped server for 20 seconds.
        """
        await self._held.aclose()


async def start_engines(settings: Settings) -> Engines:
    """The named engines once they answer, and our own, started or adopted, for those that are not named.

    Raises ``EnginesUnavailable``, and then leaves nothing running that was not before.
    """
    try:
        async with AsyncExitStack() as held:
            if not (settings.mongodb_uri and settings.redis_url):
                claim(settings.data_dir, held)
            mongodb_uri, redis_url = await _both(settings, held)
            return Engines(mongodb_uri, redis_url, held.pop_all())
    except OSError as failure:  # the folder cannot be made or written
        raise EnginesUnavailable(f"The data folder {settings.data_dir} cannot be used ({failure}).") from failure


async def join_engines(settings: Settings) -> Engines:
    """As ``start_engines``, but for a command beside a running service: the service's engines, left running."""
    try:
        return await start_engines(settings)
    except DataDirInUse:
        return Engines(
            settings.mongodb_uri or await find_ready(mongod(settings.data_dir)),
            settings.redis_url or await find_ready(redis_server(settings.data_dir)),
        )


async def _both(settings: Settings, held: AsyncExitStack) -> tuple[str, str]:
    try:
        async with asyncio.TaskGroup() as group:
            mongodb = group.create_task(_mongodb(settings, held))
            redis = group.create_task(_redis(settings, held))
    except* (EnginesUnavailable, OSError) as failures:
        first = failures.exceptions[0]
    else:
        return mongodb.result(), redis.result()
    raise first


async def _mongodb(settings: Settings, held: AsyncExitStack) -> str:
    if settings.mongodb_uri:
        return await reach_mongodb(settings.mongodb_uri)
    return await bring_up(mongod(settings.data_dir), held)


async def _redis(settings: Settings, held: AsyncExitStack) -> str:
    if settings.redis_url:
        return await reach_redis(settings.redis_url)
    return await bring_up(redis_server(settings.data_dir), held)
