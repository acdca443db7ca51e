"""Imports a Stack Exchange dump: users, then questions, then what hangs under them.

Posts.xml is read twice, so that an answer may stand before its question. Every batch is whole or not there, and what is
there is passed over: a run that was cut off is repeated, and a repeated run changes nothing.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from content.boards import NewBoard, create_board
from content.services import ContentServices
from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.errors import Refused
from domain.ids import MemberId
from domain.members import Role
from domain.messages import Message
from domain.viewer import ANONYMOUS, Viewer
from importer.batches import USER, Batch, Destination, write
from importer.dump import (
    AnswerRow,
    AnyRow,
    CommentRow,
    QuestionRow,
    UserRow,
    comment_row,
    post_row,
    understood,
    user_row,
)
from importer.members import users
from importer.rows import Fault, Row
from importer.threads import answers, comments, questions
from stores.unique_keys import AlreadyTaken, UniqueKey

#: A transaction of as many rows takes a fraction of a second, and is all that a cut-off run does again.
BATCH_SIZE: Final = 200
#: Somebody may register a name while a batch that wants it is written; that three times over is no coincidence.
TRIES: Final = 3
#: Rows of Users.xml that tell whether a board holds this dump or another.
COMPARED_ROWS: Final = 20

#: Whoever runs commands on the machine may make boards; they are no member.
OPERATOR: Final = Viewer(MemberId("operator"), Role.ADMIN)

ATTRIBUTION: Final = (
    "内容导入自 Stack Exchange 数据存档，依 CC BY-SA 许可使用，作者以原署名标注。\n\n"
    "Imported from a Stack Exchange data dump, under CC BY-SA; authors go by the names they have there."
)


class ImportRefused(Exception):
    """The import cannot begin; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One reading of one file: which rows are taken and what they become."""

    name: str
    file: str
    read: Callable[[Row], AnyRow]
    takes: tuple[type, ...]
    """Faults among them: each is told in one pass only."""
    prepare: Callable[[Destination, Any], Awaitable[Batch]]
    people: str
    """What members that come of it are counted as."""


#: Users, and authors whose accounts are gone.
MEMBERS: Final = "members"
NAMED: Final = "authors known by name only"

PASSES: Final = (
    Pass(MEMBERS, "Users.xml", user_row, (UserRow, Fault), users, MEMBERS),
    Pass("questions", "Posts.xml", post_row, (QuestionRow, Fault), questions, NAMED),
    Pass("answers", "Posts.xml", post_row, (AnswerRow,), answers, NAMED),
    Pass("comments", "Comments.xml", comment_row, (CommentRow, Fault), comments, NAMED),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the one who imports decides."""

    slug: str
    title: str
    audience: Audience = Audience.PUBLIC
    origin: str | None = None
    """Of the site that the dump is of: its relative links lead there. None: they keep their words alone."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: ``advance`` hears of bytes read, ``left_out`` of everything that was not imported."""

    advance: Callable[[int], None]
    left_out: Callable[[Fault], None]


@dataclass(slots=True)
class Summary:
    """What came of it."""

    made: Counter[str] = field(default_factory=Counter)
    """By the names of the passes, and NAMED."""
    there_already: Counter[str] = field(default_factory=Counter)
    rows_left_out: Counter[str] = field(default_factory=Counter)
    """By file."""
    parts_left_out: Counter[str] = field(default_factory=Counter)


def bytes_to_read(directory: Path) -> int:
    """How many bytes ``Watch.advance`` will hear of. Raises ImportRefused where a file is missing."""
    missing = sorted({step.file for step in PASSES if not (directory / step.file).is_file()})
    if missing:
        raise ImportRefused(f"{directory} has no {', '.join(missing)}: name the folder of an unpacked dump.")
    return sum((directory / step.file).stat().st_size for step in PASSES)


