"""Single lines as people type them: names, titles, places."""

import unicodedata

from text.unicode_limits import BLANKS, limit_unicode

#: Joiners hold emoji and some scripts' letters together; all other signs that cannot be seen only deceive.
JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
_MARKS = frozenset({"Mn", "Me", "Mc"})


def single_line(typed: str) -> str:
    """``typed`` without unseen signs or towers of marks, with single spaces, and nothing but letters at its ends."""
    line = limit_unicode(" ".join("".join(map(_seen, typed)).split())).strip(JOINERS + " ")
    # A mark without a letter would climb onto what stands before the name.
    start = next((place for place, sign in enumerate(line) if not _needs_a_letter(sign)), len(line))
    return line[start:].strip()


def _seen(sign: str) -> str:
    if sign.isspace() or sign in BLANKS:
        return " "
    return "" if unicodedata.category(sign) in _UNSEEN and sign not in JOINERS else sign


def _needs_a_letter(sign: str) -> bool:
    return sign in JOINERS or unicodedata.category(sign) in _MARKS
