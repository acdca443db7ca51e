"""The data folder: one service at a time holds it, and the sockets lie in it or, where it is too deep, nearby."""

import fcntl
import json
import os
import shutil
import socket
import stat
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from stores.engines.failure import DataDirInUse, EnginesUnavailable

PRIVATE = 0o700
LOCK = "service.lock"
SOCKETS = "sockets"
SOCKETS_ELSEWHERE = "sockets.json"
LONGEST_SOCKET_NAME = "mongod.sock"


def claim(data_dir: Path, held: AsyncExitStack) -> None:
    """Hold ``data_dir`` until ``held`` closes or the process ends, however it ends.

    Raises ``DataDirInUse`` where another service holds it.
    """
    home = data_dir.resolve()
    home.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    # The kernel releases the lock with the last descriptor; the engines inherit none.
    lock = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode() or "unknown"
        os.close(lock)
        raise DataDirInUse(data_dir, holder) from None
    held.callback(os.close, lock)
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    held.callback(_leave_no_sockets_elsewhere, home)


def folder_in(data_dir: Path, name: str) -> Path:
    """The folder ``name`` in ``data_dir``, made where it is missing, open to its owner alone."""
    folder = data_dir.resolve() / name
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return folder


def sockets_of(data_dir: Path) -> Path:
    """The folder for the sockets: in ``data_dir``, or where its path is too long for one, a short private one."""
    folder = folder_in(data_dir, SOCKETS)
    return folder if _can_hold_sockets(folder) else _sockets_elsewhere(data_dir.resolve())


def _can_hold_sockets(folder: Path) -> bool:
    """Try it: the longest path differs between systems, and some shared file systems hold no sockets at all."""
    trial = folder / ("t" * len(LONGEST_SOCKET_NAME))
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(str(trial))
        except OSError:
            return False
        finally:
            trial.unlink(missing_ok=True)
    return True


def _sockets_elsewhere(home: Path) -> Path:
    if recorded := _recorded(home):
        return recorded
    folder = Path(tempfile.mkdtemp(prefix="veranda-"))
    if not _can_hold_sockets(folder):
        folder.rmdir()
        raise EnginesUnavailable(f"Neither {home} nor {folder.parent} can hold a unix socket; a shorter path may.")
    (home / SOCKETS_ELSEWHERE).write_text(json.dumps({"home": str(home), "sockets": str(folder)}))
    return folder


def _recorded(home: Path) -> Path | None:
    """The folder that an earlier start chose, unless ``home`` is a copy, or others may have touched the folder."""
    try:
        written = json.loads((home / SOCKETS_ELSEWHERE).read_text())
        folder = Path(written["sockets"])
        found = folder.lstat()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == PRIVATE and found.st_uid == os.geteuid()
    return folder if is_private and written.get("home") == str(home) else None


def _leave_no_sockets_elsewhere(home: Path) -> None:
    if folder := _recorded(home):
        shutil.rmtree(folder, ignore_errors=True)
        (home / SOCKETS_ELSEWHERE).unlink()
