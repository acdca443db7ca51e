"""The one check of what people type: visible, not too long, and kept within the Unicode limits of every text."""

import re
import unicodedata
from typing import Final

from domain.errors import ErrorCode, refusal
from domain.messages import Message
from text.unicode_limits import BLANKS, FORBIDDEN, has_visible_characters, limit_unicode

#: Joiners hold emoji and some scripts' letters together; all other signs that cannot be seen only deceive.
JOINERS: Final = "\u200c\u200d"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
_MARKS: Final = frozenset({"Mn", "Me", "Mc"})
_LINE_ENDS: Final = re.compile("\r\n?|\f")


def required_text(typed: str, most: int, *path: str) -> str:
    """Return ``typed`` as a plain text is kept: stripped, with ``\\n`` between its lines, within the Unicode limits.

    Raise `Refused` if it is empty, if nothing of it can be seen, or if it is longer than ``most``.
    """
    _check_visible(typed, *path)
    stripped = typed.strip()
    check_length(stripped, most, *path)
    text = limit_unicode(_LINE_ENDS.sub("\n", FORBIDDEN.sub("", stripped))).strip()
    check_length(text, most, *path)  # what is open at the end of a line is closed there, which makes it longer
    return text


def optional_text(typed: str | None, most: int, *path: str) -> str | None:
    """Return the same as ``required_text``, or None if nothing of ``typed`` can be seen: it would add nothing."""
    return required_text(typed, most, *path) if typed and has_visible_characters(typed) else None


def text_as_typed(typed: str, most: int, *path: str) -> str:
    """Return ``typed`` unchanged. Raise `Refused` as ``required_text`` does.

    It is for Markdown, whose source stays as written, and for addresses, which have a form of their own: what becomes
    of them is limited elsewhere.
    """
    _check_visible(typed, *path)
    check_length(typed, most, *path)
    return typed


def required_line(typed: str, most: int, *path: str) -> str:
    """Return ``typed`` as a single line. Raise `Refused` if it is empty, invisible or longer than ``most``."""
    line = visible_line(typed, *path)
    if not line:
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, *path)
    check_length(line, most, *path)
    return line


def optional_line(typed: str | None, most: int, *path: str) -> str | None:
    """Return the same as ``required_line``, or None if ``typed`` is blank.

    Invisible characters are refused also here: None takes away a title or a place that stands, and nobody asked for
    that.
    """
    return required_line(typed, most, *path) if typed and typed.strip() else None


def visible_line(typed: str, *path: str) -> str:
    """Return ``typed`` as a single line of any length, "" if it is blank. Raise `Refused` if it is invisible."""
    line = single_line(typed)
    if typed.strip() and not has_visible_characters(line):
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_SEEN, *path)
    return line


def check_length(typed: str, most: int, *path: str) -> None:
    """Raise `Refused` if ``typed`` has more than ``most`` characters."""
    if len(typed) > most:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_LONG, *path, most=most)


def single_line(typed: str) -> str:
    """Return ``typed`` without unseen signs or towers of marks, with single spaces, and with letters at its ends."""
    line = limit_unicode(" ".join("".join(map(_seen, typed)).split())).strip(JOINERS + " ")
    # A mark without a letter would climb onto what stands before the name.
    start = next((place for place, sign in enumerate(line) if not _needs_a_letter(sign)), len(line))
    return line[start:].strip()


def _check_visible(typed: str, *path: str) -> None:
    if not typed.strip():
        raise refusal(ErrorCode.VALIDATION, Message.EMPTY, *path)
    if not has_visible_characters(typed):
        raise refusal(ErrorCode.VALIDATION, Message.NOTHING_SEEN, *path)


def _seen(sign: str) -> str:
    if sign.isspace() or sign in BLANKS:
        return " "
    return "" if unicodedata.category(sign) in _UNSEEN and sign not in JOINERS else sign


def _needs_a_letter(sign: str) -> bool:
    return sign in JOINERS or unicodedata.category(sign) in _MARKS
