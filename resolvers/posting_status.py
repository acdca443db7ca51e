"""Where the viewer stands, and what that means for publishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.capability_check import REFUSALS
from domain.ids import DecisionId
from domain.moderation import Decision
from domain.sanctions import AccountStatus, account_status_at, sanction_at
from policy.permissions import OPEN_TO, Capability
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class Posting:
    """What the viewer is told about publishing."""

    can_publish: bool
    account_status: AccountStatus
    until: datetime | None
    message: str | None
    decision_id: DecisionId | None


async def of_viewers(context: Context, viewers: Sequence[object]) -> Sequence[Posting]:
    return [await _posting(context)] * len(viewers)


async def decisions(context: Context, postings: Sequence[Posting]) -> Sequence[Decision | None]:
    wanted = [posting.decision_id for posting in postings if posting.decision_id]
    found = await context.stores.decisions.seen_by(context.viewer, wanted) if wanted else {}
    return [found.get(posting.decision_id) if posting.decision_id else None for posting in postings]


async def _posting(context: Context) -> Posting:
    member, now = context.viewer.member_id, context.services.core.now()
    sanction = sanction_at(await context.stores.sanctions.of(member), now) if member else None
    account_status = account_status_at(sanction, now)
    can_publish = Capability.PUBLISH in OPEN_TO[account_status]
    told = None if can_publish else REFUSALS[account_status].in_language(context.language, {})
    if sanction is None or account_status is AccountStatus.ACTIVE:
        return Posting(can_publish, account_status, None, None, None)
    return Posting(can_publish, account_status, sanction.until, told, sanction.decision_id)
