"""The whole proof: ``python -m tests.visibility.prove --pairs 50000``. It goes on where it was cut off, and ends with
the times of what is hidden and what is missing.
"""

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

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from settings import Settings
from stores.engines import start_engines
from tests.visibility.comparing import Tally, open_theatre
from tests.visibility.documents import Documents, generated_documents
from tests.visibility.loader_content import SITE
from tests.visibility.stages import Servers
from tests.visibility.timing import Times, compare_times, tell

DOCUMENTS = 1_000
#: Worlds that a process plays before what was counted is kept.
BATCH = 4
KEPT = Path("var/proof.json")


def main() -> int:
    """0 where nothing differed and hidden and missing took the same time, 1 where something leaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=50_000, help="armed pairs to compare")
    parser.add_argument("--anew", action="store_true", help="forget what was compared before")
    asked = parser.parse_args()
    if asked.anew:
        KEPT.unlink(missing_ok=True)
    try:
        tally, times = asyncio.run(_prove(asked.pairs))
    except KeyboardInterrupt:
        Console().print("Cut off; the same command goes on from here.")
        return 1
    Console(soft_wrap=True, markup=False, highlight=False).print(f"{told(tally)}\n\n{times}")
    return 0 if times.is_proven and not tally.differences else 1


async def _prove(pairs: int) -> tuple[Tally, Times]:
    """Compare until ``pairs`` were armed or something differs; then, with the machine quiet, measure times."""
    with tempfile.TemporaryDirectory() as directory:
        engines = await start_engines(Settings(data_dir=Path(directory), public_url=SITE))
        try:
            servers = Servers(engines.mongodb_uri, engines.redis_url)
            tally = await asyncio.to_thread(_in_processes, servers, pairs)
            return tally, await compare_times(servers, tell=tell)
        finally:
            await engines.stop()


def _in_processes(servers: Servers, pairs: int) -> Tally:
    """Let each core play batches of worlds; what each batch came to is added and kept, in the order of the seeds."""
    tally, first = _resumed()
    columns = (
        TextColumn("Armed pairs"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        _PairsPerSecond(),
        TimeElapsedColumn(),
    )
    at_once = os.cpu_count() or 1
    fresh = multiprocessing.get_context("spawn")
    with (
        Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress,
        ProcessPoolExecutor(at_once, mp_context=fresh) as processes,
    ):
        task = progress.add_task(_so_far(tally), total=pairs, completed=tally.armed)
        batches = _numbers(first)
        waiting = [_begun(processes, servers, next(batches), number) for number in range(at_once)]
        while tally.armed < pairs and not tally.differences:
            batch, number, future = waiting.pop(0)
            tally.add(future.result())
            _keep(tally, batch + BATCH)
            progress.update(task, completed=tally.armed, description=_so_far(tally))
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
def _documents() -> Documents:
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


class _PairsPerSecond(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def _so_far(tally: Tally) -> str:
    return f"{_share(tally)} % armed, {tally.discarded} discarded, {len(tally.differences)} differ"


def _share(tally: Tally) -> int:
    return 100 * tally.armed // max(1, tally.armed + tally.unarmed)


def told(tally: Tally) -> str:
    """A table in Markdown, as docs/proof.md shows it, and below it all that differs."""
    rows = [
        ("armed pairs compared", f"{tally.armed:,}"),
        ("of all pairs", f"{_share(tally)} % of {tally.armed + tally.unarmed:,}"),
        ("pairs of worlds", f"{tally.worlds:,}"),
        ("worlds discarded", f"{tally.discarded:,}"),
        ("kinds of hidden changes", f"{len(tally.changes)}"),
        *((f"armed pairs of `{name}`", f"{times:,}") for name, times in tally.surfaces.most_common()),
        ("differing pairs", f"{len(tally.differences)}"),
    ]
    table = ["| | |", "| --- | ---: |", *(f"| {what} | {figure} |" for what, figure in rows)]
    return "\n".join([*table, *map(str, tally.differences)])


if __name__ == "__main__":
    sys.exit(main())
