"""Cases: what waits for a moderator's decision."""

from datetime import datetime
from typing import Any

import strawberry

from domain import cases as domain
from graph.connections import Connection
from graph.cursors import page_of
from graph.decisions import Decision
from graph.enums import CaseState, ModerationAction
from graph.fields import Info, asked, attribute, computed, loaded, paged
from graph.members import Member
from graph.moderatable import Moderatable
from graph.node import Node
from graph.reports import Report
from resolvers import cases


@strawberry.type(description="What a moderator tells the others on a case.")
class CaseNote:
    """domain.cases.CaseNote."""

    author: Member | None = loaded(cases.note_authors)
    text: str = attribute()
    created_at: datetime = attribute()


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
    state: CaseState = computed(cases.state, "CLAIMED while a moderator works on it.")
    priority: float = computed(cases.priority, "Hours that it has waited, and those it is given ahead of others.")
    claimed_by: Member | None = loaded(cases.claimants, "Who works on it now; nobody else decides it meanwhile.")
    version: int = attribute(
        "One more with each decision, note and edit of the words; who decides names the one they have read."
    )
    actions_available: list[ModerationAction] = computed(
        cases.actions_available,
        "Of decideCases. About a host DISMISS alone: setHostVerdict and removeHostVerdict give verdicts.",
    )
    opened_at: datetime = attribute("When the first of its reports came.")
    decided_at: datetime | None = attribute()
    report_count: int = attribute()
    reports: Connection[Report] = paged(cases.reports, "Newest first.")
    notes: Connection[CaseNote] = paged(cases.notes, "What moderators told each other, oldest first.")
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


CASES = asked(_cases, "For moderators: what was reported, the most urgent first; to others FORBIDDEN or NOT_SIGNED_IN.")
