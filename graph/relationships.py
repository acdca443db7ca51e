"""Lists of how the viewer stands to others: theirs alone to read."""

from datetime import datetime

import strawberry

from domain import relationships as relationship_records
from domain.ids import follow_id
from graph.fields import attribute, computed, loaded
from graph.members import Member
from resolvers import relationships
from resolvers.context import Context


@strawberry.type(description="A member whom the viewer has blocked.")
class BlockedMember:
    """domain.relationships.BlockedMember."""

    member_id: strawberry.ID = attribute("The id of the blocked member, which `unblock` takes.")
    handle: str = attribute("The handle of the member when they were blocked.")
    blocked_at: datetime = attribute("When the viewer blocked the member.")


def _follow_id(_context: Context, follow: relationship_records.Follow) -> str:
    return follow_id(follow.id)


@strawberry.type(description="A follow between the viewer and another member, in one direction.")
class Follow:
    """domain.relationships.Follow."""

    id: strawberry.ID = computed(
        _follow_id, "The id of the follow, stable while it lasts. `Query.node` does not take it."
    )
    member: Member | None = loaded(
        relationships.members_of, "The other member. Null if the viewer cannot see them any more."
    )
    since: datetime = attribute("When the follow began.")
