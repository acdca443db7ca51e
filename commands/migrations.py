"""The command `migrate`."""

from typing import Annotated

import typer

from commands.service_access import with_stores
from domain.clock_and_random import SystemClock, SystemRandom
from stores.connections import Stores
from stores.migrations import migrate as run_migrations
from stores.migrations import pending


def migrate(*, dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would run.")] = False) -> None:
    """Bring stored data up to this version."""
    done = "would run" if dry_run else "ran"
    ids = with_stores(_ids_pending if dry_run else _migrated)
    for migration in ids:
        typer.echo(f"{done} {migration}")
    typer.echo(f"{len(ids)} {done}." if ids else "Nothing to migrate.")


async def _ids_pending(stores: Stores) -> list[str]:
    return [migration.id for migration in await pending(stores.database)]


async def _migrated(stores: Stores) -> list[str]:
    return await run_migrations(stores.database, SystemClock(), SystemRandom())
