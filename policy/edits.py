"""Whose edits are read before they show, and by whom: one table, and the few rules around it."""

from collections.abc import Mapping

from domain.audience import Audience
from domain.content import Board
from domain.edits import PendingEdit
from domain.ids import BoardId, MemberId
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from policy.boards import can_moderate_board, may_write_on
from policy.permissions import Capability, Privilege, has, is_board_owner, may
from policy.visibility import REACH, Relation

#: The account statuses that ask for a review of every edit. Where a status ends publishing there
#: are no edits to read; should one of them come to leave it open, what they change is still read.
STANDING_ASKS: Mapping[AccountStatus, bool] = {
    AccountStatus.ACTIVE: False,
    AccountStatus.WARNED: True,
    AccountStatus.VERIFICATION_REQUIRED: True,
    AccountStatus.MUTED: True,
    AccountStatus.SUSPENDED: True,
    AccountStatus.BANNED: True,
    AccountStatus.ERASED: True,
}

#: What moderators review. What friends alone read is theirs to read, unless somebody complains about it.
MODERATORS_REVIEW = REACH[Relation.MEMBER]


def reviewer_of(author: MemberId, board_owner: MemberId | None) -> MemberId | None:
    """Return who reviews ``author``'s edits: the board owner, or None for moderators. Nobody reviews their own."""
    return board_owner if board_owner != author else None


def is_read_first(viewer: Viewer, board: Board | None, board_owner: MemberId | None, shown_to: Audience) -> bool:
    """Whether what ``viewer`` adds to their words waits, as these stand on ``board`` and would show to ``shown_to``.

    ``board`` None: it is closed to them by now, and new words of those who may not write there wait for its owner.
    """
    asks = STANDING_ASKS[viewer.account_status]
    if board_owner is not None and board_owner != viewer.member_id:
        return asks or board is None or board.review_first or not may_write_on(viewer, board)
    # Nobody reviews those who keep order there, except if their own account status asks for it.
    asks |= board is not None and board.review_edits and not can_moderate_board(viewer, board)
    return asks and shown_to in MODERATORS_REVIEW


def may_review(viewer: Viewer, edit: PendingEdit) -> bool:
    """Whether ``viewer`` reads ``edit`` and decides about it."""
    author = edit.place.author_id
    if not viewer.is_signed_in or author == viewer.member_id or author in viewer.blocked:
        return False
    if edit.reviewer_id is not None:
        return is_board_owner(viewer, author, edit.reviewer_id)
    return has(viewer, Privilege.MODERATE, edit.place.board_id) and edit.shown_to in MODERATORS_REVIEW


def may_decide(viewer: Viewer, edit: PendingEdit) -> bool:
    return may(viewer, Capability.KEEP_ORDER) and may_review(viewer, edit)


def may_have_edit_to_read(
    viewer: Viewer, author: MemberId | None, board_owner: MemberId | None, board: BoardId | None
) -> bool:
    """Return whether an edit of ``author``'s on ``board`` could show to ``viewer``: for others none is looked for."""
    if author is None or not viewer.is_signed_in:
        return False
    return (
        author == viewer.member_id
        or is_board_owner(viewer, author, board_owner)
        or has(viewer, Privilege.MODERATE, board)
    )


def may_read_edit(viewer: Viewer, edit: PendingEdit) -> bool:
    """Whether ``edit`` shows beside the words that stand: to its author, and while it waits to who reviews it."""
    is_own = viewer.is_signed_in and edit.place.author_id == viewer.member_id
    return is_own or (edit.is_waiting and may_review(viewer, edit))
