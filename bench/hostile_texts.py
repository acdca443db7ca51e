"""What the costliest texts take that are not refused: ``python -m bench.hostile_texts`` prints the worst of each kind.

Beside the shapes of the table in tests/unit/test_hostile_texts.py it tries mixtures of them, and mixtures of the worst.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table

from domain.rich_text import RichText
from policy.limits import BODY_LENGTH
from tests.unit.test_hostile_texts import (
    HTML,
    LONGEST_HTML,
    MARKDOWN,
    ORDINARY,
    imported,
    longest_taken,
    markdown,
    milliseconds,
)
from web.composition import settle_memory

#: The figure to stay below.
TARGET: Final = 50
#: So many of the costliest are gone on from, and measured again.
KEPT: Final = 20
TRIES: Final = 5


class Costly(NamedTuple):
    """The longest text of one shape that is taken, and what it takes."""

    milliseconds: float
    length: int
    pieces: tuple[str, ...]


def worst(
    render: Callable[[str], RichText], shapes: Sequence[str], longest: int, seconds: float, chance: random.Random
) -> Sequence[Costly]:
    """The costliest that are found in ``seconds``, the costliest first."""
    found: list[Costly] = []
    plain = [(shape,) for shape in shapes]
    end = time.monotonic() + seconds
    while plain or time.monotonic() < end:
        pieces = plain.pop() if plain else _mixed(found, shapes, chance)
        text = longest_taken(render, "".join(pieces), longest)
        found.append(Costly(milliseconds(render, text), len(text), pieces))
        found = sorted(found, reverse=True)[:KEPT]
    return _measured_again(render, found)


def _measured_again(render: Callable[[str], RichText], found: Sequence[Costly]) -> Sequence[Costly]:
    """Whoever comes out first of thousands did so by a hiccup of the machine too: the least of more tries, spread out
    over time, is the text's own.
    """
    least = list(found)
    for _ in range(TRIES):
        for place, costly in enumerate(least):
            text = ("".join(costly.pieces) * costly.length)[: costly.length]
            least[place] = min(costly, costly._replace(milliseconds=milliseconds(render, text)))
    return sorted(least, reverse=True)


def _mixed(found: Sequence[Costly], shapes: Sequence[str], chance: random.Random) -> tuple[str, ...]:
    """A few shapes in a row: any, or those of a costly one with another among them."""
    if chance.random() < 0.5:
        return tuple(chance.choices(shapes, k=chance.randint(2, 4)))
    pieces = list(chance.choice(found).pieces)
    pieces.insert(chance.randint(0, len(pieces)), chance.choice(shapes))
    return tuple(pieces[:6])


def _table(title: str, found: Sequence[Costly]) -> Table:
    table = Table(title=f"{title}: to stay below {TARGET} ms of CPU", title_justify="left")
    table.add_column("ms", justify="right")
    table.add_column("characters", justify="right")
    table.add_column("again and again")
    for costly in found[:10]:
        table.add_row(f"{costly.milliseconds:.1f}", f"{costly.length:,}", repr("".join(costly.pieces)))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long to look for worse, for each kind")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    settle_memory()  # as the service does once it is built
    console, chance = Console(markup=False), random.Random(arguments.seed)  # noqa: S311 - no secret
    ordinary = (ORDINARY * BODY_LENGTH)[:BODY_LENGTH]
    taken = min(milliseconds(markdown, ordinary) for _ in range(TRIES))
    console.print(f"An ordinary text of {BODY_LENGTH:,} characters: {taken:.1f} ms")
    console.print(_table("Markdown", worst(markdown, MARKDOWN, BODY_LENGTH, arguments.seconds, chance)))
    console.print(_table("Imported HTML", worst(imported, HTML, LONGEST_HTML, arguments.seconds, chance)))


if __name__ == "__main__":
    main()
