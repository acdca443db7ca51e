"""Which of the two GraphQL media types a client is answered in, by its Accept header (RFC 9110, section 12.5.1)."""

from functools import lru_cache
from typing import NamedTuple

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"

# JSON first: what asks for anything at all, or nothing, is an old client.
OFFERED = (JSON, GRAPHQL_RESPONSE)


class Range(NamedTuple):
    """One entry of an Accept header."""

    media_type: str
    quality: float
    position: int

    def closeness(self, offered: str) -> int:
        """How exactly it names ``offered``; 0 where it does not."""
        return {offered: 3, "application/*": 2, "*/*": 1}.get(self.media_type, 0)


# Browsers and clients send a handful of different headers; the bound keeps made-up ones from piling up.
@lru_cache(maxsize=256)
def preferred(accept: str) -> str | None:
    """The type to answer in, or None where neither is acceptable."""
    if not accept.strip():
        return JSON
    ranges = [entry for position, text in enumerate(accept.split(",")) if (entry := _range(text, position))]
    wishes = {offered: wish for offered in OFFERED if (wish := _wish(ranges, offered))}
    # Of equally wanted types the one that is named wins, then the one that is named first.
    return max(wishes, key=lambda offered: wishes[offered], default=None)


def _wish(ranges: list[Range], offered: str) -> tuple[float, int, int] | None:
    entry = max(ranges, key=lambda entry: entry.closeness(offered), default=None)
    if entry is None or not entry.closeness(offered) or not entry.quality:
        return None
    return entry.quality, entry.closeness(offered), -entry.position


def _range(text: str, position: int) -> Range | None:
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    values = dict(parameter.partition("=")[::2] for parameter in parameters)
    if values.get("charset", "utf-8").strip('"') not in {"utf-8", "utf8"}:
        return None
    try:
        quality = float(values.get("q", "1"))
    except ValueError:
        return None
    return Range(media_type, quality if 0 <= quality <= 1 else 0.0, position)
