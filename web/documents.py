"""Texts of operations, parsed, measured and validated once and then remembered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from graph.execution.limits import OperationSize, measure, too_large
from graph.execution.plans import Plans
from policy import query_limits as limits
from web.graphql_errors import (
    GRAPHQL_PARSE_FAILED,
    GRAPHQL_VALIDATION_FAILED,
    OPERATION_RESOLUTION_FAILURE,
    FormattedError,
    RefusedOperation,
    problem,
    request_error,
)
from web.lru_cache import LruCache

# What graphql-core's parser says where it stops at a limit; it has no type of its own for it.
PARSER_LIMIT = re.compile(r"Syntax Error: Document contains more than (\d+) (tokens|comments)\. Parsing aborted\.")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document, within every limit that its text alone decides."""

    document: DocumentNode
    node: OperationDefinitionNode
    size: OperationSize
    plans: Plans

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.node.operation


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read: its operations by name, or why it is refused."""

    operations: Mapping[str | None, Operation] = field(default_factory=dict)
    errors: tuple[FormattedError, ...] = ()

    def operation(self, name: str | None) -> Operation:
        """The operation to run. Raises ``RefusedOperation`` where the document is refused or the choice is unclear."""
        if self.errors:
            raise RefusedOperation(*self.errors)
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            message = "operationName is missing: the document holds several operations, or none."
        elif name in self.operations:
            return self.operations[name]
        else:
            message = "The document holds no operation of the given operationName."
        raise RefusedOperation(problem(OPERATION_RESOLUTION_FAILURE, message))


class Documents:
    """Reads texts against one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._recent: LruCache[Document] = LruCache(limits.MAX_KEPT_DOCUMENTS, limits.MAX_KEPT_CHARACTERS)
        _tell_of_one_of(schema)

    def read(self, text: str) -> Document:
        """The document that ``text`` is. Refused ones are not remembered, or nonsense would push out what is in use."""
        document = self._recent.get(text)
        if document is None:
            document = self._read(text)
            if not document.errors:
                self._recent.keep(text, document, len(text))
        return document

    def _read(self, text: str) -> Document:
        try:
            document = _parsed(text)
        except GraphQLError as error:
            return _refused([error], GRAPHQL_PARSE_FAILED)
        # Size first: validating what is too large anyway is the dearest part.
        sizes, errors = measure(self._schema, document)
        errors = errors or validate(
            self._schema, document, specified_rules, max_errors=limits.MAX_VALIDATION_ERRORS, hide_suggestions=True
        )
        if errors:
            return _refused(errors, GRAPHQL_VALIDATION_FAILED)
        return Document({name: _operation(document, size) for name, size in sizes.items()})


def _parsed(text: str) -> DocumentNode:
    if len(text) > limits.MAX_DOCUMENT_LENGTH:
        raise too_large("characters", limits.MAX_DOCUMENT_LENGTH)
    try:
        return parse(text, max_lexical_tokens=limits.MAX_TOKENS, max_comments=limits.MAX_COMMENTS)
    except GraphQLSyntaxError as error:
        if passed := PARSER_LIMIT.fullmatch(error.message):
            raise too_large(passed[2], int(passed[1])) from None
        raise


def _operation(document: DocumentNode, size: OperationSize) -> Operation:
    return Operation(document, size.operation, size, Plans(document, size.operation))


def _refused(errors: list[GraphQLError], code: str) -> Document:
    return Document(errors=tuple(request_error(error, code) for error in errors))


def _tell_of_one_of(schema: GraphQLSchema) -> None:
    """Let graphql-core check what strawberry marks as one-of: strawberry's own rule fails on undefined variables."""
    for kind in schema.type_map.values():
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLInputObjectType) and definition is not None and definition.is_one_of:
            kind.is_one_of = True
