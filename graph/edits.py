"""Edits that are read before they show."""

from datetime import datetime
from typing import Annotated

import strawberry

from graph.enums import Audience, ProfileField
from graph.fields import attribute, loaded
from graph.texts import RichText
from resolvers import edits

LazyPost = Annotated["Post", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - lazily there
LazyComment = Annotated["Comment", strawberry.lazy("graph.content")]  # type: ignore[name-defined] # noqa: F821 - as above


@strawberry.type(
    description="What a post or comment says by its author's last edit, which waits beside the approved words or was "
    "rejected. Nobody else learns that there is one."
)
class PendingEdit:
    """domain.edits.PendingEdit."""

    post: LazyPost | None = loaded(
        edits.posts, "What would change, or the post above the comment that would; null where it does not show yet."
    )
    comment: LazyComment | None = loaded(edits.comments, "What would change, if it is a comment.")
    title: str | None = attribute("Of posts.")
    body: RichText = attribute()
    audience: Audience = attribute("Whom its author means it for; a comment keeps its own.")
    byline: list[ProfileField] = attribute("The profile fields that would go along.")
    written_at: datetime = attribute("By which approveContent and rejectEdit name it.")
    explanation: str | None = attribute("Why it was rejected; null while it waits.")
