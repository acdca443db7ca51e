"""What letters look like, and which are written together: UTS #39, for names that people must not confuse."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from confusable_homoglyphs import categories, confusables

_MARKS: Final = "\u200e\u200f"  # the table wraps right-to-left letters in these

#: Scripts that are written together in one name without deceiving anyone ("highly restrictive", section 5.2).
_TOGETHER: Final = (
    frozenset({"LATIN", "HAN"}),
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
)
#: Scripts in which whole words can be written that read as Latin ones.
_LIKE_LATIN: Final = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")

#: What the table has not, for it compares letters of one size: in an address ``I`` is an ``i`` and seen as an ``l``,
#: and digits are read as the letters that they are put for.
_READ_AS: Final = (("i", "l"), ("3", "e"), ("4", "a"), ("5", "s"), ("8", "b"), ("vv", "w"), ("cl", "d"))


def skeleton(name: str) -> str:
    """What ``name`` looks like letter by letter: equal for names that a reader could take for each other."""
    return _drawn(unicodedata.normalize("NFD", name), _PROTOTYPES)


@lru_cache(maxsize=2048)
def look(name: str) -> str:
    """What ``name`` looks like in passing: as its skeleton, and accents and what _READ_AS lists make no difference."""
    decomposed = unicodedata.normalize("NFD", name)
    return _drawn("".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn"), _GLANCED)


def mixes_scripts(name: str) -> bool:
    """Whether ``name`` has letters of scripts that are not written together."""
    scripts = _scripts(name)
    return len(scripts) > 1 and not any(scripts <= group for group in _TOGETHER)


def reads_as_latin(name: str) -> bool:
    """Whether ``name`` is all of another script's letters, each of which looks like a Latin one: ``сосо``."""
    scripts = _scripts(name)
    return len(scripts) == 1 and scripts <= set(_LIKE_LATIN) and look(name).isascii()


def _scripts(name: str) -> set[str]:
    if name.isascii():
        return {"LATIN"}
    return {_script(letter) for letter in name} - {"COMMON", "INHERITED"}


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return str(categories.alias(letter))


def _drawn(decomposed: str, prototypes: Mapping[str, str]) -> str:
    drawn = "".join(prototypes.get(letter, letter) for letter in decomposed)
    return unicodedata.normalize("NFD", drawn).casefold()


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


_PROTOTYPES: Final = _prototypes(_entries())
_AT_A_GLANCE: Final = _prototypes([*_entries(), *_READ_AS])
#: What stands for several letters is drawn by theirs: "d" by what "cl" is drawn by.
_GLANCED: Final = {
    letter: "".join(_AT_A_GLANCE.get(each, each) for each in drawn) for letter, drawn in _AT_A_GLANCE.items()
}
