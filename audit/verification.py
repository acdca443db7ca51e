"""Reads the whole audit log and its heads again, and names everything that is not as it was written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from audit.chain import AuditKeys, Head
from audit.heads import is_torn, lines
from stores.audit import BEGINNING, Audit, Seal

#: A sealer that takes over from one that crashed needs several seconds.
GRACE = timedelta(seconds=10)
HEADS_AT_ONCE = 1_000


class Flaw(Enum):
    """What can be wrong, as whoever runs the service reads it."""

    CHANGED = "does not follow from the row before: changed, moved or inserted"
    MISSING = "rows are missing from here on; the next row, which is named, cannot be checked"
    DOUBLE = "a second row stands here"
    UNNUMBERED = "the row's place is no whole number from 1 on: inserted or changed"
    UNSEALED = "was never sealed: inserted, or no service has run since; start one and verify again"
    CUT_TAIL = "rows up to here are missing at the end of the log: a head vouches for them"
    REPLACED = "another row stood here when a head was written"
    FORGED_HEAD = "a line among the heads was changed or forged"
    NO_HEADS = "no heads are kept for this log: a cut tail would not show"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    flaw: Flaw
    seq: object = None
    row: object = None
    line: int | None = None
    """In the file of heads."""


@dataclass(slots=True)
class Verified:
    """How much was found in order, and how much was not."""

    rows: int = 0
    heads: int = 0
    faults: int = 0
    unsealed: int = 0
    """Rows too young to be sealed."""
    torn: int = 0
    """Heads that a kill left half written."""
    headed: int = 0
    """The last seq that a head vouches for: what lies beyond could be cut off unseen."""
    last: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears of each row or head that was read, and of each fault."""

    advanced: Callable[[], None]
    found: Callable[[Fault], None]


class Verification:
    """One reading of the log."""

    def __init__(self, audit: Audit, keys: AuditKeys, watch: Watch) -> None:
        self._audit = audit
        self._keys = keys
        self._watch = watch
        self._verified = Verified()
        self._last = BEGINNING

    async def run(self, heads: Sequence[Path], now: datetime) -> Verified:
        """Verify all rows and then all ``heads``; the service may go on meanwhile."""
        async for row in self._audit.sealed_records():
            self._check_row(row)
            self._watch.advanced()
        self._verified.last = self._last.seq
        for file in heads:
            await self._check_heads(file)
        if self._verified.rows and not self._verified.headed:
            self._found(Flaw.NO_HEADS)
        await self._check_unsealed(now)
        return self._verified

    def _check_row(self, row: dict[str, Any]) -> None:
        seq = row["seq"]
        if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
            return self._found(Flaw.UNNUMBERED, seq, row["_id"])
        if seq == self._last.seq:
            return self._found(Flaw.DOUBLE, seq, row["_id"])
        if seq > self._last.seq + 1:
            self._found(Flaw.MISSING, self._last.seq + 1, row["_id"])
        elif row.get("hash") != self._keys.seal_after(self._last, row).hash:
            self._found(Flaw.CHANGED, seq, row["_id"])
        else:
            self._verified.rows += 1
        # One changed row is one fault: the next is held against the hash that is written here.
        self._last = Seal(seq, str(row.get("hash")))
        return None

    async def _check_heads(self, file: Path) -> None:
        beyond = 0
        numbered = enumerate(lines(file), 1)
        while batch := list(islice(numbered, HEADS_AT_ONCE)):
            heads = list(self._genuine(batch))
            standing = await self._audit.ids_and_hashes(head.seq for head in heads)
            for head in heads:
                self._verified.headed = max(self._verified.headed, head.seq)
                if head.seq in standing:
                    self._check_head(head, *standing[head.seq])
                elif head.seq > self._last.seq:
                    beyond = max(beyond, head.seq)
        if beyond:
            self._found(Flaw.CUT_TAIL, beyond)

    def _check_head(self, head: Head, row: object, written: object) -> None:
        if written == head.hash:
            self._verified.heads += 1
        else:
            self._found(Flaw.REPLACED, head.seq, row)

    def _genuine(self, batch: list[tuple[int, bytes]]) -> Iterator[Head]:
        for number, line in batch:
            self._watch.advanced()
            if is_torn(line):
                self._verified.torn += 1
            elif (head := self._keys.genuine(line)) is not None:
                yield head
            else:
                self._watch.found(Fault(Flaw.FORGED_HEAD, line=number))
                self._verified.faults += 1

    async def _check_unsealed(self, now: datetime) -> None:
        async for row in self._audit.unsealed_records():
            at = row.get("at")
            if isinstance(at, datetime) and now - at < GRACE:
                self._verified.unsealed += 1
            else:
                self._found(Flaw.UNSEALED, None, row["_id"])

    def _found(self, flaw: Flaw, seq: object = None, row: object = None) -> None:
        self._verified.faults += 1
        self._watch.found(Fault(flaw, seq, row))
