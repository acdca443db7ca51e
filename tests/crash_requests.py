"""Requests during which the service is killed, before each of their writes: done wholly or not at all, and once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from stores.connections import Stores
from tests.actors import Actor
from tests.crash import Fault, Place, SentMutation, killed_while
from tests.dumps import Dump, changes, dump, put_back

#: Counted so that what happens to a text at once meets there; nobody reads how often.
TURNS = {"edits"}


@dataclass(frozen=True)
class Request:
    """A mutation, as its client sends it once and again."""

    actor: Actor
    mutation: str
    given: dict[str, Any]
    repeated: list[str] = field(default_factory=list)
    """What is told who asks again for what is done."""

    def up_to(self, number: int) -> "Request":
        """The same for the first decisions alone."""
        return replace(self, given={**self.given, "decisions": self.given["decisions"][:number]})

    @property
    def parts(self) -> "list[Request]":
        """What may be done of it, each wholly: one decision after the other, or the one thing."""
        return [self.up_to(number + 1) for number in range(len(self.given.get("decisions", ())))] or [self]

    async def is_sent(self) -> list[str]:
        """The codes of what was in the way."""
        fields = {"decideCases": "results { errors { code } }"}.get(self.mutation, "")
        payload = await self.actor.does(self.mutation, fields, **self.given)
        return [error["code"] for part in (payload, *payload.get("results", ())) for error in part["errors"]]


@dataclass(frozen=True)
class Service:
    """Where requests are sent, and who tells others then what is to be told."""

    stores: Stores
    place: Place
    tells: Callable[[], Awaitable[None]]

    async def does_it_once_however_killed(
        self, request: Request, writes: int, has_ended: Callable[[], Awaitable[None]]
    ) -> None:
        """``has_ended`` looks at what comes of it, which takes so many ``writes`` at least."""
        await self.tells()  # of what was decided before
        before = await dump(self.stores)
        wholes = [made_of(before, before)]
        for part in request.parts:
            await put_back(self.stores, before, await dump(self.stores))
            assert await part.is_sent() == []
            wholes.append(made_of(before, await dump(self.stores)))
        await has_ended()
        await self.tells()
        told = made_of(before, await dump(self.stores))

        left, write = set(), 1
        while await self._is_killed(request, before, Fault(write)):
            left.add(wholes.index(made_of(before, await dump(self.stores))))
            assert await request.is_sent() == [], write
            assert made_of(before, await dump(self.stores)) == wholes[-1], write
            await self.tells()
            assert made_of(before, await dump(self.stores)) == told, write
            write += 1
        assert write > writes
        assert left == set(range(len(wholes) - 1))

        # Done, and whoever asked never heard of it.
        assert await self._is_killed(request, before, Fault(write - 1, "after"))
        assert made_of(before, await dump(self.stores)) == wholes[-1]
        assert await request.is_sent() == request.repeated
        assert made_of(before, await dump(self.stores)) == wholes[-1]
        await self.tells()
        assert made_of(before, await dump(self.stores)) == told

    async def _is_killed(self, request: Request, before: Dump, fault: Fault) -> bool:
        await put_back(self.stores, before, await dump(self.stores))
        sent = SentMutation(request.actor.token or "", request.mutation, request.given)
        was_killed = await killed_while(self.place, sent, fault)
        # MongoDB gives up by itself, after some seconds, what a process left under way that is gone.
        await self.stores.database.client.admin.command("killAllSessions", [])
        return was_killed


def made_of(before: Dump, after: Dump) -> list[str]:
    """What differs, in an order of its own; the same where it differs by moments and by ids that were made up alone."""
    made_up = {key for _, key in after.keys() - before.keys()}

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: plain(each) for name, each in sorted(value.items())}
        if isinstance(value, list):
            return [plain(each) for each in value]
        if isinstance(value, datetime):
            return "a moment"
        return "made up" if value in made_up else value

    differs = {
        each: {name: value for name, value in fields.items() if name not in TURNS}
        for each, fields in changes(before, after).items()
    }
    return sorted(f"{name} {plain(key)} {plain(fields)}" for (name, key), fields in differs.items() if fields)
