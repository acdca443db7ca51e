"""What the demo is told in: people, posts and what becomes of them, with times counted from when it is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.audience import Audience
from domain.members import BirthdayPrecision, ProfileField, Role
from domain.moderation import ReportReason
from domain.text import HostVerdict

#: The oldest post's age. What was begun and not finished can be completed as long as the keys of its posts hold.
STORY_HOURS = 82


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
class Removal:
    """A moderator's decision, ``minutes`` after the post."""

    minutes: int
    reason: ReportReason
    explanation: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says under a post, ``minutes`` after it."""

    by: str
    minutes: int
    body: str
    replies: tuple["Comment", ...] = ()
    byline: tuple[ProfileField, ...] | None = None
    removal: Removal | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post, ``hours_ago`` before the demo is told. ``byline`` None: its author's own choice."""

    by: str
    board: str
    hours_ago: float
    title: str
    body: str
    audience: Audience = Audience.PUBLIC
    byline: tuple[ProfileField, ...] | None = None
    comments: tuple[Comment, ...] = ()
    removal: Removal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What moderators think of another site, and since when."""

    host: str
    verdict: HostVerdict
    reason: str
    hours_ago: float
