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
from graph.mutations.payloads import mutation, user_errors
from graph.publishing_notices import PublishingNotice
from policy.limits import (
    BIO_LENGTH,
    BODY_LENGTH,
    IDEMPOTENCY_KEY_LENGTH,
    IDEMPOTENCY_LIFETIME,
    MAX_REPLY_DEPTH,
    SLUG_LENGTH,
    TITLE_LENGTH,
)
from policy.permissions import Capability
from resolvers import publishing_notices
from resolvers.context import Context

REVIEW_EDITS = (
    "Whether edits on the discussion board wait for moderators, while the approved text is shown. Edits that wait keep "
    "waiting after it is set to false."
)
BYLINE = "The profile fields to attach to the {}. Null or absent: `Viewer.defaultByline`. Empty: none."
NEW_BYLINE = "The profile fields to attach to the {} from now on. Null or absent: they stay as they are. Empty: none."
BODY = f"The text in CommonMark, {BODY_LENGTH:,} characters at most. HTML in it is shown as text."
NEW_BODY = f"The new text in CommonMark, {BODY_LENGTH:,} characters at most. Null or absent: it stays as it is."
UPDATING = (
    "Edit the viewer's own {}. If the board or a sanction requires it, an edit that shows more waits for approval as "
    "`pendingEdit`, while the approved text is shown. An edit that shows less takes effect at once."
)
NOTICES = (
    "The notices about what the {} shows its readers about the author: personal data, byline fields, links. Empty if "
    "there are none."
)
IDEMPOTENCY_KEY = (
    f"A key that the client makes up for this one action, {IDEMPOTENCY_KEY_LENGTH} characters at most. Idempotent: a "
    "retry with "
    f"the same key within {IDEMPOTENCY_LIFETIME.days} days answers the first result. Null or absent: a retry acts "
    "again."
)


@strawberry.input
class CreateBoardInput:
    """The discussion board to create."""

    slug: str = strawberry.field(
        description=f"The name of the board in addresses: {SLUG_LENGTH[0]} to {SLUG_LENGTH[1]} lower-case letters, "
        "digits and hyphens."
    )
    title: str = strawberry.field(description=f"The title of the board, {TITLE_LENGTH} characters at most.")
    description: str | None = strawberry.field(
        default=None,
        description=f"The introduction of the board in CommonMark, {BIO_LENGTH:,} characters at most. Null or absent: "
        "none.",
    )
    review_edits: bool = strawberry.field(default=False, description=f"{REVIEW_EDITS} False by default.")


@strawberry.type
class CreateBoardPayload:
    """The result of `createBoard`."""

    board: Board | None = strawberry.field(default=None, description="The new board. Null if creating it was refused.")
    errors: list[UserError] = user_errors()


@strawberry.input
class UpdateBoardInput:
    """The changes to a board. A field that is null or absent stays as it is."""

    board_id: strawberry.ID = strawberry.field(description="The id of the board to change.")
    title: str | None = strawberry.field(
        default=None,
        description=f"The new title, {TITLE_LENGTH} characters at most. Null or absent: it stays. Empty: a message "
        "board has none.",
    )
    description: str | None = strawberry.field(
        default=None,
        description=f"The new introduction in CommonMark, {BIO_LENGTH:,} characters at most. Null or absent: it "
        "stays. Empty: none.",
    )
    audience: Audience | None = strawberry.field(
        default=None, description="The people who can see the message board. Null or absent: it stays as it is."
    )
    write_policy: Audience | None = strawberry.field(
        default=None,
        description="The people who can write on the message board, MEMBERS at most. Null or absent: it stays as it "
        "is.",
    )
    review_first: bool | None = strawberry.field(
        default=None,
        description="Whether posts and comments of others on the message board, and their edits, wait for its owner. "
        "Null or absent: it stays as it is.",
    )
    review_edits: bool | None = strawberry.field(
        default=None, description=f"{REVIEW_EDITS} Null or absent: it stays as it is."
    )


