"""Members: who they are, what they filled in, and who may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.audience import Audience
from domain.ids import MemberId
from domain.rich_text import Link, RichText


class Role(Enum):
    """What a member is trusted with."""

    MEMBER = "MEMBER"
    MODERATOR = "MODERATOR"
    ADMIN = "ADMIN"


class Gender(Enum):
    """What members may state; not stating it is always possible."""

    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHER = "OTHER"


class ProfileField(Enum):
    """A part of a profile with an audience of its own."""

    AVATAR = "AVATAR"
    BIO = "BIO"
    GENDER = "GENDER"
    LOCATION = "LOCATION"
    BIRTHDAY = "BIRTHDAY"
    WEBSITE = "WEBSITE"
    EMAIL = "EMAIL"
    PHONE = "PHONE"


class Relationship(Enum):
    """How a member stands to the one who looks. Friends follow each other."""

    SELF = "SELF"
    FRIEND = "FRIEND"
    FOLLOWING = "FOLLOWING"
    FOLLOWER = "FOLLOWER"
    BLOCKED = "BLOCKED"
    NONE = "NONE"


class BirthdayPrecision(Enum):
    """How much of the birthday others see where they see any."""

    FULL_DATE = "FULL_DATE"
    MONTH_AND_DAY = "MONTH_AND_DAY"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday, or as much of one as its owner gave."""

    year: int | None
    month: int | None
    day: int | None

    def at(self, precision: BirthdayPrecision) -> "Birthday | None":
        """This birthday with only the parts that ``precision`` leaves, or None where nothing is left."""
        kept = {
            BirthdayPrecision.FULL_DATE: self,
            BirthdayPrecision.MONTH_AND_DAY: replace(self, year=None),
            BirthdayPrecision.YEAR: replace(self, month=None, day=None),
        }[precision]
        return kept if (kept.year, kept.month, kept.day) != (None, None, None) else None


@dataclass(frozen=True, slots=True)
class Profile:
    """A member's profile; None is unset in a record, and unset or hidden in a view."""

    avatar: str | None = None
    bio: RichText | None = None
    gender: Gender | None = None
    location: str | None = None
    birthday: Birthday | None = None
    website: Link | None = None
    email: str | None = None
    phone: str | None = None

    def only(self, fields: Collection[ProfileField]) -> "Profile":
        """This profile with nothing but ``fields``."""
        return Profile(**{field.value.lower(): getattr(self, field.value.lower()) for field in fields})

    def at(self, precision: BirthdayPrecision) -> "Profile":
        """This profile with its birthday as precise as ``precision`` says."""
        return replace(self, birthday=self.birthday and self.birthday.at(precision))

    @property
    def filled_in(self) -> "frozenset[ProfileField]":
        """The fields that hold something."""
        return frozenset(field for field in ProfileField if getattr(self, field.value.lower()) is not None)


NOTHING_SHOWN = Profile()


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member as one viewer may see them."""

    id: MemberId
    handle: str
    display_name: str
    role: Role
    profile: Profile
    takes_direct_messages: bool = False
    """Whether they let this viewer write to them; not whether anything would reach them."""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member as stored: for accounts/ and moderation/ only."""

    id: MemberId
    handle: str
    display_name: str
    role: Role
    profile: Profile
    audiences: Mapping[ProfileField, Audience]
    birthday_precision: BirthdayPrecision
    default_byline: tuple[ProfileField, ...]
    created_at: datetime
    accepted_statement: str | None


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What members read about themselves beside their profile."""

    phone: str | None
    audiences: Mapping[ProfileField, Audience]
    birthday_precision: BirthdayPrecision
    default_byline: tuple[ProfileField, ...]
    accepted_statement: str | None
    contact_policy: Audience
