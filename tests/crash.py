"""A service that is killed, by SIGKILL, at one of its writes to MongoDB while it answers one request.

Forked from a server that has everything imported, so that each takes a moment.
"""

import asyncio
import os
import signal
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from accounts.passwords import Passwords
from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from domain.clock_and_random import SystemRandom
from resolvers.context import AppServices
from settings import Settings
from stores.connections import open_stores
from stores.services import Services
from tests.actors import Actor
from tests.clock_and_random import KeptSms, SteppingClock
from web.application import build_application

_WRITES = {"insert", "update", "delete", "findAndModify", "commitTransaction"}
_SECONDS = 60
_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Place:
    """Where a service runs: its engines, its folder, and what time it is there."""

    mongodb_uri: str
    redis_url: str
    secret: str
    folder: Path
    now: datetime


@dataclass(frozen=True)
class SentMutation:
    """A mutation, and the token of the member who sends it."""

    token: str
    mutation: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """At which write the process is killed, counted from 1: before it is sent, or when it is answered."""

    write: int
    side: Literal["before", "after"] = "before"


async def killed_while(place: Place, sent: SentMutation, fault: Fault) -> bool:
    """Send ``sent`` in a process of its own; whether the fault came, and not the answer before it."""
    process = _FORKING.Process(target=_run, args=(place, sent, fault))
    process.start()
    try:
        await asyncio.to_thread(process.join, _SECONDS)
        assert process.exitcode in {0, -signal.SIGKILL}, process.exitcode
        return process.exitcode != 0
    finally:
        process.kill()
        process.join()
        process.close()


def _run(place: Place, sent: SentMutation, fault: Fault) -> None:
    asyncio.run(_carry_out(place, sent, _Killer(fault)))


async def _carry_out(place: Place, sent: SentMutation, killer: "_Killer") -> None:
    clock = SteppingClock()
    clock.moment = place.now
    stores = open_stores(place.mongodb_uri, place.redis_url, place.secret, [killer])
    services, site = Services(stores, clock, SystemRandom()), "https://veranda.example"
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app_services = AppServices(
        services, AccountServices(services, passwords, KeptSms()), ContentServices(services, Site.at(site))
    )
    application = build_application(Settings(data_dir=place.folder, public_url=site), app_services)
    async with TestClient(TestServer(application)) as client:
        await Actor(client, sent.token).manages(sent.mutation, **sent.given)
    passwords.close()
    await stores.close()


class _Killer(CommandListener):
    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._writes = 0

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name in _WRITES:
            self._writes += 1
            self._kill_at("before")

    def succeeded(self, event: CommandSucceededEvent) -> None:
        if event.command_name in _WRITES:
            self._kill_at("after")

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest here."""

    def _kill_at(self, side: str) -> None:
        if (self._writes, side) == (self._fault.write, self._fault.side):
            os.kill(os.getpid(), signal.SIGKILL)
