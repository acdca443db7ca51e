"""Handles: public names, unique also against those that look alike (policy/confusables.py)."""

import unicodedata

from domain.errors import ErrorCode, refusal
from domain.messages import Message
from policy.confusables import mixes_scripts
from policy.limits import HANDLE_LENGTH
from text.input_text import single_line
from text.unicode_limits import INVISIBLE_MARKS

_ALLOWED_CATEGORIES = frozenset({"Ll", "Lo", "Lm", "Nd", "Mn", "Mc"})


def to_handle(typed: str, *path: str) -> str:
    """``typed`` as it is kept: NFKC, lower case. Refuses wrong lengths, other signs and mixed scripts."""
    least, most = HANDLE_LENGTH
    # Normalising first would take seconds for a long run of combining marks.
    typed = typed.strip()[: 4 * most]
    handle = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    if not least <= len(handle) <= most or not _is_readable(handle) or mixes_scripts(handle):
        raise refusal(ErrorCode.VALIDATION, Message.HANDLE_FORM, *path, least=least, most=most)
    return handle


def _is_readable(handle: str) -> bool:
    """Return whether every letter is allowed and can be seen: ``ann`` and an invisible mark reads as ``ann``."""
    return all(map(_is_allowed, handle)) and single_line(handle) == handle


def _is_allowed(letter: str) -> bool:
    is_letter = letter == "_" or unicodedata.category(letter) in _ALLOWED_CATEGORIES
    return is_letter and letter not in INVISIBLE_MARKS
