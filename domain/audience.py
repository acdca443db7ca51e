"""Audiences: who may see a thing, from the narrowest to the widest."""

from enum import Enum


class Audience(Enum):
    """Ordered: each contains the ones before it."""

    ONLY_ME = "ONLY_ME"
    FRIENDS = "FRIENDS"
    MEMBERS = "MEMBERS"
    PUBLIC = "PUBLIC"

    @property
    def width(self) -> int:
        """0 for the narrowest."""
        return _WIDTHS[self]

    def is_wider_than(self, other: "Audience") -> bool:
        return self.width > other.width


_WIDTHS = {audience: width for width, audience in enumerate(Audience)}


def narrower(one: Audience, other: Audience) -> Audience:
    """Whichever of the two reaches fewer people."""
    return other if one.is_wider_than(other) else one
