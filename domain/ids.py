"""Ids: random, so that none tells when something was made or how much lies hidden beside it.

An id is a kind's prefix and 96 random bits; a comment's carries its post's, so that a shard is found by id alone.
"""

from enum import Enum
from hashlib import sha256
from typing import NewType

from domain.clock_and_random import RandomSource

MemberId = NewType("MemberId", str)
BoardId = NewType("BoardId", str)
PostId = NewType("PostId", str)
CommentId = NewType("CommentId", str)
DecisionId = NewType("DecisionId", str)
CaseId = NewType("CaseId", str)
AppealId = NewType("AppealId", str)

RANDOM_BYTES = 12
RANDOM_LENGTH = 16
MAX_ID_LENGTH = 64


class Kind(Enum):
    """What an id names, by its prefix."""

    MEMBER = "mbr_"
    BOARD = "brd_"
    POST = "pst_"
    COMMENT = "cmt_"
    DECISION = "dcn_"
    CASE = "cse_"
    APPEAL = "apl_"


#: Hosts of other sites have names and no ids. What is kept about one goes by its name's digest, for some names are
#: longer than an id may be.
HOST_PREFIX = "hst_"


def host_target(ascii_host: str) -> str:
    """What reports and cases about a host are filed under, as others are under their target's id."""
    return HOST_PREFIX + sha256(ascii_host.encode()).hexdigest()[:32]


#: A follow is no node of its own. Its id serves caches of clients alone.
FOLLOW_PREFIX = "flw_"


def follow_id(row_id: str) -> str:
    """Return the public id of a follow from that of its row, which names both members."""
    return FOLLOW_PREFIX + sha256(row_id.encode()).hexdigest()[:32]


def kind_of(node_id: str) -> Kind | None:
    """Which kind ``node_id`` claims to name, or None where it is no id of ours."""
    if len(node_id) > MAX_ID_LENGTH:
        return None
    return next((kind for kind in Kind if node_id.startswith(kind.value)), None)


def new_member_id(random: RandomSource) -> MemberId:
    return MemberId(Kind.MEMBER.value + random.token(RANDOM_BYTES))


def new_board_id(random: RandomSource) -> BoardId:
    return BoardId(Kind.BOARD.value + random.token(RANDOM_BYTES))


def message_board_of(member_id: MemberId) -> BoardId:
    """The id of the member's own message board: theirs under a board's prefix, for everyone has exactly one."""
    return BoardId(Kind.BOARD.value + member_id.removeprefix(Kind.MEMBER.value))


def new_post_id(random: RandomSource) -> PostId:
    return PostId(Kind.POST.value + random.token(RANDOM_BYTES))


def new_comment_id(post_id: PostId, random: RandomSource) -> CommentId:
    return CommentId(comment_ids_under(post_id) + random.token(RANDOM_BYTES))


def new_decision_id(random: RandomSource) -> DecisionId:
    return DecisionId(Kind.DECISION.value + random.token(RANDOM_BYTES))


def new_case_id(random: RandomSource) -> CaseId:
    return CaseId(Kind.CASE.value + random.token(RANDOM_BYTES))


def new_appeal_id(random: RandomSource) -> AppealId:
    return AppealId(Kind.APPEAL.value + random.token(RANDOM_BYTES))


def comment_ids_under(post_id: PostId) -> str:
    """What the ids of all comments under the post begin with, and no others."""
    return Kind.COMMENT.value + post_id.removeprefix(Kind.POST.value)


def post_of_comment(comment_id: CommentId) -> PostId:
    """The post that ``comment_id`` carries in itself."""
    start = len(Kind.COMMENT.value)
    return PostId(Kind.POST.value + comment_id[start : start + RANDOM_LENGTH])
