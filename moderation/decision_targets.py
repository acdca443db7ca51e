"""What a decision is about, read for whoever decides."""

from dataclasses import dataclass

from domain.audience import Audience, narrower
from domain.cases import Case
from domain.content import CommentView, PostView
from domain.errors import ErrorCode, refusal
from domain.ids import BoardId, CommentId, Kind, MemberId, PostId, kind_of, message_board_of
from domain.members import Role
from domain.messages import Message
from domain.moderation import Decision, Evidence
from domain.viewer import Viewer
from moderation.decision_request import Moderator
from policy.limits import EVIDENCE_LENGTH
from policy.permissions import Privilege, boards_of, has, may_sanction
from policy.visibility import while_deciding
from stores.content_lookup import Content, content_on_case, content_seen_by
from stores.services import Services
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Target:
    """What is decided about, and whom that concerns."""

    subject_id: MemberId
    audience: Audience | None = None
    evidence: Evidence | None = None
    board_id: BoardId | None = None
    """Where it stands; None of members."""


async def content_target(
    services: Services, viewer: Viewer, target_id: str, needed: Privilege, case: Case | None
) -> Target:
    """The post or comment as the moderator sees it, or as it is read on its case, whatever hides it.

    What they can't see and nobody complained about they can't decide about: a refusal would tell them that it is there.
    Of what its author has deleted, ``case`` still says whom it is about: it can be closed, and they can be warned.
    """
    found = await content_seen_by(services.stores, viewer, target_id) or await _hidden(services, viewer, target_id)
    if found is None and case and case.subject_id:
        return Target(case.subject_id, board_id=case.board_id)
    if found is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    board_id = await board_of(services, viewer, found)
    if found.author_id is None or found.author_id == viewer.member_id or not has(viewer, needed, board_id):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")
    return Target(found.author_id, await audience_of(services, found), _evidence(found), board_id)


async def _hidden(services: Services, viewer: Viewer, target_id: str) -> Content | None:
    """What their reading does not show to the moderator: removed on a board of theirs, or read on its case."""
    if boards_of(viewer, Privilege.MODERATE):
        found = await content_seen_by(services.stores, while_deciding(viewer), target_id)
        if found and has(viewer, Privilege.MODERATE, await board_of(services, viewer, found)):
            return found
    if await services.stores.cases.has_one_about(viewer, target_id):
        return await content_on_case(services.stores, viewer, target_id)
    return None


async def board_of(services: Services, viewer: Viewer, content: Content) -> BoardId:
    """Where it stands; a comment stands where its post does."""
    if isinstance(content, PostView):
        return content.board_id
    return (await services.stores.posts.boards_of(viewer, [content.post_id]))[content.post_id]


async def member_target(services: Services, moderator: Moderator, member: MemberId) -> Target:
    """Refuses moderators' own accounts, and accounts of those whose role is not below theirs."""
    check_rank(moderator, member, await role_of(services, member))
    return Target(member)


async def role_of(services: Services, member: MemberId) -> Role:
    """What the member is trusted with. Refuses an id of nobody."""
    role = await services.stores.members.role_of(member)
    if role is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    return role


def check_rank(moderator: Moderator, member: MemberId, role: Role) -> None:
    """Nobody decides about themselves, nor moderators about those who are trusted with as much."""
    if member == moderator.id or not may_sanction(moderator.role, role):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")


async def check_as_read(services: Services, decision: Decision, transaction: Transaction) -> None:
    """Refuses where other words stand by now than are kept as evidence."""
    if decision.evidence is None:
        return
    target, written_at = decision.target_id, decision.evidence.written_at
    if kind_of(target) is Kind.POST:
        is_same = await services.stores.posts.is_as_of(PostId(target), written_at, transaction)
    else:
        is_same = await services.stores.comments.is_as_of(CommentId(target), written_at, transaction)
    if not is_same:
        raise refusal(ErrorCode.CONFLICT, Message.CHANGED_SINCE_READ, "targetId")


def _evidence(content: Content) -> Evidence | None:
    if content.body is None:
        return None
    title = content.title if isinstance(content, PostView) else None
    return Evidence(content.edited_at or content.created_at, title, content.body.text[:EVIDENCE_LENGTH])


async def audience_of(services: Services, target: PostView | CommentView) -> Audience:
    """Whom the target is meant for now: the narrowest of its own audience, its post's and its message board's."""
    if isinstance(target, PostView):
        audience, board_owner = target.audience, target.board_owner_id
    else:
        own = (await services.stores.comments.placed([target.id]))[target.id]
        post = (await services.stores.posts.placed([target.post_id]))[target.post_id]
        audience, board_owner = narrower(own.audience, post.audience), post.board_owner
    if board_owner:
        open_to = await services.stores.boards.audience_of(message_board_of(board_owner))
        audience = narrower(audience, open_to or Audience.ONLY_ME)
    return audience
