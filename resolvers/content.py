"""Boards, posts and comments."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from domain.content import Board, CommentView, PostView, closed_board
from domain.errors import PublicFault
from domain.ids import BoardId, CommentId, PostId, message_board_of
from domain.members import MemberView
from domain.messages import Message
from domain.moderation import Decision
from domain.paging import Page, Slice
from domain.viewer import Viewer
from resolvers.context import Context

Content = PostView | CommentView
Value = TypeVar("Value")

NO_COMMENTS: Slice[CommentView] = Slice([], has_next=False, has_previous=False)


async def posts_by_id(context: Context, ids: Sequence[PostId]) -> Sequence[PostView | None]:
    return await context.posts(ids)


async def comments_by_id(context: Context, ids: Sequence[CommentId]) -> Sequence[CommentView | None]:
    return await context.comments(ids)


async def boards_by_id(context: Context, ids: Sequence[BoardId]) -> Sequence[Board | None]:
    return await context.boards(ids)


async def boards_by_slug(context: Context, slugs: Sequence[str]) -> Sequence[Board | None]:
    """Few at a time: a client asks for a board by its slug where a page is about that board."""
    return [await context.stores.boards.seen_by_slug(context.viewer, slug) for slug in slugs]


async def discussion_boards(context: Context, roots: Sequence[None], page: Page) -> Sequence[Slice[Board]]:
    return [await context.stores.boards.discussion_boards(context.viewer, page)] * len(roots)


async def boards_of_contents(context: Context, moderator: Viewer, contents: Sequence[Content]) -> Mapping[str, BoardId]:
    """Return by id the board of each post, and of each comment if ``moderator`` moderates single boards.

    A comment's board costs a read and decides nothing for anyone else.
    """
    boards: dict[str, BoardId] = {post.id: post.board_id for post in contents if isinstance(post, PostView)}
    if not moderator.moderates:
        return boards
    comments = [comment for comment in contents if isinstance(comment, CommentView)]
    above = {comment.post_id for comment in comments}
    found = await context.stores.posts.boards_of(context.viewer, above) if above else {}
    return boards | {comment.id: found[comment.post_id] for comment in comments if comment.post_id in found}


async def boards_moderated(context: Context, viewers: Sequence[object]) -> Sequence[Sequence[Board]]:
    """The discussion boards that are the viewer's to moderate, the oldest first."""
    found = await context.boards(sorted(context.viewer.moderates))
    theirs = sorted((board for board in found if board), key=lambda board: (board.created_at, board.id))
    return [theirs] * len(viewers)


async def feed(context: Context, roots: Sequence[None], page: Page) -> Sequence[Slice[PostView]]:
    return [await context.stores.posts.feed(context.viewer, page)] * len(roots)


async def boards_of_posts(context: Context, posts: Sequence[PostView]) -> Sequence[Board]:
    """Each post's board; authors read their own words also on a board that is closed to them now."""
    found = await context.boards([post.board_id for post in posts])
    return [board or closed_board(post.board_id) for post, board in zip(posts, found, strict=True)]


async def message_boards(context: Context, members: Sequence[MemberView]) -> Sequence[Board | None]:
    return await context.boards([message_board_of(member.id) for member in members])


async def board_titles(context: Context, boards: Sequence[Board]) -> Sequence[str]:
    """What each board is called; a message board that has no title goes by its owner's name."""
    owners = await context.members([board.owner_id for board in boards if not board.title and board.owner_id])
    names = {owner.id: owner.display_name for owner in owners if owner}
    return [board.title or _title(context, names.get(board.owner_id) if board.owner_id else None) for board in boards]


def _title(context: Context, owner: str | None) -> str:
    name = Message.BOARD_OF if owner else Message.SOMEBODY_S_BOARD
    return name.in_language(context.language, {"owner": owner})


async def entries_to_review(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[PostView]]:
    return [await context.stores.posts.to_review(context.viewer, page)] * len(viewers)


