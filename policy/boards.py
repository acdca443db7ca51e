"""Who reads and writes on boards before their owners choose, and how far they may open them."""

from dataclasses import dataclass
from datetime import datetime

from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.ids import MemberId, message_board_of
from domain.viewer import Viewer
from policy.permissions import Privilege, has
from policy.visibility import reach


@dataclass(frozen=True, slots=True)
class BoardRule:
    """What holds until the board's owner chooses, and the widest that may be chosen."""

    audience: Audience
    widest_audience: Audience
    write_policy: Audience
    widest_write_policy: Audience
    review_first: bool
    """Of message boards: whether what others leave waits for the owner, edits included."""
    review_edits: bool
    """Of discussion boards: whether edits wait for moderators."""


#: As profiles do, a message board shows to members until its owner opens it. Nobody writes without signing in.
MESSAGE_BOARD = BoardRule(
    Audience.MEMBERS, Audience.PUBLIC, Audience.MEMBERS, Audience.MEMBERS, review_first=False, review_edits=False
)

#: Moderators look after these; they are open to everyone.
DISCUSSION_BOARD = BoardRule(
    Audience.PUBLIC, Audience.PUBLIC, Audience.MEMBERS, Audience.MEMBERS, review_first=False, review_edits=False
)


def message_board(member: MemberId, handle: str, created_at: datetime) -> Board:
    """A member's own board as it is before they choose otherwise. No other board's slug begins with an at sign."""
    return Board(
        id=message_board_of(member),
        slug=f"@{handle}",
        kind=BoardKind.MESSAGES,
        title=None,
        description=None,
        owner_id=member,
        audience=MESSAGE_BOARD.audience,
        write_policy=MESSAGE_BOARD.write_policy,
        review_first=MESSAGE_BOARD.review_first,
        review_edits=MESSAGE_BOARD.review_edits,
        created_at=created_at,
    )


def may_write_on(viewer: Viewer, board: Board) -> bool:
    """Whether the viewer may post and comment on a board that they see; discussion boards have no owner to befriend."""
    if not viewer.is_signed_in or board.kind is BoardKind.DISCUSSION:
        return viewer.is_signed_in and board.write_policy is Audience.MEMBERS
    return board.owner_id is not None and board.write_policy in reach(viewer, board.owner_id)


def may_update_board(viewer: Viewer, board: Board) -> bool:
    if board.kind is BoardKind.MESSAGES:
        return viewer.is_signed_in and board.owner_id == viewer.member_id
    return has(viewer, Privilege.UPDATE_BOARD, board.id)


def can_moderate_board(viewer: Viewer, board: Board) -> bool:
    """Whether the viewer keeps order on the board: hosts on their own, moderators on discussion boards,
    all or those that are theirs."""
    if board.kind is BoardKind.MESSAGES:
        return viewer.is_signed_in and board.owner_id == viewer.member_id
    return has(viewer, Privilege.MODERATE, board.id)
