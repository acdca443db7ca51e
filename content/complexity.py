"""Texts that would cost more to render than any that people write: refused, or freed of what makes them so.

One rendering holds up everybody else who asks, so what it takes is bounded before it begins, by looking once over the
text, and never by a clock.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from content.markup import BLOCKS, CELLS
from domain.language import Language
from domain.messages import Message
from policy.limits import (
    EFFORT_OF_FLATTENING,
    EFFORT_OF_HTML,
    EFFORT_OF_MARKDOWN,
    MAX_EFFORT,
    MAX_HTML_LENGTH,
    MAX_LINKS_IN_A_TEXT,
    MAX_NESTED_FORMATS,
    MAX_NESTED_HTML,
)


class TooComplex(Exception):
    """Too much of what costs rendering time; ``message`` says of what, with ``values`` in it."""

    def __init__(self, message: Message, **values: object) -> None:
        super().__init__(message.in_language(Language.EN, values))
        self.message = message
        self.values = values


def check_markdown(source: str) -> None:
    """Raises TooIntricate where ``source`` has more marks than any text that people write."""
    _check(source, EFFORT_OF_MARKDOWN)


def bearable(html: str) -> str:
    """``html`` without what is nested too deep. Raises TooIntricate where it is still longer, or has more tags, than
    any text that people write.
    """
    if len(html) > MAX_HTML_LENGTH:
        raise TooComplex(Message.TOO_LONG, most=MAX_HTML_LENGTH)
    _check(html, EFFORT_OF_FLATTENING)
    html = _flattened(html)
    check_html(html)
    return html


def check_html(html: str) -> None:
    """Raises TooIntricate where ``html`` has more tags than any text that people write."""
    _check(html, EFFORT_OF_HTML)


def check_links(html: str) -> None:
    """Raises TooIntricate where ``html`` has more links, or pictures that become links, than a text may have."""
    if html.count("<a ") + html.count("<img ") > MAX_LINKS_IN_A_TEXT:
        raise TooComplex(Message.TOO_MANY_LINKS, most=MAX_LINKS_IN_A_TEXT)


def _check(text: str, efforts: Mapping[str, float]) -> None:
    effort = sum(_times(mark, text) * effort for mark, effort in efforts.items())
    if effort > MAX_EFFORT:
        raise TooComplex(Message.TOO_COMPLEX)


def _times(mark: str, text: str) -> int:
    if not mark:
        return len(text)
    return text.count(mark) if len(mark) == 1 else len(_PATTERNS[mark].findall(text))


_PATTERNS: Final = {
    mark: re.compile(mark, re.MULTILINE | re.IGNORECASE)
    for mark in {*EFFORT_OF_MARKDOWN, *EFFORT_OF_HTML}
    if len(mark) > 1
}

# ---------------------------------------------------------------- nested HTML

_APART: Final = BLOCKS | CELLS
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_NEVER_OPEN: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
#: What a parser begins anew in each block until it is closed (HTML, "active formatting elements").
_FORMATS: Final = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_CELLS: Final = frozenset({"p", "td", "th"})
_ROWS: Final = _CELLS | {"tr"}
#: What ends by itself where the next of its kind begins (HTML, "optional tags").
_ENDED_BY: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"p", "li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"p", "dt", "dd"})),
    **dict.fromkeys(("td", "th"), _CELLS),
    "tr": _ROWS,
    **dict.fromkeys(("thead", "tbody", "tfoot"), _ROWS | {"thead", "tbody", "tfoot"}),
    **dict.fromkeys(
        ("p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"),
        frozenset({"p"}),
    ),
}
_END_BY_THEMSELVES: Final = frozenset().union(*_ENDED_BY.values())


def _flattened(html: str) -> str:
    """``html`` without the tags that stand deeper than anybody nests; its words stay, and so does all other HTML."""
    nest = _Nest()
    written, end = [], 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if nest.takes(name, closes=tag[1] == "/"):
            continue
        before = html[end : tag.start()]
        # With nothing between them two paragraphs would make one word, and "<" and "div>" a tag that was not counted.
        written.append(before + " " if before and (name in _APART or before.endswith("<")) else before)
        end = tag.end()
    return "".join([*written, html[end:]])


class _Nest:
    """What is open at a place in HTML. Rather too much than too little: a crossed pair stays open."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._formats = 0
        """How many of them are formats."""
        self._left_out: Counter[str] = Counter()

    def takes(self, name: str, *, closes: bool) -> bool:
        """Whether there is room for this tag."""
        if closes:
            return self._closes(name)
        ended = _ENDED_BY.get(name, frozenset())
        while self._open and self._open[-1] in ended:
            self._open.pop()
        if name in _NEVER_OPEN:
            return True
        if not self._has_room_for(name):
            self._left_out[name] += 1
            return False
        self._open.append(name)
        self._formats += name in _FORMATS
        return True

    def _has_room_for(self, name: str) -> bool:
        if len(self._open) >= MAX_NESTED_HTML:
            return False
        return name not in _FORMATS or self._formats < MAX_NESTED_FORMATS

    def _closes(self, name: str) -> bool:
        if self._left_out[name]:
            self._left_out[name] -= 1
            return False
        if name in self._open:
            self._close(name)
        return True

    def _close(self, name: str) -> None:
        self._formats -= name in _FORMATS
        place = len(self._open) - 1 - self._open[::-1].index(name)
        # A list takes its last entry with it, a table its cells.
        self._open[place:] = [inner for inner in self._open[place + 1 :] if inner not in _END_BY_THEMSELVES]
