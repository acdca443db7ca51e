"""Writing to members without knowing their address."""

from typing import Any

import strawberry

from accounts.direct_messages import NewDirectMessage, write_to
from domain.ids import MemberId
from graph.errors import UserError
from graph.mutations.content import IDEMPOTENCY_KEY
from graph.mutations.payloads import mutation, user_errors
from policy.limits import LETTER_LENGTH
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class ContactMemberInput:
    """The message to write to a member."""

    member_id: strawberry.ID = strawberry.field(description="The id of the member to write to.")
    message: str = strawberry.field(description=f"The message as plain text, {LETTER_LENGTH:,} characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY_KEY)


@strawberry.type
class ContactMemberPayload:
    """The result of `contactMember`: the same whatever address the member has, and whether or not it arrives."""

    errors: list[UserError] = user_errors()


async def _contact_member(context: Context, given: ContactMemberInput) -> dict[str, Any]:
    letter = NewDirectMessage(MemberId(given.member_id), given.message, given.idempotency_key)
    await write_to(context.services.accounts, context.viewer, letter)
    return {}


CONTACT_MEMBER = mutation(
    ContactMemberInput,
    ContactMemberPayload,
    _contact_member,
    "Write to a member by e-mail, without either seeing the other's address.",
    Capability.WRITE,
)
