"""Templates of explanations."""

from typing import Annotated, Any

import strawberry

from graph.enums import ModerationAction, ReportReason
from graph.fields import Info, asked, attribute
from resolvers import explanation_templates


@strawberry.type(description="A text in Chinese and English with which a moderator can begin an explanation.")
class ExplanationTemplate:
    """domain.explanation_templates.ExplanationTemplate."""

    id: strawberry.ID = attribute(
        "The id of the template, for the mutations that change it. `Query.node` does not take it."
    )
    action: ModerationAction = attribute("The action that the template explains.")
    reason: ReportReason | None = attribute("The reason that the template is for. Null if it fits any reason.")
    zh: str = attribute("The text in Chinese.")
    en: str = attribute("The text in English.")


Action = Annotated[
    ModerationAction | None,
    strawberry.argument(description="The action that the templates are for. Null or absent: any action."),
]
Reason = Annotated[
    ReportReason | None,
    strawberry.argument(description="The reason that the templates are for. Null or absent: any reason."),
]


async def _templates(info: Info, action: Action = None, reason: Reason = None) -> Any:
    return await explanation_templates.listed(info.context, action, reason)


EXPLANATION_TEMPLATES = asked(
    _templates,
    "The texts with which an explanation can begin. The explanation of a decision stays free text. Others than "
    "moderators "
    "get FORBIDDEN or NOT_SIGNED_IN.",
)
