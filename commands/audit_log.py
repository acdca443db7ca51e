"""The command `verify-audit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from audit.chain import AuditKeys
from audit.heads import heads_file, lines
from audit.verification import Fault, Verification, Verified, Watch
from commands.service_access import Failed, with_stores
from domain.clock_and_random import SystemClock
from settings import Settings
from stores.connections import Stores
from web.composition import secret_of


def verify_audit(
    heads: Annotated[
        list[Path] | None, typer.Option(help="A file of heads, such as a copy kept elsewhere; by default our own.")
    ] = None,
) -> None:
    """Look for rows of the audit log that were changed, removed, added or moved; changes nothing."""
    settings = Settings()
    files = heads or [heads_file(settings.data_dir)]

    async def run(stores: Stores) -> Verified:
        total = await stores.audit.rough_count() + sum(1 for file in files for _ in lines(file))
        with telling_faults(total) as watch:
            verification = Verification(stores.audit, AuditKeys(secret_of(settings)), watch)
            return await verification.run(files, SystemClock().now())

    verified = with_stores(run)
    typer.echo(summary(verified))
    if verified.faults:
        raise Failed(f"{verified.faults} faults in the audit log.")


@contextmanager
def telling_faults(total: int) -> Iterator[Watch]:
    """A bar on standard error that about ``total`` rows and heads fill; a line on standard output for each fault."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    out = Console(markup=False, highlight=False, soft_wrap=True, emoji=False)
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Verifying", total=total)
        yield Watch(lambda: progress.advance(task), lambda fault: out.print(line(fault)))


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
