"""Edits that wait for review, as their authors and reviewers find them."""

from collections.abc import Sequence

from domain.content import CommentView, PostView
from domain.edits import PendingEdit
from domain.ids import CommentId, Kind, kind_of
from domain.paging import Page, Slice
from policy.edits import may_have_edit_to_read
from resolvers.content import boards_of_contents
from resolvers.context import Context


async def pending(context: Context, contents: Sequence[PostView | CommentView]) -> Sequence[PendingEdit | None]:
    """One read for all that are the viewer's own or theirs to review, and none for what others find."""
    viewer = context.viewer
    boards = await boards_of_contents(context, viewer, contents)
    ids = [
        content.id
        for content in contents
        if may_have_edit_to_read(viewer, content.author_id, content.board_owner_id, boards.get(content.id))
    ]
    found = await context.stores.edits.seen_by(viewer, ids) if ids else {}
    return [found.get(content.id) for content in contents]


async def to_review(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[PendingEdit]]:
    return [await context.stores.edits.to_review(context.viewer, page)] * len(viewers)


async def posts(context: Context, edits: Sequence[PendingEdit]) -> Sequence[PostView | None]:
    return await context.posts([edit.place.post_id for edit in edits])


async def comments(context: Context, edits: Sequence[PendingEdit]) -> Sequence[CommentView | None]:
    edited = [CommentId(edit.id) for edit in edits if _is_of_comment(edit)]
    found = iter(await context.comments(edited)) if edited else iter(())
    return [next(found) if _is_of_comment(edit) else None for edit in edits]


def _is_of_comment(edit: PendingEdit) -> bool:
    return kind_of(edit.id) is Kind.COMMENT
