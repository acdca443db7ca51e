"""The language a browser asks for."""

import re
from typing import Final

from domain.language import Language

DEFAULT: Final = Language.ZH

# Browsers send under 200 characters; a longer header is not worth the reading.
MAX_HEADER_LENGTH: Final = 1_000

# RFC 9110, 12.5.4 and 12.4.2: a range of RFC 4647, and a weight from 0 to 1 with at most three decimals.
ELEMENT: Final = re.compile(
    r"(?P<primary>[a-z]{1,8}|\*)(?:-[a-z0-9]{1,8})*[ \t]*(?:;[ \t]*q=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?",
    re.IGNORECASE | re.ASCII,
)
ANY: Final = "*"


def language_of(accept_language: str | None) -> Language:
    """The language of ours that the header likes best, the first named where it likes two alike.

    Chinese where it is absent, malformed, too long, or asks for neither.
    """
    weights = _weights(accept_language or "")
    liked = {language: weights.get(language.value, weights.get(ANY, 0.0)) for language in _as_named(weights)}
    best = max(liked, key=lambda language: liked[language])
    return best if liked[best] > 0 else DEFAULT


def _weights(header: str) -> dict[str, float]:
    """The best weight of each primary language, in the header's order; none at all of a malformed header."""
    if len(header) > MAX_HEADER_LENGTH:
        return {}
    weights: dict[str, float] = {}
    for part in filter(None, (part.strip(" \t") for part in header.split(","))):
        element = ELEMENT.fullmatch(part)
        if element is None:
            return {}
        primary = element["primary"].lower()
        weights[primary] = max(weights.get(primary, 0.0), float(element["weight"] or 1))
    return weights


def _as_named(weights: dict[str, float]) -> list[Language]:
    """Our languages: those that the header names, in its order, then the rest."""
    named = [language for primary in weights for language in Language if language.value == primary]
    return named + [language for language in Language if language not in named]
