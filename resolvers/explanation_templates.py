"""Templates of explanations, as moderators read them."""

from collections.abc import Sequence

from accounts.capability_check import require_signed_in
from domain.errors import ErrorCode, refusal
from domain.explanation_templates import ExplanationTemplate
from domain.messages import Message
from domain.moderation import ModerationAction, ReportReason
from moderation.explanation_templates import templates
from policy.permissions import Privilege, has
from resolvers.context import Context


async def listed(
    context: Context, action: ModerationAction | None, reason: ReportReason | None
) -> Sequence[ExplanationTemplate]:
    """Refused before anything is read."""
    with context.refusals_as_faults():
        require_signed_in(context.viewer)
        if not has(context.viewer, Privilege.MODERATE):
            raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return [
        template
        for template in await templates(context.services.core, context.viewer)
        if action in {None, template.action} and (reason is None or template.reason in {None, reason})
    ]
