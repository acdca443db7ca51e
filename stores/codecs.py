"""How the records that several collections share are written as documents, and read back."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from domain.audience import Audience
from domain.content import ContentState
from domain.members import ProfileField
from domain.rich_text import Link, LinkRiskReason, Mention, RichText

Document = dict[str, Any]

# Looked up, for an enum takes three times as long to find a member by its value.
AUDIENCES = {audience.value: audience for audience in Audience}
STATES = {state.value: state for state in ContentState}
FIELDS = {field.value: field for field in ProfileField}
_REASONS = {reason.value: reason for reason in LinkRiskReason}


def link_document(link: Link) -> Document:
    return {
        "url": link.url,
        "text": link.text,
        "host": link.host,
        "asciiHost": link.ascii_host,
        "isExternal": link.is_external,
        "reasons": [reason.value for reason in link.reasons],
    }


def link_of(document: Mapping[str, Any]) -> Link:
    return Link(
        document["url"],
        document["text"],
        document["host"],
        document["asciiHost"],
        document["isExternal"],
        tuple([_REASONS[reason] for reason in document["reasons"]]),
    )


def text_document(text: RichText) -> Document:
    links = [link_document(link) for link in text.links]
    mentions = [{"handle": named.handle, "start": named.start, "end": named.end} for named in text.mentions]
    return {"source": text.source, "html": text.html, "text": text.text, "links": links, "mentions": mentions}


def text_of(document: Mapping[str, Any], *, with_source: bool) -> RichText:
    """The text; its source only where the viewer may edit it."""
    source = document["source"] if with_source else None
    links = tuple(map(link_of, document["links"]))
    # Texts from before there were mentions name nobody until they are edited.
    mentions = tuple([Mention(**named) for named in document.get("mentions", ())])
    return RichText(document["html"], document["text"], links, source, mentions)


def fields_of(names: Iterable[str]) -> tuple[ProfileField, ...]:
    return tuple([FIELDS[name] for name in names])


def count_in(counts: Mapping[str, int], reach: Container[Audience]) -> int:
    """How many of what is counted by audience lie within ``reach``."""
    return sum([times for audience, times in counts.items() if AUDIENCES[audience] in reach])
