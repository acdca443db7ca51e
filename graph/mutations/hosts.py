"""Entering hosts into the lists that moderators keep, and taking them out."""

from datetime import datetime
from typing import Any

import strawberry

from content.host_lists import HostName, HostVerdictDecision, remove_verdict, set_verdict
from graph.enums import HostScope, HostVerdict
from graph.errors import UserError
from graph.hosts import JudgedHost
from graph.mutations.payloads import mutation, user_errors
from policy.limits import EXPLANATION_LENGTH
from policy.permissions import Capability
from resolvers.context import Context

_HOST = "The name alone, such as example.com or 例子.中国, without https:// and path."
_SCOPE = (
    "Whether the verdict is about this host alone or a whole registered domain. Domains that many owners share "
    "are refused."
)


@strawberry.input
class SetHostVerdictInput:
    """The verdict to give on a host or domain."""

    host: str = strawberry.field(description=_HOST)
    scope: HostScope = strawberry.field(description=_SCOPE)
    verdict: HostVerdict = strawberry.field(description="The verdict to give.")
    reason: str = strawberry.field(
        description=f"The reason, for the record and other moderators: {EXPLANATION_LENGTH:,} characters at most."
    )
    expires_at: datetime | None = strawberry.field(
        default=None, description="When the verdict ends by itself. Null or absent: it has no end."
    )


@strawberry.type
class SetHostVerdictPayload:
    """The result of `setHostVerdict`."""

    judged_host: JudgedHost | None = strawberry.field(
        default=None, description="The host with its new verdict. Null if the verdict was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class RemoveHostVerdictInput:
    """The verdict to remove, with the reason."""

    host: str = strawberry.field(description=_HOST)
    scope: HostScope = strawberry.field(
        description="Whether to remove the verdict on this host alone or on its domain."
    )
    reason: str = strawberry.field(
        description=f"The reason for the removal, for the record: {EXPLANATION_LENGTH:,} characters at most."
    )


@strawberry.type
class RemoveHostVerdictPayload:
    """The result of `removeHostVerdict`."""

    judged_host: JudgedHost | None = strawberry.field(
        default=None, description="The host with the removed verdict. Null if removing it was refused."
    )
    errors: list[UserError] = user_errors()


async def _set(context: Context, given: SetHostVerdictInput) -> dict[str, Any]:
    name = HostName(given.host, given.scope)
    judgement = HostVerdictDecision(name, given.verdict, given.reason, given.expires_at)
    entry = await set_verdict(context.services.content, context.viewer, judgement)
    await context.refresh()
    return {"judged_host": entry}


async def _remove(context: Context, given: RemoveHostVerdictInput) -> dict[str, Any]:
    name = HostName(given.host, given.scope)
    entry = await remove_verdict(context.services.content, context.viewer, name, given.reason)
    await context.refresh()
    return {"judged_host": entry}


SET_HOST_VERDICT = mutation(
    SetHostVerdictInput,
    SetHostVerdictPayload,
    _set,
    "Trust a host, block it, or list it as a shortener, in place of its earlier verdict. It applies at once, also to "
    "links "
    "in old texts. A verdict about a host takes precedence over one about its domain.",
    Capability.KEEP_ORDER,
)
REMOVE_HOST_VERDICT = mutation(
    RemoveHostVerdictInput,
    RemoveHostVerdictPayload,
    _remove,
    "Remove the verdict on a host or domain.",
    Capability.KEEP_ORDER,
)
