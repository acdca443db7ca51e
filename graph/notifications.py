"""What a member is told of what was decided."""

from datetime import datetime

import strawberry

from graph.decisions import Decision
from graph.enums import NotificationKind
from graph.fields import attribute, loaded
from graph.moderatable import Moderatable
from graph.reports import Report
from resolvers import notifications


@strawberry.type(description="A notification that something was decided which concerns the viewer.")
class Notification:
    """resolvers.notifications.NotificationView."""

    id: strawberry.ID = attribute("The id of the notification. Opaque; `Query.node` does not take it.")
    kind: NotificationKind = attribute("The event that the notification tells of.")
    created_at: datetime = attribute("When the viewer was notified.")
    message: str = attribute("The event as a sentence, in the viewer's language.")
    decision: Decision | None = loaded(
        notifications.decided,
        "The decision that was made, appealed against, or imposed the sanction. Null with other kinds, and if the "
        "viewer "
        "cannot read it now.",
    )
    edited: Moderatable | None = loaded(
        notifications.edited,
        "The viewer's post or comment that was edited. Null unless the kind is EDIT_APPROVED or EDIT_REJECTED, and if "
        "the "
        "text is gone.",
    )
    report: Report | None = attribute(
        "The viewer's report, with its outcome now. Null unless the kind is REPORT_DECIDED, and if the report is gone."
    )
