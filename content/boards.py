"""Making discussion boards, and changing boards."""

import re
from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from content.input_rendering import rendered
from content.services import ContentServices
from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.errors import ErrorCode, Refused, WrongFields, refusal
from domain.ids import BoardId, MemberId, new_board_id
from domain.messages import Message
from domain.rich_text import RichText
from domain.viewer import Viewer
from policy.boards import DISCUSSION_BOARD, MESSAGE_BOARD, may_update_board
from policy.limits import BIO_LENGTH, SLUG_LENGTH, TITLE_LENGTH
from policy.permissions import Privilege, has
from stores.boards import BoardEdit
from stores.transactions import Transaction
from stores.unique_keys import AlreadyTaken, UniqueKey
from text.input_text import optional_line, required_line

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A discussion area as its maker describes it."""

    slug: str
    title: str
    description: str | None
    review_edits: bool = DISCUSSION_BOARD.review_edits


async def create_board(services: ContentServices, viewer: Viewer, new: NewBoard) -> BoardId:
    """Make a discussion board; for moderators."""
    author = require_signed_in(viewer)
    if not has(viewer, Privilege.CREATE_BOARD):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    wrong = WrongFields()
    with wrong.collect():
        slug = await _free_slug(services, new.slug)
    with wrong.collect():
        title = required_line(new.title, TITLE_LENGTH, "title")
    with wrong.collect():
        description = await _description(services, author, new.description)
    wrong.refuse()
    board = Board(
        id=new_board_id(services.core.random),
        slug=slug,
        kind=BoardKind.DISCUSSION,
        title=title,
        description=description,
        owner_id=None,
        audience=DISCUSSION_BOARD.audience,
        write_policy=DISCUSSION_BOARD.write_policy,
        review_first=DISCUSSION_BOARD.review_first,
        review_edits=new.review_edits,
        created_at=services.core.now(),
    )

    async def write(transaction: Transaction) -> None:
        await services.core.stores.unique_keys.take(UniqueKey.SLUG, board.slug, board.id, transaction)
        await services.core.stores.boards.insert(board, transaction)

    try:
        await services.core.stores.transactions.run(write)
    except AlreadyTaken as taken:
        raise _slug_taken() from taken
    return board.id


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """What changes; None leaves a part as it is, an empty title or description takes it away."""

    title: str | None = None
    description: str | None = None
    audience: Audience | None = None
    write_policy: Audience | None = None
    review_first: bool | None = None
    review_edits: bool | None = None
    """Of discussion boards; on message boards ``review_first`` says it."""

    @property
    def is_about_members(self) -> bool:
        """Whether anything changes that only the owner of a message board chooses."""
        return not (self.audience is None and self.write_policy is None and self.review_first is None)


async def update_board(services: ContentServices, viewer: Viewer, board_id: BoardId, changes: BoardChanges) -> None:
    """Change one's own message board, or as a moderator how a discussion board introduces itself."""
    author = require_signed_in(viewer)
    wrong, board = WrongFields(), None
    with wrong.collect():
        board = await _board_to_update(services, viewer, board_id)
        _check_kind(board, changes)
    with wrong.collect():
        _check_audiences(changes)
    with wrong.collect():
        title = _title(board, changes.title)
    with wrong.collect():
        description = await _description(services, author, changes.description)
    wrong.refuse()
    edit = BoardEdit(
        title=title,
        description=description,
        clears_description=changes.description is not None and description is None,
        audience=changes.audience,
        write_policy=changes.write_policy,
        review_first=changes.review_first,
        review_edits=changes.review_edits,
    )

    async def write(transaction: Transaction) -> None:
        await services.core.stores.boards.update(board_id, edit, transaction)

    await services.core.stores.transactions.run(write)


async def _board_to_update(services: ContentServices, viewer: Viewer, board_id: BoardId) -> Board:
    board = (await services.core.stores.boards.seen_by(viewer, [board_id])).get(board_id)
    if board is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "boardId")
    if not may_update_board(viewer, board):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "boardId")
    return board


def _check_kind(board: Board, changes: BoardChanges) -> None:
    """Refuse what only the other kind of board has."""
    wrong = WrongFields()
    with wrong.collect():
        if board.kind is BoardKind.DISCUSSION and changes.is_about_members:
            raise refusal(ErrorCode.VALIDATION, Message.OWNER_S_CHOICE, "boardId")
    with wrong.collect():
        if board.kind is BoardKind.MESSAGES and changes.review_edits is not None:
            raise refusal(ErrorCode.VALIDATION, Message.REVIEW_FIRST_SAYS_IT, "reviewEdits")
    wrong.refuse()


def _title(board: Board | None, typed: str | None) -> str | None:
    """Return the title as it is kept: None if it stays as it is, "" if it goes, which a discussion's cannot."""
    if typed is None:
        return None
    if board and board.kind is BoardKind.DISCUSSION:
        return required_line(typed, TITLE_LENGTH, "title")
    return optional_line(typed, TITLE_LENGTH, "title") or ""


def _check_audiences(changes: BoardChanges) -> None:
    wrong = WrongFields()
    choices = {
        "audience": (changes.audience, MESSAGE_BOARD.widest_audience),
        "writePolicy": (changes.write_policy, MESSAGE_BOARD.widest_write_policy),
    }
    for field, (chosen, widest) in choices.items():
        with wrong.collect():
            if chosen and chosen.is_wider_than(widest):
                raise refusal(ErrorCode.VALIDATION, Message.AUDIENCE_TOO_WIDE, field, widest=widest)
    wrong.refuse()


async def _description(services: ContentServices, author: MemberId, typed: str | None) -> RichText | None:
    if not (typed or "").strip():
        return None
    return await rendered(services, author, typed or "", BIO_LENGTH, "description")


async def _free_slug(services: ContentServices, typed: str) -> str:
    """The slug that was typed. Refuses one that is taken already; the transaction decides once more."""
    slug = _slug(typed)
    if await services.core.stores.unique_keys.find(UniqueKey.SLUG, slug):
        raise _slug_taken()
    return slug


def _slug_taken() -> Refused:
    return refusal(ErrorCode.CONFLICT, Message.SLUG_TAKEN, "slug")


def _slug(typed: str) -> str:
    slug = typed.strip()
    least, most = SLUG_LENGTH
    if not least <= len(slug) <= most or not _SLUG.fullmatch(slug):
        raise refusal(ErrorCode.VALIDATION, Message.SLUG_FORM, "slug", least=least, most=most)
    return slug
