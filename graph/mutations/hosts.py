"""Entering hosts into the lists that moderators keep, and taking them out."""

from datetime import datetime
from typing import Any

import strawberry

from content.host_lists import HostName, HostVerdictDecision, remove_verdict, set_verdict
from graph.enums import HostScope, HostVerdict
from graph.errors import UserError
from graph.hosts import JudgedHost
from graph.mutations.payloads import mutation
from policy.permissions import Capability
from resolvers.context import Context

_HOST = "Just the name, such as example.com or 例子.中国: no https://, no path."
_SCOPE = "HOST: this name alone. DOMAIN: a registered domain with every host in it; not where many owners share it."


@strawberry.input
class SetHostVerdictInput:
    """What to decide about which host, why, and for how long."""

    host: str = strawberry.field(description=_HOST)
    scope: HostScope = strawberry.field(description=_SCOPE)
    verdict: HostVerdict
    reason: str = strawberry.field(description="For the record and other moderators.")
    expires_at: datetime | None = strawberry.field(default=None, description="When it ends by itself; null: never.")


@strawberry.type
class SetHostVerdictPayload:
    """The verdict as it stands."""

    judged_host: JudgedHost | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class RemoveHostVerdictInput:
    """Which verdict to take back, and why."""

    host: str = strawberry.field(description=_HOST)
    scope: HostScope
    reason: str = strawberry.field(description="For the record.")


@strawberry.type
class RemoveHostVerdictPayload:
    """The verdict that no longer stands."""

    judged_host: JudgedHost | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


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
    "Trust a host, block it, or list it as a shortener, in place of what was decided about it; counts at once, also "
    "for links in old texts. A verdict about a host counts before one about its domain. For moderators.",
    Capability.KEEP_ORDER,
)
REMOVE_HOST_VERDICT = mutation(
    RemoveHostVerdictInput,
    RemoveHostVerdictPayload,
    _remove,
    "Take back what was decided about a host or domain. For moderators.",
    Capability.KEEP_ORDER,
)
