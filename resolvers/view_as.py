"""What others see of what the viewer owns, answered by the same path that answers them."""

from dataclasses import dataclass, replace

from domain.audience import Audience
from domain.content import CommentView, PostView
from domain.ids import Kind, kind_of, message_board_of
from domain.members import MemberView
from domain.viewer import ViewAs, Viewer
from policy.view_as import any_of, this_one
from resolvers.context import Context
from stores.content_lookup import content_seen_by


@dataclass(frozen=True, slots=True)
class ViewedAs:
    """Where all below is answered in a context of its own."""

    caller: Context
    context: Context
    view_as: ViewAs
    member: MemberView


async def seen_by_any(context: Context, audience: Audience) -> ViewedAs | None:
    """As anyone in ``audience`` sees it; None to the signed-out."""
    owner = context.viewer.member_id
    return await _seen_as(context, any_of(context.viewer, owner, audience)) if owner else None


async def seen_by_member(context: Context, handle: str) -> ViewedAs | None:
    """As the member of that ``handle`` sees it; None where there is none for the viewer, and to the signed-out."""
    owner = context.viewer.member_id
    if owner is None:
        return None
    target = await context.stores.members.seen_by_handle(context.viewer, handle.strip().casefold())
    return await _seen_as(context, this_one(context.viewer, owner, target)) if target else None


async def owned(seen: ViewedAs, node_id: str) -> object | None:
    """What ``node_id`` names, if the owner owns it and it shows; their profile, board, posts and comments."""
    kind, owner = kind_of(node_id), seen.view_as.owner
    if kind is Kind.MEMBER:
        return seen.member if node_id == owner else None
    if kind is Kind.BOARD:
        return (await seen.context.boards([message_board_of(owner)]))[0] if node_id == message_board_of(owner) else None
    words = await _own_words(seen, node_id)
    if isinstance(words, PostView):
        return await _post(seen, words)
    return await _comment(seen, words) if words else None


async def _seen_as(context: Context, view_as: ViewAs) -> ViewedAs | None:
    within = context.as_seen_by(view_as)
    member = (await within.members([view_as.owner]))[0]
    return ViewedAs(context, within, view_as, member) if member else None


async def _own_words(seen: ViewedAs, content_id: str) -> PostView | CommentView | None:
    words = await content_seen_by(seen.caller.stores, seen.caller.viewer, content_id)
    return words if words and words.author_id == seen.view_as.owner else None


async def _post(seen: ViewedAs, own: PostView) -> PostView | None:
    """As the target finds it, on their message board too; else as the tombstone over what others say."""
    in_full = (await seen.caller.stores.posts.seen_by(_without_office(seen), [own.id])).get(own.id)
    if in_full:
        seen.context.bring(in_full)
    return (await seen.context.posts([own.id]))[0]


async def _comment(seen: ViewedAs, own: CommentView) -> CommentView | None:
    """Under the owner's post as under others'; a tombstone only where whoever stands in sees what is below."""
    if await _above(seen, own) is None:
        return None
    found = (await seen.caller.stores.comments.seen_by(_without_office(seen), [own.id])).get(own.id)
    return found if found and found.author_id else (await seen.context.comments([own.id]))[0]


async def _above(seen: ViewedAs, own: CommentView) -> PostView | None:
    """The post over the owner's comment, as the target finds it."""
    above = await _own_words(seen, own.post_id)
    if isinstance(above, PostView):
        return await _post(seen, above)
    for_the_owner = (await seen.caller.posts([own.post_id]))[0]
    if for_the_owner is None or for_the_owner.author_id is None:
        # For whom it was meant, which decides who finds it, a tombstone tells nobody.
        return None
    return (await seen.context.posts([own.post_id]))[0]


def _without_office(seen: ViewedAs) -> Viewer:
    """The target, by whom only what is the owner's may be read: what moderators find tells what was reported."""
    return replace(seen.view_as.target, role=None, moderates=frozenset())
