"""What an embedded engine is: a program, its folder, its socket, and how to ask whether it is ready."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that Veranda may start for itself; all paths are absolute."""

    program: str
    #: Packages on PyPI that carry the program, best first.
    wheels: tuple[str, ...]
    options: tuple[str, ...]
    folder: Path
    socket: Path
    uri: str
    #: Asks once and never raises for an engine that is away; may do what a fresh engine still needs.
    is_ready: Callable[[], Awaitable[bool]]

    @property
    def log(self) -> Path:
        """What the engine says in this run; the run before is kept beside it."""
        return self.folder / f"{self.program}.log"

    @property
    def record(self) -> Path:
        """Which process serves the folder, so that the next start finds it after a crash."""
        return self.folder / f"{self.program}.json"
