"""Publishing, editing and deleting posts."""

from dataclasses import dataclass, replace

from accounts.desk import slow_down
from content.desk import ContentDesk, checked_line, signed_in
from content.writing import rendered
from domain.audience import Audience
from domain.content import Board, ContentState, PostRecord
from domain.ids import RANDOM_BYTES, BoardId, MemberId, PostId, new_post_id
from domain.members import ProfileField
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.viewer import Viewer
from moderation.transitions import Move, move
from policy.boards import may_write_on
from policy.limits import BODY_LENGTH, TITLE_LENGTH, Rate
from policy.permissions import may_delete, may_update
from stores.house import House
from stores.post_documents import PostEdit
from stores.retries import Retry, answered_before, check_key, once
from stores.revisions import Revision, Words
from stores.transactions import Transaction


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


async def create_post(desk: ContentDesk, viewer: Viewer, new: NewPost) -> PostId:
    """Publish on a board, or leave an entry that waits for its owner; a retry under the same key answers the first."""
    author = signed_in(viewer)
    retry = _retry_of(author, new)
    if before := await answered_before(desk.house, retry):
        return PostId(before)
    draft = await _drafted(desk, viewer, new)

    async def write(transaction: Transaction) -> str:
        # Once more, for the board may have been closed meanwhile.
        await _board_to_write_on(desk, viewer, new.board_id, transaction)
        await check_not_parted(desk.house, author, draft.host_id, transaction, "boardId")
        is_held = await waits_for_review(desk.house, viewer, draft.board_id, draft.host_id, transaction)
        record = replace(draft, state=ContentState.HELD) if is_held else draft
        await desk.house.stores.posts.insert(record, transaction)
        return record.id

    return PostId(await once(desk.house, retry, write))


async def check_post(desk: ContentDesk, viewer: Viewer, new: NewPost) -> PostRecord:
    """What ``create_post`` would publish; writes nothing, and refuses what that refuses."""
    retry = _retry_of(signed_in(viewer), new)
    await answered_before(desk.house, retry)
    draft = await _drafted(desk, viewer, new, Rate.CHECK_PER_MEMBER)
    check_key(retry)
    return draft


async def update_post(desk: ContentDesk, viewer: Viewer, post_id: PostId, changes: PostChanges) -> None:
    """Change one's own post while it stands; comments keep the audience they were written under."""
    author = signed_in(viewer)
    post = (await desk.house.stores.posts.seen_by(viewer, [post_id])).get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    if not may_update(viewer, post.author_id, post.state):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")
    if changes == NO_CHANGES:
        return
    if changes.body is None:  # rendering one counts by itself
        await slow_down(desk.house, Rate.TEXT_PER_MEMBER, author)
    edit = PostEdit(
        edited_at=desk.house.now(),
        title=None if changes.title is None else checked_line(changes.title, TITLE_LENGTH, "title") or "",
        body=None if changes.body is None else await rendered(desk, author, changes.body, BODY_LENGTH, "body"),
        audience=changes.audience,
        byline=None if changes.byline is None else without_repeats(changes.byline),
    )

    async def write(transaction: Transaction) -> None:
        # The time of the one that goes through: edits that met are run again.
        timed = replace(edit, edited_at=desk.house.now())
        to_review = edit.changes_words and await waits_for_review(
            desk.house, viewer, post.board_id, post.host_id, transaction
        )
        was = await desk.house.stores.posts.edit(post_id, author, timed, transaction, to_review=to_review)
        if was is None:
            raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "postId")
        if edit.changes_words:
            await keep_revision(desk.house, post_id, author, was, transaction)

    await desk.house.stores.transactions.run(write)


async def delete_post(desk: ContentDesk, viewer: Viewer, post_id: PostId) -> None:
    """Take back one's own post, or an entry on one's own message board; its text is gone from the store.

    What others said below keeps standing under a tombstone.
    """
    signed_in(viewer)
    post = (await desk.house.stores.posts.seen_by(viewer, [post_id])).get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    if not may_delete(viewer, post.author_id, post.state, post.host_id):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")

    how = Move.DELETE if post.author_id == viewer.member_id else Move.TAKE_AWAY

    async def write(transaction: Transaction) -> bool:
        return await move(desk.house.stores, post_id, how, transaction)

    if not await desk.house.stores.transactions.run(write):
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, "postId")


