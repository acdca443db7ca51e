"""Gathers what fields ask for one by one into one call for all of them.

Ours and not strawberry's DataLoader, which makes a future of every id that a batch function reads.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from domain.errors import PublicFault

Key = TypeVar("Key")
Value = TypeVar("Value")
Id = TypeVar("Id", bound=Hashable)


class Asked(NamedTuple, Generic[Key]):
    """What somebody asked for: the values of ``keys``, or the value of the only one."""

    keys: Sequence[Key]
    is_one: bool
    answer: asyncio.Future[Any]


class BatchLoader(Generic[Key, Value]):
    """Calls ``read`` once for all that is asked for in the same moment; its fault is everybody's.

    A fault that is no answer to those who asked is also the fault of all that is asked later.
    """

    def __init__(self, read: Callable[[list[Key]], Awaitable[Sequence[Value]]]) -> None:
        self._read = read
        self._waiting: list[Asked[Key]] = []
        # The event loop itself keeps no hold on a task.
        self._reading: set[asyncio.Task[None]] = set()
        self._fault: Exception | None = None

    def ask(self, key: Key) -> asyncio.Future[Value]:
        """The value that ``read`` answers for ``key``."""
        return self._wait_for([key], is_one=True)

    def ask_all(self, keys: Sequence[Key]) -> asyncio.Future[list[Value]]:
        """The values that ``read`` answers for ``keys``, in their order."""
        return self._wait_for(keys, is_one=False)

    def _wait_for(self, keys: Sequence[Key], *, is_one: bool) -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        if not self._waiting:
            # In two steps: what the tasks that are due now will ask for comes along.
            loop.call_soon(self._begin)
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append(Asked(keys, is_one, answer))
        return answer

    def _begin(self) -> None:
        reading = asyncio.create_task(self._answer())
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)

    async def _answer(self) -> None:
        asked, self._waiting = self._waiting, []
        try:
            values = await self._values([key for one in asked for key in one.keys])
        except asyncio.CancelledError:
            for one in asked:
                one.answer.cancel()
            raise
        except Exception as fault:  # noqa: BLE001 - raised again in every field that waits for it
            for one in asked:
                if not one.answer.done():
                    one.answer.set_exception(fault)
            return
        for one in asked:
            its = list(islice(values, len(one.keys)))
            if not one.answer.done():  # a field is given up where one beside it failed
                one.answer.set_result(its[0] if one.is_one else its)

    async def _values(self, keys: list[Key]) -> Iterator[Value]:
        if self._fault is not None:
            raise self._fault
        try:
            values = await self._read(keys)
        except PublicFault:
            raise
        except Exception as fault:
            # What waits five seconds for an engine that is away must not wait again as the operation is run anew.
            self._fault = fault
            raise
        if len(values) != len(keys):
            raise ValueError(f"{len(values)} values for {len(keys)} keys")
        return iter(values)


class Lookup(Generic[Id, Value]):
    """Finds by id, reading each id once."""

    def __init__(self, read: Callable[[Sequence[Id]], Awaitable[Mapping[Id, Value]]]) -> None:
        async def read_together(askers: list[list[Id]]) -> list[Mapping[Id, Value]]:
            found = await read(list(dict.fromkeys(wanted for ids in askers for wanted in ids)))
            return [found] * len(askers)

        self._batch_loader = BatchLoader(read_together)
        self._reads: dict[Id, asyncio.Future[Mapping[Id, Value]]] = {}

    async def find(self, ids: Sequence[Id]) -> list[Value | None]:
        """What each of ``ids`` names, None where there is nothing."""
        missing = [wanted for wanted in dict.fromkeys(ids) if wanted not in self._reads]
        if missing:
            self._reads |= dict.fromkeys(missing, self._batch_loader.ask(missing))
        for reading in {self._reads[wanted] for wanted in ids}:
            # One who gives up must not take the answer from the others.
            await asyncio.shield(reading)
        return [self._reads[wanted].result().get(wanted) for wanted in ids]

    def bring(self, found: Id, value: Value) -> None:
        """Take ``value`` for what ``found`` names, without reading it."""
        answer: asyncio.Future[Mapping[Id, Value]] = asyncio.get_running_loop().create_future()
        answer.set_result({found: value})
        self._reads[found] = answer
