"""What authors are told about their texts."""

import strawberry

from graph.enums import ProfileField, PublishingNoticeKind
from graph.fields import attribute
from graph.texts import Link


@strawberry.type(description="One thing that a text tells its readers about its author.")
class PublishingNotice:
    """resolvers.publishing_notices.NoticeView."""

    kind: PublishingNoticeKind = attribute()
    message: str = attribute("In the author's language; names numbers by their first and last digits, and the readers.")
    field: ProfileField | None = attribute("With BYLINE_FIELD.")
    link: Link | None = attribute("With LINK.")
