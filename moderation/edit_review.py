"""Edits that wait: whoever reviews them lets their words stand, or lets the approved ones stand on."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from accounts.capability_check import require_signed_in
from domain.content import ContentState
from domain.edits import EditState, PendingEdit
from domain.errors import ErrorCode, Refused, WrongFields, refusal
from domain.ids import RANDOM_BYTES, MemberId
from domain.messages import Message
from domain.notifications import Notification, NotificationKind, notification_id
from domain.viewer import Viewer
from moderation.decision_log import Outcome, record_edit
from moderation.transitions import Move, move
from policy.edits import may_decide
from policy.limits import EXPLANATION_LENGTH
from stores.revisions import Revision, Words
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text

Write = Callable[[Transaction], Awaitable[None]]

EDIT_TOLD_AS: Mapping[EditState, NotificationKind] = {
    EditState.APPROVED: NotificationKind.EDIT_APPROVED,
    EditState.REJECTED: NotificationKind.EDIT_REJECTED,
}


@dataclass(frozen=True, slots=True)
class RejectionRequest:
    """Which edit does not show, and why."""

    target_id: str
    written_at: datetime
    """Of the words that were read: others are not rejected unread."""
    explanation: str


async def approve_edit(services: Services, viewer: Viewer, edit: PendingEdit, explanation: str) -> None:
    """Let exactly these words show, from now on; what stood before is kept as a revision.

    Refused where the author has written others since, or has taken them back, or where what they are about is gone.
    """

    async def write(transaction: Transaction) -> None:
        if not await services.stores.edits.settle(edit, EditState.APPROVED, None, transaction):
            raise changed_since_read()
        await _put_in_place(services, edit, transaction)
        await _tell(services, viewer, edit, EditState.APPROVED, explanation, transaction)

    await _decide(services, viewer, edit, EditState.APPROVED, write)


async def reject_edit(services: Services, viewer: Viewer, rejection: RejectionRequest) -> None:
    """Let what was approved stand on; the author is told why, and keeps what they wrote."""
    require_signed_in(viewer)
    wrong = WrongFields()
    with wrong.collect():
        edit = await _as_read(services, viewer, rejection)
    with wrong.collect():
        explanation = required_text(rejection.explanation, EXPLANATION_LENGTH, "explanation")
    wrong.refuse()

    async def write(transaction: Transaction) -> None:
        if not await services.stores.edits.settle(edit, EditState.REJECTED, explanation, transaction):
            raise changed_since_read()
        await _tell(services, viewer, edit, EditState.REJECTED, explanation, transaction)

    await _decide(services, viewer, edit, EditState.REJECTED, write)


async def _as_read(services: Services, viewer: Viewer, rejection: RejectionRequest) -> PendingEdit:
    """The edit that was read, if it is still there, and the viewer's to decide."""
    edit = await services.stores.edits.reviewed_by(viewer, rejection.target_id)
    if edit is None:
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
    if edit.written_at != rejection.written_at:
        raise changed_since_read()
    _check_may_decide(viewer, edit)
    return edit


async def withdraw_edit(services: Services, viewer: Viewer, target_id: str) -> None:
    """Take back one's own edit that waits or was rejected; twice is as good as once."""
    author = require_signed_in(viewer)
    await services.stores.transactions.run(partial(services.stores.edits.withdraw, author, target_id))


async def keep_revision(
    services: Services, content: str, author: MemberId, was: Words, transaction: Transaction
) -> None:
    """Keep what ``content`` said before an edit; what changed its audience or byline alone took no words away."""
    revision = Revision(services.random.token(RANDOM_BYTES), content, author, was.title, was.body, was.written_at)
    await services.stores.revisions.keep(revision, transaction)
    await services.stores.cases.words_changed(content, transaction)


async def _decide(services: Services, viewer: Viewer, edit: PendingEdit, state: EditState, write: Write) -> None:
    """Twice is as good as once; of two who decide differently the later one is refused."""
    _check_may_decide(viewer, edit)
    if edit.state is state:
        return

    async def unless_parted(transaction: Transaction) -> None:
        board_owner, author = edit.reviewer_id, edit.place.author_id
        # Else a block that comes in this moment would find nothing to hold.
        if board_owner and await services.stores.relationships.are_parted(board_owner, author, transaction):
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "targetId")
        await write(transaction)

    await services.stores.transactions.run(unless_parted)


def _check_may_decide(viewer: Viewer, edit: PendingEdit) -> None:
    if not may_decide(viewer, edit):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId")


async def _put_in_place(services: Services, edit: PendingEdit, transaction: Transaction) -> None:
    author = edit.place.author_id
    stands = await services.stores.content_text.lock_for_update(edit.id, author, transaction)
    if stands is None:
        raise changed_since_read()
    change = edit.said.as_edit_of(stands.said)
    # Not since they were written: until now readers answered what stood before.
    await services.stores.content_text.put(edit.id, author, change, services.now(), transaction)
    if change.changes_words:
        await keep_revision(services, edit.id, author, stands.words, transaction)
    if stands.state is ContentState.HELD:
        await move(services.stores, edit.id, Move.APPROVE, transaction)


async def _tell(
    services: Services, viewer: Viewer, edit: PendingEdit, state: EditState, explanation: str, transaction: Transaction
) -> None:
    """Notify the author of a board owner's answer at once. Record a moderator's for the notification worker."""
    if edit.reviewer_id is None:
        await record_edit(services, Outcome(edit, state, explanation, viewer.member_id), transaction)
        return
    author = edit.place.author_id
    told_as = notification_id(services.random.token(RANDOM_BYTES), author)
    told = Notification(told_as, author, EDIT_TOLD_AS[state], services.now(), content_id=edit.id)
    await services.stores.notifications.add([told], transaction)


def changed_since_read() -> Refused:
    """Return the refusal of words that are not the ones that were read."""
    return refusal(ErrorCode.CONFLICT, Message.CHANGED_SINCE_READ, "writtenAt")