async def delete_thread(desk: ContentDesk, viewer: Viewer, post_id: PostId) -> None:
    """Take an entry on one's own message board away with all that was said below, also below a tombstone.

    What moderators have removed stays removed, out of everybody's sight.
    """
    member = signed_in(viewer)
    stores = desk.house.stores
    found = await stores.posts.seen_by(viewer, [post_id]) or await stores.posts.tombstones(viewer, [post_id])
    post = found.get(post_id)
    if post is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "postId")
    if post.host_id != member:
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")

    async def write(transaction: Transaction) -> None:
        # Where the entry itself has gone before, its thread still goes.
        is_own = post.author_id == member
        await move(stores, post_id, Move.DELETE if is_own else Move.TAKE_AWAY, transaction)
        await stores.posts.take_thread_away(post_id, transaction)

    await stores.transactions.run(write)
    await sweep_thread(desk.house, post_id)


async def sweep_thread(house: House, post_id: PostId) -> None:
    """Let what was said in a thread that nobody sees any more leave the store; twice is as good as once."""
    while await house.stores.comments.delete_some(post_id):
        continue
    await house.stores.revisions.erase_thread(post_id)
    await house.stores.posts.swept(post_id)


async def sweep_threads(house: House) -> None:
    """Sweep the threads that a crash left behind; run at start."""
    for post_id in await house.stores.posts.unswept():
        await sweep_thread(house, post_id)


async def waits_for_review(
    house: House, viewer: Viewer, board_id: BoardId, host: MemberId | None, transaction: Transaction
) -> bool:
    """Whether words that ``viewer`` puts on ``host``'s board wait for the host; nobody reviews their own.

    So do new words of those who may not write there any more.
    """
    if host is None or host == viewer.member_id:
        return False
    board = (await house.stores.boards.seen_by(viewer, [board_id], transaction)).get(board_id)
    return board is None or board.review_first or not may_write_on(viewer, board)


async def check_not_parted(
    house: House, author: MemberId, host: MemberId | None, transaction: Transaction, field: str
) -> None:
    """Refuse to write on the board of someone from whom a block has just parted ``author``."""
    if host is None or host == author:
        return
    if await house.stores.ties.are_parted(host, author, transaction):
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, field)


async def keep_revision(house: House, content: str, author: MemberId, was: Words, transaction: Transaction) -> None:
    """Keep what ``content`` said before an edit; what changed its audience or byline alone took no words away.

    Whoever works on a case about it has to read it again: nobody decides about words that they have not seen.
    """
    revision = Revision(house.random.token(RANDOM_BYTES), content, author, was.title, was.body, was.written_at)
    await house.stores.revisions.keep(revision, transaction)
    await house.stores.cases.words_changed(content, transaction)


async def chosen_byline(
    desk: ContentDesk, author: MemberId, fields: tuple[ProfileField, ...] | None
) -> tuple[ProfileField, ...]:
    """The fields that go along with a text: those given, or the author's default."""
    if fields is None:
        return (await desk.house.stores.members.own_settings(author)).default_byline
    return without_repeats(fields)


def without_repeats(fields: tuple[ProfileField, ...]) -> tuple[ProfileField, ...]:
    """Each field once, in the order given."""
    return tuple(dict.fromkeys(fields))


async def _board_to_write_on(
    desk: ContentDesk, viewer: Viewer, board_id: BoardId, transaction: Transaction | None = None
) -> Board:
    board = (await desk.house.stores.boards.seen_by(viewer, [board_id], transaction)).get(board_id)
    if board is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "boardId")
    if not may_write_on(viewer, board):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "boardId")
    return board


def _retry_of(author: MemberId, new: NewPost) -> Retry:
    """The one action that ``new`` asks for, however often it is sent."""
    byline = None if new.byline is None else [field.value for field in new.byline]
    return Retry(author, new.idempotency_key, (new.board_id, new.title, new.body, new.audience.value, byline))


async def _drafted(desk: ContentDesk, viewer: Viewer, new: NewPost, counted: Rate = Rate.TEXT_PER_MEMBER) -> PostRecord:
    """The post as it would be published now. Refuses what publishing would refuse."""
    author = signed_in(viewer)
    title = checked_line(new.title, TITLE_LENGTH, "title")
    body = await rendered(desk, author, new.body, BODY_LENGTH, "body", counted=counted)
    board = await _board_to_write_on(desk, viewer, new.board_id)
    return PostRecord(
        id=new_post_id(desk.house.random),
        board_id=board.id,
        board_kind=board.kind,
        author_id=author,
        title=title,
        body=body,
        audience=new.audience,
        state=ContentState.PUBLISHED,
        created_at=desk.house.now(),
        byline=await chosen_byline(desk, author, new.byline),
        host_id=board.owner_id,
    )
