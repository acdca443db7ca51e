"""Automatic persisted queries, as Apollo and urql send them: a hash first, the text once where the hash is unknown.

The texts are kept in this process alone: a client that meets another process, or a restarted one, sends it again.
"""

import hashlib
import re

from policy.query_limits import MAX_KEPT_CHARACTERS, MAX_KEPT_DOCUMENTS
from web.graphql_errors import BAD_USER_INPUT, PERSISTED_QUERY_NOT_FOUND, RefusedOperation, bad_request, problem
from web.graphql_parameters import Parameters
from web.lru_cache import LruCache

VERSION = 1
SHA256_HEX = re.compile("[0-9a-f]{64}")


class PersistedQueries:
    """Finds a request's text by its hash."""

    def __init__(self) -> None:
        self._texts: LruCache[str] = LruCache(MAX_KEPT_DOCUMENTS, MAX_KEPT_CHARACTERS)

    def text_of(self, parameters: Parameters) -> str:
        """The text to run. Raises ``Refusal`` where there is none, or where its hash is not the one given."""
        digest = _digest_in(parameters)
        if digest is None:
            if parameters.query is None:
                raise bad_request("The parameter query is missing.")
            return parameters.query
        if parameters.query is None:
            return self._known(digest)
        if hashlib.sha256(parameters.query.encode()).hexdigest() != digest:
            raise RefusedOperation(problem(BAD_USER_INPUT, "The provided sha does not match the query."))
        return parameters.query

    def keep(self, parameters: Parameters) -> None:
        """Remember a text that came with its hash and proved to be valid."""
        digest = _digest_in(parameters)
        if digest is not None and parameters.query is not None:
            self._texts.keep(digest, parameters.query, len(parameters.query))

    def _known(self, digest: str) -> str:
        text = self._texts.get(digest)
        if text is None:
            # Clients compare this very message.
            raise RefusedOperation(problem(PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"))
        return text


def _digest_in(parameters: Parameters) -> str | None:
    if "persistedQuery" not in parameters.extensions:
        return None
    given = parameters.extensions["persistedQuery"]
    if not isinstance(given, dict) or given.get("version") != VERSION:
        raise bad_request("Unsupported persisted query version.")
    digest = given.get("sha256Hash")
    if not isinstance(digest, str) or not SHA256_HEX.fullmatch(digest):
        raise bad_request("The persisted query's sha256Hash must be 64 hexadecimal digits.")
    return digest
