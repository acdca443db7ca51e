"""A dump's file, row by row: one element a line, so that a broken line costs itself alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from lxml import etree

#: Posts have at most 30,000 characters; escaped, and in four bytes each, they stay far below.
MAX_LINE_BYTES: Final = 1_048_576

_FRAME: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*\?>|</?(?:users|posts|comments)\s*/?>)\s*)*")

# A dump comes from elsewhere: nothing in it may open files, ask the network, or grow on being read.
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class Unfit(Exception):
    """What cannot be imported; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the dump a row stands; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What was left out, and why: a whole row, or a part of it."""

    place: Place
    reason: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row's attributes as the dump has them."""

    place: Place
    values: Mapping[str, str]


def rows_of(file: Path, advance: Callable[[int], None]) -> Iterator[Row | Fault]:
    """Every row of ``file``, and every line that is none; ``advance`` hears how many bytes each line took."""
    with file.open("rb") as stream:
        for number, line in enumerate(_lines(stream, advance), start=1):
            place = Place(file.name, number)
            try:
                if line is None:
                    raise Unfit(f"is longer than {MAX_LINE_BYTES} bytes")
                if not _FRAME.fullmatch(line):
                    yield Row(place, attributes_of(line))
            except Unfit as unfit:
                yield Fault(place, str(unfit))


def attributes_of(line: bytes) -> Mapping[str, str]:
    """The attributes of the ``<row …/>`` in ``line``. Raises Unfit."""
    line = line.strip()
    if not line.startswith(b"<row"):
        raise Unfit("is no row")
    try:
        element = etree.fromstring(line, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Unfit(f"is not well-formed: {error.msg}") from error
    if element.tag != "row":
        raise Unfit("is no row")
    return {str(name): str(value) for name, value in element.attrib.items()}


def _lines(stream: BinaryIO, advance: Callable[[int], None]) -> Iterator[bytes | None]:
    """Line by line; None for one that is too long, which is read on to its end and not kept."""
    while line := stream.readline(MAX_LINE_BYTES):
        size, end = len(line), line
        while not end.endswith(b"\n") and (more := stream.readline(MAX_LINE_BYTES)):
            size, end = size + len(more), more
        yield line if size == len(line) else None
        advance(size)
