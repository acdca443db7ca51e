"""Changing the templates of explanations."""

from typing import Any

import strawberry

from graph.enums import ModerationAction, ReportReason
from graph.errors import UserError
from graph.explanation_templates import ExplanationTemplate
from graph.mutations.payloads import mutation, user_errors
from moderation.explanation_templates import TemplateText, remove_template, set_template
from policy.limits import MAX_TEMPLATES, TEMPLATE_LENGTH
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class SetExplanationTemplateInput:
    """The template to add or change."""

    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The id of the template to change; a default that was removed is there again. Null or absent: a "
        "new one.",
    )
    action: ModerationAction = strawberry.field(description="The action that the template explains.")
    reason: ReportReason | None = strawberry.field(
        default=None, description="The reason that the template is for. Null or absent: any reason."
    )
    zh: str = strawberry.field(
        description=f"The text in Chinese, {TEMPLATE_LENGTH} characters at most, so that both languages fit into an "
        "explanation."
    )
    en: str = strawberry.field(description=f"The text in English, {TEMPLATE_LENGTH} characters at most.")


@strawberry.type
class SetExplanationTemplatePayload:
    """The result of `setExplanationTemplate`."""

    template: ExplanationTemplate | None = strawberry.field(
        default=None, description="The template as it is now. Null if the change was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class RemoveExplanationTemplateInput:
    """The template to remove."""

    id: strawberry.ID = strawberry.field(description="The id of the template to remove.")


@strawberry.type
class RemoveExplanationTemplatePayload:
    """The result of `removeExplanationTemplate`."""

    template: ExplanationTemplate | None = strawberry.field(
        default=None, description="The template that was removed. Null if removing it was refused."
    )
    errors: list[UserError] = user_errors()


async def _set(context: Context, given: SetExplanationTemplateInput) -> dict[str, Any]:
    text = TemplateText(given.id, given.action, given.reason, given.zh, given.en)
    return {"template": await set_template(context.services.core, context.viewer, text)}


async def _remove(context: Context, given: RemoveExplanationTemplateInput) -> dict[str, Any]:
    return {"template": await remove_template(context.services.core, context.viewer, given.id)}


SET_EXPLANATION_TEMPLATE = mutation(
    SetExplanationTemplateInput,
    SetExplanationTemplatePayload,
    _set,
    f"Add or change a text with which moderators can begin an explanation. There can be {MAX_TEMPLATES} at most.",
    Capability.KEEP_ORDER,
)
REMOVE_EXPLANATION_TEMPLATE = mutation(
    RemoveExplanationTemplateInput,
    RemoveExplanationTemplatePayload,
    _remove,
    "Remove an explanation template. Decisions that were explained with it keep their explanation.",
    Capability.KEEP_ORDER,
)
