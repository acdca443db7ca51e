"""Serves the application on loopback, with the handlers written by hand beside the GraphQL endpoint."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from pymongo.monitoring import CommandListener

from bench.by_hand import ByHand
from settings import Settings
from stores.codecs import Document
from stores.connections import open_stores
from stores.engines import Engines
from web.application import build_application
from web.composition import build_services, secret_of, settle_memory


@asynccontextmanager
async def serving(
    settings: Settings,
    engines: Engines,
    *,
    listeners: Sequence[CommandListener] = (),
    reads: Mapping[bool, Sequence[Document]] | None = None,
) -> AsyncIterator[str]:
    """The address of the served application.

    ``listeners`` hear what it asks of MongoDB, which costs time. ``reads`` are what /reads-alone sends, by whether
    somebody is signed in.
    """
    stores = open_stores(engines.mongodb_uri, engines.redis_url, secret_of(settings), listeners)
    app_services = build_services(settings, stores)

    async def reads_alone(request: web.Request) -> web.Response:
        for command in (reads or {})["Authorization" in request.headers]:
            await stores.database.command(command, codec_options=stores.database.codec_options)
        return web.Response(body=b"{}", content_type="application/json")

    application = build_application(settings, app_services)
    application.add_routes([web.get("/by-hand", ByHand(app_services).page), web.get("/reads-alone", reads_alone)])
    # As server.py does it.
    runner = web.AppRunner(application, access_log=None, auto_decompress=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        settle_memory()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        app_services.accounts.passwords.close()
        await stores.close()
