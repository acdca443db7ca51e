"""Posts and comments."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.content import CommentView, PostView
from graph.boards import Board
from graph.connections import Connection
from graph.decisions import Decision
from graph.edits import PendingEdit
from graph.enums import Audience, ContentState
from graph.fields import attribute, computed, loaded, paged
from graph.members import Member, Profile
from graph.node import Node
from graph.reactions import ReactionCount
from graph.revisions import Revision
from graph.texts import RichText
from policy.limits import MAX_REPLY_DEPTH
from resolvers import content, edits, members, reactions, reports, revisions, viewer_permissions

LazyComment = Annotated["Comment", strawberry.lazy("graph.content")]

REACTIONS = "The reactions to the {}, counted by kind in the order of the enum, without members hidden from the viewer."
REVISIONS = "The text of the {} before each edit, newest first. Null to everyone but the author."
PENDING = (
    "The author's last edit of the {}, while it waits for approval or after it was rejected. Null if there is none, or "
    "the viewer is neither the author nor a reviewer of the edit."
)
DECISION = "The latest decision about the {}. Null if there is none, or it is kept from the viewer."
BODY = "The text of the {}. Null if it is UNAVAILABLE or was deleted."
AUTHOR = "The member who wrote the {}. Null if the account is erased, or the viewer cannot see the author."
BYLINE = "The author's profile fields that were attached to the {}. Fields the viewer cannot see are null."
EDITED = "When the author last edited the {}. Null if it was never edited."


@strawberry.type(
    description="A post on a board. If it is removed, deleted or hidden by a block but has comments, it is "
    "UNAVAILABLE: "
    "it has neither author nor text, and lists leave it out."
)
class Post(Node):
    """domain.content.PostView."""

    board: Board = loaded(content.boards_of_posts, "The board that the post is on.")
    author: Member | None = loaded(members.authors, AUTHOR.format("post"))
    byline: Profile = loaded(members.bylines, BYLINE.format("post"))
    title: str | None = attribute("The title of the post. Null if it has none, or the post is UNAVAILABLE.")
    body: RichText | None = attribute(BODY.format("post"))
    audience: Audience = attribute(
        "The people the author published the post for. On a message board they must be in the board's audience too. "
        "PUBLIC if the post is UNAVAILABLE."
    )
    state: ContentState = attribute("Whether the post is published, held, removed, deleted or unavailable.")
    created_at: datetime = attribute("When the post was created.")
    edited_at: datetime | None = attribute(EDITED.format("post"))
    comment_count: int = loaded(
        content.comment_counts, "The number of published comments under the post that the viewer can see."
    )
    comments: Connection[LazyComment] = paged(content.threads, "The comments directly under the post, oldest first.")
    reactions: list[ReactionCount] = loaded(reactions.reaction_counts, REACTIONS.format("post"))
    revisions: Connection[Revision] | None = paged(revisions.revisions, REVISIONS.format("post"))
    pending_edit: PendingEdit | None = loaded(edits.pending, PENDING.format("post"))
    decision: Decision | None = loaded(content.decisions, DECISION.format("post"))
    is_locked: bool = attribute("Whether moderators closed the post to new comments.")
    viewer_can_update: bool = computed(viewer_permissions.can_update, "Whether the viewer can edit the post.")
    viewer_can_delete: bool = computed(viewer_permissions.can_delete, "Whether the viewer can delete the post.")
    viewer_can_report: bool = computed(
        reports.can_report, "Whether the viewer can report the post. A repeated report answers the first one."
    )
    viewer_can_moderate: bool = computed(
        viewer_permissions.can_moderate_post, "Whether the viewer can moderate the post, as board owner or moderator."
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, PostView)


@strawberry.type(
    description="A comment on a post, for the narrower of the audience it was written under and the post's. If it is "
    "removed, deleted or hidden by a block but has replies, it is UNAVAILABLE: it has neither author nor body."
)
class Comment(Node):
    """domain.content.CommentView."""

    post: Post = loaded(content.posts_of_comments, "The post that the comment is under.")
    parent: LazyComment | None = loaded(
        content.parents_of_comments,
        "The comment that this one replies to. Null if it is directly under the post, or the viewer cannot see the "
        "parent.",
    )
    author: Member | None = loaded(members.authors, AUTHOR.format("comment"))
    byline: Profile = loaded(members.bylines, BYLINE.format("comment"))
    body: RichText | None = attribute(BODY.format("comment"))
    state: ContentState = attribute("Whether the comment is published, held, removed, deleted or unavailable.")
    created_at: datetime = attribute("When the comment was created.")
    edited_at: datetime | None = attribute(EDITED.format("comment"))
    depth: int = attribute(
        f"The number of comments above this one: 0 directly under the post, {MAX_REPLY_DEPTH} at most."
    )
    reply_count: int = loaded(
        content.reply_counts, "The number of published replies to the comment that the viewer can see."
    )
    replies: Connection[LazyComment] = paged(content.threads, "The replies to the comment, oldest first.")
    reactions: list[ReactionCount] = loaded(reactions.reaction_counts, REACTIONS.format("comment"))
    revisions: Connection[Revision] | None = paged(revisions.revisions, REVISIONS.format("comment"))
    pending_edit: PendingEdit | None = loaded(edits.pending, PENDING.format("comment"))
    decision: Decision | None = loaded(content.decisions, DECISION.format("comment"))
    viewer_can_update: bool = computed(viewer_permissions.can_update, "Whether the viewer can edit the comment.")
    viewer_can_delete: bool = computed(viewer_permissions.can_delete, "Whether the viewer can delete the comment.")
    viewer_can_report: bool = computed(
        reports.can_report, "Whether the viewer can report the comment. A repeated report answers the first one."
    )
    viewer_can_moderate: bool = loaded(
        viewer_permissions.can_moderate_comments,
        "Whether the viewer can moderate the comment, as board owner or moderator.",
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, CommentView)
