"""Operations generated from the schema: any selection that it allows, whose literals are filled in later."""

from pathlib import Path

from graphql import DocumentNode, GraphQLScalarType, build_schema, parse, specified_scalar_types
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

SCHEMA = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())


def generated_documents(count: int, number: int) -> list[DocumentNode]:
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
    return [parse(document) for document in dict.fromkeys(written)]


_CUSTOM = {
    name: st.just("x").map(nodes.String)
    for name, kind in SCHEMA.type_map.items()
    if isinstance(kind, GraphQLScalarType) and name not in specified_scalar_types
}
