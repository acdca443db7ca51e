"""Finds in a text what would tell its readers how to reach or identify somebody: an ordered table of checks.

Each pattern is bounded from any place where it may begin, and each check looks into a bounded number of candidates, so
that a search takes time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from content.autolinks import INVISIBLE
from content.id_numbers import MOBILE, by_number_plan, digits_of, identity_number, luhn_number, mobile
from domain.publishing_notices import PublishingNoticeKind as Kind
from policy.limits import MAX_NOTICES, MAX_SEARCHED_LENGTH


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """One value, equal however it is written."""

    kind: Kind
    value: str

    @property
    def masked(self) -> str:
        """Enough for its author to know it by: a notice may be read over a shoulder."""
        name, at, host = self.value.partition("@")
        if at:
            return f"{name[0]}…@{host}"
        number = self.value.removeprefix("+86")
        return f"{number[:3]}…{number[-2:]}"


def personal_values(text: str) -> list[PersonalValue]:
    """What is found in ``text``, each value once, at most MAX_NOTICES, in the order of the table."""
    rest = _plain(text)
    found: dict[PersonalValue, None] = {}
    for check in CHECKS:
        hits = _hits(check, rest)
        found |= {PersonalValue(check.kind, hit.value): None for hit in hits}
        # What is one thing is not looked at as another: a card's digits may contain a phone's.
        rest = _without(rest, hits)
    return list(found)[:MAX_NOTICES]


# ---------------------------------------------------------------- the checks


@dataclass(frozen=True, slots=True)
class _Meant:
    """The value that was written, and how many characters it takes."""

    value: str
    length: int


@dataclass(frozen=True, slots=True)
class _Check:
    kind: Kind
    pattern: re.Pattern[str]
    understand: Callable[[str], str | None]
    """What was matched -> the value meant, or None where it only looks like one."""
    at_most: int = 500
    """Candidates looked into: more than people write, few enough to be looked at in a millisecond or two."""
    may_end_early: bool = False
    """Whether the value may be less than what was matched: it then ends with one of the groups of digits."""


# Not from within a longer number, a version or an amount; neither a day nor an IP address.
_BEGINS: Final = r"(?<![\d+])(?<!\d[.-])(?!(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,3}(?:\.\d{1,3}){3})(?!\d))"
_ENDS: Final = r"(?![0-9A-Za-z])"
_BETWEEN: Final = "[ .-]?"


def _number(first: str, most: int, last: str = r"\d") -> re.Pattern[str]:
    """A number of ``most`` digits, which people may set apart."""
    return re.compile(rf"{_BEGINS}{first}(?:{_BETWEEN}\d){{{most - 2}}}{_BETWEEN}{last}{_ENDS}", re.ASCII)


_MAIL: Final = re.compile(
    r"(?<![\w.%+-])[a-z0-9][\w.%+-]{0,63}+@(?:[a-z0-9-]{1,63}+\.){1,8}[a-z]{2,24}(?![a-z0-9-])",
    re.ASCII | re.IGNORECASE,
)
_MAINLAND_MOBILE: Final = re.compile(rf"{_BEGINS}{MOBILE}(?!\d)", re.ASCII)
_LANDLINE: Final = re.compile(rf"{_BEGINS}0(?:10|2\d|[3-9]\d\d)\)?[ -]?[2-9]\d{{2,3}}[ -]?\d{{4}}(?!\d)", re.ASCII)
_INTERNATIONAL: Final = re.compile(r"(?<!\d)(?:\+|0086)[ (]{0,2}[1-9](?:[ .()-]{0,2}\d){6,17}+", re.ASCII)

#: A first digit of 2 and up: cards are issued under those, and zeros would pass any sum.
CHECKS: Final = (
    _Check(Kind.EMAIL, _MAIL, str.lower),
    _Check(Kind.IDENTITY_NUMBER, _number("[1-9]", 18, "[0-9Xx]"), identity_number),
    *(_Check(Kind.BANK_CARD, _number("[2-9]", length), luhn_number) for length in (19, 18, 17, 16)),
    _Check(Kind.PHONE, _MAINLAND_MOBILE, mobile),
    # The library that knows every country's numbers takes 50 µs for one.
    _Check(Kind.PHONE, _LANDLINE, by_number_plan, at_most=40),
    _Check(Kind.PHONE, _INTERNATIONAL, by_number_plan, at_most=20, may_end_early=True),
)


# ---------------------------------------------------------------- how they are applied

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fb\u00b7\u2022", "-"))
# A number in an address is a page's more often than a person's, and the link has a notice of its own.
_ADDRESS: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)

_PIECE: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Hit:
    begin: int
    end: int
    value: str


def _plain(text: str) -> str:
    """``text`` with full-width digits as plain ones, and without what hides between them."""
    shown = INVISIBLE.sub("", text[:MAX_SEARCHED_LENGTH])
    plain = ""
    # Piece by piece: there are letters that unfold into eighteen.
    for begin in range(0, len(shown), _PIECE):
        if len(plain) < MAX_SEARCHED_LENGTH:
            plain += unicodedata.normalize("NFKC", shown[begin : begin + _PIECE])
    return _ADDRESS.sub("\n", plain.translate(_DASHES))


def _hits(check: _Check, text: str) -> list[_Hit]:
    hits: list[_Hit] = []
    place = 0
    for _ in range(check.at_most):
        candidate = check.pattern.search(text, place)
        if candidate is None:
            break
        meant = _understood(check, candidate.group())
        # A number that is none may stand before one that is: 2024 6222… begins with a year.
        place = candidate.start() + (meant.length if meant else 1)
        if meant:
            hits.append(_Hit(candidate.start(), place, meant.value))
    return hits


def _understood(check: _Check, written: str) -> _Meant | None:
    ends = [group.end() for group in digits_of(written)][-5:] if check.may_end_early else [len(written)]
    for end in reversed(ends):
        value = check.understand(written[:end])
        if value is not None:
            return _Meant(value, end)
    return None


def _without(text: str, hits: list[_Hit]) -> str:
    """``text`` with a gap, no matter how long, in the place of each hit."""
    places = [0, *(place for hit in hits for place in (hit.begin, hit.end)), len(text)]
    return "\n".join(text[begin:end] for begin, end in list(pairwise(places))[::2])
