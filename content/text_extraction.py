"""Finished HTML as a person reads it: its text, its links and whom it names."""

import re
from html import unescape
from typing import Final, NamedTuple

from content.links import Site
from content.markup import BLOCKS, CELLS, Part, parts_of
from content.mentions import Marking, found_in
from content.site_placeholder import stored_link
from domain.rich_text import Link, RichText
from text.unicode_limits import limit_unicode

_SPACE: Final = re.compile(r"\s+")
#: Where an ``@`` is code.
_LITERAL: Final = frozenset({"code", "kbd", "pre"})


def read(html: str, site: Site, source: str | None) -> RichText:
    """``html`` with all that is found in it."""
    reading = _Reading(site)
    for part in parts_of(html):
        reading.take(part)
    text, mentions = found_in(_lines("".join(reading.pieces)))
    return RichText(html=html, text=text, links=tuple(reading.links), source=source, mentions=mentions)


class _OpenLink(NamedTuple):
    """A link whose end is not read yet; across a table's cell a browser lets one stand inside another."""

    href: str | None
    place: int
    """Among the links."""
    words: list[str]
    """Less those of a link inside: whoever clicks these follows that one."""


class _Reading:
    """Reads part by part."""

    def __init__(self, site: Site) -> None:
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self._site = site
        self._marking = Marking()
        self._open: list[_OpenLink] = []
        self._keeps_lines = False
        self._literal = 0

    def take(self, part: Part) -> None:
        """The next part of the text."""
        name = part.name
        if name in BLOCKS:
            self._put("\n")
        elif name in CELLS:
            self._put(" ")
        if name == "pre":
            self._keeps_lines = not part.closes
        if name in _LITERAL:
            self._literal += -1 if part.closes else 1
        elif name == "a":
            self._at_link(part)
        if part.text:
            self._say(part.text)

    def _say(self, escaped: str) -> None:
        words = unescape(escaped) if "&" in escaped else escaped
        if not self._keeps_lines:
            words = _SPACE.sub(" ", words)
        is_plain = self._literal <= 0 and not self._open
        self._put(self._marking.marked(words) if is_plain else words)

    def _put(self, words: str) -> None:
        self.pieces.append(words)
        if self._open:
            self._open[-1].words.append(words)

    def _at_link(self, part: Part) -> None:
        if not part.closes:
            self._open.append(_OpenLink(part.attributes.get("href"), len(self.links), []))
        elif self._open:
            self._close(self._open.pop())

    def _close(self, opened: _OpenLink) -> None:
        if opened.href is None:
            return
        link = stored_link(opened.href, limit_unicode(" ".join("".join(opened.words).split())), self._site)
        if link is not None:
            self.links.insert(opened.place, link)


def _lines(text: str) -> str:
    """One line a block, none empty, none with more than one space at a time."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
