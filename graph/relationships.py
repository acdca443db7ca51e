"""Lists of how the viewer stands to others: theirs alone to read."""

from datetime import datetime

import strawberry

from graph.fields import attribute, loaded
from graph.members import Member
from resolvers import relationships


@strawberry.type(description="Someone the viewer has blocked.")
class BlockedMember:
    """domain.relationships.BlockedMember."""

    member_id: strawberry.ID = attribute()
    handle: str = attribute("As it was when they were blocked.")
    blocked_at: datetime = attribute()


@strawberry.type(description="Someone the viewer follows, or who follows the viewer.")
class Follow:
    """domain.relationships.Acquaintance."""

    member: Member | None = loaded(relationships.members_of, "Null where the member has gone in this moment.")
    since: datetime = attribute()
