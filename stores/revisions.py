"""Revisions: what a post or comment said before each edit, a row each, for those who may read what no longer stands."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import MemberId, PostId, comment_ids_under
from domain.paging import Page, Slice
from domain.rich_text import RichText
from domain.viewer import Viewer
from policy.permissions import Kept, may_read
from stores.codecs import Document, text_document, text_of
from stores.indexes import REVISIONS_BY_CONTENT
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Words:
    """What was said, and since when it was said so."""

    title: str | None
    body: RichText
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """What ``author`` said in ``content`` before an edit."""

    id: str
    content_id: str
    author_id: MemberId
    title: str | None
    body: RichText
    written_at: datetime

    @property
    def created_at(self) -> datetime:
        """What the list is ordered by."""
        return self.written_at


class Revisions:
    """The ``revisions`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(
        self, viewer: Viewer, content: str, author: MemberId | None, page: Page
    ) -> Slice[Revision] | None:
        """What ``author``'s ``content`` said before, newest first; None to whom that is not shown, who read nothing."""
        if not may_read(viewer, Kept.REVISION, author):
            return None
        rows = (
            await self._collection.find({"content": content, **key_range(page, NEWEST_FIRST, "writtenAt")})
            .sort(sort_order(page, NEWEST_FIRST, "writtenAt"))
            .limit(page.size + 1)
            .hint(REVISIONS_BY_CONTENT)
            .to_list()
        )
        return to_slice([_revision(row, viewer) for row in rows], page)

    async def keep(self, revision: Revision, transaction: Transaction) -> None:
        row = {
            "_id": revision.id,
            "content": revision.content_id,
            "author": revision.author_id,
            "title": revision.title,
            "body": text_document(revision.body),
            "writtenAt": revision.written_at,
        }
        await self._collection.insert_one(row, session=transaction)

    async def erase(self, content: str, transaction: Transaction) -> None:
        """Leave nothing of what ``content`` ever said."""
        await self._collection.delete_many({"content": content}, session=transaction)

    async def erase_thread(self, post: PostId) -> None:
        """Leave nothing of what the comments under ``post`` ever said."""
        first, last = (comment_ids_under(post) + end for end in ("", "\uffff"))
        await self._collection.delete_many({"content": {"$gte": first, "$lt": last}})


def words_of(document: Document) -> Words:
    """What a post or comment says as it is stored."""
    return Words(document.get("title"), text_of(document["body"], with_source=True), since_when(document))


#: What ``since_when`` reads.
SINCE_WHEN: Document = {"writtenAt": 1, "editedAt": 1, "createdAt": 1}


def since_when(document: Document) -> datetime:
    """When its words were written; those from before there were revisions do not say it by themselves."""
    written_at: datetime = document.get("writtenAt") or document["editedAt"] or document["createdAt"]
    return written_at


def _revision(row: Document, viewer: Viewer) -> Revision:
    author: MemberId = row["author"]
    body = text_of(row["body"], with_source=author == viewer.member_id)
    return Revision(row["_id"], row["content"], author, row["title"], body, row["writtenAt"])
