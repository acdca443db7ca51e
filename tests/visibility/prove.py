"""The whole proof: ``python -m tests.visibility.prove --pairs 50000``. It goes on where it was cut off."""

import argparse
import asyncio
import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from graphql import DocumentNode
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from settings import Settings
from stores.engines import start_engines
from tests.visibility.comparing import Tally, open_theatre
from tests.visibility.documents import generated_documents
from tests.visibility.settling import SITE
from tests.visibility.stages import Servers

DOCUMENTS = 1_000
#: Worlds that a process plays before what was counted is kept.
BATCH = 10
KEPT = Path("var/proof.json")


def main() -> int:
    """0 where nothing differed, 1 where something leaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=50_000, help="armed pairs to compare")
    parser.add_argument("--anew", action="store_true", help="forget what was compared before")
    asked = parser.parse_args()
    if asked.anew:
        KEPT.unlink(missing_ok=True)
    try:
        tally = asyncio.run(_prove(asked.pairs))
    except KeyboardInterrupt:
        Console().print("Cut off; the same command goes on from here.")
        return 1
    Console(soft_wrap=True, markup=False, highlight=False).print(_told(tally))
    return 1 if tally.differences else 0


async def _prove(pairs: int) -> Tally:
    """Compare until ``pairs`` were armed or something differs."""
    with tempfile.TemporaryDirectory() as directory:
        engines = await start_engines(Settings(data_dir=Path(directory), public_url=SITE))
        try:
            servers = Servers(engines.mongodb_uri, engines.redis_url)
            return await asyncio.to_thread(_in_processes, servers, pairs)
        finally:
            await engines.stop()


def _in_processes(servers: Servers, pairs: int) -> Tally:
    """Let each core play batches of worlds; what each batch came to is added and kept, in the order of the seeds."""
    tally, first = _resumed()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    at_once = os.cpu_count() or 1
    fresh = multiprocessing.get_context("spawn")
    with (
        Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress,
        ProcessPoolExecutor(at_once, mp_context=fresh) as processes,
    ):
        task = progress.add_task("Armed pairs", total=pairs, completed=tally.armed)
        batches = _numbers(first)
        waiting = [_begun(processes, servers, next(batches), number) for number in range(at_once)]
        while tally.armed < pairs and not tally.differences:
            batch, number, future = waiting.pop(0)
            tally.add(future.result())
            _keep(tally, batch + BATCH)
            progress.update(task, completed=tally.armed)
            waiting.append(_begun(processes, servers, next(batches), number))
        for _, _, future in waiting:
            future.cancel()
    return tally


def _begun(
    processes: ProcessPoolExecutor, servers: Servers, batch: int, number: int
) -> tuple[int, int, "Future[Tally]"]:
    return batch, number, processes.submit(_play, servers, batch, number)


def _numbers(first: int) -> Iterator[int]:
    while True:
        yield first
        first += BATCH


def _play(servers: Servers, batch: int, number: int) -> Tally:
    """What a batch of worlds came to; ``number`` keeps the databases of processes apart."""

    async def play() -> Tally:
        tally = Tally()
        async with open_theatre(servers, _documents(), number) as theatre:
            for seed in range(batch, batch + BATCH):
                await theatre.compare(seed, tally)
        return tally

    return asyncio.run(play())


@cache
def _documents() -> list[DocumentNode]:
    return generated_documents(DOCUMENTS, 2)


def _resumed() -> tuple[Tally, int]:
    if not KEPT.exists():
        return Tally(), 0
    kept = json.loads(KEPT.read_text())
    return Tally(**kept["tally"]), kept["next"]


def _keep(tally: Tally, following: int) -> None:
    KEPT.parent.mkdir(exist_ok=True)
    draft = KEPT.with_suffix(".new")
    draft.write_text(json.dumps({"next": following, "tally": tally.as_counts()}))
    draft.rename(KEPT)


def _told(tally: Tally) -> str:
    compared = tally.armed + tally.unarmed
    share = 100 * tally.armed // compared if compared else 0
    lines = [
        f"{tally.armed} armed pairs, {share} % of {compared} compared.",
        f"{tally.worlds} pairs of worlds, {tally.discarded} discarded.",
        f"By surface: {dict(tally.surfaces)}",
        f"{len(tally.differences)} differ.",
        *map(str, tally.differences),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
