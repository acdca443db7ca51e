"""The privacy statement: its versions, their texts and digests, and whether the current one was accepted."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import ErrorCode, refusal
from domain.language import Language
from domain.messages import Message

_FOLDER = Path(__file__).parent / "statement"
_NAME = re.compile(r"(?P<version>\d{4}-\d{2}-\d{2})\.(?P<language>zh|en)\.md")


@dataclass(frozen=True, slots=True)
class PrivacyStatement:
    """One version in one language. A version is the day it was published, YYYY-MM-DD."""

    version: str
    published_at: datetime
    text: str
    sha256: str


def statement(version: str | None, language: Language) -> PrivacyStatement | None:
    """The given version, or the current one; None where there never was such a version."""
    return _STATEMENTS.get((version or CURRENT_VERSION, language))


def check_accepted(version: str) -> None:
    """Refuse where what was accepted is not what is in force."""
    if version != CURRENT_VERSION:
        raise refusal(
            ErrorCode.STATEMENT_NOT_ACCEPTED,
            Message.STATEMENT_NOT_ACCEPTED,
            "acceptedStatement",
            version=CURRENT_VERSION,
        )


def _read() -> Mapping[tuple[str, Language], PrivacyStatement]:
    found = {}
    for file in sorted(_FOLDER.glob("*.md")):
        if name := _NAME.fullmatch(file.name):
            text = file.read_text(encoding="utf-8")
            version = name["version"]
            published_at = datetime.fromisoformat(version).replace(tzinfo=UTC)
            digest = hashlib.sha256(text.encode()).hexdigest()
            found[version, Language(name["language"])] = PrivacyStatement(version, published_at, text, digest)
    return found


_STATEMENTS = _read()
CURRENT_VERSION = max(version for version, _ in _STATEMENTS)
