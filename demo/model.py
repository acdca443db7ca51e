"""What the demo is told in: people, posts and what becomes of them, with times counted from when it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from demo.actions import Action
from domain.audience import Audience
from domain.members import BirthdayPrecision, ProfileField, Role
from domain.reactions import ReactionKind
from domain.rich_text import HostVerdict

#: The oldest post's age. What was begun and not finished can be completed as long as the keys of its posts hold.
STORY_HOURS = 82

#: Who reacts in which way. Reactions carry no time: they come after all else, so what is taken away by then has none.
Reactions = Mapping[ReactionKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a profile; ``password`` None: nobody can sign in as them."""

    handle: str
    name: str
    phone: str
    profile: Mapping[ProfileField, object]
    """As a person would type it."""
    audiences: Mapping[ProfileField, Audience]
    follows: tuple[str, ...]
    byline: tuple[ProfileField, ...] = ()
    """What goes along with what they write, where a text does not say otherwise."""
    birthday_precision: BirthdayPrecision = BirthdayPrecision.FULL_DATE
    role: Role = Role.MEMBER
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """Who wants nothing to do with whom any more."""

    by: str
    other: str
    hours_ago: float


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says under a post, ``minutes`` after it."""

    by: str
    minutes: int
    body: str
    replies: tuple["Comment", ...] = ()
    byline: tuple[ProfileField, ...] | None = None
    reactions: Reactions = field(default_factory=dict)
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post, ``hours_ago`` before the demo is told. ``byline`` None: its author's own choice."""

    by: str
    board: str
    """Its slug; a message board's is its owner's handle after an at sign."""
    hours_ago: float
    title: str
    body: str
    audience: Audience = Audience.PUBLIC
    byline: tuple[ProfileField, ...] | None = None
    comments: tuple[Comment, ...] = ()
    reactions: Reactions = field(default_factory=dict)
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageBoard:
    """How somebody sets up their own board."""

    of: str
    title: str
    description: str
    audience: Audience
    review_first: bool = False

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return f"@{self.of}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What moderators think of another site, and since when."""

    host: str
    verdict: HostVerdict
    reason: str
    hours_ago: float
