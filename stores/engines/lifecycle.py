"""From nothing, or from what a crash left, to an engine that is ready."""

import asyncio
from contextlib import AsyncExitStack

import structlog

from stores.engines.binaries import find_runnable
from stores.engines.engine import Engine
from stores.engines.failure import EnginesUnavailable
from stores.engines.process import GLANCE_SECONDS, EngineProcess, find_running, launch

#: A mongod that was killed replays its journal before it answers.
READY_SECONDS = 60

logger = structlog.get_logger()


async def bring_up(engine: Engine, held: AsyncExitStack) -> str:
    """The URI of ``engine``, ready and stopped when ``held`` closes: adopted where it still runs, else started.

    Raises ``EnginesUnavailable``.
    """
    if await _adopted(engine, held):
        return engine.uri
    program = await find_runnable(engine.program, engine.wheels)
    process = launch(engine, program)
    held.push_async_callback(process.stop)
    await _until_ready(engine, process)
    logger.info("engine started", engine=engine.program, pid=process.pid)
    return engine.uri


async def find_ready(engine: Engine) -> str:
    """The URI of ``engine`` as another service runs it. Raises ``EnginesUnavailable``."""
    process = find_running(engine)
    if process is None:
        raise EnginesUnavailable(
            f"The service that holds {engine.folder.parent} runs no {engine.program} at the moment."
        )
    await _until_ready(engine, process)
    return engine.uri


async def _adopted(engine: Engine, held: AsyncExitStack) -> bool:
    process = find_running(engine)
    if process is None:
        return False
    try:
        await _until_ready(engine, process)
    except EnginesUnavailable:
        await process.stop()
        return False
    held.push_async_callback(process.stop)
    logger.info("engine adopted", engine=engine.program, pid=process.pid)
    return True


async def _until_ready(engine: Engine, process: EngineProcess) -> None:
    try:
        async with asyncio.timeout(READY_SECONDS):
            while not await engine.is_ready():
                if not process.is_running():
                    raise EnginesUnavailable(f"{engine.program} ended while it started; {engine.log} says why.")
                await asyncio.sleep(GLANCE_SECONDS)
    except TimeoutError:
        reason = f"{engine.program} was not ready in {READY_SECONDS} seconds; {engine.log} may say why."
        raise EnginesUnavailable(reason) from None
