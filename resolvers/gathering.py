"""Gathers what fields ask for one by one into one call for all of them.

Ours and not strawberry's DataLoader, which makes a future of every id that a batch function reads.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
Id = TypeVar("Id", bound=Hashable)


class Gathering(Generic[Key, Value]):
    """Calls ``read`` once for all that is asked for in the same moment; its fault is everybody's."""

    def __init__(self, read: Callable[[list[Key]], Awaitable[Sequence[Value]]]) -> None:
        self._read = read
        self._waiting: list[tuple[Key, asyncio.Future[Value]]] = []
        # The event loop itself keeps no hold on a task.
        self._reading: set[asyncio.Task[None]] = set()

    def ask(self, key: Key) -> asyncio.Future[Value]:
        """The value that ``read`` answers for ``key``."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            # In two steps: what the tasks that are due now will ask for comes along.
            loop.call_soon(self._begin)
        answer: asyncio.Future[Value] = loop.create_future()
        self._waiting.append((key, answer))
        return answer

    def _begin(self) -> None:
        reading = asyncio.create_task(self._answer())
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)

    async def _answer(self) -> None:
        asked, self._waiting = self._waiting, []
        try:
            values = await self._read([key for key, _ in asked])
            answers = list(zip(asked, values, strict=True))
        except asyncio.CancelledError:
            for _, answer in asked:
                answer.cancel()
            raise
        except Exception as fault:  # noqa: BLE001 - raised again in every field that waits for it
            for _, answer in asked:
                if not answer.done():
                    answer.set_exception(fault)
            return
        for (_, answer), value in answers:
            if not answer.done():  # a field is given up where one beside it failed
                answer.set_result(value)


class Lookup(Generic[Id, Value]):
    """Finds by id, reading each id once."""

    def __init__(self, read: Callable[[Sequence[Id]], Awaitable[Mapping[Id, Value]]]) -> None:
        async def read_together(askers: list[list[Id]]) -> list[Mapping[Id, Value]]:
            found = await read(list(dict.fromkeys(wanted for ids in askers for wanted in ids)))
            return [found] * len(askers)

        self._gathering = Gathering(read_together)
        self._reads: dict[Id, asyncio.Future[Mapping[Id, Value]]] = {}

    async def find(self, ids: Sequence[Id]) -> list[Value | None]:
        """What each of ``ids`` names, None where there is nothing."""
        missing = [wanted for wanted in dict.fromkeys(ids) if wanted not in self._reads]
        if missing:
            self._reads |= dict.fromkeys(missing, self._gathering.ask(missing))
        for reading in {self._reads[wanted] for wanted in ids}:
            # One who gives up must not take the answer from the others.
            await asyncio.shield(reading)
        return [self._reads[wanted].result().get(wanted) for wanted in ids]

    def bring(self, found: Id, value: Value) -> None:
        """Take ``value`` for what ``found`` names, without reading it."""
        answer: asyncio.Future[Mapping[Id, Value]] = asyncio.get_running_loop().create_future()
        answer.set_result({found: value})
        self._reads[found] = answer
