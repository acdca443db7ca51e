"""The command `import-stackexchange`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.service_access import Failed, with_services
from content.links import Site
from domain.audience import Audience
from importer.names import origin_for, slug_for
from importer.progress import table, telling
from importer.stackexchange import Choices, Summary, bytes_to_read, import_dump
from resolvers.context import AppServices


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

    Console().print(table(with_services(run)))


def _origin_of(site: str | None) -> str | None:
    try:
        return Site.at(site).url if site else None
    except ValueError as error:
        raise Failed(f"--site must be http(s)://host or http(s)://host:port, not {site!r}.") from error
