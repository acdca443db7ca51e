"""What things of a world are called in the service: ids, tokens and moments, alike in every world that has them."""

import base64
import hashlib
from datetime import datetime, timedelta

from domain.ids import (
    AppealId,
    BoardId,
    CaseId,
    CommentId,
    DecisionId,
    Kind,
    MemberId,
    PostId,
    comment_ids_under,
    message_board_of,
)
from tests.clock_and_random import START
from tests.visibility.world import World


def token_of(handle: str) -> str:
    """The session token by which ``handle`` is signed in."""
    return f"token-of-{hashlib.sha256(handle.encode()).hexdigest()[:32]}"


def random_part(key: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:12]).decode()


def member_id(handle: str) -> MemberId:
    return MemberId(Kind.MEMBER.value + random_part(f"member {handle}"))


def board_id(slug: str) -> BoardId:
    """Of a discussion board by its slug, or of a message board by ``@`` and its owner's handle."""
    if slug.startswith("@"):
        return message_board_of(member_id(slug[1:]))
    return BoardId(Kind.BOARD.value + random_part(f"board {slug}"))


def post_id(key: str) -> PostId:
    return PostId(Kind.POST.value + random_part(f"post {key}"))


def comment_id(post: str, key: str) -> CommentId:
    return CommentId(comment_ids_under(post_id(post)) + random_part(f"comment {key}"))


def decision_id(key: str) -> DecisionId:
    return DecisionId(Kind.DECISION.value + random_part(f"decision {key}"))


def appeal_id(key: str) -> AppealId:
    return AppealId(Kind.APPEAL.value + random_part(f"appeal {key}"))


def case_id(key: str) -> CaseId:
    return CaseId(Kind.CASE.value + random_part(f"case {key}"))


def content_id(world: World, key: str) -> str:
    """Of a post or comment by its key, or of a member by their handle."""
    if key in world.posts:
        return post_id(key)
    if key in world.comments:
        return comment_id(world.comments[key].post, key)
    return member_id(key)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)
