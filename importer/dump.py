"""What the rows of a dump say: who, when and what, checked before anything is made of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from importer.names import to_shown_name
from importer.rows import Fault, Place, Row, Unfit, rows_of
from policy.limits import TITLE_LENGTH

_NUMBER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)

QUESTION: Final = "1"
ANSWER: Final = "2"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a row: a user by number, or, where the account is gone, a name."""

    number: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A row of Users.xml. Its picture is not read: it lies on another site."""

    place: Place
    number: str
    created_at: datetime
    name: str | None
    location: str
    website: str
    about: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in Posts.xml; ``written`` is HTML."""

    place: Place
    number: str
    created_at: datetime
    author: Author
    written: str
    title: str | None
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer in Posts.xml; ``written`` is HTML."""

    place: Place
    number: str
    created_at: datetime
    author: Author
    written: str
    parent: str
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A row of Comments.xml, under a question or an answer; ``written`` is Markdown."""

    place: Place
    number: str
    created_at: datetime
    author: Author
    written: str
    parent: str
    edited_at: None = None


AnyRow = UserRow | QuestionRow | AnswerRow | CommentRow


def user_row(row: Row) -> UserRow:
    """Raises Unfit, as all readers here."""
    values = row.values
    return UserRow(
        place=row.place,
        number=_number(values, "Id"),
        created_at=_time(values, "CreationDate"),
        name=to_shown_name(values.get("DisplayName", "")),
        location=values.get("Location", ""),
        website=values.get("WebsiteUrl", ""),
        about=values.get("AboutMe", ""),
    )


def post_row(row: Row) -> QuestionRow | AnswerRow:
    """Questions and answers; tag wikis, nominations and the like have no place on a board."""
    values = row.values
    number = _number(values, "Id")
    kind = _needed(values, "PostTypeId")
    if kind not in {QUESTION, ANSWER}:
        raise Unfit(f"PostTypeId {kind!r:.20} is neither a question (1) nor an answer (2)")
    created_at, author, body = _time(values, "CreationDate"), _author(values, "Owner"), _needed(values, "Body")
    edited_at = _time(values, "LastEditDate") if "LastEditDate" in values else None
    if kind == ANSWER:
        return AnswerRow(row.place, number, created_at, author, body, _number(values, "ParentId"), edited_at)
    return QuestionRow(row.place, number, created_at, author, body, _title(values), edited_at)


def comment_row(row: Row) -> CommentRow:
    values = row.values
    return CommentRow(
        place=row.place,
        number=_number(values, "Id"),
        created_at=_time(values, "CreationDate"),
        author=_author(values, "User", number="UserId"),
        written=_needed(values, "Text"),
        parent=_number(values, "PostId"),
    )


def understood(file: Path, read: Callable[[Row], AnyRow], advance: Callable[[int], None]) -> Iterator[AnyRow | Fault]:
    """Every row of ``file`` as ``read`` understands it, or why it does not."""
    for row in rows_of(file, advance):
        try:
            yield row if isinstance(row, Fault) else read(row)
        except Unfit as unfit:
            yield Fault(row.place, str(unfit))


def _needed(values: Mapping[str, str], name: str) -> str:
    value = values.get(name, "")
    if not value.strip():
        raise Unfit(f"has no {name}")
    return value


def _number(values: Mapping[str, str], name: str) -> str:
    written = _needed(values, name).strip()
    if not _NUMBER.fullmatch(written):
        raise Unfit(f"{name} {written!r:.20} is no number")
    return str(int(written))


def _time(values: Mapping[str, str], name: str) -> datetime:
    """In UTC, where the dump says nothing else, and in whole milliseconds."""
    written = _needed(values, name).strip()
    try:
        moment = datetime.fromisoformat(written)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Unfit(f"{name} {written!r:.40} is no date") from error
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _author(values: Mapping[str, str], prefix: str, *, number: str = "OwnerUserId") -> Author:
    by_number = _number(values, number) if values.get(number, "").strip() else None
    author = Author(by_number, to_shown_name(values.get(f"{prefix}DisplayName", "")))
    if author == Author(None, None):
        raise Unfit(f"has neither {number} nor {prefix}DisplayName")
    return author


def _title(values: Mapping[str, str]) -> str | None:
    title = " ".join(values.get("Title", "").split())
    if len(title) > TITLE_LENGTH:
        raise Unfit(f"Title has {len(title)} characters, more than {TITLE_LENGTH}")
    return title or None
