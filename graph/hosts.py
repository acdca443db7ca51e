"""Hosts of other sites: those that were reported, and the lists that moderators keep."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import cases
from graph.cursors import page_of
from graph.enums import HostScope, HostVerdict
from graph.fields import After, Before, First, Info, Last, asked, attribute, computed, loaded
from graph.members import Member
from resolvers import hosts, members


@strawberry.type(description="A host of another site to which links were reported.")
class ReportedHost:
    """domain.cases.ReportedHost."""

    host: str = attribute("The name of the reported host, as people read it.")
    ascii_host: str = attribute("The name of the reported host in ASCII (punycode).")
    verdict: HostVerdict | None = attribute(
        "The verdict on the host now. Null if moderators have not decided about it."
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, cases.ReportedHost)


@strawberry.type(description="A verdict of moderators on a host, or on a domain with every host in it.")
class JudgedHost:
    """domain.hosts.HostEntry."""

    host: str = computed(hosts.host, "The name of the host or domain, as people read it.")
    ascii_host: str = computed(hosts.ascii_host, "The name of the host or domain in ASCII (punycode).")
    scope: HostScope = attribute("Whether the verdict is about this host alone or its whole domain.")
    verdict: HostVerdict = attribute("The verdict that is in force.")
    reason: str = attribute("The reason for the verdict, for the record and other moderators.")
    decided_by: Member | None = loaded(
        members.deciders,
        "The moderator who gave the verdict. Null if the operator of the service did, or the viewer cannot see the "
        "member.",
    )
    decided_at: datetime = attribute("When the verdict was given.")
    expires_at: datetime | None = attribute("When the verdict ends by itself. Null if it has no end.")


Verdict = Annotated[
    HostVerdict | None,
    strawberry.argument(description="The verdict that the hosts have. Null or absent: hosts with any verdict."),
]


async def _host_verdicts(
    info: Info,
    verdict: Verdict = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    return await hosts.listed(info.context, verdict, page_of(first, after, last, before))


HOST_VERDICTS = asked(
    _host_verdicts,
    "The hosts and domains that are trusted, blocked or known as shorteners, latest first. Others than moderators get "
    "FORBIDDEN or NOT_SIGNED_IN.",
)
