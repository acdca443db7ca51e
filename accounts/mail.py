"""How letters reach an e-mail address: by the operator's webhook, or into a file while developing."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import aiohttp
import orjson
import structlog

from accounts.sms import WEBHOOK_TIMEOUT, DeliveryFailed, append_line
from stores.audit import rfc3339

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MailMessage:
    """What is sent; ``id`` is the same whenever the same letter is handed over again."""

    id: str
    to: str
    subject: str
    text: str
    at: datetime

    def as_json(self) -> bytes:
        """``{"id", "to", "subject", "text", "at"}``, ``at`` in RFC 3339."""
        fields = {"id": self.id, "to": self.to, "subject": self.subject, "text": self.text}
        return orjson.dumps({**fields, "at": rfc3339(self.at)})


class Mail(Protocol):
    """Sends letters."""

    async def send(self, message: MailMessage) -> None:
        """Hand ``message`` over. Raises DeliveryFailed."""
        ...


class WebhookMail:
    """Posts each letter as JSON to the address in VERANDA_MAIL_WEBHOOK, its id also as the Idempotency-Key."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def send(self, message: MailMessage) -> None:
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        try:
            async with (
                aiohttp.ClientSession(timeout=WEBHOOK_TIMEOUT) as client,
                client.post(self._url, data=message.as_json(), headers=headers, allow_redirects=False) as response,
            ):
                if response.status >= 300:
                    raise DeliveryFailed(f"the mail webhook answered {response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DeliveryFailed("the mail webhook is out of reach") from error


class FileMail:
    """Writes each letter as a line to a file, for machines without a gateway; never in production."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def send(self, message: MailMessage) -> None:
        log.info("letter instead of an e-mail", letter=message.id)
        await asyncio.to_thread(append_line, self._file, message.as_json() + b"\n")
