"""The schema that is committed is the schema that is served."""

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, build_schema

from graph.schema import SCHEMA

ROOT = Path(__file__).parents[2]
OUTLINE = ROOT.parent / "shared" / "api" / "outline.graphql"

#: Names of the outline that later parts of the product bring.
LATER = set((Path(__file__).parent / "outline_later.txt").read_text().split())


def test_schema_graphql_is_what_the_code_says():
    """``make schema`` prints it."""
    assert (ROOT / "schema.graphql").read_text().rstrip("\n") == SCHEMA.as_str().rstrip("\n")


@pytest.mark.skipif(
    not OUTLINE.exists(), reason="the outline of the API stands beside the project only where it is built"
)
def test_every_name_of_the_outline_is_served_or_listed_as_later():
    outline = build_schema(_complete(OUTLINE.read_text()), assume_valid=True)
    served = SCHEMA._schema
    missing = set()
    for name, kind in outline.type_map.items():
        ours: Any = served.type_map.get(name)
        if ours is None:
            missing.add(name)
        elif isinstance(kind, GraphQLEnumType):
            missing |= {f"{name}.{value}" for value in kind.values if value not in ours.values}
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            missing |= {f"{name}.{field}" for field in kind.fields if field not in ours.fields}
            shared = [field for field in kind.fields if field in ours.fields]
            assert {field: str(ours.fields[field].type) for field in shared} == {
                field: str(kind.fields[field].type) for field in shared
            }, name

    assert {name for name in missing if not name.endswith("._")} == LATER


def _complete(outline: str) -> str:
    """The outline with a stand-in for each type that it names and does not describe."""
    used = set(re.findall(r":\s*\[?([A-Z]\w+)", outline))
    defined = set(re.findall(r"^(?:type|input|enum|union|interface|scalar)\s+(\w+)", outline, re.MULTILINE))
    missing = used - defined - {"String", "Int", "Float", "Boolean", "ID"}
    inputs = {name for name in missing if name.endswith(("Input", "Filter", "Kind"))}
    stand_ins = [f"input {name} {{ _: Int }}" for name in inputs] + [
        f"type {name} {{ _: Int }}" for name in missing - inputs
    ]
    return "\n".join([outline, *sorted(stand_ins)])
