"""Staff reads of what members hid."""

from typing import Any

import strawberry

from domain.ids import CaseId, MemberId
from graph.enums import ProfileField
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from moderation.staff_reads import StaffRead, read_hidden_field
from policy.limits import PURPOSE_LENGTH
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class ReadHiddenFieldInput:
    """The profile field to read, with the purpose."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member: the `Case.subjectId` of the case.")
    field: ProfileField = strawberry.field(description="The profile field to read.")
    purpose: str = strawberry.field(
        description=f"The purpose, which the member reads: {PURPOSE_LENGTH} characters at most."
    )
    case_id: strawberry.ID = strawberry.field(description="The id of an open case about that member.")


@strawberry.type
class ReadHiddenFieldPayload:
    """The result of `readHiddenField`."""

    value: str | None = strawberry.field(
        default=None,
        description="The value of the field: a birthday in ISO 8601, a bio without markup, a web site as its URL. "
        "Null if "
        "the field is unset, or reading it was refused.",
    )
    errors: list[UserError] = user_errors()


async def _read(context: Context, given: ReadHiddenFieldInput) -> dict[str, Any]:
    wanted = StaffRead(MemberId(given.member_id), given.field, given.purpose, CaseId(given.case_id))
    return {"value": await read_hidden_field(context.services.core, context.viewer, wanted)}


READ_HIDDEN_FIELD = mutation(
    ReadHiddenFieldInput,
    ReadHiddenFieldPayload,
    _read,
    "Read a profile field that a member hid, for an open case about them. Every read is recorded first, and the member "
    "finds it in `Viewer.disclosures`.",
    Capability.KEEP_ORDER,
)
