"""What an author is told about a text before others read it."""

from dataclasses import dataclass
from enum import Enum

from domain.members import ProfileField
from domain.messages import Message
from domain.rich_text import Link


class PublishingNoticeKind(Enum):
    """What a text would show to its readers."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IDENTITY_NUMBER = "IDENTITY_NUMBER"
    BANK_CARD = "BANK_CARD"
    BYLINE_FIELD = "BYLINE_FIELD"
    LINK = "LINK"


@dataclass(frozen=True, slots=True)
class PublishingNotice:
    """One thing that a text would show. ``values`` fill the message's braces; a Message among them is told too."""

    kind: PublishingNoticeKind
    message: Message
    values: dict[str, object]
    field: ProfileField | None = None
    link: Link | None = None
