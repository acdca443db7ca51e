"""Profiles and their audiences."""

from collections.abc import Mapping
from typing import Any

import strawberry

from accounts.direct_messages import set_contact_policy
from content.profiles import AudienceChoices, set_default_byline, update_field_audiences, update_profile
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
    """What is absent stays as it is; null clears."""

    display_name: strawberry.Maybe[str]
    bio: strawberry.Maybe[str | None] = strawberry.field(description="CommonMark.")
    gender: strawberry.Maybe[Gender | None]
    location: strawberry.Maybe[str | None]
    birthday: strawberry.Maybe[BirthdayInput | None]
    website: strawberry.Maybe[str | None]
    email: strawberry.Maybe[str | None]
    default_byline: strawberry.Maybe[list[ProfileField]] = strawberry.field(
        description="What goes along with posts and comments that do not say."
    )
    contact_policy: strawberry.Maybe[Audience] = strawberry.field(description="Who may write by contactMember.")


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


_PROFILE_INPUTS: Mapping[str, ProfileField] = {
    "bio": ProfileField.BIO,
    "gender": ProfileField.GENDER,
    "location": ProfileField.LOCATION,
    "birthday": ProfileField.BIRTHDAY,
    "website": ProfileField.WEBSITE,
    "email": ProfileField.EMAIL,
}


async def _update_profile(context: Context, given: UpdateProfileInput) -> dict[str, Any]:
    services = context.services.content
    typed = {field: _value(some) for name, field in _PROFILE_INPUTS.items() if (some := getattr(given, name))}
    name = given.display_name.value if given.display_name else None
    await update_profile(services, context.viewer, typed, name)
    if given.default_byline:
        await set_default_byline(services, context.viewer, given.default_byline.value)
    if given.contact_policy:
        await set_contact_policy(services.core, context.viewer, given.contact_policy.value)
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


def _value(some: strawberry.Some[Any]) -> object:
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
