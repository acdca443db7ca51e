"""Scalars with a specification to point to."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

URL = NewType("URL", str)
HTML = NewType("HTML", str)
Markdown = NewType("Markdown", str)
EmailAddress = NewType("EmailAddress", str)
PhoneNumber = NewType("PhoneNumber", str)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read(written: object) -> datetime:
    """What ``_written`` writes, or any other moment of RFC 3339. Raises GraphQLError, which names the value."""
    try:
        moment = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GraphQLError("A DateTime is a moment in RFC 3339 with its offset: 2026-11-24T08:00:00.000Z.")
    return moment


def _output(name: str, description: str, url: str) -> ScalarDefinition:
    """A scalar that is only ever answered: where people type, inputs take String."""
    definition: ScalarDefinition = strawberry.scalar(
        name=name, description=description, specified_by_url=url, serialize=str
    )
    return definition


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in RFC 3339: 2026-11-24T08:00:00.000Z. Answers are in UTC, with milliseconds; inputs "
        "take any offset.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=_written,
        parse_value=_read,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day, as a full-date of RFC 3339: 2026-11-24.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        serialize=date.isoformat,
    ),
    URL: _output("URL", "A URL as a browser would normalise it.", "https://url.spec.whatwg.org/"),
    HTML: _output(
        "HTML",
        "Sanitised HTML that is safe to insert into a page. External links lead through the leaving page.",
        "https://html.spec.whatwg.org/",
    ),
    Markdown: _output("Markdown", "A text in CommonMark, as its author wrote it.", "https://spec.commonmark.org/"),
    EmailAddress: _output(
        "EmailAddress",
        "An e-mail address, as RFC 5322 writes it.",
        "https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1",
    ),
    PhoneNumber: _output(
        "PhoneNumber", "A phone number in E.164: +8613800138000.", "https://www.itu.int/rec/T-REC-E.164/"
    ),
}
