"""What a choice of audiences would show, before it is made."""

from typing import Any

import strawberry

from content import audience_preview
from graph.enums import Audience, ProfileField
from graph.errors import UserError
from graph.fields import attribute, computed
from graph.members import Profile
from graph.mutations.payloads import mutation
from graph.mutations.profiles import FieldAudiencesInput, choices_of
from policy.permissions import Capability
from resolvers.context import Context


def _message(context: Context, told: audience_preview.FieldExposure) -> str:
    return told.message.in_language(context.language, told.values)


@strawberry.type(
    description="How a profile field would show to others, against how it shows now. People are named by the narrowest "
    "audience that reaches them: FRIENDS, MEMBERS for the other members, PUBLIC for visitors."
)
class FieldExposure:
    """content.audience_preview.FieldExposure."""

    field: ProfileField = attribute()
    from_audience: Audience = attribute()
    to_audience: Audience = attribute()
    newly_shown_to: list[Audience] = attribute("Who would see the field, or more of a birthday, than they do now.")
    withdrawn_from: list[Audience] = attribute("Who would see the field, or a part of a birthday, no more.")
    shows: Profile = attribute("This field alone as those would see it to whom it shows then; a birthday as precisely.")
    is_filled_in: bool = attribute("Where it is not, nothing changes until it is.")
    post_count: int = attribute(
        "The viewer's published posts on which the byline would change for somebody, counted up to 1,000. By the "
        "posts' own audiences, which a message board may narrow; comments are not counted."
    )
    message: str = computed(_message, "All of this for the person, in their language.")


@strawberry.type
class PreviewFieldAudiencesPayload:
    """The fields that would show otherwise. Nothing is written."""

    exposures: list[FieldExposure] = strawberry.field(default_factory=list)
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _preview_field_audiences(context: Context, given: FieldAudiencesInput) -> dict[str, Any]:
    exposures = await audience_preview.preview_field_audiences(
        context.services.content, context.viewer, choices_of(given)
    )
    return {"exposures": exposures}


PREVIEW_FIELD_AUDIENCES = mutation(
    FieldAudiencesInput,
    PreviewFieldAudiencesPayload,
    _preview_field_audiences,
    "What updateFieldAudiences would newly show or withdraw, to whom, on how many posts; writes nothing.",
    Capability.LOOK,
)
