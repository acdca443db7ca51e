"""Members named in a text: ``@`` and a handle. Whether there is such a member is not asked here, nor told by it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import regex

from accounts.handles import to_handle
from content.autolinks import CJK
from domain.errors import Refused
from domain.rich_text import Mention
from policy.limits import HANDLE_LENGTH, MAX_MENTION_TRIES

#: Stand around a mention while white space is folded; noncharacters, of which every text has been freed.
_BEGIN: Final = "\ufdd1"
_END: Final = "\ufdd2"
_MARKED: Final = re.compile(f"{_BEGIN}(@([^{_END}]*)){_END}")

# Chinese leaves no space before it (你好@ann); after it there has to be one, or a mark, for 看 may be the handle's own.
# After a Latin letter, a digit or a dash it is an e-mail address; before a dot and a letter, or another @, a name on
# some other service. What is longer than a handle is none.
_LETTER: Final = r"[\w\p{M}]"
_NAMED: Final = regex.compile(
    rf"(?<![^\W{CJK}])(?<![@/_+-])@(?P<name>{_LETTER}{{{HANDLE_LENGTH[0]},{HANDLE_LENGTH[1]}}}+)(?!{_LETTER}|@|[.-]\w)"
)


class Found(NamedTuple):
    """A text, and who is named in it."""

    text: str
    mentions: tuple[Mention, ...]


class Marking:
    """Marks mentions in the pieces of one text."""

    def __init__(self) -> None:
        self._tries = MAX_MENTION_TRIES

    def marked(self, piece: str) -> str:
        """``piece``, in which mentions count, with marks around them."""
        return _NAMED.sub(self._marked, piece) if self._tries and "@" in piece else piece

    def _marked(self, named: regex.Match[str]) -> str:
        if not self._tries:
            return named[0]
        self._tries -= 1
        return f"{_BEGIN}{named[0]}{_END}" if _handle(named["name"]) else named[0]


def unmarked(text: str) -> str:
    """``text`` without the marks."""
    return text.replace(_BEGIN, "").replace(_END, "")


def found_in(text: str) -> Found:
    """The mentions that are marked in ``text``, and the text without the marks."""
    return Found(unmarked(text), tuple(_mentions(text))) if _BEGIN in text else Found(text, ())


def _mentions(text: str) -> Iterator[Mention]:
    units = read = 0
    for marked in _MARKED.finditer(text):
        start = units + _units(unmarked(text[read : marked.start()]))
        units, read = start + _units(marked[1]), marked.end()
        handle = _handle(marked[2])
        if handle:
            yield Mention(handle, start, units)


def _handle(name: str) -> str | None:
    try:
        return to_handle(name)
    except Refused:
        return None


def _units(text: str) -> int:
    """Its length as browsers count: letters beyond U+FFFF are two."""
    return len(text) + sum(letter > "\uffff" for letter in text)
