"""Moderators' decisions."""

from datetime import datetime

import strawberry

from domain import moderation
from graph.appeals import Appeal
from graph.enums import ModerationAction, ReportReason
from graph.fields import attribute, loaded
from graph.members import Member
from graph.node import Node
from resolvers import appeals, members


@strawberry.type(description="What was decided about, as it read at that moment.")
class Evidence:
    """domain.moderation.Evidence."""

    written_at: datetime = attribute("When these words were written.")
    title: str | None = attribute()
    text: str = attribute("Without markup, at most 4,000 characters.")


@strawberry.type(description="A decision, and the statement of reasons that its subject reads.")
class Decision(Node):
    """domain.moderation.Decision."""

    action: ModerationAction = attribute()
    reason: ReportReason = attribute()
    explanation: str = attribute("Written for the subject.")
    is_automated: bool = attribute()
    decided_by: Member | None = loaded(members.deciders)
    decided_at: datetime = attribute()
    expires_at: datetime | None = attribute("When a sanction ends by itself.")
    evidence: Evidence | None = attribute("Null of decisions about members, and of those from before it was kept.")
    appeal: Appeal | None = loaded(appeals.against, "To others than its subject and those who may decide it, null.")
    viewer_can_appeal: bool = loaded(appeals.can_appeal)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, moderation.Decision)
