"""Posts: lists and single ones as one viewer may see them, and the conditional changes that move them on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import BoardKind, ContentState, PostRecord, PostView
from domain.ids import BoardId, MemberId, PostId
from domain.members import ProfileField
from domain.paging import Page, Slice
from domain.text import RichText
from domain.viewer import Viewer
from policy.limits import MAX_COUNTED_POSTS
from policy.permissions import AUTHOR_MAY_UPDATE
from policy.visibility import Placed, circle, circles, reach
from stores.documents import AUDIENCES, STATES, Document, count_in, fields_of, text_document, text_of
from stores.indexes import POSTS_BY_AUTHOR, POSTS_BY_BOARD, POSTS_BY_PLACE
from stores.pages import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.revisions import Words, words_of
from stores.transactions import SNAPSHOT, Transaction
from stores.visible import listed, listed_ways, own, visible


@dataclass(frozen=True, slots=True)
class PostEdit:
    """What an edit puts in the place of what was; None leaves a part as it is, so that two edits at once both count."""

    edited_at: datetime
    title: str | None = None
    """Empty takes it away."""
    body: RichText | None = None
    audience: Audience | None = None
    byline: tuple[ProfileField, ...] | None = None

    @property
    def changes_words(self) -> bool:
        """Whether another title or body comes in the place of what was said."""
        return self.title is not None or self.body is not None

    def fields_to_set(self, author: MemberId) -> Document:
        """What changes in the document, and nothing else."""
        changes: Document = {}
        if self.changes_words:
            # Of other edits nobody is told: they may be about what is hidden.
            changes |= {"editedAt": self.edited_at, "writtenAt": self.edited_at}
        if self.title is not None:
            changes["title"] = self.title or None
        if self.body is not None:
            changes["body"] = text_document(self.body)
        if self.audience is not None:
            changes |= _audience_fields(author, self.audience)
        if self.byline is not None:
            changes["byline"] = [field.value for field in self.byline]
        return changes


class Posts:
    """The ``posts`` collection. A post's author is the owner to whom its audience refers."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(self, viewer: Viewer, ids: Iterable[PostId]) -> Mapping[PostId, PostView]:
        """Those of ``ids`` that ``viewer`` may see."""
        found = self._collection.find({"_id": {"$in": list(ids)}, **visible(viewer)})
        return {document["_id"]: _view(document, viewer) async for document in found}

    async def feed(self, viewer: Viewer, page: Page) -> Slice[PostView]:
        """All posts on discussion boards that are listed for ``viewer``, newest first."""
        return await self._listed(viewer, page, {"place": BoardKind.DISCUSSION.value}, POSTS_BY_PLACE)

    async def on_board(self, viewer: Viewer, board: BoardId, page: Page) -> Slice[PostView]:
        """A board's posts that are listed for ``viewer``, newest first."""
        return await self._listed(viewer, page, {"board": board}, POSTS_BY_BOARD)

    async def by_author(self, viewer: Viewer, author: MemberId, page: Page) -> Slice[PostView]:
        """A member's posts that are listed for ``viewer``, newest first; authors find held and removed ones too."""
        if author == viewer.member_id:
            query = own(viewer)
        elif author in viewer.blocked:
            return Slice([], has_next=False, has_previous=False)
        else:
            query = listed(viewer, circles(viewer, [author])) | {"author": author}
        found = (
            self._collection.find(query | key_range(page, NEWEST_FIRST))
            .sort(sort_order(page, NEWEST_FIRST))
            .limit(page.size + 1)
            .hint(POSTS_BY_AUTHOR)
        )
        return to_slice([_view(document, viewer) async for document in found], page)

    async def counts_on_boards(self, viewer: Viewer, boards: Sequence[BoardId]) -> Mapping[BoardId, int]:
        """How many posts are listed for ``viewer`` on each board, counted up to MAX_COUNTED_POSTS."""
        counting: list[Document] = [{"$limit": MAX_COUNTED_POSTS}, {"$count": "n"}]
        stages: list[Document] = [{"$documents": [{"_id": board} for board in boards]}]
        for n, way in enumerate(listed_ways(viewer)):
            pipeline = [{"$match": way}, *counting]
            lookup = {"from": "posts", "localField": "_id", "foreignField": "board", "pipeline": pipeline}
            stages.append({"$lookup": lookup | {"as": f"way{n}"}})
        rows = await (await self._collection.database.aggregate(stages)).to_list()
        return {row["_id"]: min(MAX_COUNTED_POSTS, _counted(row)) for row in rows}

    async def insert(self, record: PostRecord, transaction: Transaction | None = None) -> None:
        await self._collection.insert_one(_document(record), session=transaction)

    async def insert_many(self, records: Sequence[PostRecord], transaction: Transaction) -> None:
        """As ``insert``, in one go."""
        if records:
            await self._collection.insert_many([_document(record) for record in records], session=transaction)

    async def placed(self, ids: Iterable[PostId]) -> Mapping[PostId, Placed]:
        """What decides who sees each post, whoever asks: for the import, whose comments follow their post."""
        found = self._collection.find({"_id": {"$in": list(ids)}}, {"author": 1, "audience": 1, "state": 1})
        return {
            row["_id"]: Placed(row["author"], row["author"], Audience(row["audience"]), ContentState(row["state"]))
            async for row in found
        }

    async def edit(self, post: PostId, author: MemberId, change: PostEdit, transaction: Transaction) -> Words | None:
        """Put ``change`` in place while ``author`` still may; what the post said before, or None where they may not."""
        before = await self._collection.find_one_and_update(
            {"_id": post, "author": author, "state": {"$in": [state.value for state in AUTHOR_MAY_UPDATE]}},
            {"$set": change.fields_to_set(author)},
            session=transaction,
        )
        return words_of(before) if before else None

    async def move(
        self, post: PostId, source: Iterable[ContentState], target: ContentState, transaction: Transaction
    ) -> bool:
        """Move to ``target`` if the post stands in one of ``source``; whether it did. A deleted post loses its text."""
        change: Document = {"state": target.value}
        if target is ContentState.DELETED:
            change |= {"title": None, "body": None}
        result = await self._collection.update_one(
            {"_id": post, "state": {"$in": [state.value for state in source]}}, {"$set": change}, session=transaction
        )
        return result.matched_count == 1

    async def take_comment(self, post: PostId, audience: Audience, transaction: Transaction) -> bool:
        """Count one more comment while the post is published for ``audience``; whether it still was."""
        result = await self._collection.update_one(
            {"_id": post, "state": ContentState.PUBLISHED.value, "audience": audience.value},
            {"$inc": {f"comments.{audience.value}": 1}},
            session=transaction,
        )
        return result.matched_count == 1

    async def count_comment(self, post: PostId, audience: Audience, change: int, transaction: Transaction) -> None:
        """Keep the number of published comments, by the audience they were written under."""
        await self._collection.update_one(
            {"_id": post}, {"$inc": {f"comments.{audience.value}": change}}, session=transaction
        )

    async def count_comments(self, changes: Mapping[tuple[PostId, Audience], int], transaction: Transaction) -> None:
        """As ``count_comment``, for many posts in one go."""
        counting = [
            UpdateOne({"_id": post}, {"$inc": {f"comments.{audience.value}": change}})
            for (post, audience), change in changes.items()
        ]
        if counting:
            await self._collection.bulk_write(counting, session=transaction)

    async def _listed(self, viewer: Viewer, page: Page, place: Document, index: str) -> Slice[PostView]:
        """A page of what is listed in ``place``, in one read: keys by each way, merged, then the page's posts.

        Each way is a range of an index of its own, so that what is hidden, however much, is not even passed over. All
        of it is read in one moment: between its key and its text a post could otherwise be narrowed.
        """
        order = sort_order(page, NEWEST_FIRST)
        in_order: list[Document] = [{"$sort": order}, {"$limit": page.size + 1}]
        within = key_range(page, NEWEST_FIRST)
        first, *others = [
            [{"$match": place | way | within}, *in_order, {"$project": {"createdAt": 1}}] for way in listed_ways(viewer)
        ]
        stages: list[Document] = [
            *first,
            *({"$unionWith": {"coll": "posts", "pipeline": other}} for other in others),
            *(in_order if others else []),
            {"$lookup": {"from": "posts", "localField": "_id", "foreignField": "_id", "as": "post"}},
            {"$unwind": "$post"},
            {"$replaceWith": "$post"},
        ]
        # Where some are blocked, MongoDB may else take "any other author" for a range, and sort all that lies in it.
        in_a_moment = self._collection.with_options(read_concern=SNAPSHOT)
        found = await (await in_a_moment.aggregate(stages, hint=index)).to_list()
        return to_slice([_view(document, viewer) for document in found], page)


