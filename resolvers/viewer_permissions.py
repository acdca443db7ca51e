"""What the viewer may do with what they see."""

from collections.abc import Sequence

from domain.content import Board, CommentView, PostView
from domain.ids import BoardId
from policy import boards, permissions
from policy.permissions import Capability
from resolvers.content import boards_of_contents
from resolvers.context import Context

Content = PostView | CommentView


def can_post(context: Context, board: Board) -> bool:
    return permissions.may(context.actor, Capability.PUBLISH) and boards.may_write_on(context.actor, board)


def can_moderate_board(context: Context, board: Board) -> bool:
    return boards.can_moderate_board(context.actor, board)


def can_update(context: Context, content: Content) -> bool:
    is_open = permissions.may(context.actor, Capability.PUBLISH)
    return is_open and permissions.may_update(context.actor, content.author_id, content.state)


def can_delete(context: Context, content: Content) -> bool:
    return permissions.may_delete(context.actor, content.author_id, content.state, content.board_owner_id)


def can_moderate_post(context: Context, post: PostView) -> bool:
    return _can_moderate(context, post, post.board_id)


async def can_moderate_comments(context: Context, comments: Sequence[CommentView]) -> Sequence[bool]:
    boards = await boards_of_contents(context, context.actor, comments)
    return [_can_moderate(context, comment, boards.get(comment.id)) for comment in comments]


def _can_moderate(context: Context, content: Content, board: BoardId | None) -> bool:
    is_open = permissions.may(context.actor, Capability.KEEP_ORDER)
    return is_open and permissions.may_moderate(context.actor, content.author_id, content.board_owner_id, board)
