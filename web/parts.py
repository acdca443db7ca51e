"""Builds the house's parts from the settings, once, for the server and the command line alike."""

import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from accounts.blocking import settle_unsettled
from accounts.delivery import FileSms, Sms, WebhookSms
from accounts.desk import Desk
from accounts.mail import FileMail, WebhookMail
from accounts.passwords import Passwords
from accounts.relaying import relaying
from content.desk import ContentDesk
from content.links import Site
from content.posts import sweep_threads
from domain.sources import SystemClock, SystemRandom
from moderation.chain import AuditKeys
from moderation.heads import heads_file
from moderation.sealing import sealing
from resolvers.context import Desks
from settings import Settings
from stores.connections import Stores, open_stores
from stores.engines import Engines
from stores.house import House
from stores.migrations import migrate, pending

SECRET_BYTES = 48


def build_desks(settings: Settings, stores: Stores) -> Desks:
    """Everything that use cases work with, on the machine's own clock and randomness."""
    house = House(stores, SystemClock(), SystemRandom())
    return Desks(house, Desk(house, Passwords(), _sms(settings)), ContentDesk(house, Site.at(settings.site_url)))


@asynccontextmanager
async def open_desks(settings: Settings, engines: Engines) -> AsyncIterator[Desks]:
    """The desks over running engines, with stored data brought up to this version; closed afterwards."""
    stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
    try:
        if await pending(stores.database):
            await migrate(stores.database, SystemClock(), SystemRandom())
        await stores.prepare()
        desks = build_desks(settings, stores)
        await finish_what_was_begun(desks.house)
        try:
            yield desks
        finally:
            desks.accounts.passwords.close()
    finally:
        await stores.close()


async def finish_what_was_begun(house: House) -> None:
    """Bring to an end what is done in many steps and was cut off between two of them."""
    await settle_unsettled(house)
    await sweep_threads(house)


@asynccontextmanager
async def relayed_letters(settings: Settings, house: House) -> AsyncIterator[None]:
    """Letters are delivered meanwhile, by this process or another one of the house."""
    webhook, file = settings.mail_webhook, settings.data_dir / "outbox" / "mail.jsonl"
    async with relaying(house, WebhookMail(webhook) if webhook else FileMail(file), settings.site_url):
        yield


@asynccontextmanager
async def sealed_audit(settings: Settings, house: House) -> AsyncIterator[None]:
    """The audit log is sealed meanwhile, by this process or another one of the house."""
    async with sealing(house, AuditKeys(secret_of(settings)), heads_file(settings.data_dir)):
        yield


def settle_memory() -> None:
    """Keep the collector off what stays: pages make many objects, and each pass would visit all that was built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


def secret_of(settings: Settings) -> str:
    """VERANDA_SECRET_KEY; without it one that is made on first run and kept in the data directory."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    file = settings.data_dir / "secret.key"
    if not file.exists():
        _keep_new_secret(file)
    return file.read_text(encoding="ascii")


def _keep_new_secret(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(SECRET_BYTES), encoding="ascii")
    # Whole or not at all: half a key would seal what the whole one can't open.
    draft.rename(file)


def _sms(settings: Settings) -> Sms:
    if settings.sms_webhook:
        return WebhookSms(settings.sms_webhook)
    return FileSms(settings.data_dir / "outbox" / "sms.jsonl")
