"""The commands `promote` and `demote`."""

from typing import Annotated

import typer

from accounts.handles import to_handle
from commands.service_access import Failed, with_services
from domain.members import Role
from moderation.roles import give_boards, give_role, take_boards, take_office
from policy.permissions import ROLES_ON_BOARDS
from resolvers.context import AppServices


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

    with_services(run)
    typer.echo(f"{kept} is {role.value}{_of(board)} now.")


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

    with_services(run)
    typer.echo(f"{kept} is not {Role.MODERATOR.value}{_of(board)} now." if board else f"{kept} is MEMBER now.")


def _of(boards: list[str] | None) -> str:
    return f" of {', '.join(dict.fromkeys(boards))}" if boards else ""
