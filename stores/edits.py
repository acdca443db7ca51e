"""Edits that wait beside the approved words: a row each, so that no other read ever meets them."""

from collections.abc import Iterable, Mapping

from pymongo.asynchronous.collection import AsyncCollection

from domain.edits import EditState, PendingEdit, Place, Said
from domain.ids import MemberId, PostId
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.edits import MODERATORS_REVIEW, may_read_edit, may_review
from policy.permissions import Privilege, has
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
        """What waits for ``viewer``: on their message board, and to moderators what is theirs to read; newest first."""
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        order: Document = {"$sort": sort_order(page, NEWEST_FIRST, "writtenAt")}
        most: Document = {"$limit": page.size + 1}
        within = key_range(page, NEWEST_FIRST, "writtenAt")
        # In the order of the index, so that no more is looked up than the page takes.
        first, *others = [[{"$match": way | within}, order, *_STILL_STANDS, most] for way in _ways(viewer)]
        unions: list[Document] = [{"$unionWith": {"coll": "edits", "pipeline": other}} for other in others]
        stages = [*first, *unions, *([order, most] if others else [])]
        in_a_moment = self._collection.with_options(read_concern=SNAPSHOT)
        rows = await (await in_a_moment.aggregate(stages, hint=EDITS_BY_REVIEWER)).to_list()
        return to_slice([_edit(row, with_source=False) for row in rows], page)

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

    async def withdraw(self, author: MemberId, content: str) -> None:
        """Leave nothing of the author's own edit, decided or not."""
        await self._collection.delete_one({"_id": content, "author": author, **_HAS_WORDS})

    async def erase_thread(self, post: PostId) -> None:
        """Leave nothing of edits to what was said under ``post``."""
        await self._collection.delete_many({"post": post, "_id": {"$ne": post}})


_HAS_WORDS: Document = {"state": {"$ne": EditState.APPROVED.value}}


def _ways(viewer: Viewer) -> list[Document]:
    """The ways in which an edit is ``viewer``'s to review: as ``policy.edits.may_review`` says."""
    waiting = {"state": _WAITING, "author": {"$nin": sorted({viewer.member_id or "", *viewer.blocked})}}
    ways: list[Document] = [{"reviewer": viewer.member_id, **waiting}]
    if has(viewer, Privilege.MODERATE):
        ways.append({"reviewer": MODERATORS, "shownTo": {"$in": _SHOWN_TO_MANY}, **waiting})
    return ways


def _lookup(collection: str, field: str, fields: Document, name: str) -> Document:
    pipeline: list[Document] = [{"$project": fields}]
    lookup = {"from": collection, "localField": field, "foreignField": "_id", "pipeline": pipeline, "as": name}
    return {"$lookup": lookup}


_SHOWN_TO_MANY = sorted(audience.value for audience in MODERATORS_REVIEW)
_SHOWN_STATES = {"$in": [state.value for state in SHOWN_TO_BOARD_OWNER]}
#: Edits to what still stands, and on moderators' side only where its post and board have not been narrowed since. An
#: edit to a post says itself for whom that post would be.
_STILL_STANDS: list[Document] = [
    _lookup("posts", "post", {"state": 1, "audience": 1}, "above"),
    _lookup("comments", "_id", {"state": 1}, "comment"),
    _lookup("boards", "board", {"audience": 1}, "onBoard"),
    {
        "$match": {
            "$and": [
                {"$or": [{"comment.state": _SHOWN_STATES}, {"comment": [], "above.state": _SHOWN_STATES}]},
                {
                    "$or": [
                        {"reviewer": {"$ne": MODERATORS}},
                        {"onBoard.audience": {"$in": _SHOWN_TO_MANY}, "comment": []},
                        {"onBoard.audience": {"$in": _SHOWN_TO_MANY}, "above.audience": {"$in": _SHOWN_TO_MANY}},
                    ]
                },
            ]
        }
    },
]


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
