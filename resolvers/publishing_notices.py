"""What authors are told about their texts, in the light of their profile and of the board as they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from content.publishing_notices import Shows, Words, notices_of
from domain.audience import Audience, narrower
from domain.content import CommentView, PostRecord, PostView
from domain.edits import PendingEdit, Said
from domain.ids import MemberId, message_board_of
from domain.members import ProfileField
from domain.messages import Message
from domain.publishing_notices import PublishingNotice, PublishingNoticeKind
from domain.rich_text import LinkRisk
from policy.audience_wording import Readers
from resolvers import edits
from resolvers.context import Context
from resolvers.texts import LinkView, link_views

#: Links of which authors learn not only that they are there, but what their readers are warned of.
ASKS_FOR_ANOTHER_LOOK = frozenset({LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED})


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in its reader's language."""

    kind: PublishingNoticeKind
    message: str
    field: ProfileField | None
    link: LinkView | None


class PostPayload(Protocol):
    """What answers with a post, or with nothing where it was refused."""

    post: PostView | None


class CommentPayload(Protocol):
    """What answers with a comment, or with nothing where it was refused."""

    comment: CommentView | None


class CheckPayload(Protocol):
    """What answers for a post that is not written yet."""

    draft: PostRecord | None


async def of_posts(context: Context, payloads: Sequence[PostPayload]) -> Sequence[Sequence[NoticeView]]:
    """A mutation has one payload, however often its notices are asked for."""
    return [await _of_post(context, payloads[0].post)] * len(payloads)


async def of_drafts(context: Context, payloads: Sequence[CheckPayload]) -> Sequence[Sequence[NoticeView]]:
    return [await _of_post(context, payloads[0].draft)] * len(payloads)


async def of_comments(context: Context, payloads: Sequence[CommentPayload]) -> Sequence[Sequence[NoticeView]]:
    comment = payloads[0].comment
    if comment is None or comment.body is None:
        return [[]] * len(payloads)
    post = (await context.posts([comment.post_id]))[0]
    audience = narrower(comment.audience, post.audience) if post else comment.audience
    board = await _audience_of_board(context, comment.board_owner_id)
    readers = Readers(comment.owner_id, audience, comment.board_owner_id, board)
    edit = await _waiting(context, comment)
    body, byline = (edit.body, edit.byline) if edit else (comment.body, comment.byline)
    return [await _told(context, Words(None, body, byline, readers))] * len(payloads)


async def _of_post(context: Context, post: PostView | PostRecord | None) -> Sequence[NoticeView]:
    if post is None or post.body is None or post.author_id is None:
        return []
    board = await _audience_of_board(context, post.board_owner_id)
    edit = await _waiting(context, post) if isinstance(post, PostView) else None
    said = edit.said if edit else Said(post.title, post.body, post.audience, post.byline)
    readers = Readers(post.author_id, said.audience, post.board_owner_id, board)
    return await _told(context, Words(said.title, said.body, said.byline, readers))


async def _waiting(context: Context, own: PostView | CommentView) -> PendingEdit | None:
    """The edit by which these words are to be read, once someone has approved it."""
    [edit] = await edits.pending(context, [own])
    return edit if edit and edit.is_waiting else None


async def _audience_of_board(context: Context, board_owner: MemberId | None) -> Audience:
    if board_owner is None:
        return Audience.PUBLIC
    board = (await context.boards([message_board_of(board_owner)]))[0]
    return board.audience if board else Audience.ONLY_ME


async def _told(context: Context, words: Words) -> Sequence[NoticeView]:
    notices = notices_of(context.viewer, words, await _shows(context))
    links = iter(await link_views(context, [notice.link for notice in notices if notice.link]))
    return [_view(context, notice, next(links) if notice.link else None) for notice in notices]


async def _shows(context: Context) -> Shows:
    """What of the viewer's own profile can show to others."""
    member_id = context.viewer.member_id
    member = (await context.members([member_id]))[0] if member_id else None
    if member is None or member_id is None:
        return Shows((), {})
    settings = await context.stores.members.own_settings(member_id)
    return Shows(member.profile.at(settings.birthday_precision).filled_in, settings.audiences)


def _view(context: Context, notice: PublishingNotice, link: LinkView | None) -> NoticeView:
    message, values = notice.message, notice.values
    if link and link.warning and link.risk in ASKS_FOR_ANOTHER_LOOK:
        message, values = Message.TEXT_SHOWS_WARNED_LINK, {**values, "warning": link.warning.message}
    return NoticeView(notice.kind, message.in_language(context.language, values), notice.field, link)
