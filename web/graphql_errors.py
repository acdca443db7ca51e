"""What clients hear of what goes wrong: their own mistakes with stable codes, ours as one sentence and a request id."""

import re
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import TypeAlias

import structlog
from graphql import GraphQLError

from domain.errors import PublicFault

FormattedError: TypeAlias = dict[str, object]

GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
BAD_REQUEST = "BAD_REQUEST"
OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
INTERNAL = "INTERNAL"

INTERNAL_MESSAGE = "Something went wrong on our side. The request id helps us find it."

#: HTTP statuses of faults that end a request before its operation runs; 400 where the code is not listed.
STATUS_OF_FAULT = {"UNAVAILABLE": 503, "RATE_LIMITED": 429, "NOT_SIGNED_IN": 401, "FORBIDDEN": 403}

# graphql-core says what it was given as Python prints it, which tells of our insides and echoes passwords.
ECHOES = (
    (re.compile(r"(, but encountered error|, found\b).*", re.DOTALL), "."),
    (re.compile(r"(cannot represent .*?value): .*", re.DOTALL), r"\1."),
    (re.compile("not to be None"), "not to be null"),
)
# Where graphql-core reads arguments, which is the client's side; its other errors are about what resolvers gave.
READS_ARGUMENTS = "graphql.execution.values"

log = structlog.get_logger()


class Refusal(Exception):
    """A request that is answered with ``errors`` alone, for its operation does not run."""

    def __init__(self, status: int, errors: list[FormattedError], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        #: What clients of plain application/json get: a refused operation reaches them in a 200.
        self.status_as_json = status
        self.errors = errors
        self.headers = headers or {}


class RefusedOperation(Refusal):
    """A well-formed request whose operation is refused, for ``errors``."""

    def __init__(self, *errors: FormattedError) -> None:
        super().__init__(400, list(errors))
        self.status_as_json = 200


def refusal_of(fault: PublicFault) -> Refusal:
    """How a fault met before the operation ran is answered."""
    return Refusal(STATUS_OF_FAULT.get(fault.code, 400), [problem(fault.code, fault.message)])


def bad_request(message: str, status: int = 400, headers: Mapping[str, str] | None = None) -> Refusal:
    """The refusal of what is no GraphQL request at all."""
    return Refusal(status, [problem(BAD_REQUEST, message)], headers)


def problem(code: str, message: str) -> FormattedError:
    """An error that belongs to no place in a document."""
    return {"message": message, "extensions": {"code": code}}


def internal_error(request_id: str) -> FormattedError:
    """All that a client hears of a fault of ours."""
    return {"message": INTERNAL_MESSAGE, "extensions": {"code": INTERNAL, "requestId": request_id}}


def request_error(error: GraphQLError, code: str) -> FormattedError:
    """A mistake of the client's that graphql-core found; ``code`` unless the error carries its own."""
    extensions = error.extensions or {}
    return _formatted(error, without_echo(error.message), extensions if "code" in extensions else {"code": code})


def field_errors(errors: Iterable[GraphQLError], request_id: str) -> list[FormattedError]:
    """Errors met while running; what is not meant for the client is logged once and masked."""
    logged: set[int] = set()
    return [_field_error(error, request_id, logged) for error in errors]


def without_echo(message: str) -> str:
    """``message`` without the value it complains about, and without words of Python."""
    for pattern, replacement in ECHOES:
        message = pattern.sub(replacement, message)
    return message


def _field_error(error: GraphQLError, request_id: str, logged: set[int]) -> FormattedError:
    cause = _cause(error)
    if isinstance(cause, PublicFault):
        return _formatted(error, cause.message, {"code": cause.code})
    if isinstance(cause, GraphQLError) and _comes_from_arguments(cause.__traceback__):
        return request_error(error, BAD_USER_INPUT)
    # A batch that fails fails every field it fills, with one and the same exception.
    if id(cause) not in logged:
        logged.add(id(cause))
        log.error("graphql.field_failed", request_id=request_id, path=error.path, exc_info=cause)
    return _formatted(error, INTERNAL_MESSAGE, {"code": INTERNAL, "requestId": request_id})


def _cause(error: GraphQLError) -> Exception:
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _comes_from_arguments(traceback: TracebackType | None) -> bool:
    while traceback is not None:
        if traceback.tb_frame.f_globals["__name__"] == READS_ARGUMENTS:
            return True
        traceback = traceback.tb_next
    return False


def _formatted(error: GraphQLError, message: str, extensions: Mapping[str, object]) -> FormattedError:
    formatted: FormattedError = {"message": message}
    if error.locations:
        formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        formatted["path"] = error.path
    return formatted | {"extensions": extensions}
