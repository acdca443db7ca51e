"""How posts by followed members and on followed boards are looked up: by key, in order, merged, and only then fetched.

Each member and board is a range of an index, and MongoDB merges ranges in their order. So a page is exact however quiet
the followed are, costs by what is followed alone, and passes over nothing that is hidden.

Measured with 100,000 posts of 12,000 members, a page of 20 (of 100): 200 followed 8 ms (14), 1,000 20 ms (40), 5,000
83 ms (99), 5,000 friends 98 ms (126); 200 boards 11 ms (15), with 2,000 blocks 38 ms (44). Behind a cursor 5,000 take
114 ms (132). A lookup for each member takes 21 ms for 200 and 490 for 5,000. A walk by time through the last 20,000
posts takes 35 to 80 ms for anyone, and finds nothing of those who wrote before that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from domain.content import BoardKind
from domain.ids import MemberId
from domain.paging import Page
from domain.relationships import Follows
from domain.viewer import Viewer
from policy.visibility import Relation
from stores.codecs import Document
from stores.keyset import NEWEST_FIRST, key_ranges, sort_order
from stores.visibility_filters import Filter, listed_of, listed_on_board_ways

#: So many ranges of an index MongoDB merges in their order (internalQueryMaxScansToExplode); what lies in more of them
#: it sorts.
MAX_MERGED_RANGES = 200

#: A post that is found by its author is found once more by its board.
_TIMES_FOUND = 2


@dataclass(frozen=True, slots=True)
class _Way:
    """By which field, under which ids, and how a post is found."""

    field: str
    ids: Sequence[str]
    listed: Filter

    @property
    def batches(self) -> list[Sequence[str]]:
        """The ids, in batches of as many as lie in ranges that are merged."""
        ranges_of_an_id = prod(len(wanted["$in"]) for wanted in self.listed.values() if "$in" in wanted)
        size = MAX_MERGED_RANGES // ranges_of_an_id
        return [self.ids[start : start + size] for start in range(0, len(self.ids), size)]


def followed_stages(viewer: Viewer, follows: Follows, page: Page) -> list[Document]:
    """Stages of a database-level aggregate that brings a page of what is listed for the signed-in ``viewer``.

    None where nothing is followed.
    """
    ways = [
        _keys(way, within, page)
        for way in _ways(viewer, follows)
        if way.ids
        for within in key_ranges(page, NEWEST_FIRST)
    ]
    if not ways:
        return []
    first, *others = ways
    return [
        *first,
        *({"$unionWith": {"pipeline": other}} for other in others),
        *_once_each(page),
        {"$lookup": {"from": "posts", "localField": "_id", "foreignField": "_id", "as": "post"}},
        {"$unwind": "$post"},
        {"$replaceWith": "$post"},
    ]


def place_author(place: BoardKind, author: MemberId) -> str:
    """All that ``author`` wrote in a kind of place, as one name that each post carries.

    A lookup takes no hint, and MongoDB thinks of each index that begins with anything asked for: by author and place it
    may rather fetch and sort, or walk all posts there are. One index alone begins with this.
    """
    return f"{place.value}:{author}"


def _place_authors(authors: Iterable[MemberId]) -> list[str]:
    return sorted(place_author(BoardKind.DISCUSSION, author) for author in authors)


def _ways(viewer: Viewer, follows: Follows) -> list[_Way]:
    """The ways to all posts; what friends wrote for friends is found by its author, for friends are followed."""
    shown = follows.members - viewer.blocked
    boards = sorted(follows.boards)
    return [
        _Way("shelf", _place_authors(shown & viewer.friends), listed_of(Relation.FRIEND)),
        _Way("shelf", _place_authors(shown - viewer.friends), listed_of(Relation.MEMBER)),
        # Without the place, which is a discussion's: by it MongoDB might walk all posts there are.
        *[_Way("board", boards, listed) for listed in listed_on_board_ways(viewer)],
    ]


def _keys(way: _Way, within: Filter, page: Page) -> list[Document]:
    """Stages that bring at least those keys of the page which are found in this way and lie ``within``."""
    thread: list[Document] = [
        {"$match": way.listed | within},
        *_in_order(page, page.size + 1),
        {"$project": {"createdAt": 1}},
    ]
    lookup = {"from": "posts", "localField": "ids", "foreignField": way.field, "pipeline": thread, "as": "found"}
    return [
        {"$documents": [{"ids": batch} for batch in way.batches]},
        {"$lookup": lookup},
        {"$unwind": "$found"},
        {"$replaceWith": "$found"},
    ]


def _once_each(page: Page) -> list[Document]:
    """Stages that merge keys into those of the page, each once."""
    return [
        *_in_order(page, _TIMES_FOUND * (page.size + 1)),
        {"$group": {"_id": "$_id", "createdAt": {"$first": "$createdAt"}}},
        *_in_order(page, page.size + 1),
    ]


def _in_order(page: Page, most: int) -> list[Document]:
    return [{"$sort": sort_order(page, NEWEST_FIRST)}, {"$limit": most}]