@strawberry.type
class UpdateBoardPayload:
    """The result of `updateBoard`."""

    board: Board | None = strawberry.field(
        default=None, description="The changed board. Null if the change was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class CreatePostInput:
    """The post to publish or check."""

    board_id: strawberry.ID = strawberry.field(description="The id of the board to post on.")
    body: str = strawberry.field(description=BODY)
    audience: Audience = strawberry.field(
        description="The people who can see the post. It has no default, because publishing is a choice."
    )
    title: str | None = strawberry.field(
        default=None,
        description=f"The title of the post, {TITLE_LENGTH} characters at most. Null, absent or empty: none.",
    )
    byline: list[ProfileField] | None = strawberry.field(default=None, description=BYLINE.format("post"))
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CreatePostPayload:
    """The result of `createPost`."""

    post: Post | None = strawberry.field(
        default=None, description="The new post, as its author sees it. Null if creating it was refused."
    )
    notices: list[PublishingNotice] = loaded(publishing_notices.of_posts, NOTICES.format("post"))
    errors: list[UserError] = user_errors()


@strawberry.type
class CheckPostPayload:
    """The result of `checkPost`, which writes nothing. `errors` are those `createPost` would answer."""

    draft: strawberry.Private[PostRecord | None] = None
    notices: list[PublishingNotice] = loaded(
        publishing_notices.of_drafts,
        "The notices that `createPost` would answer. Empty if there are none.",
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class UpdatePostInput:
    """The changes to a post. A field that is null or absent stays as it is."""

    post_id: strawberry.ID = strawberry.field(description="The id of the post to edit.")
    title: str | None = strawberry.field(
        default=None,
        description=f"The new title, {TITLE_LENGTH} characters at most. Null or absent: it stays as it is. Empty: "
        "none.",
    )
    body: str | None = strawberry.field(default=None, description=NEW_BODY)
    audience: Audience | None = strawberry.field(
        default=None, description="The people who can see the post from now on. Null or absent: they stay the same."
    )
    byline: list[ProfileField] | None = strawberry.field(default=None, description=NEW_BYLINE.format("post"))


@strawberry.type
class UpdatePostPayload:
    """The result of `updatePost`."""

    post: Post | None = strawberry.field(
        default=None, description="The post after the edit. Null if the edit was refused."
    )
    notices: list[PublishingNotice] = loaded(publishing_notices.of_posts, NOTICES.format("post"))
    errors: list[UserError] = user_errors()


@strawberry.input
class DeletePostInput:
    """The post to delete."""

    post_id: strawberry.ID = strawberry.field(description="The id of the post to delete.")
    with_thread: bool = strawberry.field(
        default=False,
        description="Whether to delete all comments under the post too, which the owner of a message board can. False "
        "by "
        "default: the comments of others stay under a tombstone.",
    )


@strawberry.type
class DeletePostPayload:
    """The result of `deletePost`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the deleted post. Null if deleting it was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class CreateCommentInput:
    """The comment to publish."""

    post_id: strawberry.ID = strawberry.field(description="The id of the post to comment on.")
    body: str = strawberry.field(description=BODY)
    parent_id: strawberry.ID | None = strawberry.field(
        default=None,
        description=f"The id of the comment to reply to, up to {MAX_REPLY_DEPTH} replies deep. Null or absent: the "
        "post itself.",
    )
    byline: list[ProfileField] | None = strawberry.field(default=None, description=BYLINE.format("comment"))
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class CreateCommentPayload:
    """The result of `createComment`."""

    comment: Comment | None = strawberry.field(
        default=None, description="The new comment, as its author sees it. Null if creating it was refused."
    )
    notices: list[PublishingNotice] = loaded(publishing_notices.of_comments, NOTICES.format("comment"))
    errors: list[UserError] = user_errors()


@strawberry.input
class UpdateCommentInput:
    """The changes to a comment. A field that is null or absent stays as it is."""

    comment_id: strawberry.ID = strawberry.field(description="The id of the comment to edit.")
    body: str | None = strawberry.field(default=None, description=NEW_BODY)
    byline: list[ProfileField] | None = strawberry.field(default=None, description=NEW_BYLINE.format("comment"))


@strawberry.type
class UpdateCommentPayload:
    """The result of `updateComment`."""

    comment: Comment | None = strawberry.field(
        default=None, description="The comment after the edit. Null if the edit was refused."
    )
    notices: list[PublishingNotice] = loaded(publishing_notices.of_comments, NOTICES.format("comment"))
    errors: list[UserError] = user_errors()


@strawberry.input
class DeleteCommentInput:
    """The comment to delete."""

    comment_id: strawberry.ID = strawberry.field(description="The id of the comment to delete.")


@strawberry.type
class DeleteCommentPayload:
    """The result of `deleteComment`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the deleted comment. Null if deleting it was refused."
    )
    errors: list[UserError] = user_errors()


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
    CreateBoardInput, CreateBoardPayload, _create_board, "Create a discussion board.", Capability.KEEP_ORDER
)
UPDATE_BOARD = mutation(
    UpdateBoardInput,
    UpdateBoardPayload,
    _update_board,
    "Change the viewer's own message board. Moderators also change discussion boards: title, description, "
    "`reviewEdits`.",
    Capability.INTRODUCE,
)
CHECK_POST = mutation(
    CreatePostInput,
    CheckPostPayload,
    _check_post,
    "Check a post before `createPost`: answer the same notices and errors, without writing anything.",
    Capability.LOOK,
)
CREATE_POST = mutation(
    CreatePostInput, CreatePostPayload, _create_post, "Publish a post on a board.", Capability.PUBLISH
)
UPDATE_POST = mutation(UpdatePostInput, UpdatePostPayload, _update_post, UPDATING.format("post"), Capability.PUBLISH)
DELETE_POST = mutation(
    DeletePostInput,
    DeletePostPayload,
    _delete_post,
    "Delete the viewer's own post, or a post on the viewer's message board. Its text is gone for good.",
    Capability.WITHDRAW,
)
CREATE_COMMENT = mutation(
    CreateCommentInput,
    CreateCommentPayload,
    _create_comment,
    "Publish a comment on a post, or a reply to a comment.",
    Capability.PUBLISH,
)
UPDATE_COMMENT = mutation(
    UpdateCommentInput, UpdateCommentPayload, _update_comment, UPDATING.format("comment"), Capability.PUBLISH
)
DELETE_COMMENT = mutation(
    DeleteCommentInput,
    DeleteCommentPayload,
    _delete_comment,
    "Delete the viewer's own comment, or a comment on the viewer's message board. Replies stay under a tombstone.",
    Capability.WITHDRAW,
)
