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
from policy.limits import DISPLAY_NAME_LENGTH, HANDLE_LENGTH
from resolvers import content, members, profiles, reports

LazyBoard = Annotated["Board", strawberry.lazy("graph.boards")]  # type: ignore[name-defined] # noqa: F821 - lazily there
LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A birthday, with the parts that the owner gave and shows the viewer.")
class Birthday:
    """domain.members.Birthday."""

    year: int | None = attribute("The year of birth. Null if unset or hidden.")
    month: int | None = attribute("The month of birth, from 1 to 12. Null if unset or hidden.")
    day: int | None = attribute("The day of the month, from 1 to 31. Null if unset or hidden.")


@strawberry.type(
    description="The profile of a member, as far as the viewer can see it. A field is null both if it is unset and if "
    "it "
    "is hidden, so that nobody can tell which."
)
class Profile:
    """domain.members.Profile, trimmed for the viewer before it left the store."""

    avatar_url: URL | None = profile_attribute(
        Field.AVATAR, "The URL of the member's picture. Null if unset or hidden."
    )
    bio: RichText | None = profile_attribute(
        Field.BIO, "The member's introduction of themselves. Null if unset or hidden."
    )
    gender: Gender | None = profile_attribute(
        Field.GENDER, "The gender that the member states. Null if unset or hidden."
    )
    location: str | None = profile_attribute(
        Field.LOCATION, "The place where the member lives, in their words. Null if unset or hidden."
    )
    birthday: Birthday | None = profile_attribute(
        Field.BIRTHDAY, "The member's birthday, as precise as they show it. Null if unset or hidden."
    )
    website: Link | None = profile_attribute(
        Field.WEBSITE, "The link to the member's web site. Null if unset or hidden.", profiles.websites
    )
    email: EmailAddress | None = profile_attribute(Field.EMAIL, "The member's e-mail address. Null if unset or hidden.")
    phone: PhoneNumber | None = profile_attribute(Field.PHONE, "The member's phone number. Null if unset or hidden.")


@strawberry.type(description="A person with an account in the community.")
class Member(Node):
    """domain.members.MemberView."""

    handle: str = attribute(
        f"The public name of the member in mentions and addresses: {HANDLE_LENGTH[0]} to {HANDLE_LENGTH[1]} "
        "characters, unique "
        "even among handles that look alike."
    )
    display_name: str = attribute(f"The name that is shown for the member, {DISPLAY_NAME_LENGTH} characters at most.")
    profile: Profile = attribute("The profile of the member, with the fields that the viewer can see.")
    role: Role = attribute("The role of the member across all boards.")
    posts: Connection[LazyPost] = paged(
        content.posts_of_members,
        "The member's posts on discussion boards, newest first. To the member themselves, also held and removed posts "
        "and "
        "those on message boards.",
    )
    message_board: LazyBoard | None = loaded(
        content.message_boards, "The message board of the member. Null if the viewer cannot see the board."
    )
    viewer_relationship: Relationship = loaded(members.relationships, "The relationship of the member to the viewer.")
    viewer_can_contact: bool = computed(
        members.can_contact,
        "Whether the viewer can write to the member with `contactMember`. It does not say that a message would arrive.",
    )
    viewer_can_report: bool = computed(reports.can_report_member, "Whether the viewer can report the member.")

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, MemberView)
