"""Writing, editing and deleting comments."""

from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from content import edits
from content.input_rendering import rendered
from content.posts import check_not_parted, chosen_byline, without_repeats
from content.services import ContentServices
from domain.content import CommentRecord, CommentView, ContentState, PostView
from domain.edits import Edit, Place
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import CommentId, PostId, new_comment_id
from domain.members import ProfileField
from domain.messages import Message
from domain.viewer import Viewer
from moderation.transitions import Move, move
from policy.boards import may_write_on
from policy.limits import BODY_LENGTH, MAX_REPLY_DEPTH
from policy.permissions import AUTHOR_MAY_DELETE, may_delete, may_update
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class NewComment:
    """What a member says under a post, or in answer to a comment."""

    post_id: PostId
    parent_id: CommentId | None
    body: str
    byline: tuple[ProfileField, ...] | None
    idempotency_key: str | None


async def create_comment(services: ContentServices, viewer: Viewer, new: NewComment) -> CommentId:
    """Comment under the audience that the post has now, and keep it; a retry under the same key answers the first."""
    author = require_signed_in(viewer)
    fields = None if new.byline is None else [field.value for field in new.byline]
    retry = IdempotentRequest(author, new.idempotency_key, (new.post_id, new.parent_id, new.body, fields))
    wrong, above = WrongFields(), None
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services.core, retry)
    if before:
        return CommentId(before)
    with wrong.collect():
        body = await rendered(services, author, new.body, BODY_LENGTH, "body")
    with wrong.collect():
        above = post = await _post_to_write_under(services, viewer, new.post_id)
        await _check_may_write_on(services, viewer, post)
    with wrong.collect():
        ancestors = await _ancestors(services, viewer, new, above)
    wrong.refuse()
    byline = await chosen_byline(services, author, new.byline)
    record = CommentRecord(
        id=new_comment_id(post.id, services.core.random),
        post_id=post.id,
        post_author_id=post.owner_id,
        board_owner_id=post.board_owner_id,
        author_id=author,
        ancestors=ancestors,
        body=body,
        audience=post.audience,
        state=ContentState.PUBLISHED,
        created_at=services.core.now(),
        byline=byline,
    )

    async def write(transaction: Transaction) -> str:
        await _check_may_write_on(services, viewer, post, transaction)
        await check_not_parted(services.core, author, post.board_owner_id, transaction, "postId")
        # The post may have gone or been narrowed since it was read: then nothing is said under it.
        if not await services.core.stores.posts.take_comment(post.id, record.audience, transaction):
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
        await services.core.stores.comments.insert(record, transaction)
        return record.id

    return CommentId(await run_idempotent(services.core, retry, write))


async def update_comment(
    services: ContentServices,
    viewer: Viewer,
    comment_id: CommentId,
    body: str | None,
    byline: tuple[ProfileField, ...] | None,
) -> None:
    """Change one's own comment while it stands, or let the change wait; its audience stays."""
    author = require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        comment = await _seen(services, viewer, comment_id)
        if not may_update(viewer, comment.author_id, comment.state):
            raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "commentId")
    with wrong.collect():
        said = None if body is None else await rendered(services, author, body, BODY_LENGTH, "body")
    wrong.refuse()
    if body is None and byline is None:
        return
    edit = Edit(body=said, byline=None if byline is None else without_repeats(byline))
    board_id = await services.core.stores.content_text.board_of(comment.post_id)
    if board_id is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "commentId")
    place = Place(comment_id, comment.post_id, board_id, author, comment.board_owner_id)
    await edits.put(services.core, viewer, place, edit, "commentId")


async def delete_comment(services: ContentServices, viewer: Viewer, comment_id: CommentId) -> None:
    """Take back one's own comment, or one on one's own message board; answers keep standing under a tombstone."""
    require_signed_in(viewer)
    # Their own words authors can take back also under a post that is closed to them now.
    state = await services.core.stores.comments.state_of_own(viewer, comment_id)
    how = Move.DELETE if state else Move.TAKE_AWAY
    if state is None:
        comment = await _seen(services, viewer, comment_id)
        is_allowed = may_delete(viewer, comment.author_id, comment.state, comment.board_owner_id)
    else:
        is_allowed = state in AUTHOR_MAY_DELETE
    if not is_allowed:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "commentId")

    async def write(transaction: Transaction) -> bool:
        return await move(services.core.stores, comment_id, how, transaction)

    if not await services.core.stores.transactions.run(write):
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "commentId")


async def _post_to_write_under(services: ContentServices, viewer: Viewer, post_id: PostId) -> PostView:
    post = (await services.core.stores.posts.seen_by(viewer, [post_id])).get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    if post.state is not ContentState.PUBLISHED:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")
    return post


async def _check_may_write_on(
    services: ContentServices, viewer: Viewer, post: PostView, transaction: Transaction | None = None
) -> None:
    """Refuse to write on a message board whose owner does not let the viewer; elsewhere all may who see the post."""
    if post.board_owner_id is None:
        return
    board = (await services.core.stores.boards.seen_by(viewer, [post.board_id], transaction)).get(post.board_id)
    if board is None or not post.is_open or not may_write_on(viewer, board):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")


async def _ancestors(
    services: ContentServices, viewer: Viewer, new: NewComment, post: PostView | None
) -> tuple[CommentId, ...]:
    """The thread down to the comment that is answered; a tombstone can't be answered, for nobody reads what it said.

    ``post`` None: it is wrong by itself, so the comment is not held against it.
    """
    if new.parent_id is None:
        return ()
    parent = (await services.core.stores.comments.seen_by(viewer, [new.parent_id])).get(new.parent_id)
    is_elsewhere = parent is not None and post is not None and parent.post_id != post.id
    if parent is None or is_elsewhere or parent.state is not ContentState.PUBLISHED:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "parentId")
    if parent.depth >= MAX_REPLY_DEPTH:
        raise refusal(ErrorCode.VALIDATION, Message.TOO_DEEP, "parentId")
    return (*parent.ancestors, parent.id)


async def _seen(services: ContentServices, viewer: Viewer, comment_id: CommentId) -> CommentView:
    comment = (await services.core.stores.comments.seen_by(viewer, [comment_id])).get(comment_id)
    if comment is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "commentId")
    return comment
