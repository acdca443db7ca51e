"""Signs that climb, hide or turn a line around: bounded in every text and name, so that none spoils its neighbours."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum, auto
from typing import Final

from policy.limits import MAX_MARKS_ON_A_LETTER, MAX_TURNS, MAX_UNSEEN_AFTER_A_LETTER

#: Letters and signs by their category, of which nothing can be seen; written alone they are a name of nobody.
BLANKS: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

#: Marks of which nothing can be seen: the grapheme joiner and the variation selectors, which choose between emoji.
INVISIBLE_MARKS: Final = frozenset(
    "\u034f\u180b\u180c\u180d\u180f" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)

# No text needs them: controls but for white space, lone surrogates, and noncharacters on every plane. What most texts
# consist of is passed over first, or each of their letters would be compared with every one of these ranges.
_COMMON: Final = "\t\n\r -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001fffd"
_RARE: Final = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
FORBIDDEN: Final = re.compile(f"[^{_COMMON}](?<=[{_RARE}])")

_EMBEDDING: Final = "\u202c"
_ISOLATE: Final = "\u2069"
_OVERRIDES: Final = "\u202d\u202e"
_CLOSERS: Final = {"\u202a": _EMBEDDING, "\u202b": _EMBEDDING} | dict.fromkeys("\u2066\u2067\u2068", _ISOLATE)
_ENDS_OF_LINES: Final = "\n\u2028\u2029"


class _Kind(IntEnum):
    """What a sign does to those around it."""

    LETTER = auto()
    MARK = auto()
    SPACING_MARK = auto()
    UNSEEN = auto()
    TURN = auto()
    END = auto()


class _Kinds(dict[str, _Kind]):
    """The kind of each sign, looked up once; the few thousand that a language has stay."""

    def __missing__(self, sign: str) -> _Kind:
        kind = _kind(sign)
        if len(self) < 20_000:
            self[sign] = kind
        return kind


def _kind(sign: str) -> _Kind:
    if sign in _CLOSERS or sign in _OVERRIDES or sign in (_EMBEDDING, _ISOLATE):
        return _Kind.TURN
    if sign in _ENDS_OF_LINES:
        return _Kind.END
    return _BY_CATEGORY.get(unicodedata.category(sign), _Kind.LETTER)


_BY_CATEGORY: Final = {"Mn": _Kind.MARK, "Me": _Kind.MARK, "Mc": _Kind.SPACING_MARK, "Cf": _Kind.UNSEEN}
_KINDS: Final = _Kinds()
_PLAIN: Final = frozenset({_Kind.LETTER})
_OVER_LIMITS: Final = frozenset({_Kind.MARK, _Kind.UNSEEN, _Kind.TURN})


def is_within_unicode_limits(text: str) -> bool:
    """Whether ``text`` has nothing in it of what is bounded here. Most texts are."""
    return _OVER_LIMITS.isdisjoint(map(_KINDS.__getitem__, set(text)))


def limit_unicode(text: str) -> str:
    """``text`` with every line calm: few marks on a letter, nothing that turns a line's order round beyond its end."""
    if is_within_unicode_limits(text):
        return text
    calming = UnicodeLimiter()
    return calming.added(text) + calming.ended()


def has_visible_characters(text: str) -> bool:
    """Whether anything of ``text`` can be seen: a letter, digit, sign or picture, not marks and spaces alone."""
    return any(sign not in BLANKS and unicodedata.category(sign)[0] in "LNPS" for sign in text)


class UnicodeLimiter:
    """Calms a text that comes in pieces, with markup between them.

    UTS #39 (5.4) calls more than four marks on a letter a sign of deception; towers of them hide what is written above.
    Overrides, which make text read backwards, are left out. Embeddings and isolates, which scripts from right to left
    need, are kept where they close inside their block, closed where they do not, and left out where nothing is open.
    """

    def __init__(self) -> None:
        self._marks = self._unseen = 0
        self._closers: list[str] = []
        """What closes each open turn; empty for an override, of which nothing is written."""

    def added(self, text: str) -> str:
        """The next piece, calmed."""
        if not text:
            return ""
        if _PLAIN.issuperset(map(_KINDS.__getitem__, set(text))):
            self._marks = self._unseen = 0
            return text
        return "".join(self._limited(text))

    def ended(self) -> str:
        """What closes all that is open at a block's end."""
        self._marks = self._unseen = 0
        if not self._closers:
            return ""
        closing = "".join(reversed(self._closers))
        self._closers.clear()
        return closing

    def _limited(self, text: str) -> Iterable[str]:
        for sign in text:
            kind = _KINDS[sign]
            if kind is _Kind.LETTER:
                self._marks = self._unseen = 0
                yield sign
            elif kind is _Kind.MARK:
                self._marks += 1
                yield sign if self._marks <= MAX_MARKS_ON_A_LETTER else ""
            elif kind is _Kind.UNSEEN:
                self._unseen += 1
                yield sign if self._unseen <= MAX_UNSEEN_AFTER_A_LETTER else ""
            elif kind is _Kind.TURN:
                yield self._turned(sign)
            else:
                yield (self.ended() if kind is _Kind.END else "") + sign

    def _turned(self, sign: str) -> str:
        if sign in _OVERRIDES:
            return self._opened("", "")
        if sign in _CLOSERS:
            return self._opened(sign, _CLOSERS[sign])
        return self._closed_embedding() if sign == _EMBEDDING else self._closed_isolate()

    def _opened(self, sign: str, closer: str) -> str:
        if len(self._closers) >= MAX_TURNS:
            return ""
        self._closers.append(closer)
        return sign

    def _closed_embedding(self) -> str:
        if not self._closers or self._closers[-1] == _ISOLATE:
            return ""
        return self._closers.pop()

    def _closed_isolate(self) -> str:
        """Closes what was opened inside as well, as every reader's browser does."""
        if _ISOLATE not in self._closers:
            return ""
        while self._closers.pop() != _ISOLATE:
            continue
        return _ISOLATE
