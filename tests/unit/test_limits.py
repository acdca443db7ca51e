"""What counts as too large, and that finding out is cheap."""

import json
import time

import pytest
from graphql import (
    ExecutionResult,
    GraphQLError,
    build_schema,
    execute_sync,
    get_introspection_query,
    parse,
    specified_rules,
    validate,
)

from graph.execution.executor import PlanExecutor
from graph.execution.limits import OperationLimits, OperationSize, measure
from policy import query_limits as limits
from web.documents import Documents

SCHEMA = build_schema("""
    interface Node { id: ID! }
    type Query {
      hello: String!
      node(id: ID!): Node
      nodes(ids: [ID!]!): [Node]!
      member: Member
      feed(first: Int, last: Int): PostConnection!
    }
    type Mutation { signIn(login: String!): Member  hello: String! }
    type Member implements Node {
      id: ID! handle: String! friend: Member links: [Link!]! posts(first: Int): PostConnection!
    }
    type Post implements Node { id: ID! title: String! author: Member comments(first: Int): PostConnection! }
    type PostConnection { nodes: [Post!]! edges: [PostEdge!]! }
    type PostEdge { node: Post! }
    type Link { url: String! }
""")

CHAINED = " ".join(f"fragment F{n} on Member {{ ...F{n + 1} ...F{n + 1} }}" for n in range(25))

# A server answers each of these to anybody who asks: about 100 ms is the promise, 10 times that the alarm.
HOSTILE = {
    "25 doubling fragments": "{ member { ...F0 } } " + CHAINED + " fragment F25 on Member { handle }",
    "doubling fragments with a variable": "query ($n: Int) { member { ...F0 } } "
    + CHAINED
    + " fragment F25 on Member { posts(first: $n) { nodes { id } } }",
    "doubling depth": "{ member { ...F0 } } "
    + " ".join(
        f"fragment F{n} on Member {{ a: friend {{ ...F{n + 1} }} b: friend {{ ...F{n + 1} }} }}" for n in range(25)
    )
    + " fragment F25 on Member { handle }",
    "a fragment in itself": "{ member { ...F } } fragment F on Member { friend { ...F } }",
    "two fragments in each other": "{ member { ...F } } fragment F on Member { ...G } fragment G on Member { ...F }",
    "120 chained fragments": "{ member { ...F0 } } "
    + " ".join(f"fragment F{n} on Member {{ ...F{n + 1} }}" for n in range(120))
    + " fragment F120 on Member { handle }",
    "190 nested inline fragments": "{ " + "... { " * 190 + "hello" + " }" * 191,
    "190 nested fields": "{ member { " + "friend { " * 180 + "handle" + " }" * 182,
    "overlapping fields": "{ " + "member { handle friend { handle } } " * 90 + "}",
    "overlapping fragments": "{ member { "
    + " ".join(f"...F{n}" for n in range(40))
    + " } } "
    + " ".join(f"fragment F{n} on Member {{ friend {{ friend {{ handle }} }} }}" for n in range(40)),
    "300 aliases": "{ " + " ".join(f"a{n}: hello" for n in range(240)) + " }",
    "300 unknown fields": "{ " + " ".join(f"x{n}" for n in range(300)) + " }",
    "directives": "{ hello " + "@include(if: true) " * 150 + "}",
    "introspection of types of types": "{ __schema { types { " + "fields { type { " * 4 + "name" + " } }" * 5 + " }",
    "introspection 30 times": "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(30)) + " }",
    "introspection with aliases inside": "{ __schema { types { "
    + " ".join(f"a{n}: description" for n in range(30))
    + " } } }",
    "pages in pages": "{ feed { nodes { " + "comments(first: 100) { nodes { " * 4 + "id" + " } }" * 5 + " }",
    "a number of 900 digits": "{ feed(first: " + "9" * 900 + ") { nodes { id } } }",
    "a page of unknown fields": "{ what(first: 100) { nodes { id } } }",
    "a fragment on an unknown type": "{ ...F } fragment F on Nothing { x { y } }",
    "fragments only": "fragment F on Member { handle }",
    "a list of 300 ids": "{ nodes(ids: [" + '"x" ' * 300 + "]) { id } }",
}


