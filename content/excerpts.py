"""The beginning of a text, cut where a reader would cut it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import regex

from text.unicode_limits import limit_unicode

#: A sign as readers count them (UAX #29): a letter with its marks, a flag, a family of emoji.
_SIGN: Final = regex.compile(r"\X")
#: Signs may be made of any number of characters. Those that people use have up to ten.
_CHARACTERS_IN_A_SIGN: Final = 16
#: A word that would take away more than this part of an excerpt is cut in the middle.
_WORD_AT_MOST: Final = 0.5
_ELLIPSIS: Final = "…"
#: Scripts that are written without spaces are cut anywhere.
_IN_A_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}_'’-]")
_UNSPACED: Final = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)


def excerpt(text: str, length: int) -> str:
    """The first ``length`` signs of ``text`` in one line, or fewer so as to end with a word; then … if more follows."""
    looked_at = (length + 1) * _CHARACTERS_IN_A_SIGN
    line = " ".join(text[:looked_at].split())
    signs = list(islice(_signs(line), length + 1))
    if len(signs) <= length:
        return _ended(line) if text[looked_at:].strip() else line
    return _ended("".join(_whole_words(signs[:length], signs[length])))


def _signs(line: str) -> Iterator[str]:
    """Sign by sign; those that would be longer than anybody's come in pieces."""
    for sign in _SIGN.finditer(line):
        written = sign[0]
        for start in range(0, len(written), _CHARACTERS_IN_A_SIGN):
            yield written[start : start + _CHARACTERS_IN_A_SIGN]


def _whole_words(signs: list[str], following: str) -> list[str]:
    """``signs`` less the beginning of a word that ``following`` goes on with."""
    if not _goes_on(signs[-1], following):
        return signs
    end = len(signs) - 1
    while end > 0 and _goes_on(signs[end - 1], signs[end]):
        end -= 1
    return signs[:end] if len(signs) - end <= len(signs) * _WORD_AT_MOST else signs


def _goes_on(before: str, after: str) -> bool:
    """Whether one word holds both."""
    return all(_IN_A_WORD.match(sign) and not _UNSPACED.match(sign) for sign in (before, after))


def _ended(beginning: str) -> str:
    return limit_unicode(beginning.rstrip()) + _ELLIPSIS
