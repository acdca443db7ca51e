"""Where time and randomness come from, so that two runs can be compared byte for byte."""

import secrets
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present in UTC, in whole milliseconds, as the database keeps it."""
        ...


class RandomSource(Protocol):
    """Gives unpredictable bytes, text and digits."""

    def token(self, byte_count: int) -> str:
        """``byte_count`` random bytes as URL-safe base64 without padding."""
        ...

    def digits(self, count: int) -> str:
        """``count`` random decimal digits."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemRandom:
    """The machine's cryptographic randomness."""

    def token(self, byte_count: int) -> str:
        return secrets.token_urlsafe(byte_count)

    def digits(self, count: int) -> str:
        return "".join(secrets.choice("0123456789") for _ in range(count))
