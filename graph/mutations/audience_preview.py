"""What a choice of audiences would show, before it is made."""

from typing import Any

import strawberry

from content import audience_preview
from graph.enums import Audience, ProfileField
from graph.errors import UserError
from graph.fields import attribute, computed
from graph.members import Profile
from graph.mutations.payloads import mutation, user_errors
from graph.mutations.profiles import FieldAudiencesInput, choices_of
from policy.limits import MAX_PREVIEWED_POSTS
from policy.permissions import Capability
from resolvers.context import Context


def _message(context: Context, told: audience_preview.FieldExposure) -> str:
    return told.message.in_language(context.language, told.values)


@strawberry.type(
    description="The effect of a choice of audiences on one profile field. People are named by the narrowest audience "
    "they "
    "are in: FRIENDS, MEMBERS for other members, PUBLIC for signed-out visitors."
)
class FieldExposure:
    """content.audience_preview.FieldExposure."""

    field: ProfileField = attribute("The profile field whose audience would change.")
    from_audience: Audience = attribute("The audience of the field now.")
    to_audience: Audience = attribute("The audience of the field after the change.")
    newly_shown_to: list[Audience] = attribute(
        "The people who would see the field, or more of a birthday, for the first time. Empty if there are none."
    )
    withdrawn_from: list[Audience] = attribute(
        "The people who would no longer see the field, or a part of a birthday. Empty if there are none."
    )
    shows: Profile = attribute(
        "A profile with this field alone, as the people who see it after the change would see it."
    )
    is_filled_in: bool = attribute(
        "Whether the field has a value. Without one, the change has no effect until it is filled in."
    )
    post_count: int = attribute(
        "The number of the viewer's published posts on which the byline would change for somebody, counted up to "
        f"{MAX_PREVIEWED_POSTS:,}. Comments are not counted."
    )
    message: str = computed(_message, "The effect as a sentence, in the viewer's language.")


@strawberry.type
class PreviewFieldAudiencesPayload:
    """The result of `previewFieldAudiences`, which writes nothing."""

    exposures: list[FieldExposure] = strawberry.field(
        default_factory=list,
        description="The profile fields that others would see differently. Empty if there are none.",
    )
    errors: list[UserError] = user_errors()


async def _preview_field_audiences(context: Context, given: FieldAudiencesInput) -> dict[str, Any]:
    exposures = await audience_preview.preview_field_audiences(
        context.services.content, context.viewer, choices_of(given)
    )
    return {"exposures": exposures}


PREVIEW_FIELD_AUDIENCES = mutation(
    FieldAudiencesInput,
    PreviewFieldAudiencesPayload,
    _preview_field_audiences,
    "Preview the effect of `updateFieldAudiences`, without writing anything.",
    Capability.LOOK,
)
