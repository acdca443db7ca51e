"""How one-time codes reach a phone: by the operator's webhook, or into a file while developing."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import aiohttp
import orjson
import structlog

from stores.audit import rfc3339

log = structlog.get_logger()

WEBHOOK_TIMEOUT = aiohttp.ClientTimeout(total=5)


class DeliveryFailed(Exception):
    """The webhook did not take the message."""


@dataclass(frozen=True, slots=True)
class CodeMessage:
    """What is sent."""

    phone: str
    purpose: str
    code: str
    at: datetime

    def as_json(self) -> bytes:
        """``{"phone", "purpose", "code", "at"}``, ``at`` in RFC 3339."""
        fields = {"phone": self.phone, "purpose": self.purpose, "code": self.code}
        return orjson.dumps({**fields, "at": rfc3339(self.at)})


class Sms(Protocol):
    """Sends codes."""

    async def send(self, message: CodeMessage) -> None:
        """Hand ``message`` over. Raises DeliveryFailed."""
        ...


class WebhookSms:
    """Posts each message as JSON to the address in VERANDA_SMS_WEBHOOK."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def send(self, message: CodeMessage) -> None:
        headers = {"Content-Type": "application/json"}
        try:
            async with (
                aiohttp.ClientSession(timeout=WEBHOOK_TIMEOUT) as client,
                client.post(self._url, data=message.as_json(), headers=headers, allow_redirects=False) as response,
            ):
                if response.status >= 300:
                    raise DeliveryFailed(f"the SMS webhook answered {response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DeliveryFailed("the SMS webhook is out of reach") from error


class FileSms:
    """Writes each message to the log and as a line to a file, for machines without a gateway; never in production."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def send(self, message: CodeMessage) -> None:
        log.info("code instead of an SMS", phone=message.phone, purpose=message.purpose, code=message.code)
        await asyncio.to_thread(append_line, self._file, message.as_json() + b"\n")


def append_line(file: Path, line: bytes) -> None:
    """Add a line to a file that its owner alone reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with file.open("ab") as lines:
        lines.write(line)
