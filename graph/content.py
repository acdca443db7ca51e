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
from resolvers import content, edits, members, reactions, reports, revisions, viewer_permissions

LazyComment = Annotated["Comment", strawberry.lazy("graph.content")]

REACTIONS = "The kinds that anyone used whom this viewer may see, in the order of the enum."
REVISIONS = "What it said before each edit, newest first; everyone sees editedAt."
REPORTING = "A repeated report answers the first."
DECISION = "The latest decision about it."
PENDING = (
    "The author's last edit, where it waits to be read or was rejected. To its author; while it waits also to whoever "
    "reviews it; to everyone else null, as where there is none."
)


@strawberry.type(
    description="A post on a board. A removed, deleted or blocked one that holds comments stands as UNAVAILABLE above "
    "them, with neither author nor words; lists leave it out."
)
class Post(Node):
    """domain.content.PostView."""

    board: Board = loaded(content.boards_of_posts)
    author: Member | None = loaded(members.authors, "Null once the account is erased.")
    byline: Profile = loaded(members.bylines)
    title: str | None = attribute()
    body: RichText | None = attribute()
    audience: Audience = attribute(
        "Whom its author means it for, on a message board together with that board's audience and its owner. PUBLIC "
        "where the state is UNAVAILABLE, for nothing is told then."
    )
    state: ContentState = attribute()
    created_at: datetime = attribute()
    edited_at: datetime | None = attribute()
    comment_count: int = loaded(content.comment_counts, "Of published comments.")
    comments: Connection[LazyComment] = paged(content.threads, "The comments right under the post, oldest first.")
    reactions: list[ReactionCount] = loaded(reactions.reaction_counts, REACTIONS)
    revisions: Connection[Revision] | None = paged(revisions.revisions, REVISIONS)
    pending_edit: PendingEdit | None = loaded(edits.pending, PENDING)
    decision: Decision | None = loaded(content.decisions, DECISION)
    is_locked: bool = attribute("Moderators have ended what is said below.")
    viewer_can_update: bool = computed(viewer_permissions.can_update)
    viewer_can_delete: bool = computed(viewer_permissions.can_delete)
    viewer_can_report: bool = computed(reports.can_report, REPORTING)
    viewer_can_moderate: bool = computed(viewer_permissions.can_moderate_post)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, PostView)


@strawberry.type(
    description="A comment; shown to the narrower of the audience it was written under and its post's. A removed, "
    "deleted or blocked one that holds replies shows as UNAVAILABLE, with neither author nor body."
)
class Comment(Node):
    """domain.content.CommentView."""

    post: Post = loaded(content.posts_of_comments)
    parent: LazyComment | None = loaded(content.parents_of_comments)
    author: Member | None = loaded(members.authors)
    byline: Profile = loaded(members.bylines)
    body: RichText | None = attribute()
    state: ContentState = attribute()
    created_at: datetime = attribute()
    edited_at: datetime | None = attribute()
    depth: int = attribute("0 right under the post.")
    reply_count: int = loaded(content.reply_counts, "Of published replies.")
    replies: Connection[LazyComment] = paged(content.threads, "Oldest first.")
    reactions: list[ReactionCount] = loaded(reactions.reaction_counts, REACTIONS)
    revisions: Connection[Revision] | None = paged(revisions.revisions, REVISIONS)
    pending_edit: PendingEdit | None = loaded(edits.pending, PENDING)
    decision: Decision | None = loaded(content.decisions, DECISION)
    viewer_can_update: bool = computed(viewer_permissions.can_update)
    viewer_can_delete: bool = computed(viewer_permissions.can_delete)
    viewer_can_report: bool = computed(reports.can_report, REPORTING)
    viewer_can_moderate: bool = loaded(viewer_permissions.can_moderate_comments)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, CommentView)
