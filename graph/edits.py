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
    description="An edit of a post or comment that waits for approval, or was rejected. The approved text is shown "
    "meanwhile, and nobody but the author and the reviewers learns of the edit."
)
class PendingEdit:
    """domain.edits.PendingEdit."""

    post: LazyPost | None = loaded(
        edits.posts,
        "The edited post, or the post that the edited comment is under. Null if the viewer cannot see the post.",
    )
    comment: LazyComment | None = loaded(
        edits.comments, "The edited comment. Null if a post was edited, or the viewer cannot see the comment."
    )
    title: str | None = attribute("The title of the post after the edit. Null if it has none then, and of comments.")
    body: RichText = attribute("The text after the edit.")
    audience: Audience = attribute("The audience of the post after the edit. A comment keeps its audience.")
    byline: list[ProfileField] = attribute("The profile fields that are attached after the edit.")
    written_at: datetime = attribute(
        "When the edit was written. `approveContent` and `rejectEdit` name the edit by it."
    )
    explanation: str | None = attribute("The reason for the rejection. Null while the edit waits.")
