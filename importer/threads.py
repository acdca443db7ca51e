"""Questions become posts, answers the comments under them, comments stand beside or under the answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content.complexity import TooComplex
from content.links import Site
from content.rendering import render_html, render_markdown
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import CommentId, Kind, MemberId, PostId, kind_of, new_comment_id, new_post_id, post_of_comment
from domain.rich_text import RichText
from importer.batches import COMMENT, POST, Batch, Destination, unseen
from importer.dump import AnswerRow, CommentRow, QuestionRow
from importer.members import members_of
from importer.rows import Unfit
from policy.limits import MAX_MENTIONS_IN_A_TEXT
from policy.visibility import Placed
from stores.unique_keys import TakenKey

#: Stack Exchange's own bound, in characters as read: what its members could publish there is kept whole.
LONGEST_BODY: Final = 30_000

Written = QuestionRow | AnswerRow | CommentRow

#: Posts are HTML in a dump, comments the few marks of Markdown that their authors typed.
_RENDER: Final[Mapping[type[Written], Callable[[str, Site], RichText]]] = {
    QuestionRow: render_html,
    AnswerRow: render_html,
    CommentRow: render_markdown,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comment hangs: under which post, and in answer to what."""

    post_id: PostId
    ancestors: tuple[CommentId, ...]
    post: Placed


async def questions(destination: Destination, rows: Sequence[QuestionRow]) -> Batch:
    """A post for each question that has none yet."""
    batch = Batch()
    fresh = await unseen(destination, POST, rows, batch)
    texts = _texts(fresh, destination.site, batch)
    authors = await _authors(destination, [row for row in fresh if row.number in texts], batch)
    for row in fresh:
        if row.number in authors:
            post = _post(destination, row, authors[row.number], texts[row.number])
            batch.posts.append(post)
            batch.imports[destination.key(POST, row.number)] = TakenKey(post.id)
    return batch


async def answers(destination: Destination, rows: Sequence[AnswerRow]) -> Batch:
    """A comment at the top for each answer that has none yet; whose question is not there is left out."""
    return await _hung(destination, POST, rows, frozenset({Kind.POST}))


async def comments(destination: Destination, rows: Sequence[CommentRow]) -> Batch:
    """A comment for each one that has none yet, at the top or under an answer."""
    return await _hung(destination, COMMENT, rows, frozenset({Kind.POST, Kind.COMMENT}))


async def _hung(
    destination: Destination, kind: str, rows: Sequence[AnswerRow | CommentRow], under: frozenset[Kind]
) -> Batch:
    """The comments that rows of one ``kind`` make, each where it hangs: under one of the kinds ``under``."""
    batch = Batch()
    fresh = await unseen(destination, kind, rows, batch)
    spots = await _spots(destination, fresh, batch, under)
    texts = _texts([row for row in fresh if row.number in spots], destination.site, batch)
    authors = await _authors(destination, [row for row in fresh if row.number in texts], batch)
    for row in fresh:
        if row.number in authors:
            comment = _comment(destination, row, spots[row.number], authors[row.number], texts[row.number])
            batch.comments.append(comment)
            batch.imports[destination.key(kind, row.number)] = TakenKey(comment.id)
    return batch


async def _spots(
    destination: Destination, rows: Sequence[AnswerRow | CommentRow], batch: Batch, under: frozenset[Kind]
) -> Mapping[str, Spot]:
    """By the row's number: where it hangs, under one of the kinds ``under``."""
    made = await destination.made_of(POST, {row.parent for row in rows})
    parents = {number: parent for number, parent in made.items() if kind_of(parent) in under}
    posts = await destination.services.core.stores.posts.placed({_post_of(parent) for parent in parents.values()})
    spots = {}
    for row in rows:
        parent = parents.get(row.parent)
        if parent is None or _post_of(parent) not in posts:
            batch.leave_out(row.place, f"its parent, post {row.parent}, is not among those imported")
            continue
        ancestors = (CommentId(parent),) if kind_of(parent) is Kind.COMMENT else ()
        spots[row.number] = Spot(_post_of(parent), ancestors, posts[_post_of(parent)])
    return spots


async def _authors(destination: Destination, rows: Sequence[Written], batch: Batch) -> Mapping[str, MemberId]:
    """By the row's number: who wrote it."""
    written = [(row.author, row.created_at, row.place) for row in rows]
    members = await members_of(destination, written, batch)
    return {row.number: members[row.author] for row in rows if row.author in members}


def _texts(rows: Sequence[Written], site: Site, batch: Batch) -> dict[str, RichText]:
    """By the row's number: its text, where it can be one."""
    texts = {}
    for row in rows:
        try:
            texts[row.number] = _text(row, site)
        except Unfit as unfit:
            batch.leave_out(row.place, unfit)
    return texts


def _text(row: Written, site: Site) -> RichText:
    try:
        text = _RENDER[type(row)](row.written, site)
    except TooComplex as too:
        raise Unfit(f"its text can't be rendered: {too}") from too
    if len(text.text) > LONGEST_BODY:
        raise Unfit(f"its text has {len(text.text)} characters, more than {LONGEST_BODY}")
    if not text.text and not text.links:
        raise Unfit("its text is empty")
    return replace(text, mentions=text.mentions[:MAX_MENTIONS_IN_A_TEXT])


def _post_of(parent: str) -> PostId:
    return post_of_comment(CommentId(parent)) if kind_of(parent) is Kind.COMMENT else PostId(parent)


def _post(destination: Destination, row: QuestionRow, author: MemberId, body: RichText) -> PostRecord:
    return PostRecord(
        id=new_post_id(destination.services.core.random),
        board_id=destination.board.id,
        board_kind=destination.board.kind,
        author_id=author,
        title=row.title,
        body=body,
        audience=destination.audience,
        state=ContentState.PUBLISHED,
        created_at=row.created_at,
        byline=(),
        edited_at=row.edited_at,
    )


def _comment(
    destination: Destination, row: AnswerRow | CommentRow, spot: Spot, author: MemberId, body: RichText
) -> CommentRecord:
    return CommentRecord(
        id=new_comment_id(spot.post_id, destination.services.core.random),
        post_id=spot.post_id,
        post_author_id=spot.post.author,
        author_id=author,
        ancestors=spot.ancestors,
        body=body,
        audience=spot.post.audience,
        state=ContentState.PUBLISHED,
        created_at=row.created_at,
        byline=(),
        edited_at=row.edited_at,
    )
