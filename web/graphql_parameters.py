"""What a client asks for, read from a request's body or query string and checked for shape."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from graph.execution.limits import too_large
from policy.query_limits import MAX_VARIABLE_VALUES
from web.graphql_errors import BAD_USER_INPUT, RefusedOperation, bad_request, request_error


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a GraphQL-over-HTTP request."""

    query: str | None
    operation_name: str | None
    variables: dict[str, object]
    extensions: dict[str, object]


def from_body(body: bytes) -> Parameters:
    """Raises ``Refusal`` where the body is no JSON object of the right shape."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("The body must be valid JSON in UTF-8.") from None
    if isinstance(given, list):
        raise bad_request("Send one operation a request: batches are not supported.")
    if not isinstance(given, dict):
        raise bad_request("The body must be a JSON object.")
    return _checked(given)


def from_query_string(query: Mapping[str, str]) -> Parameters:
    """Raises ``Refusal`` where ``variables`` or ``extensions`` is no JSON object."""
    given: dict[str, object] = {name: query[name] for name in ("query", "operationName") if query.get(name)}
    for name in ("variables", "extensions"):
        if text := query.get(name):
            given[name] = _json_parameter(name, text)
    return _checked(given)


def _json_parameter(name: str, text: str) -> object:
    try:
        return orjson.loads(text)
    # A percent-encoded half of a surrogate pair is text to yarl but no UTF-8 to orjson.
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise bad_request(f"The parameter {name} must be valid JSON.") from None


def _checked(given: dict[str, object]) -> Parameters:
    variables = _map(given, "variables")
    if _holds_more_than(MAX_VARIABLE_VALUES, variables):
        excess = too_large("variableValues", MAX_VARIABLE_VALUES)
        raise RefusedOperation(request_error(excess, BAD_USER_INPUT))
    return Parameters(
        query=_text(given, "query"),
        operation_name=_text(given, "operationName"),
        variables=variables,
        extensions=_map(given, "extensions"),
    )


def _text(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise bad_request(f"The parameter {name} must be a string.")
    return value


def _map(given: Mapping[str, object], name: str) -> dict[str, object]:
    value = given.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"The parameter {name} must be a map.")
    return value


def _holds_more_than(most: int, value: object) -> bool:
    waiting, seen = [value], 0
    while waiting and seen <= most:
        item = waiting.pop()
        inside = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []
        seen += len(inside)
        # Of a list that is too long by itself nothing more need be looked at.
        waiting += inside[:most]
    return seen > most
