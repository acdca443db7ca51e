"""Hosts of other sites."""

import strawberry

from domain import cases
from graph.enums import HostVerdict
from graph.fields import attribute


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
