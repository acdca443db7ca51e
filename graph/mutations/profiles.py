"""Profiles and their audiences."""

from collections.abc import Mapping
from typing import Any, TypeVar

import strawberry

from content.profiles import AudienceChoices, ProfileChanges, update_field_audiences, update_profile
from domain import members as domain
from graph.enums import Audience, BirthdayPrecision, Gender, ProfileField
from graph.errors import UserError
from graph.mutations.payloads import mutation
from graph.viewer import Viewer, viewer_view
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class BirthdayInput:
    """As much as the member wants to give: a day needs its month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@strawberry.input
class UpdateProfileInput:
    """What is absent stays as it is; null clears what is nullable in Profile, and leaves all else as it is."""

    display_name: strawberry.Maybe[str | None]
    bio: strawberry.Maybe[str | None] = strawberry.field(description="CommonMark.")
    gender: strawberry.Maybe[Gender | None]
    location: strawberry.Maybe[str | None]
    birthday: strawberry.Maybe[BirthdayInput | None]
    website: strawberry.Maybe[str | None]
    email: strawberry.Maybe[str | None]
    default_byline: strawberry.Maybe[list[ProfileField] | None] = strawberry.field(
        description="What goes along with posts and comments that do not say."
    )
    contact_policy: strawberry.Maybe[Audience | None] = strawberry.field(description="Who may write by contactMember.")


@strawberry.type
class UpdateProfilePayload:
    """The viewer as changed."""

    viewer: Viewer | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class FieldAudienceInput:
    """A field, and who is to see it."""

    field: ProfileField
    audience: Audience


@strawberry.input
class FieldAudiencesInput:
    """Fields that are absent stay as they are."""

    audiences: list[FieldAudienceInput]
    birthday_precision: BirthdayPrecision | None = None


@strawberry.type
class UpdateFieldAudiencesPayload:
    """The viewer as changed."""

    viewer: Viewer | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


Value = TypeVar("Value")

_PROFILE_INPUTS: Mapping[str, ProfileField] = {
    "bio": ProfileField.BIO,
    "gender": ProfileField.GENDER,
    "location": ProfileField.LOCATION,
    "birthday": ProfileField.BIRTHDAY,
    "website": ProfileField.WEBSITE,
    "email": ProfileField.EMAIL,
}


async def _update_profile(context: Context, given: UpdateProfileInput) -> dict[str, Any]:
    byline = _value(given.default_byline)
    changes = ProfileChanges(
        typed={field: _typed(some) for name, field in _PROFILE_INPUTS.items() if (some := getattr(given, name))},
        display_name=_value(given.display_name),
        default_byline=None if byline is None else tuple(byline),
        contact_policy=_value(given.contact_policy),
    )
    await update_profile(context.services.content, context.viewer, changes)
    await context.refresh()
    return {"viewer": await viewer_view(context)}


async def _update_field_audiences(context: Context, given: FieldAudiencesInput) -> dict[str, Any]:
    await update_field_audiences(context.services.content, context.viewer, choices_of(given))
    await context.refresh()
    return {"viewer": await viewer_view(context)}


def choices_of(given: FieldAudiencesInput) -> AudienceChoices:
    """What the member chooses."""
    audiences = tuple((choice.field, choice.audience) for choice in given.audiences)
    return AudienceChoices(audiences, given.birthday_precision)


def _value(some: strawberry.Maybe[Value | None]) -> Value | None:
    """What is given; None where it is absent or null."""
    return some.value if some else None


def _typed(some: strawberry.Some[Any]) -> object:
    if isinstance(some.value, BirthdayInput):
        return domain.Birthday(some.value.year, some.value.month, some.value.day)
    return some.value


UPDATE_PROFILE = mutation(
    UpdateProfileInput,
    UpdateProfilePayload,
    _update_profile,
    "Change the given fields of one's own profile.",
    Capability.INTRODUCE,
)
UPDATE_FIELD_AUDIENCES = mutation(
    FieldAudiencesInput,
    UpdateFieldAudiencesPayload,
    _update_field_audiences,
    "Choose who sees which profile field.",
    Capability.WITHDRAW,
)
