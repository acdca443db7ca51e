"""The commands `print-schema` and `print-visibility`."""

from pathlib import Path

import typer

from commands.visibility_page import visibility_page
from graph.schema import SCHEMA

DOCS = Path(__file__).parents[1] / "docs"


def print_schema() -> None:
    """Print the GraphQL schema; needs no engines."""
    # As bytes: the terminal's encoding may lack Chinese, and Windows would turn the line ends.
    typer.echo(SCHEMA.as_str().encode())


def print_visibility() -> None:
    """Print who sees what, as a page for people; needs no engines."""
    typer.echo(visibility_page((DOCS / "proof.md").read_text(encoding="utf-8")).encode())
