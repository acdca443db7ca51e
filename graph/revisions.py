"""What posts and comments said before."""

from datetime import datetime

import strawberry

from graph.fields import attribute
from graph.texts import RichText


@strawberry.type(description="What a post or comment said before an edit.")
class Revision:
    """stores.revisions.Revision."""

    title: str | None = attribute("Of posts.")
    body: RichText = attribute()
    written_at: datetime = attribute("Since when it said so, until the next revision or what stands now.")
