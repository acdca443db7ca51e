"""Open the services or the stores for one command, on running engines or on engines of its own."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores, open_stores
from stores.engines import Engines, join_engines
from telemetry import configure_logging
from web.composition import open_services, secret_of

Answer = TypeVar("Answer")


class Failed(Exception):
    """A command cannot do what it was asked. The message says why, and what to do."""


def with_services(run: Callable[[AppServices], Awaitable[Answer]]) -> Answer:
    async def command(settings: Settings, engines: Engines) -> Answer:
        async with open_services(settings, engines) as services:
            return await run(services)

    return _on_engines(command)


def with_stores(run: Callable[[Stores], Awaitable[Answer]]) -> Answer:
    """Without the indexes that the service makes at start: those are a migration's too."""

    async def command(settings: Settings, engines: Engines) -> Answer:
        stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
        try:
            return await run(stores)
        finally:
            await stores.close()

    return _on_engines(command)


def _on_engines(command: Callable[[Settings, Engines], Awaitable[Answer]]) -> Answer:
    settings = Settings()
    configure_logging(as_json=settings.env == "production")

    async def until_told_to_stop() -> Answer:
        if task := asyncio.current_task():
            # Ctrl-C does that already; told to end otherwise, the engines are to be stopped as well.
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        engines = await join_engines(settings)
        try:
            return await command(settings, engines)
        finally:
            await engines.stop()

    return asyncio.run(until_told_to_stop())