def refusals(text: str) -> list[str]:
    """The names of the limits that ``text`` passes."""
    _, errors = measure(SCHEMA, parse(text))
    return [str(_extensions(error)["limit"]) for error in errors]


def size_of(text: str) -> OperationSize:
    sizes, errors = measure(SCHEMA, parse(text))
    assert errors == []
    return sizes[None]


def cost_of(text: str, **variables: object) -> int:
    size = size_of(text)
    return size.size.cost.at({**size.defaults, **variables}, {})


def _extensions(error: GraphQLError) -> dict[str, object]:
    assert error.extensions is not None
    return error.extensions


def nested(depth: int) -> str:
    return "{ member { " + "friend { " * (depth - 2) + "handle" + " }" * depth


@pytest.mark.parametrize(
    ("largest", "too_large", "limit"),
    [
        (nested(15), nested(16), "depth"),
        (
            "{ " + " ".join(f"a{n}: hello" for n in range(30)) + " }",
            "{ " + " ".join(f"a{n}: hello" for n in range(31)) + " }",
            "aliases",
        ),
        ("{ " + "hello " * 40 + "}", "{ " + "hello " * 41 + "}", "rootFields"),
        ("{ hello " + "@skip(if: false) " * 50 + "}", "{ hello " + "@skip(if: false) " * 51 + "}", "directives"),
        ("{ nodes(ids: [" + '"x" ' * 100 + "]) { id } }", "{ nodes(ids: [" + '"x" ' * 101 + "]) { id } }", "ids"),
        (
            "{ feed(first: 47) { nodes { comments(first: 100) { nodes { id } } } } }",
            "{ feed(first: 48) { nodes { comments(first: 100) { nodes { id } } } } }",
            "cost",
        ),
        ("{ __schema { types { fields { name } } } }", "{ __schema { types { a: name } } }", "introspectionAliases"),
    ],
)
def test_each_limit_lets_its_largest_through_and_refuses_one_more(largest: str, too_large: str, limit: str) -> None:
    assert refusals(largest) == []
    assert refusals(too_large) == [limit]


def test_a_refusal_names_its_code_limit_and_maximum() -> None:
    _, errors = measure(SCHEMA, parse(nested(16)))

    assert [error.message for error in errors] == ["The operation is too large: depth may be at most 15."]
    assert errors[0].extensions == {"code": "OPERATION_TOO_LARGE", "limit": "depth", "maximum": 15}


def test_limits_see_through_fragments() -> None:
    spread = "{ member { ...Deep } } fragment Deep on Member { " + "friend { " * 14 + "handle" + " }" * 15
    aliases = "{ member { ...Two friend { ...Two } } } fragment Two on Member { " + "a: handle " * 16 + "}"

    assert refusals(spread) == ["depth"]
    assert refusals(aliases) == ["aliases"]


def test_each_operation_of_a_document_is_measured_by_itself() -> None:
    sizes, errors = measure(SCHEMA, parse("query Small { hello } query Large " + nested(16)))

    assert list(sizes) == ["Small", "Large"]
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("text", "variables", "cost"),
    [
        ("{ hello }", {}, 1),
        ("{ member { handle friend { handle } } }", {}, 4),
        ("{ feed(first: 10) { nodes { id title } } }", {}, 1 + 10 * 3),
        ("{ feed(last: 10) { edges { node { id } } } }", {}, 1 + 10 * 3),
        # Without a number a page of the usual size comes.
        ("{ feed { nodes { id } } }", {}, 1 + 20 * 2),
        ("{ feed(first: null) { nodes { id } } }", {}, 1 + 20 * 2),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {}, 1 + 20 * 2),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {"n": None}, 1 + 20 * 2),
        ("query ($n: Int = 5) { feed(first: $n) { nodes { id } } }", {}, 1 + 5 * 2),
        ("query ($n: Int = 5) { feed(first: $n) { nodes { id } } }", {"n": 7}, 1 + 7 * 2),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {"n": 7.0}, 1 + 7 * 2),
        ("query ($n: Int) { feed(first: $n, last: 30) { nodes { id } } }", {"n": 7}, 1 + 30 * 2),
        # The resolvers refuse these with a better sentence, so they count as a full page at most.
        ("{ feed(first: 1000) { nodes { id } } }", {}, 1 + 100 * 2),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {"n": 10**30}, 1 + 100 * 2),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {"n": -5}, 1),
        ("query ($n: Int) { feed(first: $n) { nodes { id } } }", {"n": "many"}, 1 + 20 * 2),
        (
            "query ($n: Int) { feed(first: $n) { nodes { comments(first: $n) { nodes { id } } } } }",
            {"n": 3},
            1 + 3 * (1 + 10 + 3 * 2),
        ),
        ('{ nodes(ids: ["a", "b"]) { id } }', {}, 1 + 2),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["a", "b", "c"]}, 1 + 3),
        # A list that has no pages is counted as five.
        ("{ member { links { url } } }", {}, 1 + 1 + 5),
        ("{ member { ...F friend { ...F } } } fragment F on Member { handle }", {}, 4),
        (
            "query($n: Int) { member { ...F friend { ...F }}} fragment F on Member { posts(first: $n) { nodes { id }}}",
            {"n": 4},
            2 + 2 * (50 + 4 * 2),
        ),
        ('mutation { signIn(login: "ann") { handle } }', {}, 4_001),
    ],
)
def test_cost_counts_fields_with_their_pages(text: str, variables: dict[str, object], cost: int) -> None:
    assert cost_of(text, **variables) == cost


