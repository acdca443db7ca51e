"""Appeals: what a member says against a decision about them, and what came of it."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import appeals as domain
from graph.cursors import page_of
from graph.enums import AppealState, AppealVoice
from graph.fields import After, Before, First, Info, Last, asked, attribute, loaded
from graph.node import Node
from policy.limits import MAX_APPEAL_MESSAGES
from resolvers import appeals

LazyDecision = Annotated["Decision", strawberry.lazy("graph.decisions")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A message on an open appeal, by the member or by a moderator.")
class AppealMessage:
    """domain.appeals.AppealMessage."""

    voice: AppealVoice = attribute("The side that wrote the message.")
    text: str = attribute("The message, as plain text.")
    created_at: datetime = attribute("When the message was sent.")


@strawberry.type(
    description="An objection of a member to a decision about them, which a moderator answers who did not make that "
    "decision."
)
class Appeal(Node):
    """domain.appeals.Appeal."""

    decision: LazyDecision = loaded(appeals.decisions, "The decision that the member objects to.")
    state: AppealState = attribute("Whether the appeal is open, and how it was answered.")
    version: int = attribute("A number that grows with each message. `decideAppeal` takes it as `expectedVersion`.")
    text: str = attribute("The reasons that the member gave, as plain text.")
    messages: list[AppealMessage] = attribute(
        f"The messages on the appeal, oldest first, at most {MAX_APPEAL_MESSAGES} of each side."
    )
    answer: str | None = attribute("The moderator's reasons for the verdict. Null while the appeal is open.")
    created_at: datetime = attribute("When the appeal was submitted.")
    decided_at: datetime | None = attribute("When the appeal was answered. Null while it is open.")

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Appeal)


@strawberry.input
class AppealFilter:
    """The conditions that listed appeals meet."""

    state: AppealState | None = strawberry.field(
        default=None, description="The state of the appeals. Null or absent: appeals in any state."
    )


Filter = Annotated[
    AppealFilter | None,
    strawberry.argument(description="The conditions that the appeals meet. Null or absent: all appeals are listed."),
]


async def _appeals(
    info: Info,
    filter: Filter = None,  # noqa: A002 - the name that clients count on
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    state = filter.state if filter else None
    return await appeals.listed(info.context, state, page_of(first, after, last, before))


APPEALS = asked(
    _appeals,
    "The appeals that the viewer can decide, oldest first. Others than moderators get FORBIDDEN or NOT_SIGNED_IN.",
)
