"""Handles: public names, unique also against those that look alike (UTS #39 skeletons)."""

import unicodedata
from collections.abc import Iterable, Iterator

from confusable_homoglyphs import categories, confusables

from domain.messages import Message
from domain.problems import ErrorCode, refusal
from policy.limits import HANDLE_LENGTH

_MARKS = "\u200e\u200f"  # the table wraps right-to-left letters in these
_ALLOWED_CATEGORIES = frozenset({"Ll", "Lo", "Lm", "Nd", "Mn", "Mc"})

#: Scripts that are written together in one name without deceiving anyone (UTS #39, "highly restrictive").
_TOGETHER = (
    frozenset({"LATIN", "HAN"}),
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
)


def to_handle(typed: str, *path: str) -> str:
    """``typed`` as it is kept: NFKC, lower case. Refuses wrong lengths, other signs and mixed scripts."""
    least, most = HANDLE_LENGTH
    # Normalising first would take seconds for a long run of combining marks.
    typed = typed.strip()[: 4 * most]
    handle = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    if not least <= len(handle) <= most or not all(map(_is_allowed, handle)) or _mixes_scripts(handle):
        raise refusal(ErrorCode.VALIDATION, Message.HANDLE_FORM, *path, least=least, most=most)
    return handle


def skeleton(handle: str) -> str:
    """What ``handle`` looks like: equal for handles that a reader could take for each other."""
    decomposed = unicodedata.normalize("NFD", handle)
    drawn = "".join(_PROTOTYPES.get(letter, letter) for letter in decomposed)
    return unicodedata.normalize("NFD", drawn).casefold()


def _is_allowed(letter: str) -> bool:
    return letter == "_" or unicodedata.category(letter) in _ALLOWED_CATEGORIES


def _mixes_scripts(handle: str) -> bool:
    scripts = {categories.alias(letter) for letter in handle} - {"COMMON", "INHERITED"}
    return len(scripts) > 1 and not any(scripts <= group for group in _TOGETHER)


def _entries() -> Iterator[tuple[str, str]]:
    for written, others in confusables.confusables_data.items():
        for other in others:
            yield written.strip(_MARKS), other["c"].strip(_MARKS)


def _prototypes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each letter's representative. The table lists pairs both ways; whatever is linked is one class."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for one, other in pairs:
        parent[root(one)] = root(other)
    classes: dict[str, list[str]] = {}
    for text in list(parent):
        classes.setdefault(root(text), []).append(text)
    # The longest stands for all: "m" is drawn as "rn", for "rn" can't be found letter by letter.
    return {
        text: max(members, key=lambda member: (len(member), member.isascii(), member))
        for members in classes.values()
        for text in members
        if len(text) == 1
    }


_PROTOTYPES = _prototypes(_entries())
