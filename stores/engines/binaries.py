"""Finds a program that runs here: on PATH first, then in an installed wheel, whose code is never imported."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from stores.engines.failure import EnginesUnavailable

VERSION_SECONDS = 20


async def find_runnable(program: str, wheels: tuple[str, ...]) -> Path:
    """The first copy of ``program`` that tells its version.

    Raises ``EnginesUnavailable`` with what is wrong with each copy.
    """
    complaints = []
    for copy in _copies(program, wheels):
        complaint = await asyncio.to_thread(_why_not_runnable, copy)
        if complaint is None:
            return copy
        complaints.append(f"{copy}: {complaint}")
    found = "; ".join(complaints) or f"none on PATH, none in {' or '.join(wheels)}"
    raise EnginesUnavailable(f"No {program} runs on this machine ({found}).")


def _copies(program: str, wheels: tuple[str, ...]) -> Iterator[Path]:
    if on_path := shutil.which(program):
        # Links stay: a snap's program is a link whose name decides what runs.
        yield Path(on_path).absolute()
    for wheel in wheels:
        yield from _in_wheel(wheel, program)


def _in_wheel(wheel: str, program: str) -> list[Path]:
    try:
        files = metadata.files(wheel) or []
    except metadata.PackageNotFoundError:
        return []
    return [Path(str(file.locate())).absolute() for file in files if file.name == program]


def _why_not_runnable(copy: Path) -> str | None:
    """A wheel may be for another system, or lack a library such as libcurl: only running it tells."""
    try:
        told = subprocess.run(  # noqa: S603 - the program was found by us
            [copy, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=VERSION_SECONDS, check=False
        )
    except OSError as failure:
        return failure.strerror or str(failure)
    except subprocess.TimeoutExpired:
        return f"did not tell its version in {VERSION_SECONDS} seconds"
    return None if told.returncode == 0 else _last_line(told.stderr) or f"ended with status {told.returncode}"


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
