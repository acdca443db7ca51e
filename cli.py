"""Commands for whoever runs the service; they work beside it, on its engines, or start these for themselves."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from accounts.handles import to_handle
from audit.chain import AuditKeys
from audit.heads import heads_file, lines
from audit.verification import Verification, Verified
from commands.output import summary, telling_faults, telling_months
from commands.visibility_page import visibility_page
from content.host_lists import HostName, HostVerdictDecision, judge, judged_name, take_back
from content.links import Site
from domain.audience import Audience
from domain.clock_and_random import SystemClock, SystemRandom
from domain.errors import Refused
from domain.hosts import HostEntry, HostScope
from domain.language import Language
from domain.members import Role
from domain.months import Month, month_of, read_month
from domain.rich_text import HostVerdict
from domain.transparency import TransparencyReport
from graph.schema import SCHEMA
from importer.names import origin_for, slug_for
from importer.progress import table, telling
from importer.stackexchange import Choices, ImportRefused, Summary, bytes_to_read, import_dump
from moderation.roles import NotAppointed, give_boards, give_role, take_boards, take_office
from moderation.transparency_report import as_json
from moderation.transparency_report import transparency_report as count_months
from policy.limits import MAX_MONTHS
from policy.permissions import ROLES_ON_BOARDS
from resolvers.context import AppServices
from settings import Settings, complaints
from stores.connections import Stores, open_stores
from stores.engines import Engines, EnginesUnavailable, join_engines
from stores.migrations import migrate as run_migrations
from stores.migrations import pending
from telemetry import configure_logging
from web.composition import open_services, secret_of

Answer = TypeVar("Answer")

DOCS = Path(__file__).parent / "docs"


MONTHS_BY_DEFAULT = 12
PICTURES = (".svg", ".png")
NO_MATPLOTLIB = (
    "Pictures need matplotlib, which the service does without. Install it with "
    "`.venv/bin/python -m pip install --require-hashes -r requirements-pictures.txt`, or leave --picture out."
)


class Failed(Exception):
    """A command cannot do what it was asked; the message says why, and what to do."""


class Verdict(Enum):
    """What to decide about a host; NONE takes a verdict back."""

    TRUSTED = "trusted"
    BLOCKED = "blocked"
    SHORTENER = "shortener"
    NONE = "none"


VERDICTS = {
    Verdict.TRUSTED: HostVerdict.TRUSTED,
    Verdict.BLOCKED: HostVerdict.BLOCKED,
    Verdict.SHORTENER: HostVerdict.SHORTENER,
    Verdict.NONE: None,
}

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.command()
def import_stackexchange(
    directory: Annotated[Path, typer.Argument(help="Folder with Users.xml, Posts.xml and Comments.xml.")],
    board: Annotated[str | None, typer.Option(help="Slug of the board; by default the folder's name.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the board if it is made; by default its slug.")] = None,
    audience: Annotated[Audience, typer.Option(case_sensitive=False, help="Who sees it.")] = Audience.PUBLIC,
    site: Annotated[
        str | None,
        typer.Option(
            help="Address of the site that the dump is of, where links within it lead; by default the folder's name, "
            "if that is one of the network's hosts. Otherwise such links keep their words alone."
        ),
    ] = None,
) -> None:
    """Import a Stack Exchange data dump; a run that was cut off is gone on with by running it again."""
    slug = board or slug_for(directory.resolve().name)
    if slug is None:
        raise Failed(f"The name of {directory} gives no slug: give one with --board.")
    origin = _origin_of(site) or origin_for(directory.resolve().name)
    total = bytes_to_read(directory)
    choices = Choices(slug, title or slug, audience, origin)

    async def run(services: AppServices) -> Summary:
        with telling(total) as watch:
            return await import_dump(services.content, directory, choices, watch)

    Console().print(table(_with_services(run)))


def _origin_of(site: str | None) -> str | None:
    try:
        return Site.at(site).url if site else None
    except ValueError as error:
        raise Failed(f"--site must be http(s)://host or http(s)://host:port, not {site!r}.") from error


@app.command()
def promote(
    handle: str,
    role: Annotated[Role, typer.Option(case_sensitive=False, help="What to trust the member with.")],
    board: Annotated[
        list[str] | None, typer.Option(help="A discussion board's slug, to moderate that one alone; may be repeated.")
    ] = None,
) -> None:
    """Give a member a role, or boards to moderate, also while the service runs; goes on the record."""
    kept = to_handle(handle)
    if board and role not in ROLES_ON_BOARDS:
        raise Failed("Of single boards there are moderators: give --role moderator, or no --board.")

    async def run(services: AppServices) -> None:
        if board:
            await give_boards(services.core, kept, board)
        else:
            await give_role(services.core, kept, role)

    _with_services(run)
    typer.echo(f"{kept} is {role.value}{_of(board)} now.")


@app.command()
def demote(
    handle: str,
    board: Annotated[
        list[str] | None, typer.Option(help="A board that the member moderates no more; may be repeated.")
    ] = None,
) -> None:
    """Take a member's role and boards away, or the boards that are named; acts at once and goes on the record."""
    kept = to_handle(handle)

    async def run(services: AppServices) -> None:
        if board:
            await take_boards(services.core, kept, board)
        else:
            await take_office(services.core, kept)

    _with_services(run)
    typer.echo(f"{kept} is not {Role.MODERATOR.value}{_of(board)} now." if board else f"{kept} is MEMBER now.")


