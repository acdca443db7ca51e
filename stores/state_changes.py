"""How a post or comment is moved from one state to another, in one conditional update of its document."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.content import ContentState
from stores.codecs import STATES, Document


def is_in(states: Iterable[ContentState]) -> Document:
    """What stands in one of ``states``."""
    return {"state": {"$in": [state.value for state in states]}}


def move_to(target: ContentState | None, also: Document) -> list[Document]:
    """An update that moves to ``target``, or where it is None back to where the thing was removed from."""
    changes = {name: {"$literal": value} for name, value in also.items()}
    if target is None:
        back = {"state": {"$ifNull": ["$removedFrom", _PUBLISHED]}}
        return [{"$set": back | changes}, {"$unset": "removedFrom"}]
    removed = {"removedFrom": {"$ifNull": ["$removedFrom", "$state"]}} if target in _GONE else {}
    return [{"$set": {"state": target.value, **removed, **changes}}]


def state_after(before: Mapping[str, Any], target: ContentState | None) -> ContentState:
    """Where ``move_to`` brings what ``before`` was."""
    return target or STATES[before.get("removedFrom", _PUBLISHED)]


_PUBLISHED = ContentState.PUBLISHED.value
#: Of what is gone it is kept where it stood.
_GONE = (ContentState.REMOVED, ContentState.DELETED)
