"""Keeps what was used most recently, within a number of entries and a total weight."""

from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """A dictionary that forgets what was longest unused once it holds too much."""

    def __init__(self, max_entries: int, max_weight: int) -> None:
        self._max_entries = max_entries
        self._max_weight = max_weight
        self._weight = 0
        self._entries: OrderedDict[str, tuple[Value, int]] = OrderedDict()

    def get(self, key: str) -> Value | None:
        """What was kept under ``key``, if it is still there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def keep(self, key: str, value: Value, weight: int) -> None:
        """Keep ``value``; one heavier than all that may be kept is not."""
        if weight > self._max_weight:
            return
        _, old_weight = self._entries.pop(key, (None, 0))
        self._entries[key] = (value, weight)
        self._weight += weight - old_weight
        while self._weight > self._max_weight or len(self._entries) > self._max_entries:
            _, (_, forgotten) = self._entries.popitem(last=False)
            self._weight -= forgotten
