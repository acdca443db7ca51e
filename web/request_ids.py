"""Request ids: how a person's report of a fault finds the line in the log."""

from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from domain.clock_and_random import RandomSource

#: Made by the service each time: a client's own would let it write into our logs.
REQUEST_ID_HEADER: Final = "X-Request-Id"
RANDOM_BYTES: Final = 12
#: Where a request carries its id.
_KEY: Final = web.RequestKey("request_id", str)


def new_request_id(random: RandomSource) -> str:
    """Return an id of 16 characters that says nothing."""
    return random.token(RANDOM_BYTES)


def request_id_of(request: web.Request, random: RandomSource) -> str:
    """Return the id that ``identifying`` gave to ``request``; a new one if the application does not use it."""
    return request.get(_KEY) or new_request_id(random)


def identifying(random: RandomSource) -> Middleware:
    """Return a middleware that gives each request an id and writes it on every log line of that request."""

    @web.middleware
    async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[_KEY] = new_request_id(random)
        structlog.contextvars.bind_contextvars(request_id=request[_KEY])
        return await handler(request)

    return identify


async def send_request_id(request: web.Request, response: web.StreamResponse) -> None:
    """Put the request's id on its answer. As a signal it also reaches the answers that aiohttp makes by itself."""
    if _KEY in request:
        response.headers[REQUEST_ID_HEADER] = request[_KEY]
