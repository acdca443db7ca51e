"""Batches: what some rows come to, written whole or not at all, so that an import can be cut off anywhere.

Ids are random, so what was imported is known by a claim, ``board:kind:number``, written together with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from accounts.create_members import create_members
from content.links import Site
from content.services import ContentServices
from domain.audience import Audience
from domain.content import Board, CommentRecord, PostRecord
from domain.members import MemberRecord
from importer.rows import Fault, Place
from stores.transactions import Transaction
from stores.unique_keys import TakenKey, UniqueKey

USER = "user"
NAME = "name"
POST = "post"
COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a dump goes; one board takes one site's dump."""

    services: ContentServices
    board: Board
    audience: Audience
    """Who sees its questions, and so all that hangs under them."""
    site: Site
    """This one, to texts that were written where the dump is from."""

    def key(self, kind: str, number: str) -> str:
        """What is claimed for the row by this number."""
        return f"{self.board.slug}:{kind}:{number}"

    async def made_of(self, kind: str, numbers: Iterable[str]) -> Mapping[str, str]:
        """The ids of what was made of the rows by these numbers, here or in an earlier run."""
        keys = {self.key(kind, number): number for number in numbers}
        held = await self.services.core.stores.unique_keys.find_many(UniqueKey.IMPORT, keys)
        return {keys[key]: claimed.holder for key, claimed in held.items()}


@dataclass(slots=True)
class Batch:
    """What some rows come to; filled once, then written."""

    imports: dict[str, TakenKey] = field(default_factory=dict)
    handles: dict[str, TakenKey] = field(default_factory=dict)
    members: list[MemberRecord] = field(default_factory=list)
    posts: list[PostRecord] = field(default_factory=list)
    comments: list[CommentRecord] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    there_already: int = 0

    def leave_out(self, place: Place, reason: object, part: str | None = None) -> None:
        self.faults.append(Fault(place, str(reason), part))


class Numbered(Protocol):
    """A row that can be known again."""

    @property
    def number(self) -> str: ...


NumberedRow = TypeVar("NumberedRow", bound=Numbered)


async def unseen(destination: Destination, kind: str, rows: Sequence[NumberedRow], batch: Batch) -> list[NumberedRow]:
    """Those of ``rows`` of which nothing was made yet, each number once."""
    made = await destination.made_of(kind, (row.number for row in rows))
    fresh = {row.number: row for row in reversed(rows) if row.number not in made}
    batch.there_already += len(rows) - len(fresh)
    return [row for row in rows if fresh.get(row.number) is row]


async def write(destination: Destination, batch: Batch) -> None:
    """All of ``batch`` or nothing. Raises AlreadyClaimed where somebody else took a name meanwhile."""
    if not batch.imports:
        return
    stores = destination.services.core.stores

    async def insert(transaction: Transaction) -> None:
        await stores.unique_keys.take_many(UniqueKey.IMPORT, batch.imports, transaction)
        await stores.unique_keys.take_many(UniqueKey.HANDLE, batch.handles, transaction)
        await create_members(stores, batch.members, transaction)
        await stores.posts.insert_many(batch.posts, transaction)
        await stores.comments.insert_many(batch.comments, transaction)
        counts = Counter((comment.post_id, comment.audience) for comment in batch.comments)
        await stores.posts.count_comments(counts, transaction)

    await stores.transactions.run(insert)
