"""What a member is told of what was decided."""

from datetime import datetime

import strawberry

from graph.decisions import Decision
from graph.enums import NotificationKind
from graph.fields import attribute, loaded
from graph.moderatable import Moderatable
from graph.reports import Report
from resolvers import notifications


@strawberry.type(description="That something was decided which concerns the viewer.")
class Notification:
    """resolvers.notifications.NotificationView."""

    id: strawberry.ID = attribute("Opaque; it can't be asked for by itself.")
    kind: NotificationKind = attribute()
    created_at: datetime = attribute("When the viewer was told.")
    message: str = attribute("In the viewer's language.")
    decision: Decision | None = loaded(
        notifications.decided, "What was decided about the viewer, appealed against, or had imposed the sanction."
    )
    edited: Moderatable | None = loaded(
        notifications.edited, "With EDIT_APPROVED and EDIT_REJECTED: the viewer's own post or comment."
    )
    report: Report | None = attribute("With REPORT_DECIDED: the viewer's own, and what has come of it by now.")