def _audience_fields(author: MemberId, audience: Audience) -> Document:
    """An audience in every form that lists look it up by; ``friendsOf`` names whose friends are meant, or nobody."""
    friends_of = author if audience is Audience.FRIENDS else None
    return {"audience": audience.value, "circle": circle(author, audience), "friendsOf": friends_of}


def _counted(row: Document) -> int:
    return sum(way[0]["n"] for name, way in row.items() if name != "_id" and way)


def _view(document: Document, viewer: Viewer) -> PostView:
    author: MemberId = document["author"]
    return PostView(
        id=document["_id"],
        board_id=document["board"],
        author_id=author,
        title=document["title"],
        body=text_of(document["body"], with_source=author == viewer.member_id),
        audience=AUDIENCES[document["audience"]],
        state=STATES[document["state"]],
        created_at=document["createdAt"],
        edited_at=document["editedAt"],
        byline=fields_of(document["byline"]),
        comments_in_reach=count_in(document["comments"], reach(viewer, author)),
    )


def _document(record: PostRecord) -> dict[str, Any]:
    return {
        "_id": record.id,
        "board": record.board_id,
        "place": record.board_kind.value,
        "author": record.author_id,
        "title": record.title,
        "body": text_document(record.body),
        **_audience_fields(record.author_id, record.audience),
        "state": record.state.value,
        "createdAt": record.created_at,
        "editedAt": record.edited_at,
        "writtenAt": record.edited_at or record.created_at,
        "byline": [field.value for field in record.byline],
        "comments": {},
    }
