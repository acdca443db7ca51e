"""Which case a moderator should look at first: hours of waiting that a case is given ahead of others."""

from collections.abc import Mapping
from datetime import timedelta

from domain.audience import Audience
from domain.moderation import ReportReason

#: What somebody suffers from meanwhile comes before what annoys.
SEVERITY_HOURS: Mapping[ReportReason, int] = {
    ReportReason.ILLEGAL: 72,
    ReportReason.VIOLENCE: 60,
    ReportReason.SEXUAL: 48,
    ReportReason.PRIVACY: 48,
    ReportReason.HATE: 36,
    ReportReason.MALICIOUS_LINK: 36,
    ReportReason.ABUSE: 24,
    ReportReason.IMPERSONATION: 18,
    ReportReason.SPAM: 12,
    ReportReason.OTHER: 6,
}

#: What more people read does more harm.
REACH_HOURS: Mapping[Audience, int] = {
    Audience.PUBLIC: 12,
    Audience.MEMBERS: 8,
    Audience.FRIENDS: 2,
    Audience.ONLY_ME: 0,
}
#: Of a member who is reported: anyone may meet them.
MEMBER_REACH_HOURS = 8
#: Of another site: links to it may stand anywhere.
HOST_REACH_HOURS = 12

#: For each doubling of the reporters, each counted by how often they were right. A crowd gets a case looked at sooner;
#: it hides nothing by itself.
CROWD_HOURS = 12

#: How long a case is one moderator's, who may claim it again.
CLAIM = timedelta(minutes=15)


def accuracy(upheld: int, dismissed: int) -> float:
    """How much a reporter's word counts, between 0 and 1; a half for those of whom nothing is known."""
    return (upheld + 1) / (upheld + dismissed + 2)
