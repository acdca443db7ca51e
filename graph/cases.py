"""Cases: what waits for a moderator's decision."""

from datetime import datetime
from typing import Any

import strawberry

from domain import cases as domain
from graph.connections import Connection
from graph.cursors import page_of
from graph.decisions import Decision
from graph.enums import CaseState
from graph.fields import Info, asked, attribute, loaded, paged
from graph.moderatable import Moderatable
from graph.node import Node
from graph.reports import Report
from resolvers import cases


@strawberry.type(
    description="All that waits for a decision about one target; never shown to the member it is about, whatever their "
    "role."
)
class Case(Node):
    """domain.cases.Case."""

    target: Moderatable = loaded(
        cases.targets,
        "Whatever its audience, and past blocks: what was reported can be read here. What hangs below it, and its "
        "author's page, show as they do everywhere else. UNAVAILABLE where its author has deleted it.",
    )
    subject_id: strawberry.ID | None = attribute(
        "The member it is about: the target's author, or the member reported; null where it is a host."
    )
    state: CaseState = attribute()
    opened_at: datetime = attribute("When the first of its reports came.")
    decided_at: datetime | None = attribute()
    report_count: int = attribute()
    reports: Connection[Report] = paged(cases.reports, "Newest first.")
    decisions: list[Decision] = loaded(cases.decisions, "About its target, the latest first, at most 20.")

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Case)


@strawberry.input
class CaseFilter:
    """Which cases."""

    state: CaseState | None = strawberry.field(default=None, description="In any state where it is not given.")


async def _cases(
    info: Info,
    filter: CaseFilter | None = None,  # noqa: A002 - the name that clients count on
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    state = filter.state if filter else None
    return await cases.listed(info.context, state, page_of(first, after, last, before))


CASES = asked(
    _cases, "For moderators: what was reported, the longest waiting first; to others FORBIDDEN or NOT_SIGNED_IN."
)
