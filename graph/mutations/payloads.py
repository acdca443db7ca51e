"""How mutations answer: what a person can mend goes into the payload, and what was read before is read anew."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from accounts.capability_check import require_capability
from domain.errors import Refused
from graph.errors import errors_of
from graph.fields import Info
from policy.permissions import Capability

Action = Callable[[Any, Any], Awaitable[dict[str, Any]]]
"""``async def action(context, input) -> payload fields``; raises Refused."""


def mutation(input_type: type, payload_type: type, action: Action, description: str, capability: Capability) -> Any:
    """A field that runs ``action`` and answers ``payload_type``, empty but for the errors where it was refused.

    ``deed``: what it is for whoever asks; sanctions end some of them.
    """

    async def resolve(info: Info, input: Any) -> Any:  # noqa: A002 - the name that clients count on
        try:
            require_capability(info.context.viewer, capability)
            fields = await action(info.context, input)
        except Refused as refused:
            return payload_type(errors=errors_of(info.context, refused))
        return payload_type(**fields)

    resolve.__annotations__["input"] = input_type
    resolve.__annotations__["return"] = payload_type
    return strawberry.mutation(resolver=resolve, description=description)
