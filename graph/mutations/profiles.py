"""Profiles and their audiences."""

from collections.abc import Mapping
from typing import Any, TypeVar

import strawberry

from content.profiles import AudienceChoices, ProfileChanges, update_field_audiences, update_profile
from domain import members as domain
from graph.enums import Audience, BirthdayPrecision, Gender, ProfileField
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from graph.viewer import Viewer, viewer_view
from policy.limits import BIO_LENGTH, DISPLAY_NAME_LENGTH, EMAIL_LENGTH, LOCATION_LENGTH, URL_LENGTH
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class BirthdayInput:
    """A birthday, or as much of it as the member gives. A day needs its month."""

    year: int | None = strawberry.field(default=None, description="The year of birth. Null or absent: not given.")
    month: int | None = strawberry.field(
        default=None, description="The month of birth, from 1 to 12. Null or absent: not given."
    )
    day: int | None = strawberry.field(
        default=None, description="The day of the month, from 1 to 31. Null or absent: not given."
    )


@strawberry.input
class UpdateProfileInput:
    """The changes to the viewer's profile. A field that is absent stays as it is."""

    display_name: strawberry.Maybe[str | None] = strawberry.field(
        description=f"The new name to show, {DISPLAY_NAME_LENGTH} characters at most. Null or absent: it stays."
    )
    bio: strawberry.Maybe[str | None] = strawberry.field(
        description=f"The new introduction in CommonMark, {BIO_LENGTH:,} characters at most. Null clears it; absent: "
        "it stays."
    )
    gender: strawberry.Maybe[Gender | None] = strawberry.field(
        description="The new gender. Null clears it; absent: it stays."
    )
    location: strawberry.Maybe[str | None] = strawberry.field(
        description=f"The new place, {LOCATION_LENGTH} characters at most. Null clears it; absent: it stays."
    )
    birthday: strawberry.Maybe[BirthdayInput | None] = strawberry.field(
        description="The new birthday. Null clears it; absent: it stays."
    )
    website: strawberry.Maybe[str | None] = strawberry.field(
        description=f"The new URL of the web site, {URL_LENGTH:,} characters at most. Null clears it; absent: it stays."
    )
    email: strawberry.Maybe[str | None] = strawberry.field(
        description=f"The new e-mail address, {EMAIL_LENGTH} characters at most. Null clears it; absent: it stays."
    )
    default_byline: strawberry.Maybe[list[ProfileField] | None] = strawberry.field(
        description="The profile fields to attach to posts and comments that name none. Null or absent: they stay. "
        "Empty: none."
    )
    contact_policy: strawberry.Maybe[Audience | None] = strawberry.field(
        description="The people who can write to the viewer with `contactMember`. Null or absent: it stays as it is."
    )


@strawberry.type
class UpdateProfilePayload:
    """The result of `updateProfile`."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="The viewer after the change. Null if the change was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class FieldAudienceInput:
    """The choice of an audience for one profile field."""

    field: ProfileField = strawberry.field(description="The profile field to choose an audience for.")
    audience: Audience = strawberry.field(description="The people who can see the field from now on.")


@strawberry.input
class FieldAudiencesInput:
    """The audiences to choose or preview. Profile fields that are not listed stay as they are."""

    audiences: list[FieldAudienceInput] = strawberry.field(description="The profile fields, each with its audience.")
    birthday_precision: BirthdayPrecision | None = strawberry.field(
        default=None, description="The parts of the birthday that others see. Null or absent: they stay the same."
    )


@strawberry.type
class UpdateFieldAudiencesPayload:
    """The result of `updateFieldAudiences`."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="The viewer with the chosen audiences. Null if the choice was refused."
    )
    errors: list[UserError] = user_errors()


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
    "Change the given fields of the viewer's profile.",
    Capability.INTRODUCE,
)
UPDATE_FIELD_AUDIENCES = mutation(
    FieldAudiencesInput,
    UpdateFieldAudiencesPayload,
    _update_field_audiences,
    "Choose the audience of each given profile field.",
    Capability.WITHDRAW,
)
