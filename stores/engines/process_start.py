"""When a process began, which with its pid names it for good."""

import shutil
import subprocess
from pathlib import Path

PROC = Path("/proc")
BOOT_ID = PROC / "sys/kernel/random/boot_id"
STATE, START_TICKS = 0, 19  # counted after the command's closing bracket, see proc_pid_stat(5)


def start_of(pid: int) -> str | None:
    """A mark of when ``pid`` began, equal only for one process; None where it has ended."""
    return _from_proc(pid) if BOOT_ID.exists() else _from_ps(pid)


def _from_proc(pid: int) -> str | None:
    try:
        # The command stands in brackets and may itself hold brackets and blanks.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if fields[STATE] in {"Z", "X"}:  # ended; where process 1 collects no orphans they stay listed
        return None
    # Ticks count from the boot, and early processes begin alike after each.
    return f"{BOOT_ID.read_text().strip()}/{fields[START_TICKS]}"


def _from_ps(pid: int) -> str | None:
    """For macOS, which has no /proc; to the second."""
    listed = subprocess.run(  # noqa: S603 - a fixed program and a number
        [shutil.which("ps") or "/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, started = listed.stdout.strip().partition(" ")
    return started.strip() if started and not state.startswith("Z") else None
