"""Text as members write it and as it is served, and the links inside it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

# Percent-encoded into the leaving page's address it may grow threefold and must still fit the 8,190 bytes that
# aiohttp reads of a request line.
MAX_URL_LENGTH: Final = 2_048


class LinkRisk(Enum):
    """How much care a link asks for, from none to all."""

    INTERNAL = "INTERNAL"
    TRUSTED = "TRUSTED"
    NEUTRAL = "NEUTRAL"
    SUSPICIOUS = "SUSPICIOUS"
    BLOCKED = "BLOCKED"


class LinkRiskReason(Enum):
    """Why a link asks for care."""

    EXTERNAL = "EXTERNAL"
    NOT_HTTPS = "NOT_HTTPS"
    TEXT_HOST_MISMATCH = "TEXT_HOST_MISMATCH"
    MIXED_SCRIPT = "MIXED_SCRIPT"
    LOOKALIKE_HOST = "LOOKALIKE_HOST"
    RIGHT_TO_LEFT = "RIGHT_TO_LEFT"
    SHORTENER = "SHORTENER"
    IP_ADDRESS = "IP_ADDRESS"
    USERINFO = "USERINFO"
    ODD_PORT = "ODD_PORT"
    BLOCKLISTED = "BLOCKLISTED"


class HostVerdict(Enum):
    """What moderators have decided about a host."""

    TRUSTED = "TRUSTED"
    BLOCKED = "BLOCKED"
    SHORTENER = "SHORTENER"


@dataclass(frozen=True, slots=True)
class HostReputation:
    """What is known about a host at this moment, whatever the link that leads to it."""

    verdict: HostVerdict | None = None
    reasons: frozenset[LinkRiskReason] = frozenset()
    """What its name and the lists say against it, the verdict aside."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was understood when its text was written; what is known of its host is looked up when it is read."""

    url: str
    """Normalised as a browser would."""
    text: str | None
    """What the reader sees of it, or None where it stands alone (a profile's web site)."""
    host: str
    """As people read it; empty for mailto."""
    ascii_host: str
    """As it goes on the wire."""
    is_external: bool
    reasons: tuple[LinkRiskReason, ...]
    """What its address and its text say against it, in the order of the enum; of its host see HostStanding."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A handle named in a text, whether or not anybody goes by it.

    ``start`` and ``end`` are its place in ``RichText.text``, in UTF-16 code units as browsers count: the ``@`` first.
    """

    handle: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RichText:
    """A rendered text. ``source`` is for those who may edit it and None for everyone else."""

    html: str
    """Safe to insert; a noncharacter stands where the site's address goes (see content/site_placeholder.py)."""
    text: str
    links: tuple[Link, ...] = ()
    source: str | None = None
    mentions: tuple[Mention, ...] = ()
