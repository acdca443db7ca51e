"""Builds the services from the settings, once, for the server and for the commands."""

import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from accounts.blocks import settle_unsettled
from accounts.mail import FileMail, WebhookMail
from accounts.mail_worker import mail_worker
from accounts.passwords import Passwords
from accounts.services import AccountServices
from accounts.sms import FileSms, Sms, WebhookSms
from audit.chain import AuditKeys
from audit.heads import heads_file
from audit.sealing import sealing_worker
from content.links import Site
from content.posts import sweep_threads
from content.services import ContentServices
from domain.clock_and_random import SystemClock, SystemRandom
from moderation.notification_worker import notification_worker
from resolvers.context import AppServices
from settings import Settings
from stores.connections import Stores, open_stores
from stores.engines import Engines
from stores.migrations import migrate, pending
from stores.services import Services

SECRET_BYTES = 48


def build_services(settings: Settings, stores: Stores) -> AppServices:
    """Everything that use cases work with, on the machine's own clock and randomness."""
    services = Services(stores, SystemClock(), SystemRandom())
    return AppServices(
        services,
        AccountServices(services, Passwords(), _sms(settings)),
        ContentServices(services, Site.at(settings.site_url)),
    )


@asynccontextmanager
async def open_services(settings: Settings, engines: Engines) -> AsyncIterator[AppServices]:
    """Open the services on running engines, with stored data migrated to this version. Close them afterwards."""
    stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings))
    try:
        if await pending(stores.database):
            await migrate(stores.database, SystemClock(), SystemRandom())
        await stores.prepare()
        services = build_services(settings, stores)
        await finish_what_was_begun(services.core)
        try:
            yield services
        finally:
            services.accounts.passwords.close()
    finally:
        await stores.close()


async def finish_what_was_begun(services: Services) -> None:
    """Bring to an end what is done in many steps and was cut off between two of them."""
    await settle_unsettled(services)
    await sweep_threads(services)


@asynccontextmanager
async def running_workers(settings: Settings, services: Services) -> AsyncIterator[None]:
    """Run the workers until the block ends: each in this process, or in another one that holds its lease."""
    webhook, file = settings.mail_webhook, settings.data_dir / "outbox" / "mail.jsonl"
    mail = WebhookMail(webhook) if webhook else FileMail(file)
    # The sealer is the last to stop: the others write audit rows, too.
    async with (
        sealing_worker(services, AuditKeys(secret_of(settings)), heads_file(settings.data_dir)).running(),
        mail_worker(services, mail, settings.site_url).running(),
        notification_worker(services).running(),
    ):
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
