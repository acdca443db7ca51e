"""Operations generated from the schema: any selection that it allows, whose literals are filled in later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    is_non_null_type,
    parse,
    specified_scalar_types,
)
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries


@dataclass(frozen=True)
class Documents:
    """Operations, and which of them ask for a field of Query."""

    all: Sequence[DocumentNode]
    by_root: Mapping[str, Sequence[DocumentNode]]


def generated_documents(count: int, number: int) -> Documents:
    """``count`` operations, always the same ones for the same ``number``."""
    written: list[str] = []
    strategy = queries(SCHEMA, custom_scalars=_CUSTOM, allow_x00=False)

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(document: str) -> None:
        written.append(document)

    collect()
    return _sorted([parse(document) for document in dict.fromkeys(written)])


def _for_anyone() -> GraphQLSchema:
    """The schema as it is, less the lists for moderators: to all others a selection of one says nothing, not even
    beside what else was asked for.
    """
    whole = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())
    if whole.query_type is None:
        raise ValueError("the schema has no queries")
    fields = whole.query_type.fields
    for name in [name for name, field in fields.items() if _is_for_some_roles(field) and is_non_null_type(field.type)]:
        del fields[name]
    return whole


def _is_for_some_roles(field: GraphQLField) -> bool:
    directives = (field.ast_node.directives if field.ast_node else None) or ()
    return any(directive.name.value == "access" for directive in directives)


def _sorted(documents: Sequence[DocumentNode]) -> Documents:
    by_root: dict[str, list[DocumentNode]] = defaultdict(list)
    for document in documents:
        for root in sorted(_roots(document)):
            by_root[root].append(document)
    return Documents(documents, dict(by_root))


def _roots(document: DocumentNode) -> set[str]:
    operations = (part for part in document.definitions if isinstance(part, OperationDefinitionNode))
    selections = (field for operation in operations for field in operation.selection_set.selections)
    return {field.name.value for field in selections if isinstance(field, FieldNode)}


SCHEMA = _for_anyone()

_CUSTOM = {
    name: st.just("x").map(nodes.String)
    for name, kind in SCHEMA.type_map.items()
    if isinstance(kind, GraphQLScalarType) and name not in specified_scalar_types
}
