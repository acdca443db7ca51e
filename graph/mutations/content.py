"""Boards, posts and comments."""

from collections.abc import Sequence
from typing import Any

import strawberry

from content import boards, comments, posts
from domain.content import PostRecord
from domain.ids import BoardId, CommentId, PostId
from graph.boards import Board
from graph.content import Comment, Post
from graph.enums import Audience, ProfileField
from graph.errors import UserError
from graph.fields import loaded
from graph.mutations.payloads import mutation
from graph.publishing_notices import PublishingNotice
from policy.permissions import Capability
from resolvers import publishing_notices
from resolvers.context import Context

REVIEW_EDITS = (
    "Whether edits on the discussion board wait for moderators, while the approved words stand. What waits keeps "
    "waiting where this is taken back."
)
BYLINE = "The profile fields to let go along. Absent or null: Viewer.defaultByline; empty: nothing."
UPDATING = (
    "Change one's own {}. Where the board or the author's standing asks for it, what shows more waits as "
    "pendingEdit, and what was approved stands meanwhile; what shows less acts at once."
)
NOTICES = (
    "What the text as it stands now, or will once its edit is approved, tells its readers about its author: personal "
    "data, byline fields, links."
)
IDEMPOTENCY_KEY = "Made up by the client for this one action: a retry with the same key answers the first result."


@strawberry.input
class CreateBoardInput:
    """A discussion board."""

    slug: str = strawberry.field(description="Its name in addresses: lower-case letters, digits, hyphens.")
    title: str
    description: str | None = strawberry.field(default=None, description="CommonMark.")
    review_edits: bool = strawberry.field(default=False, description=REVIEW_EDITS)


@strawberry.type
class CreateBoardPayload:
    """The new board."""

    board: Board | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UpdateBoardInput:
    """What is absent or null stays as it is; an empty title or description takes it away."""

    board_id: strawberry.ID
    title: str | None = strawberry.field(default=None, description="A message board can do without.")
    description: str | None = strawberry.field(default=None, description="CommonMark.")
    audience: Audience | None = strawberry.field(default=None, description="Who sees the message board.")
    write_policy: Audience | None = strawberry.field(
        default=None, description="Who may write on the message board, MEMBERS at most."
    )
    review_first: bool | None = strawberry.field(
        default=None,
        description="Whether what others leave on the message board waits for its owner; of edits the approved words "
        "stand meanwhile.",
    )
    review_edits: bool | None = strawberry.field(default=None, description=REVIEW_EDITS)


@strawberry.type
class UpdateBoardPayload:
    """The board as changed."""

    board: Board | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class CreatePostInput:
    """What to publish, where, and for whom."""

    board_id: strawberry.ID
    body: str = strawberry.field(description="CommonMark; HTML in it is shown as text.")
    audience: Audience = strawberry.field(description="Never defaulted: publishing is a choice.")
    title: str | None = None
    byline: list[ProfileField] | None = strawberry.field(default=None, description=BYLINE)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CreatePostPayload:
    """The post as its author sees it."""

    post: Post | None = None
    notices: list[PublishingNotice] = loaded(publishing_notices.of_posts, NOTICES)
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.type
class CheckPostPayload:
    """What createPost would tell, or refuse. Nothing is written."""

    draft: strawberry.Private[PostRecord | None] = None
    notices: list[PublishingNotice] = loaded(
        publishing_notices.of_drafts,
        "What the text would tell its readers about its author; createPost tells the same.",
    )
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UpdatePostInput:
    """What is absent or null stays as it is; an empty title takes it away."""

    post_id: strawberry.ID
    title: str | None = None
    body: str | None = None
    audience: Audience | None = None
    byline: list[ProfileField] | None = None


@strawberry.type
class UpdatePostPayload:
    """The post as changed."""

    post: Post | None = None
    notices: list[PublishingNotice] = loaded(publishing_notices.of_posts, NOTICES)
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class DeletePostInput:
    """Which."""

    post_id: strawberry.ID
    with_thread: bool = strawberry.field(
        default=False,
        description="On one's own message board: let all that was said below go too. Otherwise what others said keeps "
        "standing under a tombstone.",
    )


@strawberry.type
class DeletePostPayload:
    """Its text is gone."""

    deleted_id: strawberry.ID | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class CreateCommentInput:
    """What to say, and in answer to what."""

    post_id: strawberry.ID
    body: str = strawberry.field(description="CommonMark; HTML in it is shown as text.")
    parent_id: strawberry.ID | None = strawberry.field(default=None, description="The comment that this answers.")
    byline: list[ProfileField] | None = strawberry.field(default=None, description=BYLINE)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CreateCommentPayload:
    """The comment as its author sees it."""

    comment: Comment | None = None
    notices: list[PublishingNotice] = loaded(publishing_notices.of_comments, NOTICES)
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class UpdateCommentInput:
    """What is absent or null stays as it is."""

    comment_id: strawberry.ID
    body: str | None = None
    byline: list[ProfileField] | None = None


@strawberry.type
class UpdateCommentPayload:
    """The comment as changed."""

    comment: Comment | None = None
    notices: list[PublishingNotice] = loaded(publishing_notices.of_comments, NOTICES)
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class DeleteCommentInput:
    """Which."""

    comment_id: strawberry.ID


