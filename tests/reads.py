"""Counts what is read from MongoDB, and asks MongoDB how it was done."""

from dataclasses import dataclass, field
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

_READS = ("find", "aggregate", "count", "distinct")
_SENT_ALONG = ("lsid", "$clusterTime", "$readPreference", "txnNumber", "$db", "writeConcern")
_SESSION_FIELDS = ("lsid", "$clusterTime", "$readPreference", "txnNumber", "$db", "readConcern")


@dataclass
class Read:
    """One read as it was sent."""

    collection: str
    command: dict[str, Any]
    concern: str | None
    """The read concern that it asked for, if any."""

    async def brings(self, database: AsyncDatabase) -> int:
        """How many documents it is answered with, of as many as come at once."""
        answer = await database.command(self.command)
        return len(answer["cursor"]["firstBatch"])

    async def explained(self, database: AsyncDatabase) -> "Explanation":
        """How MongoDB carries it out."""
        answer = await database.command({"explain": self.command, "verbosity": "executionStats"})
        found = Explanation()
        found.gather(answer)
        return found


@dataclass
class Explanation:
    """What all stages of a plan examined, and which stages there are."""

    stages: set[str] = field(default_factory=set)
    keys_examined: int = 0
    docs_examined: int = 0
    returned: int = 0

    def gather(self, part: Any) -> None:
        """Walk the explain output: a plan's own statistics, and those inside each $lookup."""
        if isinstance(part, list):
            for each in part:
                self.gather(each)
        elif isinstance(part, dict):
            self._note(part)
            for key, value in part.items():
                if key not in {"rejectedPlans", "command"}:
                    self.gather(value)

    def _note(self, part: dict[str, Any]) -> None:
        statistics = part.get("executionStats")
        if statistics:
            self.keys_examined += statistics["totalKeysExamined"]
            self.docs_examined += statistics["totalDocsExamined"]
            self.returned += statistics["nReturned"]
        if "$lookup" in part and "totalKeysExamined" in part:
            self.keys_examined += part["totalKeysExamined"]
            self.docs_examined += part["totalDocsExamined"]
            self.stages |= {"COLLSCAN"} if part["collectionScans"] else {"IXSCAN"}
        if isinstance(part.get("stage"), str):
            self.stages.add(part["stage"])


class Reads(CommandListener):
    """Every read since the last ``forget``."""

    def __init__(self) -> None:
        self.all: list[Read] = []
        self.changes: list[dict[str, Any]] = []
        """What looks for one document to change it, as it was sent."""

    def forget(self) -> None:
        self.all.clear()
        self.changes.clear()

    @property
    def collections(self) -> list[str]:
        """What was read, in order; a database-level aggregate by the collection it looks up in."""
        return [read.collection for read in self.all]

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name == "findAndModify":
            self.changes.append({name: value for name, value in event.command.items() if name not in _SENT_ALONG})
        if event.command_name in _READS:
            command = {name: value for name, value in event.command.items() if name not in _SESSION_FIELDS}
            target = command[event.command_name]
            if target == 1:
                target = next(stage["$lookup"]["from"] for stage in command["pipeline"] if "$lookup" in stage)
            self.all.append(Read(target, command, event.command.get("readConcern", {}).get("level")))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest here."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest here."""


READS = Reads()
