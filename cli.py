"""Commands for operators. They work beside a running service, on its engines, or start engines for themselves."""

import asyncio
import sys

import typer
from pydantic import ValidationError

from commands import (
    audit_log,
    generated_documents,
    host_verdicts,
    migrations,
    roles,
    stackexchange_import,
    transparency,
)
from commands.service_access import Failed
from domain.errors import Refused
from domain.language import Language
from importer.stackexchange import ImportRefused
from moderation.roles import NotAppointed
from settings import complaints
from stores.engines import EnginesUnavailable

COMMANDS = (
    stackexchange_import.import_stackexchange,
    roles.promote,
    roles.demote,
    migrations.migrate,
    generated_documents.print_schema,
    generated_documents.print_visibility,
    host_verdicts.judge_host,
    audit_log.verify_audit,
    transparency.transparency_report,
)

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
for command in COMMANDS:
    app.command()(command)


def main() -> int:
    """Run the command that was asked for. Return 0 if it succeeded; otherwise print the reason and return 1."""
    try:
        app()
    except ValidationError as error:
        reason = complaints(error)
    except Refused as refused:
        reason = " ".join(error.message.in_language(Language.EN, error.values) for error in refused.errors)
    except (EnginesUnavailable, ImportRefused, NotAppointed, Failed, OSError) as error:
        reason = str(error)
    except asyncio.CancelledError:
        reason = "Stopped. Running the same command again goes on from there."
    typer.echo(f"Veranda: {reason}", err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
