"""Names from elsewhere, made to fit the rules for names here."""

import re
import unicodedata
from typing import Final

from accounts.handles import to_handle
from accounts.registration import to_display_name
from domain.clock_and_random import RandomSource
from domain.errors import Refused
from policy.limits import DISPLAY_NAME_LENGTH, HANDLE_LENGTH, SLUG_LENGTH
from text.input_text import single_line
from text.unicode_limits import has_visible_characters

#: For those whose name gives none, be it of signs alone or of scripts that may not stand together.
NO_HANDLE: Final = "member"

#: Small numbers read well; past them a random one ends the search at once.
_SUFFIXES: Final = ("", "_2", "_3", "_4", "_5")
_RANDOM_DIGITS: Final = 8

#: Under which all sites of the network stand.
_NETWORK: Final = (
    "askubuntu.com",
    "mathoverflow.net",
    "serverfault.com",
    "stackapps.com",
    "stackexchange.com",
    "stackoverflow.com",
    "superuser.com",
)

_LETTERS: Final = frozenset("LMN")


def to_shown_name(typed: str) -> str | None:
    """``typed`` as a display name; where it does not fit, what can be seen of it, cut. None where nothing is left."""
    try:
        return to_display_name(typed)
    except Refused:
        seen = "".join(letter for letter in " ".join(typed.split()) if letter.isprintable())
        name = single_line(seen)[:DISPLAY_NAME_LENGTH].strip()
        return name if has_visible_characters(name) else None


def slug_for(name: str) -> str | None:
    """A board's slug from a folder's name, or None where too little of it can be used."""
    ascii_only = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    least, most = SLUG_LENGTH
    slug = "-".join(ascii_only.split())[:most].strip("-")
    return slug if len(slug) >= least else None


def origin_for(name: str) -> str | None:
    """The site that a dump in a folder of this name is of: archives are named after their hosts."""
    host = name.lower()
    is_known = any(host == known or host.endswith("." + known) for known in _NETWORK)
    return f"https://{host}" if is_known else None


def handles_for(name: str | None) -> tuple[str, ...]:
    """What a member by this name may be called, best first; each fits the rules, all may be taken."""
    base = _handle(name or NO_HANDLE)
    return tuple(_with(base, suffix) for suffix in _SUFFIXES)


def rare_handle(name: str | None, random: RandomSource) -> str:
    """A handle that hardly anyone has, for where ``handles_for`` are all taken."""
    return _with(_handle(name or NO_HANDLE), "_" + random.digits(_RANDOM_DIGITS))


def _handle(name: str) -> str:
    for form in (name, _joined(name), _joined(_ascii(name))):
        try:
            return to_handle(form)
        except Refused:
            continue
    return NO_HANDLE


def _with(base: str, suffix: str) -> str:
    return base[: HANDLE_LENGTH[1] - len(suffix)] + suffix


def _joined(name: str) -> str:
    """Its letters, marks and digits, with an underscore for what lies between."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(letter if unicodedata.category(letter)[0] in _LETTERS else " " for letter in folded)
    return re.sub(r"\s+", "_", kept.strip())[: HANDLE_LENGTH[1]].strip("_")


def _ascii(name: str) -> str:
    """Latin letters without their marks, and nothing else."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
