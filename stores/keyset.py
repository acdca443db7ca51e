"""Keyset paging: a page is a range of an index, never an offset."""

from collections.abc import Sequence
from typing import Any

from domain.paging import Key, Node, Page, Slice

Filter = dict[str, Any]

OLDEST_FIRST = 1
NEWEST_FIRST = -1


def sort_order(page: Page, order: int, at: str = "createdAt") -> dict[str, int]:
    """In which direction the index is walked: against the list's order where the page is counted from its end.

    ``at`` is the field that holds the time.
    """
    direction = -order if page.is_backward else order
    return {at: direction, "_id": direction}


def key_range(page: Page, order: int, at: str = "createdAt") -> Filter:
    """What lies strictly between the page's two keys, as a tight index bound and a filter within it."""
    after = [_beyond(page.after, order, at)] if page.after else []
    before = [_beyond(page.before, -order, at)] if page.before else []
    return {"$and": after + before} if after or before else {}


def key_ranges(page: Page, order: int, at: str = "createdAt") -> list[Filter]:
    """As ``key_range``, in ranges of an index that do not overlap, so that nothing is fetched to see where it lies.

    One between the moments of the page's two keys, and one in the moment of each.
    """
    beyond, short_of = ("$gt", "$lt") if order == OLDEST_FIRST else ("$lt", "$gt")
    ends = [(key, side) for key, side in ((page.after, beyond), (page.before, short_of)) if key]
    if len({key.at for key, _ in ends}) < len(ends):
        return [{at: ends[0][0].at, "_id": {side: key.id for key, side in ends}}]
    times = {side: key.at for key, side in ends}
    moments = [
        # Within the other end too: ends that are crossed have nothing between them.
        {at: {"$eq": key.at} | {other: time for other, time in times.items() if other != side}, "_id": {side: key.id}}
        for key, side in ends
    ]
    return [{at: times} if times else {}, *moments]


def to_slice(found: Sequence[Node], page: Page) -> Slice[Node]:
    """The page from what was found in walking order; one more than asked for tells that the list goes on."""
    goes_on = len(found) > page.size
    nodes = found[: page.size]
    if page.is_backward:
        return Slice(list(reversed(nodes)), has_next=page.before is not None, has_previous=goes_on)
    return Slice(nodes, has_next=goes_on, has_previous=page.after is not None)


def _beyond(key: Key, order: int, at: str) -> Filter:
    wide, strict = ("$gte", "$gt") if order == OLDEST_FIRST else ("$lte", "$lt")
    return {at: {wide: key.at}, "$or": [{at: {strict: key.at}}, {"_id": {strict: key.id}}]}
