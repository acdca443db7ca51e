"""How the tables of sights are read.

They are written from the design and the decisions: nothing in them may be computed from policy/ or stores/. Each cell
of a table of posts or comments is two letters: without a reply by someone else below, and with one for everyone. The
author and the host are strangers to each other.
"""

import itertools
import re
from collections.abc import Mapping

AUDIENCES = ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC")
STATES = ("PUBLISHED", "HELD", "REMOVED", "DELETED")
#: Audience, state, whether there is a reply: the letters of a row from left to right.
CELLS = tuple(itertools.product(AUDIENCES, STATES, (False, True)))

#: How each viewer stands to the author of all that is looked at, and to the host of the message board.
VIEWERS = (
    "author",
    "host",
    "friend of author",
    "friend of host",
    "friend of both",
    "follower of author",
    "stranger",
    "blocked by author",
    "blocking the author",
    "blocked by host",
    "blocking the host",
    "anonymous",
    "moderator",
    "admin",
    "moderator parted from author",
)

#: What a letter says of a post: how it shows by its id, in which lists it is, and whether its board is there. Whatever
#: is listed on a board is counted there, and nothing else is.
POST_SIGHTS = {
    ".": ("nothing", set(), True),
    "T": ("a tombstone", set(), True),
    "I": ("full", set(), True),
    "L": ("full", {"feed", "board", "author's posts"}, True),
    "B": ("full", {"board"}, True),
    "A": ("full", {"board", "author's posts"}, True),
    "O": ("full", {"author's posts"}, True),
    "K": ("full", {"author's posts"}, False),
    "W": ("full", {"to review"}, True),
    "V": ("full", {"board", "to review"}, True),
    "w": ("full", {"to review"}, False),
}

#: What a letter says of a comment, by its id and in its thread alike: nothing, a tombstone, in full and counted, in
#: full and not counted.
NOTHING, TOMBSTONE, LISTED, UNCOUNTED = ".", "T", "L", "U"

#: How a row begins that tells for which audience a message board is in the rows below.
_SECTION = "on a board for "


def row(table: str, viewer: str, board: str | None = None) -> list[str]:
    """The letters of ``viewer``, on a message board for ``board``; none where the table leaves the viewer out."""
    return _rows(_section(table, board)).get(viewer, [])


def cells(table: str, viewer: str, board: str | None = None) -> Mapping[tuple[str, str, bool], str]:
    """What ``viewer`` is to see of each audience and state, without and with a reply; nothing without a row."""
    letters = "".join(row(table, viewer, board)) or NOTHING * len(CELLS)
    return dict(zip(CELLS, letters, strict=True))


def _section(table: str, board: str | None) -> str:
    if board is None:
        return table
    [section] = [part for part in table.split(_SECTION)[1:] if part.startswith(f"{board}\n")]
    return section


def _rows(section: str) -> dict[str, list[str]]:
    """Names stand at the left, two blanks or more before the first letters."""
    named = [re.match(r"(\S.*?) {2,}(.*)", line) for line in section.splitlines()]
    rows = {found[1]: found[2].split() for found in named if found}
    assert set(rows) <= set(VIEWERS), set(rows) - set(VIEWERS)
    return rows
