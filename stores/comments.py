"""Comments: pages of threads as one viewer may see them, tombstones included, and what moves them on.

A thread is found by ``parent``: the post's id at the top, the comment's below. ``owner`` is the post's author, to whom
the audience refers that a comment was written under.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import CommentRecord, CommentView, ContentState, PostView
from domain.ids import CommentId, MemberId, PostId, message_board_of
from domain.paging import Page, Slice
from domain.viewer import Viewer
from policy.permissions import BOARD_OWNER_MAY_DELETE
from policy.visibility import SHOWN_TO_AUTHOR, Placed, can_see, circle, is_open, reach_beneath
from stores.codecs import AUDIENCES, STATES, Document, count_in, fields_of, text_document, text_of
from stores.keyset import to_slice
from stores.revisions import SINCE_WHEN, since_when
from stores.state_changes import is_in, move_to, state_after
from stores.threads import Parent, is_on_own_board, shown_stages, thread_stages
from stores.transactions import SNAPSHOT, Transaction
from stores.visibility_filters import counted_apart, own

#: Deleted in one go, where a whole thread goes.
BATCH = 1_000


class Comments:
    """The ``comments`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(self, viewer: Viewer, ids: Iterable[CommentId]) -> Mapping[CommentId, CommentView]:
        """Those of ``ids`` that show to ``viewer``, in full or as tombstones, under posts that do."""
        in_a_moment = self._collection.database.with_options(read_concern=SNAPSHOT)
        found = await (await in_a_moment.aggregate(shown_stages(viewer, ids))).to_list()
        return {document["_id"]: _view(document, viewer) for document in found}

    async def on_cases(self, viewer: Viewer, ids: Iterable[CommentId]) -> Mapping[CommentId, CommentView]:
        """Those of ``ids`` for one who works on a case about each, whatever hides them; nothing below them shows."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {
            document["_id"]: replace(
                _view_where(document, viewer, shows=STATES[document["state"]] in SHOWN_TO_AUTHOR),
                is_open=False,
                replies_in_reach=0,
            )
            for document in found
        }

    async def state_of_own(self, viewer: Viewer, comment: CommentId) -> ContentState | None:
        """How the viewer's own comment stands, also where its post is closed to them; None of anyone else's."""
        found = await self._collection.find_one({"_id": comment, **own(viewer)}, {"state": 1})
        return ContentState(found["state"]) if found else None

    async def threads(self, viewer: Viewer, parents: Sequence[Parent], page: Page) -> list[Slice[CommentView]]:
        """The same page of the comments right under each of ``parents``, oldest first.

        In one read, and one more for those on the viewer's own message board.
        """
        found: dict[str, list[CommentView]] = {parent.id: [] for parent in parents}
        in_a_moment = self._collection.database.with_options(read_concern=SNAPSHOT)
        # An operation may come to the same parent in two ways, and each is to be read once.
        run_idempotent = list({parent.id: parent for parent in parents}.values())
        for alike in _apart(viewer, run_idempotent):
            stages = thread_stages(viewer, alike, page)
            for document in await (await in_a_moment.aggregate(stages)).to_list():
                found[document["parent"]].append(_view(document, viewer))
        return [to_slice(found[parent.id], page) for parent in parents]

    async def counts(self, viewer: Viewer, parents: Sequence[Parent]) -> list[int]:
        """How many comments ``viewer`` sees: of posts all under them, of comments those right under them.

        What is stored and what it has wrong for this viewer are read in one moment, or a hidden comment that comes or
        goes between the two would show. Asked of every signed-in viewer, whether or not anything is hidden from them.
        """
        ids = [parent.id for parent in parents]
        field, place, tally = (
            ("post", "posts", "$comments") if isinstance(parents[0], PostView) else ("parent", "comments", "$replies")
        )
        stored: list[Document] = [{"$match": {"_id": {"$in": ids}}}, {"$project": {"stored": tally}}]
        stages: list[Document] = [
            {"$match": {field: {"$in": ids}, **counted_apart(viewer)}},
            {"$group": {"_id": {"of": f"${field}", "by": "$author", "under": "$audience"}, "n": {"$sum": 1}}},
            {"$unionWith": {"coll": place, "pipeline": stored}},
            *_boards_of(parents),
        ]
        in_a_moment = self._collection.with_options(read_concern=SNAPSHOT)
        rows = await (await in_a_moment.aggregate(stages)).to_list()
        counts = _counts(viewer, parents, rows)
        return [counts[parent.id] for parent in parents]

    async def insert(self, record: CommentRecord, transaction: Transaction) -> None:
        """Write a comment and count it where it hangs."""
        await self.insert_many([record], transaction)

    async def insert_many(self, records: Sequence[CommentRecord], transaction: Transaction) -> None:
        """As ``insert``, in one go."""
        if not records:
            return
        await self._collection.insert_many([_document(record) for record in records], session=transaction)
        replies = Counter((record.ancestors, record.post_id, record.audience) for record in records if record.ancestors)
        counting = [
            UpdateOne(
                {"_id": answered},
                {
                    "$set": {"answeredUnder": above[-1] if above else post_id},
                    "$inc": {f"replies.{audience.value}": times},
                },
            )
            for ((*above, answered), post_id, audience), times in replies.items()
        ]
        if counting:
            await self._collection.bulk_write(counting, session=transaction)

    async def placed(self, ids: Iterable[CommentId]) -> Mapping[CommentId, Placed]:
        """What decides who sees each comment under a post that shows, whoever asks: for moderation/."""
        fields = {"author": 1, "owner": 1, "audience": 1, "state": 1, "host": 1}
        found = self._collection.find({"_id": {"$in": list(ids)}}, fields)
        return {
            row["_id"]: Placed(
                row["author"], row["owner"], AUDIENCES[row["audience"]], STATES[row["state"]], row.get("host")
            )
            async for row in found
        }

    async def move(
        self, comment: CommentId, source: Iterable[ContentState], target: ContentState | None, transaction: Transaction
    ) -> "Moved | None":
        """Move the comment to ``target`` if it is in one of ``source``. Return what to recount, or None if it was not.

        A deleted comment loses its text.
        """
        emptied: Document = {"body": None} if target is ContentState.DELETED else {}
        before = await self._collection.find_one_and_update(
            {"_id": comment, **is_in(source)},
            move_to(target, emptied),
            projection={"post": 1, "parent": 1, "audience": 1, "state": 1, "removedFrom": 1},
            session=transaction,
        )
        if before is None:
            return None
        is_shown, was_shown = (
            state is ContentState.PUBLISHED for state in (state_after(before, target), STATES[before["state"]])
        )
        return Moved(before["post"], before["parent"], AUDIENCES[before["audience"]], is_shown - was_shown)

    async def count_reply(self, moved: "Moved", transaction: Transaction) -> None:
        """Keep the parent's number of published replies, by the audience they were written under."""
        if moved.parent_id != moved.post_id:
            await self._collection.update_one(
                {"_id": moved.parent_id},
                {"$inc": {f"replies.{moved.audience.value}": moved.change}},
                session=transaction,
            )

    async def delete_some(self, post: PostId) -> bool:
        """Let a batch of the comments under a post go, and what they said; whether there may be more.

        What moderators have removed stays: they may be asked about it.
        """
        found = (
            await self._collection.find({"post": post, **is_in(BOARD_OWNER_MAY_DELETE)}, {"_id": 1})
            .limit(BATCH)
            .to_list()
        )
        await self._collection.update_many(
            {"_id": {"$in": [row["_id"] for row in found]}},
            {"$set": {"state": ContentState.DELETED.value, "body": None, "replies": {}}},
        )
        return len(found) == BATCH

    async def is_as_of(self, comment: CommentId, written_at: datetime, transaction: Transaction) -> bool:
        """Whether the comment's words are still those of that moment."""
        row = await self._collection.find_one({"_id": comment}, SINCE_WHEN, session=transaction)
        return row is not None and since_when(row) == written_at


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a comment that changed its state is counted."""

    post_id: PostId
    parent_id: str
    audience: Audience
    change: int
    """By how much there are more published comments now."""


def _apart(viewer: Viewer, parents: Sequence[Parent]) -> list[list[Parent]]:
    """The parents on the viewer's own message board apart from the others; none where the board is closed to them."""
    open_ones = [parent for parent in parents if parent.is_open]
    hosted = [parent for parent in open_ones if is_on_own_board(viewer, parent)]
    others = [parent for parent in open_ones if not is_on_own_board(viewer, parent)]
    return [alike for alike in (others, hosted) if alike]


def _boards_of(parents: Sequence[Parent]) -> list[Document]:
    """Stages that add the message boards on which the parents are."""
    boards = sorted({message_board_of(parent.board_owner_id) for parent in parents if parent.board_owner_id})
    if not boards:
        return []
    audiences: list[Document] = [{"$match": {"_id": {"$in": boards}}}, {"$project": {"opensTo": "$audience"}}]
    return [{"$unionWith": {"coll": "boards", "pipeline": audiences}}]


def _counts(viewer: Viewer, parents: Sequence[Parent], rows: Sequence[Document]) -> dict[str, int]:
    """What is stored, set right by what it has wrong; nothing of a board that is closed in this moment."""
    boards = {row["_id"]: AUDIENCES[row["opensTo"]] for row in rows if "opensTo" in row}
    reach_of = {parent.id: reach_beneath(viewer, parent.owner_id, parent.board_owner_id) for parent in parents}
    counts: dict[str, int] = dict.fromkeys(reach_of, 0)
    for row in rows:
        if "stored" in row:
            counts[row["_id"]] += count_in(row["stored"], reach_of[row["_id"]])
        elif "opensTo" not in row:
            counts[row["_id"]["of"]] += _correction(row, viewer, reach_of[row["_id"]["of"]])
    for parent in parents:
        if not parent.is_open or (
            parent.board_owner_id
            and not is_open(viewer, parent.board_owner_id, boards[message_board_of(parent.board_owner_id)])
        ):
            counts[parent.id] = 0
    return counts


def _correction(row: Document, viewer: Viewer, reached: frozenset[Audience]) -> int:
    """Hidden authors' comments were counted where their audience reaches; one's own were not where it does not."""
    is_counted = Audience(row["_id"]["under"]) in reached
    is_own = row["_id"]["by"] == viewer.member_id
    if is_own:
        return 0 if is_counted else int(row["n"])
    return -int(row["n"]) if is_counted else 0


def _view(document: Document, viewer: Viewer) -> CommentView:
    author: MemberId = document["author"]
    audience, state = AUDIENCES[document["audience"]], STATES[document["state"]]
    # A veiled body stays veiled, also where the comment has been restored in this very moment.
    placed = Placed(author, document["owner"], audience, state, document.get("host"))
    return _view_where(document, viewer, shows=document["body"] is not None and can_see(viewer, placed))


def _view_where(document: Document, viewer: Viewer, *, shows: bool) -> CommentView:
    """The comment in full where it ``shows``, else its place."""
    author: MemberId = document["author"]
    owner, board_owner = document["owner"], document.get("host")
    return CommentView(
        id=document["_id"],
        post_id=document["post"],
        ancestors=tuple(document["ancestors"]),
        author_id=author if shows else None,
        body=text_of(document["body"], with_source=author == viewer.member_id) if shows else None,
        state=STATES[document["state"]] if shows else ContentState.UNAVAILABLE,
        created_at=document["createdAt"],
        edited_at=document["editedAt"] if shows else None,
        byline=fields_of(document["byline"]) if shows else (),
        replies_in_reach=count_in(document["replies"], reach_beneath(viewer, owner, board_owner)),
        audience=AUDIENCES[document["audience"]],
        owner_id=owner,
        board_owner_id=board_owner,
    )


def _document(record: CommentRecord) -> dict[str, Any]:
    return {
        "_id": record.id,
        "post": record.post_id,
        "parent": record.ancestors[-1] if record.ancestors else record.post_id,
        "ancestors": list(record.ancestors),
        "owner": record.post_author_id,
        **({"host": record.board_owner_id} if record.board_owner_id else {}),
        "author": record.author_id,
        "body": text_document(record.body),
        "audience": record.audience.value,
        "circle": circle(record.post_author_id, record.audience),
        "state": record.state.value,
        "createdAt": record.created_at,
        "editedAt": record.edited_at,
        "writtenAt": record.edited_at or record.created_at,
        "byline": [field.value for field in record.byline],
        "replies": {},
    }
