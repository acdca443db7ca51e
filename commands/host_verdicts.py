"""The command `judge-host`."""

from datetime import UTC, datetime
from enum import Enum
from typing import Annotated

import typer

from commands.service_access import with_services
from content.host_lists import HostName, HostVerdictDecision, judge, judged_name, take_back
from content.links import Site
from domain.hosts import HostEntry, HostScope
from domain.rich_text import HostVerdict
from resolvers.context import AppServices
from settings import Settings


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

    typer.echo(f"{with_services(run).host}: {verdict.value}")
