"""Making discussion boards."""

import re
from dataclasses import dataclass

from content.desk import ContentDesk, checked, checked_line, signed_in
from content.writing import rendered
from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.ids import BoardId, new_board_id
from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.viewer import Viewer
from policy.limits import BIO_LENGTH, SLUG_LENGTH, TITLE_LENGTH
from policy.permissions import Privilege, has
from stores.claims import AlreadyClaimed, Claim
from stores.transactions import Transaction

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A discussion area as its maker describes it."""

    slug: str
    title: str
    description: str | None


async def create_board(desk: ContentDesk, viewer: Viewer, new: NewBoard) -> BoardId:
    """Make a discussion board; for moderators."""
    author = signed_in(viewer)
    if not has(viewer, Privilege.CREATE_BOARD):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    description = None
    if (new.description or "").strip():
        description = await rendered(desk, author, new.description or "", BIO_LENGTH, "description")
    board = Board(
        id=new_board_id(desk.house.random),
        slug=_slug(new.slug),
        kind=BoardKind.DISCUSSION,
        title=checked(checked_line(new.title, TITLE_LENGTH, "title") or "", TITLE_LENGTH, "title"),
        description=description,
        owner_id=None,
        write_policy=Audience.MEMBERS,
        review_first=False,
        created_at=desk.house.now(),
    )

    async def write(transaction: Transaction) -> None:
        await desk.house.stores.claims.take(Claim.SLUG, board.slug, board.id, transaction)
        await desk.house.stores.boards.insert(board, transaction)

    try:
        await desk.house.stores.transactions.run(write)
    except AlreadyClaimed as taken:
        raise refusal(ErrorCode.CONFLICT, Message.SLUG_TAKEN, "slug") from taken
    return board.id


def _slug(typed: str) -> str:
    slug = typed.strip()
    least, most = SLUG_LENGTH
    if not least <= len(slug) <= most or not _SLUG.fullmatch(slug):
        raise refusal(ErrorCode.VALIDATION, Message.SLUG_FORM, "slug", least=least, most=most)
    return slug
