"""Reactions: what a member can say to a post or comment without a word."""

from dataclasses import dataclass
from enum import Enum


class ReactionKind(Enum):
    """A fixed set, in the order in which clients show it."""

    LIKE = "LIKE"
    LOVE = "LOVE"
    LAUGH = "LAUGH"
    SURPRISE = "SURPRISE"
    SAD = "SAD"
    THANKS = "THANKS"


@dataclass(frozen=True, slots=True)
class ReactionCount:
    """How many members whom the viewer may see reacted in one way, and whether the viewer is among them."""

    kind: ReactionKind
    count: int
    viewer_reacted: bool
