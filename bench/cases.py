"""What a queue of 100,000 open cases costs: its first page, claiming and deciding, in CPU of the serving process.

``make bench-cases`` starts engines of its own in a directory that it removes afterwards.
"""

import argparse
import asyncio
import math
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple

import orjson
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.asking import Order, ask
from bench.serving import serving
from domain.ids import CaseId, MemberId
from policy.limits import MAX_CLAIMS
from settings import Settings
from stores.codecs import Document
from stores.connections import Stores, open_stores
from stores.engines import Engines, start_engines
from tests.clock_and_random import START
from tests.queues import BATCH, claim_first, fill_queue, moderator
from tests.reads import Reads
from web.composition import secret_of

SITE: Final = "https://veranda.example"
SESSION: Final = "of the moderator"
#: The figures to reach: CPU of a request, and documents that MongoDB fetches for each that it answers.
TARGET_MS: Final = 20
MOST_FETCHED: Final = 5
#: How long the longest bar is.
_BAR: Final = 40
PAGE = """{ cases(filter: { state: OPEN }) { nodes { id version state priority reportCount
  target { ... on Post { id title body { text } } } } } }"""
CLAIM = "mutation { claimCase(input: {}) { case { id version state } errors { code } } }"
DECIDE = """mutation ($input: DecideCasesInput!) { decideCases(input: $input) { errors { code }
  results { case { state } decision { id action } errors { code } } } }"""
ACTIONS = ("REMOVE", "DISMISS")


class Cost(NamedTuple):
    """Of a request, in milliseconds: CPU of the serving process, and how long it took with MongoDB's part."""

    cpu: float
    passed: float


class Looked(NamedTuple):
    """What MongoDB did for a read."""

    collection: str
    keys: int
    fetched: int
    answered: int
    stages: str


class Bench(NamedTuple):
    """A running service over a full queue."""

    settings: Settings
    engines: Engines
    stores: Stores
    cases: Sequence[CaseId]
    moderator: MemberId
    times: int


async def measure(settings: Settings, size: int, times: int, console: Console) -> None:
    """Fill the database, then look, claim and decide; and again where another has claimed all but the last thousand."""
    engines = await start_engines(settings)
    stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
    try:
        await stores.prepare()
        with Progress(console=console) as progress:
            task = progress.add_task("Opening cases", total=size)
            cases = await fill_queue(stores, size, lambda number: progress.advance(task, number))
        bench = Bench(settings, engines, stores, cases, await moderator(stores, "mo", SESSION), times)
        console.print(await _measured(bench, f"{size:,} open cases, none of them claimed", cases[0]))
        await claim_first(stores, cases[:-BATCH], MemberId("mbr_another_one_"), START + timedelta(hours=1))
        title = f"{size:,} open cases, {size - BATCH:,} of them claimed by another"
        console.print(await _measured(bench, title, cases[-BATCH]))
    finally:
        await stores.close()
        await engines.stop()


async def _measured(bench: Bench, title: str, first: CaseId) -> Table:
    """``first``: the case that the first page is to begin with."""
    table = Table(title=title, title_justify="left", caption_justify="left")
    for column in ("what", "CPU ms", "with MongoDB's, ms"):
        table.add_column(column, justify="left" if column == "what" else "right")
    table.add_column(f"CPU, of {TARGET_MS} ms", min_width=_BAR)
    looked = await _look(bench, first)
    for name, cost in (await _costs(bench)).items():
        bar = "█" * max(1, round(_BAR * cost.cpu / TARGET_MS))
        table.add_row(name, f"{cost.cpu:.2f}", f"{cost.passed:.1f}", bar)
        if cost.cpu > TARGET_MS:
            raise SystemExit(f"{name} took {cost.cpu:.1f} ms of CPU, more than {TARGET_MS}")
    table.caption = "The page's reads: " + "; ".join(
        f"{each.collection}: {each.keys:,} keys, {each.fetched} fetched, {each.answered} answered ({each.stages})"
        for each in looked
    )
    return table


