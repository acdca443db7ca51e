"""Notes what is written to MongoDB: in which transaction, or in none."""

from dataclasses import dataclass, field

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

_WRITES = ("insert", "update", "delete", "findAndModify")


@dataclass
class Writes(CommandListener):
    """Every write since the last ``forget``."""

    alone: list[str] = field(default_factory=list)
    """The collections of writes outside of transactions, in order."""
    commits: int = 0
    """The transactions that were committed."""

    def forget(self) -> None:
        self.alone.clear()
        self.commits = 0

    def started(self, event: CommandStartedEvent) -> None:
        is_alone = event.command.get("autocommit") is not False
        if event.command_name in _WRITES and is_alone:
            self.alone.append(event.command[event.command_name])
        if event.command_name == "commitTransaction":
            self.commits += 1

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest here."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest here."""


WRITES = Writes()
