"""Tells an import's progress, what was left out, and what came of it, to whoever runs it in a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from importer.rows import Fault
from importer.stackexchange import NAMED, PASSES, Summary, Watch


@contextmanager
def telling(size: int) -> Iterator[Watch]:
    """A bar that ``size`` bytes fill, above it a line for everything left out; on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Importing", total=size)

        def left_out(fault: Fault) -> None:
            progress.console.print(line(fault), markup=False, highlight=False, soft_wrap=True)

        yield Watch(lambda read: progress.advance(task, read), left_out)


def line(fault: Fault) -> str:
    """One line; what a dump says may hold signs that a terminal would obey."""
    told = f"{fault.place.file}:{fault.place.line}: {fault.reason}" + (", left out" if fault.part else "")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in told)


def table(summary: Summary) -> Table:
    """How many of what were imported now, or before, or not at all."""
    rows = Table("", "imported", "there already", title="What the dump came to")
    for name in (*(step.name for step in PASSES), NAMED):
        rows.add_row(name, str(summary.made[name]), str(summary.there_already[name]))
    rows.add_section()
    for file in dict.fromkeys(step.file for step in PASSES):
        left_out = f"{summary.rows_left_out[file]} rows, {summary.parts_left_out[file]} parts of rows"
        rows.add_row(f"left out of {file}", left_out, "")
    return rows
