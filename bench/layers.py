"""What a GraphQL layer adds to a page of the feed by itself: ours, and mercurius with jit (Node).

``python -m bench.layers`` starts engines of its own, and Node where ``npm ci`` was run in bench/mercurius. Mercurius
finds the whole page in memory and sends it on as it is: it neither reads nor decides nor renders.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rich.progress import track
from rich.table import Table

from bench.asking import Order, ask
from bench.community import SITE
from bench.feed_page import BY_HAND, CONSOLE, GRAPHQL, Way, filled, order_of
from bench.serving import serving
from settings import Settings
from stores.engines import start_engines

SERVE = Path(__file__).parent / "mercurius" / "serve.mjs"
SCHEMA = Path(__file__).parents[1] / "schema.graphql"
OURS, THEIRS = "this service", "mercurius with jit"


class Stack(NamedTuple):
    """A server that gives the page by GraphQL and by hand, and who asks it."""

    name: str
    address: str
    token: str | None

    def order(self, name: str, times: int) -> Order:
        return order_of(self.address, Way(name, self.token), times)

    async def spent(self) -> float:
        """CPU milliseconds of the serving process until now."""
        if self.name == OURS:
            return time.process_time() * 1_000
        answer: float = orjson.loads(await ask(Order(f"{self.address}/cpu")))["milliseconds"]
        return answer


class Cost(NamedTuple):
    """CPU milliseconds a request, in one round."""

    graphql: float
    by_hand: float


Costs = Mapping[str, Sequence[Cost]]


async def compare(settings: Settings, rounds: int, times: int) -> None:
    """Measure both stacks on the reading member's page, and print what their layers add."""
    engines = await start_engines(settings)
    try:
        token = await filled(settings, engines)
        async with serving(settings, engines) as address:
            ours = Stack(OURS, address, token)
            page = orjson.loads(await ask(ours.order(BY_HAND, 1)))
            async with _mercurius(page["data"]["feed"]) as peer:
                stacks = (ours, Stack(THEIRS, peer, None))
                await _check(stacks, page)
                costs = await _costs(stacks, rounds, times)
    finally:
        await engines.stop()
    CONSOLE.print(_table(costs))


@asynccontextmanager
async def _mercurius(feed: Mapping[str, Any]) -> AsyncIterator[str]:
    """The address where Node serves ``feed``."""
    serving = await asyncio.create_subprocess_exec(
        "node", str(SERVE), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        if serving.stdin is None or serving.stdout is None:
            raise RuntimeError("Node has neither input nor output")
        serving.stdin.write(orjson.dumps({"schema": SCHEMA.read_text(encoding="utf-8"), "feed": feed}))
        serving.stdin.close()
        port = (await serving.stdout.readline()).decode().strip()
        if not port:
            raise RuntimeError("Node did not start: run npm ci in bench/mercurius")
        yield f"http://127.0.0.1:{port}"
    finally:
        if serving.returncode is None:
            serving.terminate()
        await serving.wait()


async def _check(stacks: Sequence[Stack], page: object) -> None:
    for stack in stacks:
        for name in (GRAPHQL, BY_HAND):
            # Twice, for jit compiles what has been asked before.
            if orjson.loads(await ask(stack.order(name, 2))) != page:
                raise RuntimeError(f"{stack.name} does not answer the page by {name}")


async def _costs(stacks: Sequence[Stack], rounds: int, times: int) -> Costs:
    measured: dict[str, list[Cost]] = {stack.name: [] for stack in stacks}
    for turn in track(range(rounds + 1), "Measuring", console=CONSOLE):
        for stack in stacks if turn % 2 else reversed(stacks):
            measured[stack.name].append(Cost(*[await _cost(stack, name, times) for name in (GRAPHQL, BY_HAND)]))
    # The first round warms up.
    return {name: costs[1:] for name, costs in measured.items()}


async def _cost(stack: Stack, name: str, times: int) -> float:
    begun = await stack.spent()
    await ask(stack.order(name, times))
    return (await stack.spent() - begun) / times


def _table(costs: Costs) -> Table:
    table = Table(title="A feed page of 20 posts: CPU ms a request", title_justify="left")
    for heading in ("", "GraphQL", "by hand", "the layer adds", "at its quietest"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, rounds in costs.items():
        graphql, by_hand = zip(*rounds, strict=True)
        added = statistics.median(cost.graphql - cost.by_hand for cost in rounds)
        figures = (statistics.median(graphql), statistics.median(by_hand), added, min(graphql) - min(by_hand))
        table.add_row(name, *(f"{figure:.2f}" for figure in figures))
    return table


def main() -> None:
    """Refuses named servers, for it fills the database it measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each is measured; the median counts")
    parser.add_argument("--times", type=int, default=200, help="requests in each measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veranda-bench-") as directory:
        settings = Settings(data_dir=Path(directory), public_url=SITE.url)
        if settings.mongodb_uri or settings.redis_url:
            parser.error("MONGODB_URI and REDIS_URL must be unset: this fills the database it measures")
        asyncio.run(compare(settings, arguments.rounds, arguments.times))


if __name__ == "__main__":
    main()
