"""Cases: what waits for a moderator's decision."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import cases as domain
from graph.connections import Connection
from graph.cursors import page_of
from graph.decisions import Decision
from graph.enums import CaseState, ModerationAction
from graph.fields import After, Before, First, Info, Last, asked, attribute, computed, loaded, paged
from graph.members import Member
from graph.moderatable import Moderatable
from graph.node import Node
from graph.reports import Report
from policy.limits import MAX_CASE_DECISIONS
from resolvers import cases


@strawberry.type(description="A note of a moderator to the other moderators of a case.")
class CaseNote:
    """domain.cases.CaseNote."""

    author: Member | None = loaded(
        cases.note_authors, "The moderator who wrote the note. Null if the viewer cannot see that member."
    )
    text: str = attribute("The note, as plain text.")
    created_at: datetime = attribute("When the note was added.")


@strawberry.type(
    description="The reports about one target, which wait for one decision. Nobody sees a case about themselves, "
    "whatever their role."
)
class Case(Node):
    """domain.cases.Case."""

    target: Moderatable = loaded(
        cases.targets,
        "The reported object. It can be read on the case whatever its audience, and despite blocks; what belongs to it "
        "is shown as elsewhere. A post or comment that its author deleted is UNAVAILABLE.",
    )
    subject_id: strawberry.ID | None = attribute(
        "The id of the member the case is about: the author of the target, or the reported member. Null if the target "
        "is "
        "a host."
    )
    state: CaseState = computed(cases.state, "Whether the case is open, claimed or decided.")
    priority: float = computed(
        cases.priority,
        "The urgency of the case: the hours it has waited, and those it is put ahead for its reasons. Higher comes "
        "first.",
    )
    claimed_by: Member | None = loaded(
        cases.claimants,
        "The moderator who works on the case; nobody else can decide it meanwhile. Null if nobody claimed the case, "
        "or the "
        "viewer cannot see that member.",
    )
    version: int = attribute(
        "A number that grows with each decision, note and edit of the target. Decisions take it as `expectedVersion`."
    )
    actions_available: list[ModerationAction] = computed(
        cases.actions_available,
        "The actions that `decideCases` takes from the viewer. Empty on a decided case; only DISMISS on a case about "
        "a host, "
        "which `setHostVerdict` decides.",
    )
    opened_at: datetime = attribute("When the first report of the case was made.")
    decided_at: datetime | None = attribute("When the case was decided. Null while it waits.")
    report_count: int = attribute("The number of reports on the case.")
    reports: Connection[Report] = paged(cases.reports, "The reports on the case, newest first.")
    notes: Connection[CaseNote] = paged(cases.notes, "The notes of moderators on the case, oldest first.")
    decisions: list[Decision] = loaded(
        cases.decisions, f"The decisions about the target, latest first, at most {MAX_CASE_DECISIONS}."
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Case)


@strawberry.input
class CaseFilter:
    """The conditions that listed cases meet."""

    state: CaseState | None = strawberry.field(
        default=None, description="The state of the cases. Null or absent: cases in any state."
    )


Filter = Annotated[
    CaseFilter | None,
    strawberry.argument(description="The conditions that the cases meet. Null or absent: all cases are listed."),
]


async def _cases(
    info: Info,
    filter: Filter = None,  # noqa: A002 - the name that clients count on
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    state = filter.state if filter else None
    return await cases.listed(info.context, state, page_of(first, after, last, before))


CASES = asked(
    _cases,
    "The cases that the viewer can work on, most urgent first. Others than moderators get FORBIDDEN or NOT_SIGNED_IN.",
)
