"""Publishing, editing and deleting posts."""

from dataclasses import dataclass, replace

from accounts.capability_check import require_signed_in
from accounts.services import consume_rate_limit_if_available
from content import edits
from content.input_rendering import rendered
from content.services import ContentServices
from domain.audience import Audience
from domain.content import Board, ContentState, PostRecord, PostView
from domain.edits import Edit, Place
from domain.errors import ErrorCode, WrongFields, refusal
from domain.ids import BoardId, MemberId, PostId, new_post_id
from domain.members import ProfileField
from domain.messages import Message
from domain.viewer import Viewer
from moderation.transitions import Move, move
from policy.boards import may_write_on
from policy.limits import BODY_LENGTH, TITLE_LENGTH, Rate
from policy.permissions import may_delete, may_update
from stores.idempotency import IdempotentRequest, check_key, earlier_answer, run_idempotent
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import optional_line


@dataclass(frozen=True, slots=True)
class NewPost:
    """What an author publishes. ``byline`` None: the author's default; empty: nothing."""

    board_id: BoardId
    title: str | None
    body: str
    audience: Audience
    byline: tuple[ProfileField, ...] | None
    idempotency_key: str | None


@dataclass(frozen=True, slots=True)
class PostChanges:
    """What an edit changes; None leaves a part as it is, an empty title takes it away."""

    title: str | None
    body: str | None
    audience: Audience | None
    byline: tuple[ProfileField, ...] | None


NO_CHANGES = PostChanges(None, None, None, None)


@dataclass(frozen=True, slots=True)
class PostDeletion:
    """Which post goes, and whether all that was said below goes too."""

    post_id: PostId
    with_thread: bool


async def create_post(services: ContentServices, viewer: Viewer, new: NewPost) -> PostId:
    """Publish on a board, or leave an entry that waits for its owner; a retry under the same key answers the first."""
    author = require_signed_in(viewer)
    retry = _retry_of(author, new)
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    before = await earlier_answer(services.core, retry)
    if before:
        return PostId(before)
    with wrong.collect():
        draft = await _drafted(services, viewer, new)
    wrong.refuse()

    async def write(transaction: Transaction) -> str:
        # Once more, for the board may have been closed meanwhile.
        await _board_to_write_on(services, viewer, new.board_id, transaction)
        await check_not_parted(services.core, author, draft.board_owner_id, transaction, "boardId")
        is_held = await waits_for_review(services.core, viewer, draft.board_id, draft.board_owner_id, transaction)
        record = replace(draft, state=ContentState.HELD) if is_held else draft
        await services.core.stores.posts.insert(record, transaction)
        return record.id

    return PostId(await run_idempotent(services.core, retry, write))


async def check_post(services: ContentServices, viewer: Viewer, new: NewPost) -> PostRecord:
    """What ``create_post`` would publish; writes nothing, and refuses what that refuses."""
    retry = _retry_of(require_signed_in(viewer), new)
    wrong = WrongFields()
    with wrong.collect():
        check_key(retry.key)
    await earlier_answer(services.core, retry)
    with wrong.collect():
        draft = await _drafted(services, viewer, new, Rate.CHECK_PER_MEMBER)
    wrong.refuse()
    return draft


async def update_post(services: ContentServices, viewer: Viewer, post_id: PostId, changes: PostChanges) -> None:
    """Change one's own post while it stands, or let the change wait; comments keep the audience that they have."""
    author = require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        post = await _post_to_update(services, viewer, post_id)
    if changes != NO_CHANGES:
        with wrong.collect():
            edit = await _edit_of(services, author, changes)
    wrong.refuse()
    if changes == NO_CHANGES:
        return
    place = Place(post_id, post_id, post.board_id, author, post.board_owner_id)
    await edits.put(services.core, viewer, place, edit, "postId")


async def _post_to_update(services: ContentServices, viewer: Viewer, post_id: PostId) -> PostView:
    post = await _seen(services, viewer, post_id)
    if not may_update(viewer, post.author_id, post.state):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")
    return post


async def _edit_of(services: ContentServices, author: MemberId, changes: PostChanges) -> Edit:
    wrong, title, body = WrongFields(), None, None
    with wrong.collect():
        title = None if changes.title is None else optional_line(changes.title, TITLE_LENGTH, "title") or ""
    with wrong.collect():
        if changes.body is None:  # rendering one counts by itself
            await consume_rate_limit_if_available(services.core, Rate.TEXT_PER_MEMBER, author)
        else:
            body = await rendered(services, author, changes.body, BODY_LENGTH, "body")
    wrong.refuse()
    byline = None if changes.byline is None else without_repeats(changes.byline)
    return Edit(title=title, body=body, audience=changes.audience, byline=byline)


async def delete_post(services: ContentServices, viewer: Viewer, deletion: PostDeletion) -> None:
    """Take back one's own post, or an entry on one's own message board; its text is gone from the store.

    What others said below keeps standing under a tombstone, unless the thread goes too.
    """
    require_signed_in(viewer)
    delete = _delete_thread if deletion.with_thread else _delete_alone
    await delete(services, viewer, deletion.post_id)


