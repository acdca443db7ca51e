"""Lets the demo's people do to texts what the story says, through the use cases that real members go through.

Each action finds out by itself whether it was done before, by the present state of its text. An idempotent action is
simply done again.
"""

from dataclasses import dataclass

from content.comments import delete_comment
from content.posts import PostChanges, PostDeletion, delete_post, update_post
from content.services import ContentServices
from demo.actions import Action, Approved, Deleted, Edited, Hidden, Removed, Reported
from domain.ids import CommentId, Kind, PostId, kind_of
from domain.moderation import ModerationAction
from domain.viewer import Viewer
from moderation.board_review import ApprovalRequest, approve, hide
from moderation.decision_request import DecisionRequest
from moderation.decisions import decide
from moderation.reports import NewReport, report
from stores.content_lookup import content_seen_by


@dataclass(frozen=True, slots=True)
class Told:
    """A text that is there, and the key under which it was told."""

    id: PostId | CommentId
    key: str


async def do(content: ContentServices, by: Viewer, action: Action, text: Told) -> None:
    """Apply the action to ``text`` in the name of ``by``, unless that was done before."""
    match action:
        case Edited():
            await _edit(content, by, action, PostId(text.id))
        case Deleted():
            await _delete(content, by, text)
        case Approved():
            await approve(content.core, by, ApprovalRequest(text.id))
        case Hidden():
            await hide(content.core, by, text.id)
        case Reported():
            await report(content.core, by, NewReport(text.id, action.reason, action.note))
        case Removed():
            key = f"{text.key}/removed"
            request = DecisionRequest(text.id, ModerationAction.REMOVE, action.reason, action.explanation, key)
            await decide(content.core, by, request)


async def _edit(content: ContentServices, by: Viewer, action: Edited, post: PostId) -> None:
    # Once it shows there is nothing left to do; where it waits, twice is as good as once.
    there = await content_seen_by(content.core.stores, by, post)
    if there and there.edited_at is None:
        await update_post(content, by, post, PostChanges(action.title, action.body, None, None))


async def _delete(content: ContentServices, by: Viewer, text: Told) -> None:
    if await content_seen_by(content.core.stores, by, text.id) is None:
        return
    if kind_of(text.id) is Kind.COMMENT:
        await delete_comment(content, by, CommentId(text.id))
    else:
        await delete_post(content, by, PostDeletion(PostId(text.id), with_thread=False))