async def _look(bench: Bench, first: CaseId) -> Sequence[Looked]:
    """How MongoDB reads the first page. Raises where it sorts, scans, or fetches much more than it answers."""
    heard = Reads()
    async with serving(bench.settings, bench.engines, listeners=[heard]) as address:
        page = orjson.loads(await ask(_order(address, [_body(PAGE)])))["data"]
        reads = list(heard.all)
    if page["cases"]["nodes"][0]["id"] != first:
        raise RuntimeError("the page does not begin with the most urgent case")
    looked = []
    for read in reads:
        plan = await read.explained(bench.stores.database)
        answered = await read.brings(bench.stores.database)
        looked.append(
            Looked(read.collection, plan.keys_examined, plan.docs_examined, answered, "+".join(sorted(plan.stages)))
        )
        if plan.stages & {"COLLSCAN", "SORT"} or plan.docs_examined > MOST_FETCHED * answered:
            raise RuntimeError(f"{read.collection} is not read by index: {looked[-1]}")
    return looked


async def _costs(bench: Bench) -> Mapping[str, Cost]:
    """Raises where not each claim got a case, or not each decision was made."""
    async with serving(bench.settings, bench.engines) as address:
        await _cost(_order(address, [_body(PAGE)] * 10))  # warms up
        page = await _cost(_order(address, [_body(PAGE)] * bench.times))
        rounds = [await _round(bench, address) for _ in range(math.ceil(bench.times / MAX_CLAIMS))]
    claiming, deciding = (_mean(costs) for costs in zip(*rounds, strict=True))
    return {"the first page": page, "claiming the next case": claiming, "deciding a case": deciding}


async def _round(bench: Bench, address: str) -> tuple[Cost, Cost]:
    """Of claiming a case and of deciding one: as many as a moderator may have claimed at a time."""
    cases, mine = bench.stores.database["cases"], {"state": "OPEN", "claim.by": bench.moderator}
    claiming = await _cost(_order(address, [_body(CLAIM)] * MAX_CLAIMS))
    claimed = await cases.find(mine, {"version": 1}).to_list()
    deciding = await _cost(_order(address, [_decision(row, n) for n, row in enumerate(claimed)]))
    left = await cases.count_documents(mine)
    if (len(claimed), left) != (MAX_CLAIMS, 0):
        raise RuntimeError(f"{len(claimed)} cases were claimed, and {left} of them not decided")
    return claiming, deciding


def _mean(costs: Sequence[Cost]) -> Cost:
    return Cost(*(sum(each) / len(costs) for each in zip(*costs, strict=True)))


async def _cost(order: Order) -> Cost:
    cpu, passed = time.process_time(), time.perf_counter()
    await ask(order)
    spent = (time.process_time() - cpu, time.perf_counter() - passed)
    return Cost(*(seconds * 1_000 / len(order.bodies) for seconds in spent))


def _order(address: str, bodies: list[str]) -> Order:
    headers = {"Authorization": f"Bearer {SESSION}", "Content-Type": "application/json"}
    return Order(f"{address}/graphql", headers=headers, bodies=bodies)


def _decision(case: Document, n: int) -> str:
    given = {"caseId": case["_id"], "expectedVersion": case["version"], "action": ACTIONS[n % len(ACTIONS)]}
    return _body(DECIDE, {"decisions": [{**given, "reason": "SPAM", "explanation": "请勿再发广告。"}]})


def _body(query: str, given: Document | None = None) -> str:
    return orjson.dumps({"query": query, "variables": {"input": given} if given else {}}).decode()


def main() -> None:
    """Refuses named servers, for it fills the database it measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="open cases in the queue")
    parser.add_argument(
        "--times",
        type=int,
        default=200,
        help="requests of each kind; the mean counts",
    )
    parser.add_argument("--svg", type=Path, help="draw the tables with their bars into this file, too")
    arguments = parser.parse_args()
    console = Console(record=True, width=110)
    with tempfile.TemporaryDirectory(prefix="veranda-bench-") as directory:
        settings = Settings(data_dir=Path(directory), public_url=SITE)
        if settings.mongodb_uri or settings.redis_url:
            parser.error("MONGODB_URI and REDIS_URL must be unset: this fills the database it measures")
        asyncio.run(measure(settings, arguments.size, arguments.times, console))
    if arguments.svg:
        console.save_svg(str(arguments.svg), title="bench.cases")


if __name__ == "__main__":
    main()