async def _delete_alone(services: ContentServices, viewer: Viewer, post_id: PostId) -> None:
    post = await _seen(services, viewer, post_id)
    if not may_delete(viewer, post.author_id, post.state, post.board_owner_id):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")

    how = Move.DELETE if post.author_id == viewer.member_id else Move.TAKE_AWAY

    async def write(transaction: Transaction) -> bool:
        return await move(services.core.stores, post_id, how, transaction)

    if not await services.core.stores.transactions.run(write):
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "postId")


async def _delete_thread(services: ContentServices, viewer: Viewer, post_id: PostId) -> None:
    """Take an entry on one's own message board away with all that was said below, also below a tombstone.

    What moderators have removed stays removed, out of everybody's sight.
    """
    member = require_signed_in(viewer)
    stores = services.core.stores
    found = await stores.posts.seen_by(viewer, [post_id]) or await stores.posts.tombstones(viewer, [post_id])
    post = found.get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    if post.board_owner_id != member:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")

    async def write(transaction: Transaction) -> None:
        # Where the entry itself has gone before, its thread still goes.
        is_own = post.author_id == member
        await move(stores, post_id, Move.DELETE if is_own else Move.TAKE_AWAY, transaction)
        await stores.posts.take_thread_away(post_id, transaction)

    await stores.transactions.run(write)
    await sweep_thread(services.core, post_id)


async def sweep_thread(services: Services, post_id: PostId) -> None:
    """Let what was said in a thread that nobody sees any more leave the store; twice is as good as once."""
    while await services.stores.comments.delete_some(post_id):
        continue
    await services.stores.revisions.erase_thread(post_id)
    await services.stores.edits.erase_thread(post_id)
    await services.stores.posts.swept(post_id)


async def sweep_threads(services: Services) -> None:
    """Sweep the threads that a crash left behind; run at start."""
    for post_id in await services.stores.posts.unswept():
        await sweep_thread(services, post_id)


async def waits_for_review(
    services: Services, viewer: Viewer, board_id: BoardId, board_owner: MemberId | None, transaction: Transaction
) -> bool:
    """Return whether ``viewer``'s entry waits for ``board_owner``'s review. Nobody reviews their own."""
    if board_owner is None or board_owner == viewer.member_id:
        return False
    board = (await services.stores.boards.seen_by(viewer, [board_id], transaction)).get(board_id)
    return board is None or board.review_first or not may_write_on(viewer, board)


async def check_not_parted(
    services: Services, author: MemberId, board_owner: MemberId | None, transaction: Transaction, field: str
) -> None:
    """Refuse to write on the board of someone from whom a block has just parted ``author``."""
    if board_owner is None or board_owner == author:
        return
    if await services.stores.relationships.are_parted(board_owner, author, transaction):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, field)


async def chosen_byline(
    services: ContentServices, author: MemberId, fields: tuple[ProfileField, ...] | None
) -> tuple[ProfileField, ...]:
    """The fields that go along with a text: those given, or the author's default."""
    if fields is None:
        return (await services.core.stores.members.own_settings(author)).default_byline
    return without_repeats(fields)


def without_repeats(fields: tuple[ProfileField, ...]) -> tuple[ProfileField, ...]:
    """Each field once, in the order given."""
    return tuple(dict.fromkeys(fields))


async def _seen(services: ContentServices, viewer: Viewer, post_id: PostId) -> PostView:
    post = (await services.core.stores.posts.seen_by(viewer, [post_id])).get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    return post


async def _board_to_write_on(
    services: ContentServices, viewer: Viewer, board_id: BoardId, transaction: Transaction | None = None
) -> Board:
    board = (await services.core.stores.boards.seen_by(viewer, [board_id], transaction)).get(board_id)
    if board is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "boardId")
    if not may_write_on(viewer, board):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "boardId")
    return board


def _retry_of(author: MemberId, new: NewPost) -> IdempotentRequest:
    """The one action that ``new`` asks for, however often it is sent."""
    byline = None if new.byline is None else [field.value for field in new.byline]
    return IdempotentRequest(
        author, new.idempotency_key, (new.board_id, new.title, new.body, new.audience.value, byline)
    )


async def _drafted(
    services: ContentServices, viewer: Viewer, new: NewPost, counted: Rate = Rate.TEXT_PER_MEMBER
) -> PostRecord:
    """The post as it would be published now. Refuses what publishing would refuse."""
    author = require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        title = optional_line(new.title, TITLE_LENGTH, "title")
    with wrong.collect():
        body = await rendered(services, author, new.body, BODY_LENGTH, "body", counted=counted)
    with wrong.collect():
        board = await _board_to_write_on(services, viewer, new.board_id)
    wrong.refuse()
    return PostRecord(
        id=new_post_id(services.core.random),
        board_id=board.id,
        board_kind=board.kind,
        author_id=author,
        title=title,
        body=body,
        audience=new.audience,
        state=ContentState.PUBLISHED,
        created_at=services.core.now(),
        byline=await chosen_byline(services, author, new.byline),
        board_owner_id=board.owner_id,
    )
