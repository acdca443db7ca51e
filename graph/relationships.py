"""Lists of how the viewer stands to others: theirs alone to read."""

from datetime import datetime

import strawberry

from domain import relationships as relationship_records
from domain.ids import follow_id
from graph.fields import attribute, computed, loaded
from graph.members import Member
from resolvers import relationships
from resolvers.context import Context


@strawberry.type(description="Someone the viewer has blocked.")
class BlockedMember:
    """domain.relationships.BlockedMember."""

    member_id: strawberry.ID = attribute()
    handle: str = attribute("As it was when they were blocked.")
    blocked_at: datetime = attribute()


def _follow_id(_context: Context, follow: relationship_records.Follow) -> str:
    return follow_id(follow.id)


@strawberry.type(description="Someone the viewer follows, or who follows the viewer.")
class Follow:
    """domain.relationships.Follow."""

    id: strawberry.ID = computed(_follow_id, "Stays the same for as long as the follow does. It is not a node's id.")
    member: Member | None = loaded(relationships.members_of, "Null where the member has gone in this moment.")
    since: datetime = attribute()
