"""Wording: what a post or comment says, read and put in place by whoever changes it, for both alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.content import ContentState
from domain.edits import Edit, Said
from domain.ids import BoardId, Kind, MemberId, PostId, kind_of
from policy.permissions import AUTHOR_MAY_UPDATE
from stores.codecs import AUDIENCES, STATES, Document, fields_of, text_document
from stores.post_documents import audience_fields
from stores.revisions import Words, since_when, words_of
from stores.state_changes import is_in
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class CurrentText:
    """What stands before an edit."""

    said: Said
    state: ContentState
    words: Words
    """For the revision."""


class ContentText:
    """The words in the ``posts`` and ``comments`` collections."""

    def __init__(self, posts: AsyncCollection[Document], comments: AsyncCollection[Document]) -> None:
        self._contents: Mapping[Kind | None, AsyncCollection[Document]] = {Kind.POST: posts, Kind.COMMENT: comments}

    async def lock_for_update(self, content: str, author: MemberId, transaction: Transaction) -> CurrentText | None:
        """What ``author`` says there, while they may change it; None where they may not.

        It writes, so that of all that happens to it at once (an edit, an approval, a removal) each sees the one before.
        """
        document = await self._of(content).find_one_and_update(
            {"_id": content, "author": author, **is_in(AUTHOR_MAY_UPDATE)}, {"$inc": {"edits": 1}}, session=transaction
        )
        if document is None:
            return None
        words = words_of(document)
        said = Said(words.title, words.body, AUDIENCES[document["audience"]], fields_of(document["byline"]))
        return CurrentText(said, STATES[document["state"]], words)

    async def put(self, content: str, author: MemberId, edit: Edit, at: datetime, transaction: Transaction) -> None:
        """Let ``edit`` show from ``at`` on, in what was taken up before."""
        fields = _fields(author, edit, at, is_post=kind_of(content) is Kind.POST)
        if fields:
            await self._of(content).update_one({"_id": content}, {"$set": fields}, session=transaction)

    async def hold_past_block(self, content: str, transaction: Transaction) -> None:
        """Lifting a block must not publish what has never been looked at."""
        await self._of(content).update_one({"_id": content}, {"$unset": {"isHeldByBlock": True}}, session=transaction)

    async def is_as_of(self, content: str, written_at: datetime, transaction: Transaction | None) -> bool:
        """Whether the words are still those of that moment."""
        fields = {"writtenAt": 1, "editedAt": 1, "createdAt": 1}
        row = await self._of(content).find_one({"_id": content}, fields, session=transaction)
        return row is not None and since_when(row) == written_at

    async def audience_of(self, post: PostId, transaction: Transaction) -> Audience:
        """Whom a post is for, whoever asks: it decides who reads edits to what is said below it."""
        row = await self._of(post).find_one({"_id": post}, {"audience": 1}, session=transaction)
        # Posts stay, at least as tombstones, above what is said below them.
        return AUDIENCES[row["audience"]] if row else Audience.ONLY_ME

    async def board_of(self, post: PostId) -> BoardId | None:
        """Where a post stands, whoever asks: it decides whether edits below it are read first."""
        row = await self._of(post).find_one({"_id": post}, {"board": 1})
        return row["board"] if row else None

    def _of(self, content: str) -> AsyncCollection[Document]:
        return self._contents[kind_of(content)]


def _fields(author: MemberId, edit: Edit, at: datetime, *, is_post: bool) -> Document:
    """What changes in the document, and nothing else."""
    changes: Document = {}
    if edit.changes_words:
        # Of other edits nobody is told: they may be about what is hidden.
        changes |= {"editedAt": at, "writtenAt": at}
    if edit.body is not None:
        changes["body"] = text_document(edit.body)
    if edit.byline is not None:
        changes["byline"] = [field.value for field in edit.byline]
    if is_post and edit.title is not None:
        changes["title"] = edit.title or None
    if is_post and edit.audience is not None:
        changes |= audience_fields(author, edit.audience)
    return changes
