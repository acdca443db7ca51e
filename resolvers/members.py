"""Members, and what goes along with what they publish."""

from collections.abc import Sequence

from domain.content import Board, CommentView, PostView
from domain.ids import MemberId
from domain.members import NOTHING_SHOWN, MemberView, Profile, Relationship
from domain.moderation import Decision
from domain.rich_text import Mention
from resolvers.context import Context

Content = PostView | CommentView


async def by_id(context: Context, ids: Sequence[MemberId]) -> Sequence[MemberView | None]:
    return await context.members(ids)


async def by_handle(context: Context, handles: Sequence[str]) -> Sequence[MemberView | None]:
    """Few at a time: a client asks for a member by handle where a page is about that member."""
    return [
        await context.stores.members.seen_by_handle(context.viewer, handle.strip().casefold()) for handle in handles
    ]


def can_contact(_context: Context, member: MemberView) -> bool:
    return member.takes_direct_messages


async def authors(context: Context, contents: Sequence[Content]) -> Sequence[MemberView | None]:
    return await _optional(context, [content.author_id for content in contents])


async def bylines(context: Context, contents: Sequence[Content]) -> Sequence[Profile]:
    """The fields the author chose for this text, as far as their profile shows them to this viewer now."""
    found = await authors(context, contents)
    return [
        author.profile.only(content.byline) if author else NOTHING_SHOWN
        for author, content in zip(found, contents, strict=True)
    ]


async def mentioned(context: Context, mentions: Sequence[Mention]) -> Sequence[MemberView | None]:
    """Who goes by each handle, as far as this viewer can tell: one who is hidden is nobody."""
    return await context.members_named([mention.handle for mention in mentions])


async def owners(context: Context, boards: Sequence[Board]) -> Sequence[MemberView | None]:
    return await _optional(context, [board.owner_id for board in boards])


async def deciders(context: Context, decisions: Sequence[Decision]) -> Sequence[MemberView | None]:
    return await _optional(context, [decision.decided_by for decision in decisions])


async def relationships(context: Context, members: Sequence[MemberView]) -> Sequence[Relationship]:
    own = context.actor.member_id
    # How one who is stood in for stands to others is theirs to know.
    others = [member.id for member in members if not context.view_as or member.id == context.view_as.owner]
    known = await context.stores.relationships.relationships(context.actor, others)
    return [
        Relationship.SELF if member.id == own else known.get(member.id) or _assumed(context, member)
        for member in members
    ]


def _assumed(context: Context, member: MemberView) -> Relationship:
    """Where no tie is written down: of anyone among the owner's friends it is assumed."""
    is_friend = context.view_as is not None and member.id in context.view_as.target.friends
    return Relationship.FRIEND if is_friend else Relationship.NONE


async def _optional(context: Context, ids: Sequence[MemberId | None]) -> list[MemberView | None]:
    found = dict(zip(present, await context.members(present), strict=True)) if (present := _present(ids)) else {}
    return [found.get(member_id) if member_id else None for member_id in ids]


def _present(ids: Sequence[MemberId | None]) -> list[MemberId]:
    return list(dict.fromkeys(member_id for member_id in ids if member_id))
