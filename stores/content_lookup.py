"""Posts and comments alike, for what is done to either."""

from domain.content import CommentView, PostView
from domain.ids import CommentId, Kind, PostId, kind_of
from domain.viewer import Viewer
from stores.connections import Stores

Content = PostView | CommentView


async def content_seen_by(stores: Stores, viewer: Viewer, content_id: str) -> Content | None:
    """The post or comment as ``viewer`` sees it in full; a tombstone is none, for nobody reads what it said."""
    kind = kind_of(content_id)
    if kind is Kind.POST:
        return (await stores.posts.seen_by(viewer, [PostId(content_id)])).get(PostId(content_id))
    if kind is not Kind.COMMENT:
        return None
    comment = (await stores.comments.seen_by(viewer, [CommentId(content_id)])).get(CommentId(content_id))
    return comment if comment and comment.author_id else None


async def content_on_case(stores: Stores, viewer: Viewer, content_id: str) -> Content | None:
    """The post or comment for one who has a case about it; None of what its author has deleted."""
    found: Content | None
    if kind_of(content_id) is Kind.POST:
        found = (await stores.posts.on_cases(viewer, [PostId(content_id)])).get(PostId(content_id))
    else:
        found = (await stores.comments.on_cases(viewer, [CommentId(content_id)])).get(CommentId(content_id))
    return found if found and found.author_id else None