def _of(boards: list[str] | None) -> str:
    return f" of {', '.join(dict.fromkeys(boards))}" if boards else ""


@app.command()
def migrate(*, dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would run.")] = False) -> None:
    """Bring stored data up to this version."""
    done = "would run" if dry_run else "ran"
    ids = _with_stores(_ids_pending if dry_run else _migrated)
    for migration in ids:
        typer.echo(f"{done} {migration}")
    typer.echo(f"{len(ids)} {done}." if ids else "Nothing to migrate.")


@app.command()
def print_schema() -> None:
    """Print the GraphQL schema; needs no engines."""
    # As bytes: the terminal's encoding may lack Chinese, and Windows would turn the line ends.
    typer.echo(SCHEMA.as_str().encode())


@app.command()
def print_visibility() -> None:
    """Print who sees what, as a page for people; needs no engines."""
    typer.echo(visibility_page((DOCS / "proof.md").read_text(encoding="utf-8")).encode())


@app.command()
def judge_host(
    host: Annotated[str, typer.Argument(help="A host, such as example.com or 例子.中国.")],
    verdict: Annotated[Verdict, typer.Option(case_sensitive=False, help="none takes a verdict back.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the verdict.")],
    scope: Annotated[
        HostScope, typer.Option(case_sensitive=False, help="This host alone, or a domain with every host in it.")
    ] = HostScope.HOST,
    expires: Annotated[datetime | None, typer.Option(help="When the verdict ends by itself, in UTC.")] = None,
) -> None:
    """Trust or block the links that lead to a host, in old texts too; goes on the record."""
    name = HostName(host, scope)
    judged = VERDICTS[verdict]
    judged_name(Site.at(Settings().site_url), name)  # before any engine is started

    async def run(services: AppServices) -> HostEntry:
        if judged is None:
            return await take_back(services.content, None, name, reason)
        until = expires and expires.replace(tzinfo=UTC)
        return await judge(services.content, None, HostVerdictDecision(name, judged, reason, until))

    typer.echo(f"{_with_services(run).host}: {verdict.value}")


@app.command()
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

    verified = _with_stores(run)
    typer.echo(summary(verified))
    if verified.faults:
        raise Failed(f"{verified.faults} faults in the audit log.")


@app.command()
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

    report = _with_stores(run)
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


def main() -> int:
    """Run the command that was asked for: 0 where it did it, otherwise another number and a line that says why."""
    try:
        app()
    except ValidationError as error:
        reason = complaints(error)
    except Refused as refused:
        reason = " ".join(problem.message.in_language(Language.EN, problem.values) for problem in refused.errors)
    except (EnginesUnavailable, ImportRefused, NotAppointed, Failed, OSError) as error:
        reason = str(error)
    except asyncio.CancelledError:
        reason = "Stopped. Running the same command again goes on from there."
    typer.echo(f"Veranda: {reason}", err=True)
    return 1


# ---------------------------------------------------------------- opening the house


def _with_services(run: Callable[[AppServices], Awaitable[Answer]]) -> Answer:
    async def command(settings: Settings, engines: Engines) -> Answer:
        async with open_services(settings, engines) as services:
            return await run(services)

    return _on_engines(command)


def _with_stores(run: Callable[[Stores], Awaitable[Answer]]) -> Answer:
    """Without the indexes that the service makes at start: those are a migration's too."""

    async def command(settings: Settings, engines: Engines) -> Answer:
        stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
        try:
            return await run(stores)
        finally:
            await stores.close()

    return _on_engines(command)


def _on_engines(command: Callable[[Settings, Engines], Awaitable[Answer]]) -> Answer:
    settings = Settings()
    configure_logging(as_json=settings.env == "production")

    async def until_told_to_stop() -> Answer:
        if task := asyncio.current_task():
            # Ctrl-C does that already; told to end otherwise, the engines are to be stopped as well.
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        engines = await join_engines(settings)
        try:
            return await command(settings, engines)
        finally:
            await engines.stop()

    return asyncio.run(until_told_to_stop())


async def _ids_pending(stores: Stores) -> list[str]:
    return [migration.id for migration in await pending(stores.database)]


async def _migrated(stores: Stores) -> list[str]:
    return await run_migrations(stores.database, SystemClock(), SystemRandom())


if __name__ == "__main__":
    sys.exit(main())
