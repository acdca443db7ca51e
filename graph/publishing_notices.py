"""What authors are told about their texts."""

import strawberry

from graph.enums import ProfileField, PublishingNoticeKind
from graph.fields import attribute
from graph.texts import Link


@strawberry.type(description="A notice to an author: something that their text shows its readers about them.")
class PublishingNotice:
    """resolvers.publishing_notices.NoticeView."""

    kind: PublishingNoticeKind = attribute("The kind of data that the text shows.")
    message: str = attribute(
        "The notice as a sentence, in the author's language. It shows only the first and last digits of numbers."
    )
    field: ProfileField | None = attribute("The attached profile field. Null unless the kind is BYLINE_FIELD.")
    link: Link | None = attribute("The link in the text. Null unless the kind is LINK.")
