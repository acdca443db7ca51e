"""Pages of lists by key: a cursor is the key of what a reader already sees, so it tells nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class Key:
    """Where a node stands in a list ordered by time, then id."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """What part of a list is asked for: ``size`` nodes after a key (forward) or before it (backward)."""

    size: int
    is_backward: bool = False
    after: Key | None = None
    before: Key | None = None


@dataclass(frozen=True, slots=True)
class Slice(Generic[Node]):
    """One page, in the list's own order."""

    nodes: Sequence[Node]
    has_next: bool
    has_previous: bool
