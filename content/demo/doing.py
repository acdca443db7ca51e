"""Lets the demo's people do to texts what the story says, through the use cases that real members go through.

Each deed finds out by itself whether it was done before, by how its text stands now; where doing it twice is as good as
once it is just done again.
"""

from dataclasses import dataclass

from content.comments import delete_comment
from content.demo.deeds import Approved, Deed, Deleted, Edited, Hidden, Removed, Reported
from content.desk import ContentDesk
from content.posts import PostChanges, delete_post, update_post
from domain.ids import CommentId, Kind, PostId, kind_of
from domain.moderation import ModerationAction
from domain.viewer import Viewer
from moderation.deciding import decide
from moderation.reporting import Complaint, report
from moderation.reviewing import Approval, approve, hide
from moderation.rulings import Ruling
from stores.contents import content_seen_by


@dataclass(frozen=True, slots=True)
class Told:
    """A text that is there, and the key under which it was told."""

    id: PostId | CommentId
    key: str


async def do(content: ContentDesk, by: Viewer, deed: Deed, text: Told) -> None:
    """Let ``by`` do ``deed`` to ``text``, unless that was done before."""
    match deed:
        case Edited():
            await _edit(content, by, deed, PostId(text.id))
        case Deleted():
            await _delete(content, by, text)
        case Approved():
            await approve(content.house, by, Approval(text.id))
        case Hidden():
            await hide(content.house, by, text.id)
        case Reported():
            await report(content.house, by, Complaint(text.id, deed.reason, deed.note))
        case Removed():
            key = f"{text.key}/removed"
            ruling = Ruling(text.id, ModerationAction.REMOVE, deed.reason, deed.explanation, key)
            await decide(content.house, by, ruling)


async def _edit(content: ContentDesk, by: Viewer, deed: Edited, post: PostId) -> None:
    # Once it shows there is nothing left to do; where it waits, twice is as good as once.
    there = await content_seen_by(content.house.stores, by, post)
    if there and there.edited_at is None:
        await update_post(content, by, post, PostChanges(deed.title, deed.body, None, None))


async def _delete(content: ContentDesk, by: Viewer, text: Told) -> None:
    if await content_seen_by(content.house.stores, by, text.id) is None:
        return
    if kind_of(text.id) is Kind.COMMENT:
        await delete_comment(content, by, CommentId(text.id))
    else:
        await delete_post(content, by, PostId(text.id))
