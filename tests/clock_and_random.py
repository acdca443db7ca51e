"""Time and randomness that tests hold in their hands, and an SMS gateway that keeps what it is given."""

import base64
import random
from datetime import UTC, datetime, timedelta

from accounts.sms import CodeMessage

#: In the future by the machine's own clock, by which MongoDB takes away what has expired.
START = datetime(2126, 3, 1, 8, 0, tzinfo=UTC)


class SteppingClock:
    """Moves on by a millisecond with every look, so that nothing happens at the same time."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def advance(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


class SeededRandom:
    """The same values in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def token(self, byte_count: int) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(byte_count)).rstrip(b"=").decode()

    def digits(self, count: int) -> str:
        return "".join(self._random.choices("0123456789", k=count))


class KeptSms:
    """Keeps every message."""

    def __init__(self) -> None:
        self.messages: list[CodeMessage] = []

    async def send(self, message: CodeMessage) -> None:
        self.messages.append(message)

    def last_code(self, phone: str) -> str:
        return next(message.code for message in reversed(self.messages) if message.phone == phone)
