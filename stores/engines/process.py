"""An engine's process: started apart from the terminal, written down, found again after a crash, stopped."""

import asyncio
import json
import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stores.engines.engine import Engine
from stores.engines.process_start import start_of

#: What a process is asked, and the seconds it has to follow. A mongod ends in one second, or later while it writes.
LAST_WORDS = ((signal.SIGTERM, 15), (signal.SIGKILL, 5))
GLANCE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """A process that serves an engine's folder, started here or found from before."""

    pid: int
    #: From ``start_of``: a pid alone may have passed to a stranger, who must not be adopted or stopped.
    started: str
    record: Path
    child: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        """Whether this very process, and no later one with its pid, still runs."""
        if self.child is not None and self.child.poll() is not None:
            return False
        return start_of(self.pid) == self.started

    async def stop(self) -> None:
        """End the process, politely first, and its record with it."""
        for word, patience in LAST_WORDS:
            if self.is_running():
                _signal(self.pid, word)
            if await self._ends_within(patience):
                self._forget()
                return

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.is_running():  # noqa: ASYNC110 - nothing tells of a process that is not a child
                    await asyncio.sleep(GLANCE_SECONDS)
        return not self.is_running()

    def _forget(self) -> None:
        if self.child is not None:
            self.child.wait()  # it has ended, and leaves the list of processes only now
        self.record.unlink(missing_ok=True)


def launch(engine: Engine, program: Path) -> EngineProcess:
    """Start ``program`` for ``engine`` in a session of its own, so that Ctrl-C reaches the service alone."""
    if engine.log.exists():
        engine.log.replace(engine.log.with_suffix(".log.previous"))
    engine.socket.unlink(missing_ok=True)
    with engine.log.open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - the program was found by us, the options are constants and our paths
            [program, *engine.options],
            cwd=engine.socket.parent,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    process = EngineProcess(child.pid, start_of(child.pid) or "ended", engine.record, child)
    written = {"pid": process.pid, "started": process.started, "folder": str(engine.folder)}
    engine.record.write_text(json.dumps(written))
    return process


def find_running(engine: Engine) -> EngineProcess | None:
    """The process that an earlier start left running for ``engine``, if there is one."""
    try:
        written = json.loads(engine.record.read_text())
        process = EngineProcess(int(written["pid"]), str(written["started"]), engine.record)
    except (OSError, ValueError, KeyError, TypeError):  # missing, or half written when the power went
        return None
    # A copied data folder brings a record of the original's process along.
    is_ours = written.get("folder") == str(engine.folder)
    return process if is_ours and process.is_running() else None


def _signal(pid: int, word: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, word)


def _environment() -> dict[str, str]:
    """The service's own, without its secrets, and with a locale that every mongod accepts."""
    return {name: value for name, value in os.environ.items() if not name.startswith("VERANDA_")} | {"LC_ALL": "C"}
