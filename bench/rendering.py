"""Posts rendered a second, by their length, beside markdown-it-py with bleach: ``make bench-rendering``."""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench import as_requested
from content.links import Site
from content.rendering import render_markdown

SITE: Final = Site.at("https://veranda.example")
SIZES: Final = (200, 1_000, 5_000, 20_000)
OURS, AS_REQUESTED = "this service", "markdown-it-py + bleach"
ACCESS_RULES: Final[Mapping[str, Callable[[str], object]]] = {
    OURS: lambda source: render_markdown(source, SITE),
    AS_REQUESTED: as_requested.render,
}
#: How long the longer bar is.
_BAR: Final = 40

# What people post: paragraphs, something stressed, a list, a quote, a link now and then.
_PARAGRAPHS: Final = (
    "昨天晚上和朋友去看了那部新片，回来的路上一直在聊结尾的那个镜头，谁也说服不了谁。\n\n",
    "**先说结论**：剪辑比配乐好，配乐又比剧本好；看完想再看一遍的，大概只有开头的十分钟。\n\n",
    "- 画面干净，夜景没有糊成一片\n- 台词少，留白多\n- 片尾有彩蛋，别急着走\n\n",
    "> 留白不是没有东西，是让看的人自己放东西进去。\n\n我很喜欢这句话，虽然我不知道它是谁说的。\n\n",
    "完整的访谈在 https://example.com/interview/2026?from=post 这里，第二段（12:30 起）说的就是这件事。\n\n",
    "另外谢谢大家上次的建议，相机最后买了二手的，`ISO 3200` 以内都能用，细节等我整理好了再单独写一篇。\n\n",
    "散场的时候下着小雨，地铁口挤满了没带伞的人，有人在笑，有人在打电话，谁也不急着走，像是电影还没有演完。\n\n",
)


class Measured(NamedTuple):
    """One length: posts a second by either way, and the ratio of the two."""

    size: int
    rates: Mapping[str, float]
    ratio: float


def post_of(size: int) -> str:
    """A post of ``size`` characters."""
    return ("".join(_PARAGRAPHS) * (size // 100 + 1))[:size]


def measure(rounds: int, seconds: float) -> Sequence[Measured]:
    """Every length by every way; rounds go forth and back, so that what else the machine does slows all alike."""
    by_size: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
    for turn in track(range(rounds + 1), "Measuring"):
        for size in SIZES:
            names = sorted(ACCESS_RULES, reverse=turn % 2 == 0)
            by_size[size].append({name: _rate(ACCESS_RULES[name], post_of(size), seconds) for name in names})
    # The first round warms up.
    return [_measured(size, taken[1:]) for size, taken in by_size.items()]


def _rate(render: Callable[[str], object], source: str, seconds: float) -> float:
    """Renderings in a second of CPU."""
    times, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds:
        render(source)
        times += 1
    return times / spent


def _measured(size: int, taken: Sequence[Mapping[str, float]]) -> Measured:
    rates = {name: statistics.median(each[name] for each in taken) for name in ACCESS_RULES}
    return Measured(size, rates, statistics.median(each[OURS] / each[AS_REQUESTED] for each in taken))


def _table(results: Sequence[Measured]) -> Table:
    table = Table(title="Chinese posts rendered in a second of CPU", title_justify="left")
    table.add_column("characters", justify="right")
    table.add_column("by")
    table.add_column("posts a second", justify="right")
    table.add_column("for each size, beside the quicker", min_width=_BAR)
    table.add_column("ratio", justify="right")
    for result in results:
        most = max(result.rates.values())
        for name, rate in result.rates.items():
            bar = "█" * max(1, round(_BAR * rate / most))
            size, ratio = (f"{result.size:,}", f"{result.ratio:.1f}") if name == OURS else ("", "")
            table.add_row(size, name, f"{rate:,.0f}", bar, ratio, end_section=name == AS_REQUESTED)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each way is measured; the median counts")
    parser.add_argument("--seconds", type=float, default=0.5, help="CPU seconds of each measurement")
    parser.add_argument("--svg", type=Path, help="draw the table with its bars into this file, too")
    arguments = parser.parse_args()
    console = Console(record=True, width=110)
    console.print(_table(measure(arguments.rounds, arguments.seconds)))
    if arguments.svg:
        console.save_svg(str(arguments.svg), title="bench.rendering")


if __name__ == "__main__":
    main()
