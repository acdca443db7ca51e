"""Appeals, for their subjects and for those who may decide them; to all others it looks as if there were none."""

from collections.abc import Sequence

from domain.appeals import Appeal, AppealState
from domain.ids import AppealId
from domain.moderation import Decision
from domain.paging import Page, Slice
from moderation.decision_request import moderator_of
from policy.appeals import can_be_appealed, is_in_time
from policy.permissions import Capability, Privilege, may
from resolvers.context import Context


async def by_id(context: Context, ids: Sequence[AppealId]) -> Sequence[Appeal | None]:
    found = await context.stores.appeals.seen_by(context.viewer, ids)
    return [found.get(appeal_id) for appeal_id in ids]


async def listed(context: Context, state: AppealState | None, page: Page) -> Slice[Appeal]:
    """Refused before anything is read, so that the answer tells others nothing."""
    with context.refusals_as_faults():
        moderator_of(context.viewer, Privilege.DECIDE_APPEALS)
    return await context.stores.appeals.listed(context.viewer, state, page)


async def against(context: Context, decisions: Sequence[Decision]) -> Sequence[Appeal | None]:
    """The appeal against each decision; of what can't be appealed nothing is read."""
    wanted = [decision.id for decision in decisions if can_be_appealed(decision)]
    found = await context.stores.appeals.against(context.viewer, wanted) if wanted else {}
    return [found.get(decision.id) for decision in decisions]


async def decisions(context: Context, appeals: Sequence[Appeal]) -> Sequence[Decision]:
    found = await context.stores.decisions.for_appeals(context.viewer, [appeal.decision_id for appeal in appeals])
    return [found[appeal.decision_id] for appeal in appeals]


async def can_appeal(context: Context, decisions: Sequence[Decision]) -> Sequence[bool]:
    """Whether the viewer is the subject, in time, and has neither appealed before nor got what they would ask for."""
    viewer, now = context.viewer, context.services.core.now()
    wanted = [
        decision.id
        for decision in decisions
        if decision.subject_id == viewer.member_id and can_be_appealed(decision) and is_in_time(decision, now)
    ]
    if not wanted or not may(viewer, Capability.APPEAL):
        return [False] * len(decisions)
    appealed = await context.stores.appeals.against(viewer, wanted)
    closed = appealed.keys() | await context.stores.decisions.taken_back(viewer, wanted)
    return [decision.id in wanted and decision.id not in closed for decision in decisions]
