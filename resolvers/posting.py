"""Where the viewer stands, and what that means for publishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.standing import REFUSALS
from domain.ids import DecisionId
from domain.moderation import Decision
from domain.standing import MemberStanding, holding_at, standing_at
from policy.permissions import OPEN_TO, Deed
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class Posting:
    """What the viewer is told about publishing."""

    can_publish: bool
    standing: MemberStanding
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
    member, now = context.viewer.member_id, context.desks.house.now()
    sanction = holding_at(await context.stores.sanctions.of(member), now) if member else None
    standing = standing_at(sanction, now)
    can_publish = Deed.PUBLISH in OPEN_TO[standing]
    told = None if can_publish else REFUSALS[standing].in_language(context.language, {})
    if sanction is None or standing is MemberStanding.ACTIVE:
        return Posting(can_publish, standing, None, None, None)
    return Posting(can_publish, standing, sanction.until, told, sanction.decision_id)
