"""Whether one may publish; if not, why, until when, and which decision says so."""

from datetime import datetime

import strawberry

from graph.decisions import Decision
from graph.enums import AccountStatus
from graph.fields import attribute, loaded
from resolvers import posting_status


@strawberry.type(description="Whether the viewer can publish; if not, why, and until when.")
class PostingStatus:
    """resolvers.posting_status.Posting."""

    can_publish: bool = attribute("Whether the viewer can publish posts and comments.")
    account_status: AccountStatus = attribute("The sanction in force on the viewer's account; ACTIVE if there is none.")
    until: datetime | None = attribute("When the sanction ends by itself. Null if there is none, or it has no end.")
    message: str | None = attribute("The reason in words, and what the viewer can do. Null if the viewer can publish.")
    decision: Decision | None = loaded(
        posting_status.decisions, "The decision that imposed the sanction. Null if there is none."
    )
