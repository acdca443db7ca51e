"""Hidden and missing take the same time, and a delay of half a millisecond would show: ``python -m
tests.visibility.timing``.
"""

import argparse
import asyncio
import contextlib
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from settings import Settings
from stores.engines import start_engines
from stores.posts import Posts
from tests.visibility.loader_content import SITE
from tests.visibility.stages import Servers, Stage, open_stage
from tests.visibility.timing_reads import BOUND, TOKEN, Read, settle

PAIRS = 1_000
#: A busy machine is slow now and then: what is the same is so in one of these rounds, what differs in each of them.
ROUNDS = 3
PLANTED_SECONDS = 0.0005
WARMING = 50


@dataclass(frozen=True)
class Timing:
    """The medians of one read in seconds, in the round in which they were nearest to each other."""

    name: str
    hidden: float
    missing: float
    bound: float = BOUND
    """How far the two may be apart."""

    @property
    def ratio(self) -> float:
        return self.hidden / self.missing

    @property
    def is_same(self) -> bool:
        return abs(self.ratio - 1) <= self.bound


@dataclass(frozen=True)
class Times:
    """What was measured, as the service is and with a delay planted where something hidden is read."""

    reads: list[Timing]
    planted: list[Timing]
    """Each round, in all of which the delay has to be found."""

    @property
    def is_proven(self) -> bool:
        return all(one.is_same for one in self.reads) and not any(one.is_same for one in self.planted)

    def __str__(self) -> str:
        """A table in Markdown."""
        rows = [_row(one, "same" if one.is_same else "DIFFERS") for one in self.reads]
        rows += [_row(one, "MISSED" if one.is_same else "found, as it should be") for one in self.planted]
        return "\n".join(
            ["| read | hidden, ms | missing, ms | ratio | bound | |", f"| --- |{' ---: |' * 4} --- |", *rows]
        )


def _row(one: Timing, verdict: str) -> str:
    times = f"{one.hidden * 1000:.3f} | {one.missing * 1000:.3f}"
    return f"| {one.name} | {times} | {one.ratio:.4f} | {one.bound:.0%} | {verdict} |"


async def compare_times(
    servers: Servers, pairs: int = PAIRS, number: int = 0, tell: Callable[[Timing], None] = lambda _: None
) -> Times:
    """Ask for what is hidden and for what never was, ``pairs`` times each, over an empty database of its own.

    ``tell`` hears of each reading as it is taken.
    """
    async with open_stage(servers, number) as stage:
        reads = await settle(stage.stores)
        with _no_collector():
            timings = []
            for read in reads:
                timings.append(await best_of_rounds(stage, read, pairs))
                tell(timings[-1])
            with planted_delay(reads[0].hidden.values(), PLANTED_SECONDS):
                planted = [await measured(stage, _named_planted(reads[0]), pairs) for _ in range(ROUNDS)]
    return Times(timings, planted)


def _named_planted(read: Read) -> Read:
    return Read(f"{read.name}, {PLANTED_SECONDS * 1000} ms planted", read.query, read.hidden, read.missing)


async def best_of_rounds(stage: Stage, read: Read, pairs: int) -> Timing:
    """Measure until the medians are near enough, at most ROUNDS times; the round in which they are nearest."""
    best = await measured(stage, read, pairs)
    for _ in range(ROUNDS - 1):
        if best.is_same:
            break
        best = min(best, await measured(stage, read, pairs), key=lambda one: abs(one.ratio - 1))
    return best


async def measured(stage: Stage, read: Read, pairs: int) -> Timing:
    """Both in pairs, so that what else the machine does meets both alike; which is first is drawn for each pair."""
    random = Random(pairs)
    both = {"hidden": read.hidden, "missing": read.missing}
    taken: dict[str, list[float]] = {name: [] for name in both}
    for number in range(WARMING + pairs):
        for name in random.sample(list(both), 2):
            seconds = await _seconds(stage, read.query, both[name])
            if number >= WARMING:
                taken[name].append(seconds)
    return Timing(read.name, median(taken["hidden"]), median(taken["missing"]), read.bound)


async def _seconds(stage: Stage, query: str, variables: Mapping[str, Any]) -> float:
    body, headers = {"query": query, "variables": variables}, {"Authorization": f"Bearer {TOKEN}"}
    begun = time.perf_counter()
    async with stage.client.post("/graphql", json=body, headers=headers) as response:
        answer = await response.read()
    ended = time.perf_counter()
    if response.status != 200 or b'"errors"' in answer:
        raise RuntimeError(f"{query}: {answer!r}")
    return ended - begun


@contextlib.contextmanager
def planted_delay(hidden: Iterable[object], seconds: float) -> Iterator[None]:
    """Let the store take longer where one of ``hidden`` is asked for. It waits awake: a sleep takes a millisecond."""
    original, slow = Posts.seen_by, frozenset(hidden)

    async def seen_by(posts: Posts, viewer: Any, ids: Iterable[Any]) -> Any:
        found = await original(posts, viewer, ids)
        if not slow.isdisjoint(ids):
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                pass
        return found

    setattr(Posts, "seen_by", seen_by)  # noqa: B010 - types say that methods stay
    try:
        yield
    finally:
        setattr(Posts, "seen_by", original)  # noqa: B010


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Garbage is collected by no one's turn."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


async def _with_engines(pairs: int) -> Times:
    with tempfile.TemporaryDirectory() as directory:
        engines = await start_engines(Settings(data_dir=Path(directory), public_url=SITE))
        try:
            return await compare_times(Servers(engines.mongodb_uri, engines.redis_url), pairs, tell=tell)
        finally:
            await engines.stop()


def tell(one: Timing) -> None:
    """Say on the way how a reading came out."""
    sys.stderr.write(f"{one.ratio:.4f}  {one.name}\n")


def main() -> int:
    """0 where hidden and missing take the same time and the planted delay was found in each round, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often each of a pair is read")
    times = asyncio.run(_with_engines(parser.parse_args().pairs))
    sys.stdout.write(f"{times}\n")
    return 0 if times.is_proven else 1


if __name__ == "__main__":
    sys.exit(main())
