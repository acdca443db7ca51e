"""Edits: what they change, and those that wait beside the words that were approved until somebody has read them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.audience import Audience
from domain.ids import BoardId, MemberId, PostId
from domain.members import ProfileField
from domain.rich_text import RichText


class EditState(Enum):
    """What has come of an edit that was to be read first."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    """Its words are gone from here: they stand in the post or comment."""
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit puts in the place of what was; None leaves a part as it is."""

    title: str | None = None
    """Empty takes it away. Comments have none."""
    body: RichText | None = None
    audience: Audience | None = None
    """Of posts: a comment keeps its own."""
    byline: tuple[ProfileField, ...] | None = None

    @property
    def changes_words(self) -> bool:
        """Whether another title or body comes in the place of what was said."""
        return self.title is not None or self.body is not None


@dataclass(frozen=True, slots=True)
class Said:
    """What a post or comment says, for whom, and what goes along with it."""

    title: str | None
    body: RichText
    audience: Audience
    byline: tuple[ProfileField, ...]

    def after(self, edit: Edit) -> "Said":
        """What it says once ``edit`` is in place."""
        return replace(
            self,
            title=self.title if edit.title is None else edit.title or None,
            body=edit.body or self.body,
            audience=edit.audience or self.audience,
            byline=self.byline if edit.byline is None else edit.byline,
        )

    def has_other_words_than(self, other: "Said") -> bool:
        return (self.title, self.body.source) != (other.title, other.body.source)

    def shows_more_than(self, other: "Said") -> bool:
        """Whether anyone reads something here that they did not read in ``other``."""
        has_more_fields = not set(self.byline) <= set(other.byline)
        return self.has_other_words_than(other) or self.audience.is_wider_than(other.audience) or has_more_fields

    def cut_down_to(self, other: "Said") -> Edit:
        """What takes away from this whatever ``other`` shows less of; it adds nothing."""
        is_narrower = self.audience.is_wider_than(other.audience)
        byline = tuple(field for field in self.byline if field in other.byline)
        return Edit(audience=other.audience if is_narrower else None, byline=byline if byline != self.byline else None)

    def as_edit_of(self, other: "Said") -> Edit:
        """The edit that makes ``other`` say this."""
        if self.has_other_words_than(other):
            return Edit(self.title or "", self.body, self.audience, self.byline)
        return Edit(audience=self.audience, byline=self.byline)


@dataclass(frozen=True, slots=True)
class Place:
    """Where edited words stand."""

    content_id: str
    post_id: PostId
    """The post itself, or the one it is said below."""
    board_id: BoardId
    author_id: MemberId
    board_owner_id: MemberId | None
    """The owner of the message board."""


@dataclass(frozen=True, slots=True)
class PendingEdit:
    """What a post or comment would say by its author's last edit, which is to be read before it shows."""

    place: Place
    reviewer_id: MemberId | None
    """The owner of the message board; None: moderators."""
    said: Said
    shown_to: Audience
    """Whom it would reach: the narrowest of its own audience, its post's and its board's."""
    written_at: datetime
    """By which it is named: whoever approves it has read exactly this."""
    state: EditState
    explanation: str | None = None
    """Why it was rejected."""

    @property
    def id(self) -> str:
        """An edit to a post or comment takes the place of the one before."""
        return self.place.content_id

    @property
    def created_at(self) -> datetime:
        """What lists are ordered by."""
        return self.written_at

    @property
    def is_waiting(self) -> bool:
        return self.state is EditState.WAITING

    @property
    def title(self) -> str | None:
        return self.said.title

    @property
    def body(self) -> RichText:
        return self.said.body

    @property
    def audience(self) -> Audience:
        return self.said.audience

    @property
    def byline(self) -> tuple[ProfileField, ...]:
        return self.said.byline