def test_variables_decide_whether_the_same_text_is_refused() -> None:
    pages = size_of("query ($n: Int!) { feed(first: $n) { nodes { comments(first: $n) { nodes { id } } } } }")
    ids = size_of("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }")

    assert pages.excess_with({"n": 20}) is None
    assert _extensions(pages.excess_with({"n": 100}) or GraphQLError(""))["limit"] == "cost"
    assert ids.excess_with({"ids": ["x"] * 100}) is None
    assert _extensions(ids.excess_with({"ids": ["x"] * 101}) or GraphQLError(""))["limit"] == "ids"


def test_the_introspection_that_tools_send_passes() -> None:
    text = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
    )

    assert refusals(text) == []
    assert validate(SCHEMA, parse(text)) == []


def test_the_rule_works_among_graphql_cores_own() -> None:
    errors = validate(SCHEMA, parse(nested(16)), [*specified_rules, OperationLimits])

    assert [error.extensions for error in errors] == [
        {"code": "OPERATION_TOO_LARGE", "limit": "depth", "maximum": limits.MAX_DEPTH}
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_a_hostile_document_takes_milliseconds(name: str) -> None:
    documents = Documents(SCHEMA)

    started = time.process_time()
    document = documents.read(HOSTILE[name])
    for operation in document.operations.values():
        operation.size.excess_with({"n": 100})
    milliseconds = (time.process_time() - started) * 1_000

    print(f"{milliseconds:.1f} ms of CPU, {'refused' if document.errors else 'accepted'}: {name}")  # noqa: T201 - for -rP
    assert milliseconds < 1_000


INTROSPECTIONS = (
    get_introspection_query(specified_by_url=True, input_value_deprecation=True, one_of=True),
    """
    query ($deprecated: Boolean!) {
      __schema { __typename types { ...Kind fields(includeDeprecated: $deprecated) { name ...Again } ... { name } } }
      __type(name: "Member") { name fields { name args { defaultValue } type { kind ofType { name } } } }
      nothing: __type(name: "Nothing") { name }
      __typename
    }
    fragment Kind on __Type { kind interfaces @include(if: $deprecated) { name } enumValues { name } }
    fragment Again on __Field { name isDeprecated deprecationReason }
    """,
)


@pytest.mark.parametrize("text", INTROSPECTIONS)
@pytest.mark.parametrize("deprecated", [True, False])
def test_quick_introspection_answers_exactly_as_graphql_core(text: str, deprecated: bool) -> None:
    document, variables = parse(text), {"deprecated": deprecated}

    quick = PlanExecutor.build(SCHEMA, document, raw_variable_values=variables)
    assert isinstance(quick, PlanExecutor)

    expected = execute_sync(SCHEMA, document, variable_values=variables)
    found = quick.execute_operation()
    assert isinstance(found, ExecutionResult)
    assert (json.dumps(found.data), found.errors) == (json.dumps(expected.data), expected.errors)
