"""Templates of explanations."""

from typing import Any

import strawberry

from graph.enums import ModerationAction, ReportReason
from graph.fields import Info, asked, attribute
from resolvers import explanation_templates


@strawberry.type(description="A text in both languages that a moderator may begin an explanation with.")
class ExplanationTemplate:
    """domain.explanation_templates.ExplanationTemplate."""

    id: strawberry.ID = attribute()
    action: ModerationAction = attribute()
    reason: ReportReason | None = attribute("Null: whatever the reason.")
    zh: str = attribute()
    en: str = attribute()


async def _templates(info: Info, action: ModerationAction | None = None, reason: ReportReason | None = None) -> Any:
    return await explanation_templates.listed(info.context, action, reason)


EXPLANATION_TEMPLATES = asked(
    _templates,
    "For moderators: what an explanation may begin with, for one action, one reason, or all; to others FORBIDDEN or "
    "NOT_SIGNED_IN. The explanation of a decision stays free text.",
)
