"""Moderators' decisions."""

from datetime import datetime

import strawberry

from domain import moderation
from graph.appeals import Appeal
from graph.enums import ModerationAction, ReportReason
from graph.fields import attribute, loaded
from graph.members import Member
from graph.node import Node
from policy.limits import APPEAL_WINDOW, EVIDENCE_LENGTH
from resolvers import appeals, members


@strawberry.type(description="The text that a decision was about, as it was at that moment.")
class Evidence:
    """domain.moderation.Evidence."""

    written_at: datetime = attribute("When this version of the text was written.")
    title: str | None = attribute("The title of the post at that moment. Null if it had none, and of comments.")
    text: str = attribute(f"The text without markup, cut after {EVIDENCE_LENGTH:,} characters.")


@strawberry.type(description="A decision of moderators, with its statement of reasons.")
class Decision(Node):
    """domain.moderation.Decision."""

    action: ModerationAction = attribute("The action that was taken.")
    reason: ReportReason = attribute("The reason for the action.")
    explanation: str = attribute("The statement of reasons, written for the member the decision is about.")
    is_automated: bool = attribute("Whether a program decided, and no person.")
    decided_by: Member | None = loaded(
        members.deciders,
        "The moderator who decided. Null if no moderator did, or the viewer has no access to who decided.",
    )
    decided_at: datetime = attribute("When the decision was made.")
    expires_at: datetime | None = attribute(
        "When the sanction ends by itself. Null if it has no end, and of other actions."
    )
    evidence: Evidence | None = attribute(
        "The text that was decided about. Null of decisions about members, and of decisions older than this record."
    )
    appeal: Appeal | None = loaded(
        appeals.against,
        "The appeal against the decision. Null if there is none, and to everyone but its author and the moderators "
        "who can "
        "decide it.",
    )
    viewer_can_appeal: bool = loaded(
        appeals.can_appeal,
        f"Whether the viewer can appeal: within {APPEAL_WINDOW.days} days of a decision about them, if they have not "
        "yet.",
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, moderation.Decision)
