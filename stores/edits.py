"""Edits that wait beside the approved words: a row each, so that no other read ever meets them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pymongo.asynchronous.collection import AsyncCollection

from domain.edits import EditState, PendingEdit, Place, Said
from domain.ids import MemberId, PostId
from domain.paging import Key, Page, Slice
from domain.viewer import Viewer
from policy.edits import MODERATORS_REVIEW, may_read_edit, may_review
from policy.permissions import Privilege, boards_of
from policy.visibility import SHOWN_TO_BOARD_OWNER
from stores.codecs import AUDIENCES, Document, fields_of, text_document, text_of
from stores.indexes import EDITS_BY_REVIEWER
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import SNAPSHOT, Transaction

#: In the place of a reviewer's id where moderators review.
MODERATORS = "moderators"
_WAITING = EditState.WAITING.value


class Edits:
    """The ``edits`` collection: of each post or comment the last edit that was to be read first, under its own id."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(self, viewer: Viewer, ids: Iterable[str]) -> Mapping[str, PendingEdit]:
        """The edits of those posts and comments, as far as they show to ``viewer``."""
        found = self._collection.find({"_id": {"$in": list(ids)}, **_HAS_WORDS})
        edits = [_edit(row, with_source=row["author"] == viewer.member_id) async for row in found]
        return {edit.id: edit for edit in edits if may_read_edit(viewer, edit)}

    async def to_review(self, viewer: Viewer, page: Page) -> Slice[PendingEdit]:
        """What waits for ``viewer``: on their message board, and to moderators what is theirs to read; newest first.

        The first read looks at as many edits as the page takes. Another one follows, of twice as many, if some of
        those edits are to words that no longer stand.
        """
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        found: list[PendingEdit] = []
        rest: Page | None = page
        while rest is not None:
            rows = await self._candidates(viewer, rest)
            found += [_edit(row, with_source=False) for row in rows if _still_stands(row)]
            is_done = len(found) > page.size or len(rows) <= rest.size
            rest = None if is_done else _beyond(rest, rows[-1])
        return to_slice(found[: page.size + 1], page)

    async def _candidates(self, viewer: Viewer, page: Page) -> list[Document]:
        """Return the next edits that wait for ``viewer``, one more than the page takes, with their places."""
        order: Document = {"$sort": sort_order(page, NEWEST_FIRST, "writtenAt")}
        most: Document = {"$limit": page.size + 1}
        within = key_range(page, NEWEST_FIRST, "writtenAt")
        # The limit stands before the lookups: MongoDB would else read the whole queue ahead of them.
        first, *others = [[{"$match": way | within}, order, most] for way in _ways(viewer)]
        unions: list[Document] = [{"$unionWith": {"coll": "edits", "pipeline": other}} for other in others]
        stages = [*first, *unions, *([order, most] if others else []), *_PLACES]
        in_a_moment = self._collection.with_options(read_concern=SNAPSHOT)
        return await (await in_a_moment.aggregate(stages, hint=EDITS_BY_REVIEWER)).to_list()

    async def reviewed_by(self, viewer: Viewer, content: str) -> PendingEdit | None:
        """The last edit of a post or comment, decided or not, if it is ``viewer``'s to review: for moderation/."""
        row = await self._collection.find_one({"_id": content})
        edit = _edit(row, with_source=True) if row else None
        return edit if edit and may_review(viewer, edit) else None

    async def last(self, content: str, transaction: Transaction) -> PendingEdit | None:
        """The last edit of a post or comment, decided or not, for its author who edits again."""
        row = await self._collection.find_one({"_id": content}, session=transaction)
        return _edit(row, with_source=True) if row else None

    async def keep(self, edit: PendingEdit, transaction: Transaction) -> None:
        """Let ``edit`` wait, in the place of the one before."""
        await self._collection.replace_one({"_id": edit.id}, _row(edit), upsert=True, session=transaction)

    async def settle(
        self, edit: PendingEdit, state: EditState, explanation: str | None, transaction: Transaction
    ) -> bool:
        """Note what has come of ``edit``; whether it still waited as it was read. What is approved stands elsewhere."""
        done: Document = {"$set": {"state": state.value, "explanation": explanation}}
        if state is EditState.APPROVED:
            done["$set"] |= {"title": None, "body": None}
        waiting = {"_id": edit.id, "state": _WAITING, "writtenAt": edit.written_at}
        return (await self._collection.update_one(waiting, done, session=transaction)).matched_count == 1

    async def drop(self, content: str, transaction: Transaction) -> None:
        """Leave nothing of the edit."""
        await self._collection.delete_one({"_id": content}, session=transaction)

    async def withdraw(self, author: MemberId, content: str, transaction: Transaction) -> None:
        """Leave nothing of the author's own edit, decided or not."""
        own = {"_id": content, "author": author, **_HAS_WORDS}
        await self._collection.delete_one(own, session=transaction)

    async def erase_thread(self, post: PostId) -> None:
        """Leave nothing of edits to what was said under ``post``."""
        await self._collection.delete_many({"post": post, "_id": {"$ne": post}})


