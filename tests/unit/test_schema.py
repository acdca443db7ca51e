"""The schema that is committed is the schema that is served."""

from pathlib import Path

from graph.schema import SCHEMA

ROOT = Path(__file__).parents[2]


def test_schema_graphql_is_what_the_code_says():
    """``make schema`` prints it."""
    assert (ROOT / "schema.graphql").read_text().rstrip("\n") == SCHEMA.as_str().rstrip("\n")
