"""Tells in a terminal how far the verification of the audit log and the transparency report have come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from audit.verification import Fault, Verified, Watch


@contextmanager
def telling_faults(total: int) -> Iterator[Watch]:
    """A bar on standard error that about ``total`` rows and heads fill; a line on standard output for each fault."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    out = Console(markup=False, highlight=False, soft_wrap=True, emoji=False)
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Verifying", total=total)
        yield Watch(lambda: progress.advance(task), lambda fault: out.print(line(fault)))


@contextmanager
def telling_months(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error that ``total`` months fill; what to call after each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Counting months", total=total)
        yield lambda: progress.advance(task)


def line(fault: Fault) -> str:
    """One line; what was planted in a row may hold signs that a terminal would obey."""
    places = {"seq": fault.seq, "row": fault.row, "line": fault.line}
    place = ", ".join(f"{name} {value}" for name, value in places.items() if value is not None)
    told = f"{place}: {fault.flaw.value}" if place else fault.flaw.value
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in told)


def summary(verified: Verified) -> str:
    """What was found in order, and what could not be told yet."""
    told = [f"{verified.rows} rows and {verified.heads} heads verified."]
    if verified.unsealed:
        told.append(f"{verified.unsealed} rows are too young to be sealed.")
    if verified.last > verified.headed > 0:
        told.append(f"No head here vouches for seq {verified.headed + 1} to {verified.last} yet.")
    if verified.torn:
        told.append(f"{verified.torn} heads were left half written by a kill.")
    return "\n".join(told)
