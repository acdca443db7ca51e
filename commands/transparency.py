"""The command `transparency-report`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from commands.service_access import Failed, with_stores
from domain.clock_and_random import SystemClock
from domain.months import Month, month_of, read_month
from domain.transparency import TransparencyReport
from moderation.transparency_report import as_json
from moderation.transparency_report import transparency_report as count_months
from policy.limits import MAX_MONTHS
from stores.connections import Stores

MONTHS_BY_DEFAULT = 12
PICTURES = (".svg", ".png")
NO_MATPLOTLIB = (
    "Pictures need matplotlib, which the service does without. Install it with "
    "`.venv/bin/python -m pip install --require-hashes -r requirements-pictures.txt`, or leave --picture out."
)


def transparency_report(
    first: Annotated[str | None, typer.Option("--from", help="First month, YYYY-MM; by default the last 12.")] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="Last month, YYYY-MM; by default the last that is over.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File for the JSON; by default it goes to standard output.")] = None,
    picture: Annotated[Path | None, typer.Option(help="Draw it into this file, too: .svg or .png.")] = None,
) -> None:
    """Count decisions by month, reason and action, appeals and reports by outcome; never over fewer than 10 members."""
    months = _months(first, last)
    draw = _drawing(picture) if picture else None

    async def run(stores: Stores) -> TransparencyReport:
        with telling_months(len(months)) as on_month:
            return await count_months(stores.statistics, months, on_month)

    report = with_stores(run)
    if out:
        out.write_bytes(as_json(report))
    else:
        typer.echo(as_json(report), nl=False)
    if draw and picture:
        draw(report, picture)


def _months(first: str | None, last: str | None) -> list[Month]:
    """The months that are meant; one that is not over would be told twice, with what came between told apart."""
    over = month_of(SystemClock().now()).later(-1)
    end = _month(last) if last else over
    begin = _month(first) if first else end.later(1 - MONTHS_BY_DEFAULT)
    if end > over:
        raise Failed(f"{end} is not over yet: the last month that can be counted is {over}.")
    months = begin.until(end)
    if not 0 < len(months) <= MAX_MONTHS:
        raise Failed(f"Give --from and --to in this order and at most {MAX_MONTHS} months apart.")
    return months


def _month(typed: str) -> Month:
    month = read_month(typed)
    if month is None:
        raise Failed(f"{typed!r} is no month: give it as YYYY-MM.")
    return month


def _drawing(picture: Path) -> Callable[[TransparencyReport, Path], None]:
    """What draws; found before anything is counted, and only where it is asked for: it takes a second to load."""
    if picture.suffix not in PICTURES:
        raise Failed(f"A picture is one of {', '.join(PICTURES)}: name the file so.")
    try:
        drawing = import_module("commands.transparency_chart")
    except ModuleNotFoundError as missing:
        if missing.name != "matplotlib":
            raise
        raise Failed(NO_MATPLOTLIB) from missing
    draw: Callable[[TransparencyReport, Path], None] = drawing.draw
    return draw


@contextmanager
def telling_months(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error that ``total`` months fill; what to call after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Counting months", total=total)
        yield lambda: progress.advance(task)
