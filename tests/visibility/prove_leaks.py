"""How soon the proof finds planted leaks: ``python -m tests.visibility.prove_leaks``, all or those that are named."""

import argparse
import asyncio
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import cache
from itertools import islice
from pathlib import Path

from rich.console import Console

from settings import Settings
from stores.engines import start_engines
from tests.visibility.comparing import SCENES, open_theatre
from tests.visibility.documents import Documents, generated_documents
from tests.visibility.finding import LEAKS, Find, find
from tests.visibility.loader_content import SITE
from tests.visibility.stages import Servers

#: As in tests.visibility.test_leaks, so that what is found here is found there.
DOCUMENTS = 60, 1


def main() -> int:
    """0 where every leak was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("leaks", nargs="*", metavar="LEAK", help=", ".join(LEAKS))
    parser.add_argument("--worlds", type=int, default=40, help="pairs of worlds to look in")
    asked = parser.parse_args()
    finds = asyncio.run(_search(asked.leaks or list(LEAKS), asked.worlds))
    Console(soft_wrap=True, markup=False, highlight=False).print(told(finds))
    return 0 if all(each.seed is not None for each in finds) else 1


async def _search(leaks: Sequence[str], worlds: int) -> list[Find]:
    with tempfile.TemporaryDirectory() as directory:
        engines = await start_engines(Settings(data_dir=Path(directory), public_url=SITE))
        try:
            servers = Servers(engines.mongodb_uri, engines.redis_url)
            return await asyncio.to_thread(_in_processes, servers, leaks, worlds)
        finally:
            await engines.stop()


def _in_processes(servers: Servers, leaks: Sequence[str], worlds: int) -> list[Find]:
    """Each core looks for a leak at a time, in databases of its own; told as they are found, answered in order."""
    waiting, finds = iter(leaks), dict[str, Find]()
    at_once = min(os.cpu_count() or 1, len(leaks))
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, mp_context=fresh) as processes:

        def begin(leak: str, place: int) -> "Future[Find]":
            return processes.submit(_searched, servers, worlds, leak, place)

        running = {begin(leak, place): place for place, leak in zip(range(at_once), waiting, strict=False)}
        while running:
            done = next(iter(wait(running, return_when=FIRST_COMPLETED).done))
            place, one = running.pop(done), done.result()
            finds[one.leak] = one
            # With the place, so that what was found is known even if the search is cut off.
            Console(stderr=True).print(f"{len(finds)} of {len(leaks)}: {one.leak} {_pairs(one)} {one.seed} {one.scene}")
            running |= {begin(leak, place): place for leak in islice(waiting, 1)}
    return [finds[leak] for leak in leaks]


def _searched(servers: Servers, worlds: int, leak: str, number: int) -> Find:
    async def search() -> Find:
        async with open_theatre(servers, _documents(), number) as theatre:
            return await find(theatre, leak, ((world, range(SCENES)) for world in range(1, worlds + 1)))

    return asyncio.run(search())


@cache
def _documents() -> Documents:
    return generated_documents(*DOCUMENTS)


def told(finds: Sequence[Find]) -> str:
    """A table in Markdown."""
    rows = (
        f"| {each.leak} | {_pairs(each)} | {each.seed or '-'} | {'-' if each.scene is None else each.scene} |"
        for each in finds
    )
    found = sum(each.seed is not None for each in finds)
    head = (
        "| planted leak | armed pairs until found | in the pair of worlds | and the scene |",
        "| --- | ---: | ---: | ---: |",
    )
    return "\n".join([*head, *rows, "", f"{found} of {len(finds)} planted leaks found."])


def _pairs(found: Find) -> str:
    return f"{found.armed + 1}" if found.seed is not None else f"not in {found.armed}"


if __name__ == "__main__":
    sys.exit(main())
