"""What a text would tell its readers about its author, for the author to read first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from content.pii_detection import personal_values
from domain.audience import Audience
from domain.members import ProfileField
from domain.messages import Message
from domain.publishing_notices import PublishingNotice
from domain.publishing_notices import PublishingNoticeKind as Kind
from domain.rich_text import Link, LinkRiskReason, RichText
from domain.viewer import Viewer
from policy.audience_wording import Readers, field_readers, in_words
from policy.limits import MAX_NOTICES

_MAILTO: Final = "mailto:"

#: What the author is told about each kind of value found in a text.
VALUES: Mapping[Kind, Message] = {
    Kind.PHONE: Message.TEXT_SHOWS_PHONE,
    Kind.EMAIL: Message.TEXT_SHOWS_EMAIL,
    Kind.IDENTITY_NUMBER: Message.TEXT_SHOWS_IDENTITY_NUMBER,
    Kind.BANK_CARD: Message.TEXT_SHOWS_BANK_CARD,
}
FIELD_NAMES: Mapping[ProfileField, Message] = {
    ProfileField.AVATAR: Message.AVATAR_FIELD,
    ProfileField.BIO: Message.BIO_FIELD,
    ProfileField.GENDER: Message.GENDER_FIELD,
    ProfileField.LOCATION: Message.LOCATION_FIELD,
    ProfileField.BIRTHDAY: Message.BIRTHDAY_FIELD,
    ProfileField.WEBSITE: Message.WEBSITE_FIELD,
    ProfileField.EMAIL: Message.EMAIL_FIELD,
    ProfileField.PHONE: Message.PHONE_FIELD,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a post or comment says, what goes along with it, and for whom it is meant."""

    title: str | None
    body: RichText
    byline: tuple[ProfileField, ...]
    readers: Readers


@dataclass(frozen=True, slots=True)
class Shows:
    """What of the author's profile can show: the fields that are filled in, and whom each is for."""

    filled_in: Collection[ProfileField]
    audiences: Mapping[ProfileField, Audience]


def notices_of(author: Viewer, words: Words, profile: Shows) -> list[PublishingNotice]:
    """All that ``author`` should know of what ``words`` show: data in the text, then the byline, then links."""
    readers = in_words(author, words.readers)
    told = [
        *_about_values(words, readers),
        *_about_byline(author, words, profile),
        *(_about_link(link, readers) for link in _links_away(words.body)),
    ]
    return told[:MAX_NOTICES]


def _about_values(words: Words, readers: Message) -> list[PublishingNotice]:
    # A link that opens a letter shows the address that it is for, whatever it is called.
    addresses = [link.url.removeprefix(_MAILTO).partition("?")[0] for link in words.body.links if _is_mail(link)]
    found = personal_values("\n".join([words.title or "", words.body.text, *addresses]))
    return [
        PublishingNotice(value.kind, VALUES[value.kind], {"masked": value.masked, "readers": readers})
        for value in found
    ]


def _about_byline(author: Viewer, words: Words, profile: Shows) -> list[PublishingNotice]:
    """One for each chosen field that is filled in and would really show to somebody else."""
    told = []
    for field in words.byline:
        readers = field_readers(author, words.readers, profile.audiences[field]) if field in profile.filled_in else None
        if readers:
            values: dict[str, object] = {"field": FIELD_NAMES[field], "readers": readers}
            told.append(PublishingNotice(Kind.BYLINE_FIELD, Message.BYLINE_SHOWS_FIELD, values, field=field))
    return told


def _about_link(link: Link, readers: Message) -> PublishingNotice:
    values: dict[str, object] = {"host": link.host, "readers": readers}
    return PublishingNotice(Kind.LINK, Message.TEXT_SHOWS_LINK, values, link=link)


def _links_away(body: RichText) -> list[Link]:
    """Each address once, as it first stands in the text, and once more where another text speaks against it."""
    first: dict[tuple[str, tuple[LinkRiskReason, ...]], Link] = {}
    for link in body.links:
        if link.is_external and not _is_mail(link):
            first.setdefault((link.url, link.reasons), link)
    return list(first.values())


def _is_mail(link: Link) -> bool:
    return link.url.startswith(_MAILTO)
