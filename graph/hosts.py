"""Hosts of other sites: those that were reported, and the lists that moderators keep."""

from datetime import datetime
from typing import Any

import strawberry

from domain import cases
from graph.cursors import page_of
from graph.enums import HostScope, HostVerdict
from graph.fields import Info, asked, attribute, computed, loaded
from graph.members import Member
from resolvers import hosts, members


@strawberry.type(description="Another site's host, links to which were reported.")
class ReportedHost:
    """domain.cases.ReportedHost."""

    host: str = attribute("As people read it.")
    ascii_host: str = attribute("As it goes on the wire (punycode).")
    verdict: HostVerdict | None = attribute("As it stands now.")

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, cases.ReportedHost)


@strawberry.type(description="What moderators decided about a host, or about a domain with every host in it.")
class JudgedHost:
    """domain.hosts.HostEntry."""

    host: str = computed(hosts.host, "As people read it.")
    ascii_host: str = computed(hosts.ascii_host, "As it goes on the wire (punycode).")
    scope: HostScope = attribute()
    verdict: HostVerdict = attribute()
    reason: str = attribute("For the record and other moderators.")
    decided_by: Member | None = loaded(members.deciders, "Null where whoever runs the service did it.")
    decided_at: datetime = attribute()
    expires_at: datetime | None = attribute("When it ends by itself; null: never.")


async def _host_verdicts(
    info: Info,
    verdict: HostVerdict | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    return await hosts.listed(info.context, verdict, page_of(first, after, last, before))


HOST_VERDICTS = asked(
    _host_verdicts,
    "For moderators: the hosts and domains that are trusted, blocked or known as shorteners, of one verdict or all, "
    "the latest first; to others FORBIDDEN or NOT_SIGNED_IN.",
)
