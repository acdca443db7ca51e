"""Single lines as people type them: names, titles, places."""

import unicodedata

#: Joiners hold emoji and some scripts' letters together; all other signs that cannot be seen only deceive.
JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})


def single_line(typed: str) -> str:
    """``typed`` without unseen signs, with single spaces, and none around it."""
    return " ".join("".join(map(_seen, typed)).split())


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in _UNSEEN and sign not in JOINERS else sign
