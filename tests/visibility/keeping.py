"""Keeps what is stored of a world, to bring back what somebody's acts have changed in it."""

from typing import Any

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo import DeleteMany, InsertOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

_WRITES = {"insert", "update", "delete", "findAndModify"}


class Writes(CommandListener):
    """The collections that were written to."""

    def __init__(self) -> None:
        self.collections: set[str] = set()

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name in _WRITES:
            self.collections.add(event.command[event.command_name])

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest here."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest here."""


class Kept:
    """Every collection of a database as it was when it was taken down."""

    def __init__(self, database: AsyncDatabase[Any], writes: Writes) -> None:
        # Written as durably as the service writes: what it reads of one moment is what a majority holds.
        self._database = database.with_options(CodecOptions(document_class=RawBSONDocument))
        self._writes = writes
        self._rows: dict[str, list[RawBSONDocument]] = {}

    async def take(self) -> None:
        """Take down what is there now."""
        names = [name for name in await self._database.list_collection_names() if not name.startswith("system.")]
        self._rows = {name: await self._database[name].find().to_list() for name in names}
        self._writes.collections.clear()

    async def bring_back(self) -> None:
        """Let those collections that were written to since be as they were; the others are."""
        for name in sorted(self._writes.collections):
            inserts = [InsertOne(row) for row in self._rows.get(name, [])]
            await self._database[name].bulk_write([DeleteMany({}), *inserts])
        self._writes.collections.clear()