@strawberry.type
class DeleteCommentPayload:
    """Its text is gone; answers keep standing under a tombstone."""

    deleted_id: strawberry.ID | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _create_board(context: Context, given: CreateBoardInput) -> dict[str, Any]:
    new = boards.NewBoard(given.slug, given.title, given.description, given.review_edits)
    board_id = await boards.create_board(context.services.content, context.viewer, new)
    return {"board": (await context.boards([board_id]))[0]}


async def _update_board(context: Context, given: UpdateBoardInput) -> dict[str, Any]:
    changes = boards.BoardChanges(
        given.title,
        given.description,
        given.audience,
        given.write_policy,
        given.review_first,
        given.review_edits,
    )
    board_id = BoardId(given.board_id)
    await boards.update_board(context.services.content, context.viewer, board_id, changes)
    await context.refresh()
    return {"board": (await context.boards([board_id]))[0]}


async def _check_post(context: Context, given: CreatePostInput) -> dict[str, Any]:
    return {"draft": await posts.check_post(context.services.content, context.viewer, _new_post(given))}


async def _create_post(context: Context, given: CreatePostInput) -> dict[str, Any]:
    post_id = await posts.create_post(context.services.content, context.viewer, _new_post(given))
    return {"post": await _post(context, post_id)}


async def _update_post(context: Context, given: UpdatePostInput) -> dict[str, Any]:
    changes = posts.PostChanges(given.title, given.body, given.audience, _byline(given.byline))
    await posts.update_post(context.services.content, context.viewer, PostId(given.post_id), changes)
    return {"post": await _post(context, PostId(given.post_id))}


async def _delete_post(context: Context, given: DeletePostInput) -> dict[str, Any]:
    deletion = posts.PostDeletion(PostId(given.post_id), given.with_thread)
    await posts.delete_post(context.services.content, context.viewer, deletion)
    await context.refresh()
    return {"deleted_id": given.post_id}


async def _create_comment(context: Context, given: CreateCommentInput) -> dict[str, Any]:
    parent = None if given.parent_id is None else CommentId(given.parent_id)
    new = comments.NewComment(PostId(given.post_id), parent, given.body, _byline(given.byline), given.idempotency_key)
    comment_id = await comments.create_comment(context.services.content, context.viewer, new)
    return {"comment": await _comment(context, comment_id)}


async def _update_comment(context: Context, given: UpdateCommentInput) -> dict[str, Any]:
    comment_id = CommentId(given.comment_id)
    await comments.update_comment(
        context.services.content, context.viewer, comment_id, given.body, _byline(given.byline)
    )
    return {"comment": await _comment(context, comment_id)}


async def _delete_comment(context: Context, given: DeleteCommentInput) -> dict[str, Any]:
    await comments.delete_comment(context.services.content, context.viewer, CommentId(given.comment_id))
    await context.refresh()
    return {"deleted_id": given.comment_id}


def _new_post(given: CreatePostInput) -> posts.NewPost:
    return posts.NewPost(
        BoardId(given.board_id),
        given.title,
        given.body,
        given.audience,
        _byline(given.byline),
        given.idempotency_key,
    )


async def _post(context: Context, post_id: PostId) -> Any:
    await context.refresh()
    return (await context.posts([post_id]))[0]


async def _comment(context: Context, comment_id: CommentId) -> Any:
    await context.refresh()
    return (await context.comments([comment_id]))[0]


def _byline(fields: Sequence[ProfileField] | None) -> tuple[ProfileField, ...] | None:
    return None if fields is None else tuple(fields)


CREATE_BOARD = mutation(
    CreateBoardInput, CreateBoardPayload, _create_board, "Make a discussion board.", Capability.KEEP_ORDER
)
UPDATE_BOARD = mutation(
    UpdateBoardInput,
    UpdateBoardPayload,
    _update_board,
    "Change one's own message board; for moderators also title and description of discussion boards.",
    Capability.INTRODUCE,
)
CHECK_POST = mutation(
    CreatePostInput,
    CheckPostPayload,
    _check_post,
    "What createPost would tell of this text, or refuse; writes nothing.",
    Capability.LOOK,
)
CREATE_POST = mutation(
    CreatePostInput, CreatePostPayload, _create_post, "Publish a post for the audience named.", Capability.PUBLISH
)
UPDATE_POST = mutation(UpdatePostInput, UpdatePostPayload, _update_post, UPDATING.format("post"), Capability.PUBLISH)
DELETE_POST = mutation(
    DeletePostInput,
    DeletePostPayload,
    _delete_post,
    "Take back one's own post, or an entry on one's own board.",
    Capability.WITHDRAW,
)
CREATE_COMMENT = mutation(
    CreateCommentInput,
    CreateCommentPayload,
    _create_comment,
    "Comment on a post, or answer a comment.",
    Capability.PUBLISH,
)
UPDATE_COMMENT = mutation(
    UpdateCommentInput, UpdateCommentPayload, _update_comment, UPDATING.format("comment"), Capability.PUBLISH
)
DELETE_COMMENT = mutation(
    DeleteCommentInput,
    DeleteCommentPayload,
    _delete_comment,
    "Take back one's own comment, or one on one's own message board.",
    Capability.WITHDRAW,
)
