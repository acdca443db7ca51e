"""GET /metrics, for Prometheus: how far the workers are behind. On loopback alone, for it counts what nobody sees."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import web

from stores.backlogs import Backlog
from stores.services import Services

LOOPBACK = "127.0.0.1"
#: What Prometheus asks for. A page in a browser on this machine could have another name lead here.
NAMES = frozenset({LOOPBACK, "localhost"})
#: The exposition format of Prometheus, in text.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@asynccontextmanager
async def serving_metrics(port: int | None, services: Services) -> AsyncIterator[None]:
    """Serve them meanwhile on ``port``; on none where it is None. Raises OSError where it is taken."""
    if port is None:
        yield
        return
    runner = web.AppRunner(metrics_application(services), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield
    finally:
        await runner.cleanup()


def metrics_application(services: Services) -> web.Application:
    async def metrics(request: web.Request) -> web.Response:
        if request.url.host not in NAMES:
            raise web.HTTPMisdirectedRequest
        return web.Response(text=await exposition(services), headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.add_routes([web.get("/metrics", metrics)])
    return application


async def exposition(services: Services) -> str:
    """All gauges, with what each means."""
    stores, now = services.stores, services.now()
    backlogs = {
        "outbox": ("decisions of which others are still to be told", await stores.outbox.backlog()),
        "letters": ("letters that the mail gateway should have by now", await stores.direct_messages.backlog(now)),
        "audit_unsealed": ("audit rows that are not sealed", await stores.audit.backlog()),
        "sanctions_ended": (
            "sanctions whose end their members are still to be told",
            await stores.sanctions.backlog(now),
        ),
    }
    return "".join(_gauges(name, *backlog, now) for name, backlog in backlogs.items())


def _gauges(name: str, meaning: str, backlog: Backlog, now: datetime) -> str:
    lag = max(0.0, (now - backlog.since).total_seconds()) if backlog.since else 0.0
    values = {
        f"veranda_{name}_rows": (f"How many {meaning}.", backlog.count),
        f"veranda_{name}_lag_seconds": (f"For how long the first of the {meaning} has waited.", lag),
    }
    return "".join(
        f"# HELP {gauge} {told}\n# TYPE {gauge} gauge\n{gauge} {value}\n" for gauge, (told, value) in values.items()
    )
