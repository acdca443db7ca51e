"""Members and their profiles."""

from typing import Annotated

import strawberry

from domain.members import MemberView
from domain.members import ProfileField as Field
from graph.connections import Connection
from graph.enums import Gender, Relationship, Role
from graph.fields import attribute, computed, loaded, paged, profile_attribute
from graph.node import Node
from graph.scalars import URL, EmailAddress, PhoneNumber
from graph.texts import Link, RichText
from resolvers import content, members, profiles, reports

LazyBoard = Annotated["Board", strawberry.lazy("graph.boards")]  # type: ignore[name-defined] # noqa: F821 - lazily there
LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="As precise as its owner chose.")
class Birthday:
    """domain.members.Birthday."""

    year: int | None = attribute()
    month: int | None = attribute()
    day: int | None = attribute()


@strawberry.type(
    description="What the member lets this viewer see. Every field is null where it is unset or hidden, all alike."
)
class Profile:
    """domain.members.Profile, trimmed for the viewer before it left the store."""

    avatar_url: URL | None = profile_attribute(Field.AVATAR)
    bio: RichText | None = profile_attribute(Field.BIO)
    gender: Gender | None = profile_attribute(Field.GENDER)
    location: str | None = profile_attribute(Field.LOCATION)
    birthday: Birthday | None = profile_attribute(Field.BIRTHDAY)
    website: Link | None = profile_attribute(Field.WEBSITE, profiles.websites)
    email: EmailAddress | None = profile_attribute(Field.EMAIL)
    phone: PhoneNumber | None = profile_attribute(Field.PHONE)


@strawberry.type(description="A member of the community.")
class Member(Node):
    """domain.members.MemberView."""

    handle: str = attribute("Public, unique, also against handles that look alike.")
    display_name: str = attribute()
    profile: Profile = attribute()
    role: Role = attribute()
    posts: Connection[LazyPost] = paged(
        content.posts_of_members,
        "Posts on discussion boards, newest first. Authors find all of their own here: what is held and removed, and "
        "what they left on message boards.",
    )
    message_board: LazyBoard | None = loaded(content.message_boards, "Null where it is closed to this viewer.")
    viewer_relationship: Relationship = loaded(members.relationships)
    viewer_can_contact: bool = computed(
        members.can_contact, "Whether the member lets this viewer write to them; not whether a letter would arrive."
    )
    viewer_can_report: bool = computed(reports.can_report_member)

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, MemberView)
