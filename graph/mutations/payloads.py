"""How mutations answer: what a person can mend goes into the payload, and what was read before is read anew."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from accounts.capability_check import require_capability
from domain.errors import Refused
from graph.errors import errors_of
from graph.fields import Info
from policy.permissions import Capability

ERRORS = "The errors the user can fix. Empty if the mutation succeeded; otherwise nothing was changed."

Action = Callable[[Any, Any], Awaitable[dict[str, Any]]]
"""``async def action(context, input) -> payload fields``; raises Refused."""


def user_errors(description: str = ERRORS) -> Any:
    """Return the `errors` field that every payload has."""
    return strawberry.field(default_factory=list, description=description)


def mutation(input_type: type, payload_type: type, action: Action, description: str, capability: Capability) -> Any:
    """A field that runs ``action`` and answers ``payload_type``, empty but for the errors where it was refused.

    ``capability``: sanctions end some of them.
    """

    async def resolve(info: Info, input: Any) -> Any:  # noqa: A002 - the name that clients count on
        try:
            require_capability(info.context.viewer, capability)
            fields = await action(info.context, input)
        except Refused as refused:
            return payload_type(errors=errors_of(info.context, refused))
        return payload_type(**fields)

    explained = strawberry.argument(description="The input of the mutation.")
    resolve.__annotations__["input"] = Annotated[input_type, explained]
    resolve.__annotations__["return"] = payload_type
    return strawberry.mutation(resolver=resolve, description=description)
