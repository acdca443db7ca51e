"""What GraphQL adds to a page of the feed: CPU of the serving process, beside loops by hand and the bare reads.

``python -m bench.feed_page`` starts engines of its own in a directory that it removes afterwards.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import orjson
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.asking import Order, ask
from bench.by_hand import PAGE
from bench.community import RANDOM, SITE, fill
from bench.serving import serving
from domain.clock_and_random import SystemClock
from settings import Settings
from stores.codecs import Document
from stores.connections import open_stores
from stores.engines import Engines, start_engines
from tests.reads import Reads
from web.composition import secret_of

PAGE_SIZE = 20
GRAPHQL, BY_HAND, READS_ALONE = "graphql", "by-hand", "reads-alone"
ACCESS_RULES = {GRAPHQL: "GraphQL endpoint", BY_HAND: "handler by hand", READS_ALONE: "its reads alone"}
#: The figure to reach: GraphQL's CPU against that of a handler written by hand.
TARGET = 1.5
CONSOLE = Console()

Reading = Sequence[Document]


class Way(NamedTuple):
    """A way to the page, and who takes it; nobody in particular without a token."""

    name: str
    token: str | None


class Effort(NamedTuple):
    """How long to measure: each round asks every way so many times."""

    rounds: int
    times: int


async def compare(settings: Settings, effort: Effort) -> None:
    """Fill the database, check that both ways agree, measure all and print what they cost."""
    engines = await start_engines(settings)
    try:
        viewers = {"signed out": None, "a member with friends and blocks": await filled(settings, engines)}
        reads = {token: await _checked_reads(settings, engines, token) for token in viewers.values()}
        ways = [Way(name, token) for token in viewers.values() for name in ACCESS_RULES]
        by_signing_in = {token is not None: reading for token, reading in reads.items()}
        async with serving(settings, engines, reads=by_signing_in) as address:
            costs = await _costs(address, ways, effort)
    finally:
        await engines.stop()
    for who, token in viewers.items():
        CONSOLE.print(_table(who, len(reads[token]), {way.name: costs[way] for way in ways if way.token == token}))


async def filled(settings: Settings, engines: Engines) -> str:
    """Write the community that is read; the reading member's session token."""
    stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
    await stores.prepare()
    with CONSOLE.status("Writing a community to read"):
        reader = await fill(stores)
    token, now = RANDOM.token(32), SystemClock().now()
    await stores.sessions.insert(token, reader, now, now + timedelta(hours=1))
    await stores.close()
    return token


async def _checked_reads(settings: Settings, engines: Engines, token: str | None) -> Reading:
    """What the page reads. Raises where GraphQL answers or reads anything else than the handler by hand."""
    heard = Reads()
    answers, readings = [], []
    async with serving(settings, engines, listeners=[heard]) as address:
        for name in (GRAPHQL, BY_HAND):
            heard.forget()
            answers.append(orjson.loads(await ask(order_of(address, Way(name, token), 1))))
            readings.append([read.command for read in heard.all])
            collections = sorted(heard.collections)
            CONSOLE.print(f"{name:<8} reads {len(collections)}: {', '.join(collections)}")
    if answers[0] != answers[1] or len(readings[0]) != len(readings[1]):
        raise RuntimeError("the ways do not answer or do not read the same")
    return readings[1]


async def _costs(address: str, ways: Sequence[Way], effort: Effort) -> Mapping[Way, Sequence[float]]:
    """CPU milliseconds a request, round by round; rounds go forth and back through ``ways``."""
    measured: dict[Way, list[float]] = {way: [] for way in ways}
    for turn in track(range(effort.rounds + 1), "Measuring", console=CONSOLE):
        for way in ways if turn % 2 else reversed(ways):
            begun = time.process_time()
            await ask(order_of(address, way, effort.times))
            measured[way].append((time.process_time() - begun) * 1_000 / effort.times)
    # The first round warms up.
    return {way: values[1:] for way, values in measured.items()}


def order_of(address: str, way: Way, times: int) -> Order:
    """What ``way`` sends to ``address``."""
    headers = {"Authorization": f"Bearer {way.token}"} if way.token else {}
    if way.name != GRAPHQL:
        return Order(f"{address}/{way.name}?first={PAGE_SIZE}", times, headers)
    asked = orjson.dumps({"query": PAGE, "variables": {"first": PAGE_SIZE}}).decode()
    return Order(f"{address}/{GRAPHQL}", times, headers | {"Content-Type": "application/json"}, asked)


def _table(who: str, reads: int, costs: Mapping[str, Sequence[float]]) -> Table:
    table = Table(title=f"A feed page of {PAGE_SIZE} posts for {who}: {reads} reads", title_justify="left")
    table.add_column("served by")
    table.add_column("CPU ms a request", justify="right")
    table.add_column("at its quietest", justify="right")
    table.add_column(f"to by hand (target {TARGET})", justify="right")
    for name, words in ACCESS_RULES.items():
        # Round by round, for what else the machine does slows all ways of a round alike.
        ratios = [cost / by_hand for cost, by_hand in zip(costs[name], costs[BY_HAND], strict=True)]
        figures = (statistics.median(costs[name]), min(costs[name]), statistics.median(ratios))
        table.add_row(words, *(f"{figure:.2f}" for figure in figures))
    return table


def main() -> None:
    """Refuses named servers, for it fills the database it measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each way is measured; the median counts")
    parser.add_argument("--times", type=int, default=100, help="requests in each measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veranda-bench-") as directory:
        settings = Settings(data_dir=Path(directory), public_url=SITE.url)
        if settings.mongodb_uri or settings.redis_url:
            parser.error("MONGODB_URI and REDIS_URL must be unset: this fills the database it measures")
        asyncio.run(compare(settings, Effort(arguments.rounds, arguments.times)))


if __name__ == "__main__":
    main()
