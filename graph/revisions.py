"""What posts and comments said before."""

from datetime import datetime

import strawberry

from graph.fields import attribute
from graph.texts import RichText


@strawberry.type(description="The text of a post or comment before an edit.")
class Revision:
    """stores.revisions.Revision."""

    title: str | None = attribute("The title of the post before the edit. Null if it had none, and of comments.")
    body: RichText = attribute("The text before the edit.")
    written_at: datetime = attribute("When this text was written. It was shown until the next revision was.")
