"""Starts the engines, builds the parts once and serves them until told to stop."""

import argparse
import asyncio
import signal
import sys

from aiohttp import web
from pydantic import ValidationError

from demo.startup_banner import seed_and_announce
from settings import Settings, complaints
from stores.engines import EnginesUnavailable, start_engines
from telemetry import configure_logging
from web.application import build_application
from web.composition import open_services, running_workers, settle_memory
from web.metrics import serving_metrics


async def serve(settings: Settings, *, with_demo: bool) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are finished, then the engines are stopped."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    engines = await start_engines(settings)
    try:
        async with (
            open_services(settings, engines) as services,
            running_workers(settings, services.core),
            serving_metrics(settings.metrics_port, services.core),
        ):
            # Inflating is off: a broken body would raise inside aiohttp, past our own answer.
            runner = web.AppRunner(build_application(settings, services), access_log=None, auto_decompress=False)
            await runner.setup()
            await web.TCPSite(runner, settings.host, settings.port).start()
            settle_memory()
            await seed_and_announce(settings, services, with_demo=with_demo)
            await stopped.wait()
            await runner.cleanup()
    finally:
        await engines.stop()


def main() -> int:
    """Exit code 0 after a clean stop, 1 where the service cannot start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo community")
    arguments = parser.parse_args()
    try:
        settings = Settings()
        configure_logging(as_json=settings.env == "production")
        asyncio.run(serve(settings, with_demo=arguments.demo))
    except ValidationError as error:
        return _cannot_start(complaints(error))
    except (EnginesUnavailable, OSError) as error:
        return _cannot_start(str(error))
    return 0


def _cannot_start(reason: str) -> int:
    sys.stderr.write(f"Veranda cannot start: {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
