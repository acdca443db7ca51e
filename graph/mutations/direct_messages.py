"""Writing to members without knowing their address."""

from typing import Any

import strawberry

from accounts.direct_messages import NewDirectMessage, write_to
from domain.ids import MemberId
from graph.errors import UserError
from graph.mutations.payloads import mutation
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class ContactMemberInput:
    """To whom, and what; plain text of at most 2,000 characters."""

    member_id: strawberry.ID
    message: str
    idempotency_key: str | None = strawberry.field(
        default=None, description="A retry under the same key writes no second letter."
    )


@strawberry.type
class ContactMemberPayload:
    """The same whatever the member has or allows."""

    errors: list[UserError] = strawberry.field(default_factory=list)


async def _contact_member(context: Context, given: ContactMemberInput) -> dict[str, Any]:
    letter = NewDirectMessage(MemberId(given.member_id), given.message, given.idempotency_key)
    await write_to(context.services.accounts, context.viewer, letter)
    return {}


CONTACT_MEMBER = mutation(
    ContactMemberInput,
    ContactMemberPayload,
    _contact_member,
    "Write to a member by e-mail; neither sees the other's address. The answer is the same whether or not it arrives.",
    Capability.WRITE,
)
