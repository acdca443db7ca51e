"""Cursors: the key of a node that the reader sees anyway, so that a cursor tells nothing else."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Protocol

import orjson

from domain.errors import PublicFault
from domain.ids import MAX_ID_LENGTH
from domain.paging import Key, Page
from policy.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE

BAD_INPUT = "BAD_USER_INPUT"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LONGEST = 200


class Keyed(Protocol):
    """A node of a list ordered by time, then id."""

    @property
    def id(self) -> str: ...

    @property
    def created_at(self) -> datetime: ...


def cursor_of(node: Keyed) -> str:
    """Opaque to clients; milliseconds and id inside."""
    key = orjson.dumps([(node.created_at - _EPOCH) // _MILLISECOND, node.id])
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


def page_of(first: int | None, after: str | None, last: int | None, before: str | None) -> Page:
    """The page that a connection's arguments ask for; the first DEFAULT_PAGE_SIZE where they do not say.

    Raises PublicFault (BAD_USER_INPUT) for both or oversized counts and for cursors that are none of ours.
    """
    if first is not None and last is not None:
        raise PublicFault(BAD_INPUT, "Give either first or last, not both.")
    size = last if last is not None else first if first is not None else DEFAULT_PAGE_SIZE
    if not 0 <= size <= MAX_PAGE_SIZE:
        raise PublicFault(BAD_INPUT, f"first and last are between 0 and {MAX_PAGE_SIZE}.")
    return Page(size, last is not None, _key(after), _key(before))


def _key(cursor: str | None) -> Key | None:
    if cursor is None:
        return None
    try:
        milliseconds, node_id = _read(cursor)
        return Key(_EPOCH + milliseconds * _MILLISECOND, node_id)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise PublicFault(BAD_INPUT, "This cursor does not come from this API.") from error


def _read(cursor: str) -> tuple[int, str]:
    if len(cursor) > _LONGEST:
        raise ValueError("too long")
    milliseconds, node_id = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if type(milliseconds) is not int or not isinstance(node_id, str) or len(node_id) > MAX_ID_LENGTH:
        raise TypeError("no key")
    return milliseconds, node_id
