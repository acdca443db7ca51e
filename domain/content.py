"""What members publish: boards, posts and comments, as records and as one viewer's views of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from domain.audience import Audience
from domain.ids import BoardId, CommentId, MemberId, PostId
from domain.members import ProfileField
from domain.rich_text import RichText


class BoardKind(Enum):
    """A discussion area, or a member's message board."""

    DISCUSSION = "DISCUSSION"
    MESSAGES = "MESSAGES"


class ContentState(Enum):
    """Where a post or comment stands. UNAVAILABLE is never stored: it is what others see of one that holds replies."""

    PUBLISHED = "PUBLISHED"
    HELD = "HELD"
    REMOVED = "REMOVED"
    DELETED = "DELETED"
    UNAVAILABLE = "UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class Board:
    """A place for posts. Whoever sees a board sees all of it, so a record is its own view."""

    id: BoardId
    slug: str
    kind: BoardKind
    title: str | None
    """None: a message board that goes by its owner's name."""
    description: RichText | None
    owner_id: MemberId | None
    """Of a message board: its host, to whom its audience and write policy refer."""
    audience: Audience
    write_policy: Audience
    review_first: bool
    """Of a message board: what others leave there waits for its host, edits included."""
    review_edits: bool
    """Of a discussion board: edits wait for moderators."""
    created_at: datetime


def closed_board(board_id: BoardId) -> Board:
    """What stands for a board in the eyes of authors to whom it is closed now: the same whatever closed it."""
    return Board(
        id=board_id,
        slug=board_id,
        kind=BoardKind.MESSAGES,
        title=None,
        description=None,
        owner_id=None,
        audience=Audience.ONLY_ME,
        write_policy=Audience.ONLY_ME,
        review_first=False,
        review_edits=False,
        created_at=datetime.fromtimestamp(0, UTC),
    )


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post as it is written to the store."""

    id: PostId
    board_id: BoardId
    board_kind: BoardKind
    author_id: MemberId
    title: str | None
    body: RichText
    audience: Audience
    state: ContentState
    created_at: datetime
    byline: tuple[ProfileField, ...]
    edited_at: datetime | None = None
    board_owner_id: MemberId | None = None
    """The owner of the message board it is left on."""


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as one viewer may see it. A tombstone has neither author nor words."""

    id: PostId
    board_id: BoardId
    author_id: MemberId | None
    owner_id: MemberId
    """Its author, to whom its audience refers."""
    board_owner_id: MemberId | None
    """The owner of the message board it is left on."""
    title: str | None
    body: RichText | None
    audience: Audience
    state: ContentState
    created_at: datetime
    edited_at: datetime | None
    byline: tuple[ProfileField, ...]
    comments_in_reach: int
    """Published comments whose audience reaches the viewer, before hidden authors are taken off."""
    is_open: bool = True
    """False: read by its author on a board that is closed to them, as handed over, or on a case alone; nothing below it
    shows."""
    is_locked: bool = False
    """Whether moderators have ended what is said below."""


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A comment as it is written to the store."""

    id: CommentId
    post_id: PostId
    post_author_id: MemberId
    author_id: MemberId
    ancestors: tuple[CommentId, ...]
    """From the top of its thread down to the comment it answers; empty at the top."""
    body: RichText
    audience: Audience
    """The post's when this was written: widening the post republishes nobody else's words."""
    state: ContentState
    created_at: datetime
    byline: tuple[ProfileField, ...]
    edited_at: datetime | None = None
    board_owner_id: MemberId | None = None
    """The owner of the message board that the post is left on."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one viewer may see it. A tombstone has neither author nor body."""

    id: CommentId
    post_id: PostId
    ancestors: tuple[CommentId, ...]
    author_id: MemberId | None
    body: RichText | None
    state: ContentState
    created_at: datetime
    edited_at: datetime | None
    byline: tuple[ProfileField, ...]
    replies_in_reach: int
    audience: Audience
    """The post's when this was written."""
    owner_id: MemberId
    """The post's author, to whom its audience refers."""
    board_owner_id: MemberId | None
    """The owner of the message board that the post is left on."""
    is_open: bool = True
    """False: read on a case alone; nothing below it shows."""

    @property
    def parent_id(self) -> CommentId | None:
        """The comment that this one answers."""
        return self.ancestors[-1] if self.ancestors else None

    @property
    def depth(self) -> int:
        """0 right under the post."""
        return len(self.ancestors)
