"""GraphQL over HTTP (graphql.github.io/graphql-over-http): POST and GET on /graphql, JSON both ways."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import orjson
import strawberry
import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from graphql import OperationType

from domain.clock_and_random import RandomSource
from domain.errors import PublicFault
from policy.query_limits import MAX_BODY_BYTES
from web import operations
from web.documents import Documents, Operation
from web.graphql_errors import (
    GRAPHQL_VALIDATION_FAILED,
    OPERATION_RESOLUTION_FAILURE,
    Refusal,
    RefusedOperation,
    bad_request,
    field_errors,
    internal_error,
    problem,
    refusal_of,
    request_error,
)
from web.graphql_parameters import Parameters, from_body, from_query_string
from web.media_types import GRAPHQL_RESPONSE, JSON, preferred
from web.persisted_queries import PersistedQueries
from web.request_ids import REQUEST_ID_HEADER, request_id_of

PATH = "/graphql"
METHODS = "GET, POST"

# On every answer alike, so that no header tells whether somebody is signed in.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Vary": "Accept, Accept-Language, Cookie, Authorization",
    "X-Content-Type-Options": "nosniff",
}

log = structlog.get_logger()


class OperationContext(Protocol):
    """What resolvers find as ``info.context``."""

    def finish(self, response: web.StreamResponse) -> None:
        """Put on the response what the operation decided about it, such as cookies."""
        ...


ContextFor = Callable[[web.Request], Awaitable[OperationContext]]


def graphql_routes(schema: strawberry.Schema, context_for: ContextFor, random: RandomSource) -> list[web.RouteDef]:
    """The endpoint. ``context_for`` says who asks, and may raise ``PublicFault``."""
    return [web.route("*", PATH, GraphQLEndpoint(schema, context_for, random).answer)]


class GraphQLEndpoint:
    """Answers requests against one schema."""

    def __init__(self, schema: strawberry.Schema, context_for: ContextFor, random: RandomSource) -> None:
        self._schema = schema
        self._context_for = context_for
        self._random = random
        self._documents = Documents(schema._schema)
        self._persisted = PersistedQueries()

    async def answer(self, request: web.Request) -> web.Response:
        """Any request at all: nothing that a client sends makes this raise, or answers 500."""
        request_id = request_id_of(request, self._random)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        media_type = preferred(", ".join(request.headers.getall("Accept", ())))
        try:
            if media_type is None:
                raise bad_request(f"Accept must allow {GRAPHQL_RESPONSE} or {JSON}.", 406)
            return await self._run(request, request_id, media_type)
        except Refusal as refusal:
            return _refused(refusal, request_id, media_type or JSON)
        except Exception as error:
            log.exception("graphql.request_failed", exc_info=error)
            return _response({"errors": [internal_error(request_id)]}, 500, request_id, media_type or JSON)

    async def _run(self, request: web.Request, request_id: str, media_type: str) -> web.Response:
        parameters = await _parameters(request)
        operation = self._operation(parameters)
        _check_method(request.method, operation)
        if excess := operation.size.excess_with(parameters.variables):
            raise RefusedOperation(request_error(excess, GRAPHQL_VALIDATION_FAILED))
        context = await self._context(request)
        outcome = await operations.run(self._schema, operation, parameters, context)
        body: dict[str, object] = {"data": outcome.data}
        if outcome.errors:
            body["errors"] = field_errors(outcome.errors, request_id)
        response = _response(body, 200, request_id, media_type)
        context.finish(response)
        return response

    def _operation(self, parameters: Parameters) -> Operation:
        document = self._documents.read(self._persisted.text_of(parameters))
        operation = document.operation(parameters.operation_name)
        self._persisted.keep(parameters)
        return operation

    async def _context(self, request: web.Request) -> OperationContext:
        try:
            return await self._context_for(request)
        except PublicFault as fault:
            raise refusal_of(fault) from fault


async def _parameters(request: web.Request) -> Parameters:
    if request.method == "POST":
        _check_content_type(request)
        return from_body(await _body(request))
    if request.method == "GET":
        return from_query_string(request.query)
    raise bad_request(f"Use one of {METHODS}.", 405, {"Allow": METHODS})


def _check_content_type(request: web.Request) -> None:
    # A form or plain text needs no preflight, so another site's page could send it with our cookie.
    if request.content_type != JSON or (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise bad_request(f"Content-Type must be {JSON}, in UTF-8.", 415, {"Accept": JSON})
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise bad_request("Content-Encoding must be identity.", 415, {"Accept-Encoding": "identity"})


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise _too_long()
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise _too_long()
    except (web.RequestPayloadError, HttpProcessingError):
        raise bad_request("The body cannot be read.") from None
    return bytes(body)


def _too_long() -> Refusal:
    # Closing spares reading the rest.
    return bad_request(f"The body may have at most {MAX_BODY_BYTES} bytes.", 413, {"Connection": "close"})


def _check_method(method: str, operation: Operation) -> None:
    if operation.kind is OperationType.SUBSCRIPTION:
        raise RefusedOperation(problem(OPERATION_RESOLUTION_FAILURE, "Subscriptions are served over WebSocket."))
    if method == "GET" and operation.kind is not OperationType.QUERY:
        raise bad_request("A GET request only reads: send mutations by POST.", 405, {"Allow": "POST"})


def _refused(refusal: Refusal, request_id: str, media_type: str) -> web.Response:
    status = refusal.status_as_json if media_type == JSON else refusal.status
    response = _response({"errors": refusal.errors}, status, request_id, media_type)
    response.headers.update(refusal.headers)
    return response


def _response(body: Mapping[str, object], status: int, request_id: str, media_type: str) -> web.Response:
    headers = {"Content-Type": f"{media_type}; charset=utf-8", REQUEST_ID_HEADER: request_id, **HEADERS}
    return web.Response(body=orjson.dumps(body), status=status, headers=headers)
