"""Templates of explanations, as moderators read them."""

from collections.abc import Sequence

from domain.errors import PublicFault
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
    if not context.viewer.is_signed_in:
        raise PublicFault("NOT_SIGNED_IN", Message.SIGN_IN_FIRST.in_language(context.language, {}))
    if not has(context.viewer, Privilege.MODERATE):
        raise PublicFault("FORBIDDEN", Message.NOT_ALLOWED.in_language(context.language, {}))
    return [
        template
        for template in await templates(context.services.core, context.viewer)
        if action in {None, template.action} and (reason is None or template.reason in {None, reason})
    ]
