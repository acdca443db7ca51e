"""Staff reads of what members hid."""

from typing import Any

import strawberry

from domain.ids import CaseId, MemberId
from graph.enums import ProfileField
from graph.errors import UserError
from graph.mutations.payloads import mutation
from moderation.staff_reads import StaffRead, read_hidden_field
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class ReadHiddenFieldInput:
    """Which field of whom, what for, and for which case."""

    member_id: strawberry.ID = strawberry.field(description="The case's subjectId.")
    field: ProfileField
    purpose: str = strawberry.field(description="What for, at most 500 characters; the member reads it.")
    case_id: strawberry.ID = strawberry.field(description="An open case about that member.")


@strawberry.type
class ReadHiddenFieldPayload:
    """What the field holds."""

    value: str | None = strawberry.field(
        default=None,
        description="Null where it is unset. A birthday in ISO 8601, as much as was given; a bio without markup; a "
        "web site as its URL.",
    )
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _read(context: Context, given: ReadHiddenFieldInput) -> dict[str, Any]:
    wanted = StaffRead(MemberId(given.member_id), given.field, given.purpose, CaseId(given.case_id))
    return {"value": await read_hidden_field(context.services.core, context.viewer, wanted)}


READ_HIDDEN_FIELD = mutation(
    ReadHiddenFieldInput,
    ReadHiddenFieldPayload,
    _read,
    "Read a field that a member hid, for an open case about them. For moderators. Recorded first, and shown to the "
    "member in Viewer.disclosures; reading again is recorded again.",
    Capability.KEEP_ORDER,
)
