"""Changing the templates of explanations."""

from typing import Any

import strawberry

from graph.enums import ModerationAction, ReportReason
from graph.errors import UserError
from graph.explanation_templates import ExplanationTemplate
from graph.mutations.payloads import mutation
from moderation.explanation_templates import ContentText, remove_template, set_template
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class SetExplanationTemplateInput:
    """What a template is to say."""

    id: strawberry.ID | None = strawberry.field(
        default=None, description="Null: a new one. Of a default that was removed: it is there again."
    )
    action: ModerationAction
    reason: ReportReason | None = strawberry.field(default=None, description="Null: whatever the reason.")
    zh: str = strawberry.field(description="At most 900 characters, so that both languages fit an explanation.")
    en: str = strawberry.field(description="At most 900 characters.")


@strawberry.type
class SetExplanationTemplatePayload:
    """The template as it stands."""

    template: ExplanationTemplate | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class RemoveExplanationTemplateInput:
    """Which template."""

    id: strawberry.ID


@strawberry.type
class RemoveExplanationTemplatePayload:
    """The template that is no longer there."""

    template: ExplanationTemplate | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


async def _set(context: Context, given: SetExplanationTemplateInput) -> dict[str, Any]:
    wording = ContentText(given.id, given.action, given.reason, given.zh, given.en)
    return {"template": await set_template(context.services.core, context.viewer, wording)}


async def _remove(context: Context, given: RemoveExplanationTemplateInput) -> dict[str, Any]:
    return {"template": await remove_template(context.services.core, context.viewer, given.id)}


SET_EXPLANATION_TEMPLATE = mutation(
    SetExplanationTemplateInput,
    SetExplanationTemplatePayload,
    _set,
    "Add a text that moderators may begin an explanation with, or change one, at most 200 in all. For admins.",
    Capability.KEEP_ORDER,
)
REMOVE_EXPLANATION_TEMPLATE = mutation(
    RemoveExplanationTemplateInput,
    RemoveExplanationTemplatePayload,
    _remove,
    "Take such a text away; decisions that were explained with it keep their words. For admins.",
    Capability.KEEP_ORDER,
)
