"""Whether one may publish; if not, why, until when, and which decision says so."""

from datetime import datetime

import strawberry

from graph.decisions import Decision
from graph.enums import AccountStatus
from graph.fields import attribute, loaded
from resolvers import posting_status


@strawberry.type(description="Whether the viewer may publish; if not, why, and until when.")
class PostingStatus:
    """resolvers.posting_status.Posting."""

    can_publish: bool = attribute()
    account_status: AccountStatus = attribute()
    until: datetime | None = attribute("When it ends by itself.")
    message: str | None = attribute("In words, and how to answer it; null where nothing is in the way.")
    decision: Decision | None = loaded(posting_status.decisions, "What brought the viewer there.")
