"""The service as processes of its own over the tests' engines, and those who read there as clients do."""

import asyncio
import contextlib
import hashlib
import os
import signal
import socket
import sys
from asyncio.subprocess import STDOUT, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from stores.engines import Engines
from tests.conftest import SECRET, SITE

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60
LOG_SHOWN = 20_000


def environment_of(engines: Engines, database: str, folder: Path, port: int) -> dict[str, str]:
    """Of a service on ``port`` that uses ``database`` of the engines."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERANDA_", "MONGODB_", "REDIS_"))
    }
    return kept | {
        "MONGODB_URI": engines.mongodb_uri.replace("/?", f"/{database}?"),
        "REDIS_URL": engines.redis_url,
        "VERANDA_SECRET_KEY": SECRET,
        "VERANDA_DATA_DIR": str(folder),
        "VERANDA_PUBLIC_URL": SITE,
        "VERANDA_PORT": str(port),
    }


@contextlib.asynccontextmanager
async def running_service(engines: Engines, database: str, folder: Path) -> AsyncIterator[ClientSession]:
    """A client of a service that runs in a process of its own, which is ended afterwards.

    Where the test waits for it in vain, or it does not start, the failure shows what it logged.
    """
    port = _free_port()
    environment = environment_of(engines, database, folder, port)
    told = folder / "service.log"
    with told.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, ROOT / "server.py", env=environment, stdout=log, stderr=STDOUT
        )
    try:
        async with ClientSession(f"http://127.0.0.1:{port}") as client:
            await _until_ready(client, process)
            yield client
    except (TimeoutError, RuntimeError) as late:
        raise AssertionError(f"The service did not do it. It logged:\n{told.read_text()[-LOG_SHOWN:]}") from late
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.wait()


async def reads_by_hash(client: ClientSession, token: str | None, query: str, variables: dict[str, Any]) -> Any:
    """The data of an answer to ``query``, whose text is sent only where the process does not know its hash yet."""
    extension = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}
    body = {"variables": variables, "extensions": extension}
    answer = await _answer(client, token, body)
    if any(error["message"] == "PersistedQueryNotFound" for error in answer.get("errors", ())):
        answer = await _answer(client, token, body | {"query": query})
    assert "errors" not in answer, answer
    return answer["data"]


async def _answer(client: ClientSession, token: str | None, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with client.post("/graphql", json=body, headers=headers) as response:
        return await response.json()


async def _until_ready(client: ClientSession, process: Process) -> None:
    async with asyncio.timeout(SECONDS_TO_START):
        while process.returncode is None:
            with contextlib.suppress(ClientError):
                async with client.get("/readyz") as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.05)
    raise RuntimeError(f"The service ended with {process.returncode} while it started.")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
