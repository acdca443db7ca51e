"""What posts and comments said before."""

from collections.abc import Sequence

from domain.content import CommentView, PostView
from domain.paging import Page, Slice
from resolvers.context import Context
from stores.revisions import Revision


async def revisions(
    context: Context, contents: Sequence[PostView | CommentView], page: Page
) -> Sequence[Slice[Revision] | None]:
    """A read for each of the viewer's own, none for what others wrote: texts are long, and a row of many too long."""
    return [
        await context.stores.revisions.seen_by(context.viewer, content.id, content.author_id, page)
        for content in contents
    ]