async def import_dump(services: ContentServices, directory: Path, choices: Choices, watch: Watch) -> Summary:
    """Bring the dump in ``directory`` onto a discussion board, which is made if it is missing.

    Raises ImportRefused before anything is written, and Refused where the slug or title of a new board will not do.
    """
    bytes_to_read(directory)
    await _check_same_dump(services, directory, choices)
    site = services.site.for_texts_from(choices.origin)
    destination = Destination(services, await _board(services, choices), choices.audience, site)
    summary = Summary()
    for step in PASSES:
        await _run(step, destination, directory / step.file, _Telling(watch, summary))
    return summary


@dataclass(frozen=True, slots=True)
class _Telling:
    """Counts what is left out while telling it."""

    watch: Watch
    summary: Summary

    def left_out(self, fault: Fault) -> None:
        counter = self.summary.rows_left_out if fault.part is None else self.summary.parts_left_out
        counter[fault.place.file] += 1
        self.watch.left_out(fault)


async def _run(step: Pass, destination: Destination, file: Path, telling: _Telling) -> None:
    found = understood(file, step.read, telling.watch.advance)
    for items in _in_batches(item for item in found if isinstance(item, step.takes)):
        rows = [item for item in items if not isinstance(item, Fault)]
        batch = await _written(step, destination, rows)
        faults = batch.faults + [item for item in items if isinstance(item, Fault)]
        for fault in sorted(faults, key=lambda fault: fault.place.line):
            telling.left_out(fault)
        _count(step, batch, telling.summary)


async def _written(step: Pass, destination: Destination, rows: list[AnyRow]) -> Batch:
    """The batch that ``rows`` come to, once it is stored."""
    for _ in range(TRIES - 1):
        try:
            return await _prepared_and_stored(step, destination, rows)
        except AlreadyTaken:
            continue
    return await _prepared_and_stored(step, destination, rows)


async def _prepared_and_stored(step: Pass, destination: Destination, rows: list[AnyRow]) -> Batch:
    batch = await step.prepare(destination, rows)
    await write(destination, batch)
    return batch


def _count(step: Pass, batch: Batch, summary: Summary) -> None:
    summary.made[step.name] += len(batch.posts) + len(batch.comments)
    summary.made[step.people] += len(batch.members)
    summary.there_already[step.name] += batch.there_already


def _in_batches(items: Iterable[AnyRow | Fault]) -> Iterator[list[AnyRow | Fault]]:
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


async def _board(services: ContentServices, choices: Choices) -> Board:
    boards = services.core.stores.boards
    if await boards.seen_by_slug(ANONYMOUS, choices.slug) is None:
        await _make_board(services, choices)
    board = await boards.seen_by_slug(ANONYMOUS, choices.slug)
    if board is None or board.kind is not BoardKind.DISCUSSION:
        raise ImportRefused(f"{choices.slug} is no discussion board: choose another with --board.")
    return board


async def _make_board(services: ContentServices, choices: Choices) -> None:
    try:
        await create_board(services, OPERATOR, NewBoard(choices.slug, choices.title, ATTRIBUTION))
    except Refused as refused:
        # Another import has just made it: then it is there to be used.
        if refused.errors[0].message is not Message.SLUG_TAKEN:
            raise


async def _check_same_dump(services: ContentServices, directory: Path, choices: Choices) -> None:
    """Refuse another site's dump on the same board: its user 12 would pass for this one's."""
    rows = (row for row in understood(directory / "Users.xml", user_row, lambda _: None) if isinstance(row, UserRow))
    asked = {f"{choices.slug}:{USER}:{row.number}": row.created_at.isoformat() for row in islice(rows, COMPARED_ROWS)}
    held = await services.core.stores.unique_keys.find_many(UniqueKey.IMPORT, asked)
    if held and not any(claimed.fingerprint == asked[key] for key, claimed in held.items()):
        raise ImportRefused(f"The board {choices.slug} holds another site's dump: choose another with --board.")
