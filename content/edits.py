"""Edits: new text shows at once, or waits beside the approved text if the board or the author's status asks for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audience import Audience, narrower
from domain.content import Board, ContentState
from domain.edits import Edit, EditState, PendingEdit, Place, Said
from domain.errors import ErrorCode, refusal
from domain.messages import Message
from domain.viewer import Viewer
from moderation.edit_review import keep_revision
from policy.edits import is_read_first, reviewer_of
from stores.content_text import CurrentText
from stores.services import Services
from stores.transactions import Transaction


async def put(services: Services, viewer: Viewer, place: Place, edit: Edit, field: str) -> None:
    """Put ``viewer``'s own edit in place, or let it wait; one that waits already is gone on from.

    Whatever shows less acts at once in either case: a narrower audience, a profile field left out. Each edit is judged
    by what is asked for in that moment: where nothing is any more, what waited shows together with it. Raises CONFLICT
    where the words can't be edited any more; ``field`` names them.
    """

    async def write(transaction: Transaction) -> None:
        stands = await services.stores.content_text.lock_for_update(place.content_id, place.author_id, transaction)
        if stands is None:
            raise refusal(ErrorCode.CONFLICT, Message.CHANGED_MEANWHILE, field)
        last = await services.stores.edits.last(place.content_id, transaction)
        writing = _Writing(services, place, edit, stands, last, transaction)
        adds = stands.said.after(edit).shows_more_than(stands.said)
        around = await _around(services, viewer, place, transaction) if adds or writing.waiting else _NOWHERE
        shown_to = narrower(writing.draft.audience, around.audience)
        is_asked = adds and is_read_first(viewer, around.board, place.board_owner_id, shown_to)
        is_published = stands.state is ContentState.PUBLISHED
        # What only takes away brings nothing out; not where it is held either, for the end of a block publishes that.
        if (writing.waiting and not adds) or (is_asked and is_published):
            await writing.wait(shown_to)
        else:
            await writing.show(is_asked=is_asked)

    await services.stores.transactions.run(write)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the words, as their author finds it now."""

    board: Board | None
    """None: it is closed to them."""
    audience: Audience
    """The narrowest of what the post above and the board are for."""


_NOWHERE = _Around(None, Audience.PUBLIC)


async def _around(services: Services, viewer: Viewer, place: Place, transaction: Transaction) -> _Around:
    board = (await services.stores.boards.seen_by(viewer, [place.board_id], transaction)).get(place.board_id)
    audience = board.audience if board else Audience.PUBLIC
    if place.content_id != place.post_id:
        audience = narrower(audience, await services.stores.content_text.audience_of(place.post_id, transaction))
    return _Around(board, audience)


@dataclass(frozen=True, slots=True)
class _Writing:
    """An edit on its way into the store."""

    services: Services
    place: Place
    edit: Edit
    stands: CurrentText
    last: PendingEdit | None
    """The edit before it that was to be read first."""
    transaction: Transaction

    @property
    def waiting(self) -> PendingEdit | None:
        return self.last if self.last and self.last.is_waiting else None

    @property
    def draft(self) -> Said:
        """What all would say with this edit, and with the one that waits."""
        return (self.waiting.said if self.waiting else self.stands.said).after(self.edit)

    async def wait(self, shown_to: Audience) -> None:
        """Let what shows more wait; whoever reads meanwhile finds what was approved, less what is taken from it."""
        said = self.stands.said
        taken = said.cut_down_to(said.after(self.edit))
        await self._put(taken)
        if not self.draft.shows_more_than(said.after(taken)):
            await self._drop()
            return
        reviewer = reviewer_of(self.place.author_id, self.place.board_owner_id)
        waits = PendingEdit(self.place, reviewer, self.draft, shown_to, self._written_at(), EditState.WAITING)
        await self.services.stores.edits.keep(waits, self.transaction)

    async def show(self, *, is_asked: bool) -> None:
        """Let the edit show, with what waited; what is held shows when it is approved."""
        # What stands already is no change: the same edit sent again would keep its own words as a revision.
        change = self.draft.as_edit_of(self.stands.said)
        await self._put(change)
        if change.changes_words:
            await keep_revision(
                self.services, self.place.content_id, self.place.author_id, self.stands.words, self.transaction
            )
        if is_asked:
            await self.services.stores.content_text.hold_past_block(self.place.content_id, self.transaction)
        await self._drop()

    async def _put(self, edit: Edit) -> None:
        # The time of the one that goes through: edits that met are run again.
        now = self.services.now()
        await self.services.stores.content_text.put(
            self.place.content_id, self.place.author_id, edit, now, self.transaction
        )

    async def _drop(self) -> None:
        if self.last:
            await self.services.stores.edits.drop(self.place.content_id, self.transaction)

    def _written_at(self) -> datetime:
        """By which the edit is named: another time for whatever nobody has read yet."""
        if self.waiting and not self.draft.shows_more_than(self.waiting.said):
            return self.waiting.written_at
        now = self.services.now()
        return max(now, self.last.written_at + timedelta(milliseconds=1)) if self.last else now
