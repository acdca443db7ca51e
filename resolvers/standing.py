"""What the viewer may do with what they see."""

from content.posts import may_post_on
from domain.content import Board, CommentView, PostView
from policy import permissions
from policy.permissions import Privilege
from resolvers.context import Context

Content = PostView | CommentView


def can_post(context: Context, board: Board) -> bool:
    return may_post_on(context.viewer, board)


def can_moderate_board(context: Context, _board: Board) -> bool:
    return permissions.has(context.viewer, Privilege.MODERATE)


def can_update(context: Context, content: Content) -> bool:
    return permissions.may_update(context.viewer, content.author_id, content.state)


def can_delete(context: Context, content: Content) -> bool:
    return permissions.may_delete(context.viewer, content.author_id, content.state)


def can_moderate(context: Context, content: Content) -> bool:
    return permissions.may_moderate(context.viewer, content.author_id)
