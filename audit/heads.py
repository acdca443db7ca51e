"""The file in which the heads of the audit chain are kept, outside the database: a line a head, only ever added to."""

import os
from collections.abc import Iterator
from pathlib import Path

from audit.chain import AuditKeys, Head

#: Enough for many lines; the last ones may be torn.
TAIL_BYTES = 4096


def heads_file(data_dir: Path) -> Path:
    return data_dir / "audit" / "heads.jsonl"


def append(file: Path, head: Head) -> None:
    """Add ``head``, on the disk when this returns. Half a line that a kill left behind stays a line of its own."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        _write_all(descriptor, b"\n" * is_torn + head.as_line())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _keep_name(file.parent)


def last_head(file: Path, keys: AuditKeys) -> Head | None:
    """The last genuine one among the last lines."""
    if not file.exists():
        return None
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - TAIL_BYTES))
        lines = opened.read().splitlines()
    return next((head for line in reversed(lines) if (head := keys.genuine(line))), None)


def lines(file: Path) -> Iterator[bytes]:
    """Every line with its end, empty ones left out; none where there is no file."""
    if file.exists():
        with file.open("rb") as opened:
            yield from (line for line in opened if line.strip())


def is_torn(line: bytes) -> bool:
    """Whether a kill while writing can have left ``line`` so: it has a head's beginning and lacks its end."""
    return not line.rstrip().endswith(b"}")


def _write_all(descriptor: int, text: bytes) -> None:
    while text:
        text = text[os.write(descriptor, text) :]


def _keep_name(folder: Path) -> None:
    """A new file is found again after a power cut only when its folder is on the disk too."""
    for each in (folder, folder.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