_HAS_WORDS: Document = {"state": {"$ne": EditState.APPROVED.value}}


def _ways(viewer: Viewer) -> list[Document]:
    """The ways in which an edit is ``viewer``'s to review: as ``policy.edits.may_review`` says."""
    waiting = {"state": _WAITING, "author": {"$nin": sorted({viewer.member_id or "", *viewer.blocked})}}
    ways: list[Document] = [{"reviewer": viewer.member_id, **waiting}]
    boards = boards_of(viewer, Privilege.MODERATE)
    for_moderators: Document = {"shownTo": {"$in": _SHOWN_TO_MANY}, **waiting}
    if boards is None:
        ways.append({"reviewer": MODERATORS, **for_moderators})
    elif boards:
        # Discussion boards have no owner, so moderators review every edit there. Without the reviewer in the filter,
        # the index by boards is the only one that MongoDB can take.
        ways.append({"board": {"$in": sorted(boards)}, **for_moderators})
    return ways


def _lookup(collection: str, field: str, fields: Document, name: str) -> Document:
    pipeline: list[Document] = [{"$project": fields}]
    lookup = {"from": collection, "localField": field, "foreignField": "_id", "pipeline": pipeline, "as": name}
    return {"$lookup": lookup}


_SHOWN_TO_MANY = sorted(audience.value for audience in MODERATORS_REVIEW)
#: What each edit is about, and what stands around it.
_PLACES: list[Document] = [
    _lookup("posts", "post", {"state": 1, "audience": 1}, "above"),
    _lookup("comments", "_id", {"state": 1}, "comment"),
    _lookup("boards", "board", {"audience": 1}, "onBoard"),
]
_SHOWN_STATES = frozenset(state.value for state in SHOWN_TO_BOARD_OWNER)


def _still_stands(row: Document) -> bool:
    """Return whether the edit is to words that still stand.

    On moderators' side, its post and board must also not have been narrowed since. An edit to a post says itself for
    whom that post would be.
    """
    places: list[Document] = [next(iter(row[name]), {}) for name in ("above", "comment", "onBoard")]
    above, comment, board = places
    if (comment or above).get("state") not in _SHOWN_STATES:
        return False
    if row["reviewer"] != MODERATORS:
        return True
    is_for_many = board.get("audience") in _SHOWN_TO_MANY
    return is_for_many and (not comment or above.get("audience") in _SHOWN_TO_MANY)


def _beyond(page: Page, row: Document) -> Page:
    """Return the part of the list that follows ``row`` in walking order, twice as large as ``page``."""
    key, size = Key(row["writtenAt"], row["_id"]), 2 * page.size
    return replace(page, size=size, before=key) if page.is_backward else replace(page, size=size, after=key)


def _row(edit: PendingEdit) -> Document:
    place, said = edit.place, edit.said
    return {
        "_id": edit.id,
        "post": place.post_id,
        "board": place.board_id,
        "author": place.author_id,
        **({"host": place.board_owner_id} if place.board_owner_id else {}),
        "reviewer": edit.reviewer_id or MODERATORS,
        "title": said.title,
        "body": text_document(said.body),
        "audience": said.audience.value,
        "byline": [field.value for field in said.byline],
        "shownTo": edit.shown_to.value,
        "writtenAt": edit.written_at,
        "state": edit.state.value,
        "explanation": edit.explanation,
    }


def _edit(row: Document, *, with_source: bool) -> PendingEdit:
    author: MemberId = row["author"]
    body = text_of(row["body"] or _NO_WORDS, with_source=with_source)
    return PendingEdit(
        place=Place(row["_id"], row["post"], row["board"], author, row.get("host")),
        reviewer_id=None if row["reviewer"] == MODERATORS else row["reviewer"],
        said=Said(row["title"], body, AUDIENCES[row["audience"]], fields_of(row["byline"])),
        shown_to=AUDIENCES[row["shownTo"]],
        written_at=row["writtenAt"],
        state=EditState(row["state"]),
        explanation=row["explanation"],
    )


_NO_WORDS: Document = {"source": "", "html": "", "text": "", "links": []}
