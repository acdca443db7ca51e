"""Appeals: what a member says against a decision about them, and what came of it."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import appeals as domain
from graph.cursors import page_of
from graph.enums import AppealState, AppealVoice
from graph.fields import Info, asked, attribute, loaded
from graph.node import Node
from resolvers import appeals

LazyDecision = Annotated["Decision", strawberry.lazy("graph.decisions")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A question or an answer, while an appeal is open.")
class AppealMessage:
    """domain.appeals.AppealMessage."""

    voice: AppealVoice = attribute("Which moderator it is, nobody is told.")
    text: str = attribute()
    created_at: datetime = attribute()


@strawberry.type(
    description="What a member says against a decision about them. It is there for that member and for moderators who "
    "may decide it: not for whoever made the decision."
)
class Appeal(Node):
    """domain.appeals.Appeal."""

    decision: LazyDecision = loaded(appeals.decisions, "The decision that it is against.")
    state: AppealState = attribute()
    version: int = attribute("One more with each message; who decides names the one they have read.")
    text: str = attribute()
    messages: list[AppealMessage] = attribute("Oldest first, at most 10 of each side.")
    answer: str | None = attribute("Why the decision was upheld, or taken back.")
    created_at: datetime = attribute()
    decided_at: datetime | None = attribute()

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Whether ``value`` is one of these."""
        return isinstance(value, domain.Appeal)


@strawberry.input
class AppealFilter:
    """Which appeals."""

    state: AppealState | None = strawberry.field(default=None, description="In any state where it is not given.")


async def _appeals(
    info: Info,
    filter: AppealFilter | None = None,  # noqa: A002 - the name that clients count on
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    state = filter.state if filter else None
    return await appeals.listed(info.context, state, page_of(first, after, last, before))


APPEALS = asked(
    _appeals,
    "For moderators: the appeals that they may decide, the oldest first; to others FORBIDDEN or NOT_SIGNED_IN.",
)