async def posts_of_comments(context: Context, comments: Sequence[CommentView]) -> Sequence[PostView]:
    """A comment shows only under a post that does; between the two reads the post may still go."""
    found = await context.posts([comment.post_id for comment in comments])
    by_id = {post.id: post for post in found if post}
    # On a case a comment is read whatever hides it; of a post that is hidden its place alone is told there.
    beyond = [comment.post_id for comment in comments if not comment.is_open and comment.post_id not in by_id]
    if beyond:
        by_id |= await context.stores.posts.ancestors_of(context.viewer, beyond)
    posts = [by_id[comment.post_id] for comment in comments if comment.post_id in by_id]
    if len(posts) < len(comments):
        raise PublicFault("CONFLICT", "This has just been changed. Please ask again.")
    return posts


async def parents_of_comments(context: Context, comments: Sequence[CommentView]) -> Sequence[CommentView | None]:
    answered = [comment.parent_id for comment in comments if comment.parent_id]
    found = dict(zip(answered, await context.comments(answered), strict=True))
    return [found.get(comment.parent_id) if comment.parent_id else None for comment in comments]


async def posts_of_boards(context: Context, boards: Sequence[Board], page: Page) -> Sequence[Slice[PostView]]:
    """Each board's list is a read of its own, so a list of boards with their posts costs by their number."""
    return [await context.stores.posts.on_board(context.viewer, board, page) for board in boards]


async def posts_of_members(context: Context, members: Sequence[MemberView], page: Page) -> Sequence[Slice[PostView]]:
    """As for boards, a read a member."""
    return [await context.stores.posts.by_author(context.viewer, member.id, page) for member in members]


async def post_counts(context: Context, boards: Sequence[Board]) -> Sequence[int]:
    counts = await context.stores.posts.counts_on_boards(context.viewer, boards)
    return [counts[board.id] for board in boards]


async def threads(context: Context, parents: Sequence[Content], page: Page) -> Sequence[Slice[CommentView]]:
    """The comments right under posts or comments."""
    store = context.stores.comments
    return await _below(context, parents, lambda those: store.threads(context.viewer, those, page), NO_COMMENTS)


async def comment_counts(context: Context, posts: Sequence[PostView]) -> Sequence[int]:
    if _counts_as_stored(context):
        return [post.comments_in_reach for post in posts]
    return await _counts(context, posts)


async def reply_counts(context: Context, comments: Sequence[CommentView]) -> Sequence[int]:
    if _counts_as_stored(context):
        return [comment.replies_in_reach for comment in comments]
    return await _counts(context, comments)


async def _counts(context: Context, parents: Sequence[Content]) -> Sequence[int]:
    return await _below(context, parents, lambda those: context.stores.comments.counts(context.viewer, those), 0)


async def _below(
    context: Context,
    parents: Sequence[Content],
    read: Callable[[Sequence[Content]], Awaitable[Sequence[Value]]],
    nothing: Value,
) -> Sequence[Value]:
    """What ``read`` finds below ``parents``; ``nothing`` below those whose threads are left out for a stand-in."""
    if context.view_as is None:
        return await read(parents)
    told = [parent for parent in parents if not context.trims(parent.owner_id)]
    found = iter(await read(told) if told else ())
    return [nothing if context.trims(parent.owner_id) else next(found) for parent in parents]


def _counts_as_stored(context: Context) -> bool:
    """From the signed-out nobody is hidden but where they stand in for others, and they have no words of their own."""
    return not context.viewer.is_signed_in and context.view_as is None


async def decisions(context: Context, contents: Sequence[Content]) -> Sequence[Decision | None]:
    """The latest decision about each, for its author and for moderators."""
    ids = [content.id for content in contents]
    found = await context.stores.decisions.latest_seen_by(context.viewer, ids) if context.viewer.is_signed_in else {}
    # A tombstone says nothing, to a moderator either: ordinary reads obey blocks.
    return [found.get(content.id) if content.author_id else None for content in contents]
