"""Which operations have a plan, and how many are kept."""

import pytest
from graphql import GraphQLObjectType, GraphQLOutputType, get_named_type, is_abstract_type

from graph.execution import plans
from graph.execution.plans import MAX_FIELDS, MAX_KEPT
from graph.fields import filling_of
from graph.schema import SCHEMA
from web.documents import Documents, Operation
from web.graphql_parameters import Parameters
from web.operations import executor_of

DOCUMENTS = Documents(SCHEMA._schema)
SWITCHES = [f"switch{n}" for n in range(5)]
SWITCHED = (
    f"query ({' '.join(f'${name}: Boolean!' for name in SWITCHES)}) {{ __typename feed {{ nodes {{ "
    + " ".join(f"title{n}: title @include(if: ${name})" for n, name in enumerate(SWITCHES))
    + " } } }"
)


def operation_of(text: str) -> Operation:
    return DOCUMENTS.read(text).operation(None)


def plan_of(operation: Operation, **variables: bool) -> object:
    return operation.plans.plan_for(executor_of(SCHEMA, operation, Parameters("", None, {**variables}, {}), None))


@pytest.mark.parametrize(
    ("text", "is_planned"),
    [
        ("{ feed { nodes { id } } }", True),
        ("{ __typename }", True),
        ("{ node(id: 1) { ... on Case { target { ... on Post { title } } } } }", True),
        ("{ __schema { queryType { name } } }", False),
        ('{ __type(name: "Post") { name } feed { nodes { id } } }', False),
        ("{ viewAs(target: {audience: PUBLIC}) { member { handle } } }", False),
        ("mutation { unfollow(input: {memberId: 1}) { errors { code } } }", False),
    ],
)
def test_queries_have_a_plan_but_for_what_is_left_to_graphql_core(text, is_planned):
    assert (plan_of(operation_of(text)) is not None) == is_planned


def test_every_field_below_query_can_be_planned_but_those_of_view_as():
    """A field that something else fills would take its whole operation to graphql-core."""
    unfilled = {
        f"{kind.name}.{name}"
        for kind in _kinds_below(SCHEMA._schema.query_type, {})
        for name, field in kind.fields.items()
        if filling_of(field) is None
    }

    assert unfilled == {"ViewAs.node"}
    assert {"ViewAs"} == plans.ANSWERED_ELSEWHERE


def _kinds_below(output: GraphQLOutputType | None, found: dict[str, GraphQLObjectType]) -> list[GraphQLObjectType]:
    kind = get_named_type(output)
    if is_abstract_type(kind):
        for possible in SCHEMA._schema.get_possible_types(kind):
            _kinds_below(possible, found)
    elif isinstance(kind, GraphQLObjectType) and kind.name not in found:
        found[kind.name] = kind
        for field in kind.fields.values():
            _kinds_below(field.type, found)
    return list(found.values())


def test_a_plan_is_kept_for_each_way_its_variables_switch_fields():
    operation = operation_of(SWITCHED)
    given = dict.fromkeys(SWITCHES, True)

    kept = plan_of(operation, **given)
    other = plan_of(operation, **given | {"switch0": False})

    assert kept is not None
    assert plan_of(operation, **given) is kept
    assert other is not kept


def test_no_more_plans_are_kept_than_allowed():
    operation = operation_of(SWITCHED)

    for number in range(2 ** len(SWITCHES)):
        assert plan_of(operation, **{name: bool(number >> n & 1) for n, name in enumerate(SWITCHES)}) is not None

    assert len(operation.plans._kept) == MAX_KEPT


def test_what_spreads_out_far_is_left_to_graphql_core(monkeypatch):
    """Pages of nobody cost nothing, so a few fragments inside each other can select very much."""
    page = "posts(first: 0) { nodes { %s } }"
    fragment = f"fragment %s on Post {{ author {{ {page} }} board {{ {page} owner {{ {page} }} }} }}"
    chain = [("A", "...B"), ("B", "...C"), ("C", "id title state isLocked")]
    text = "{ node(id: 1) { ...A } }" + " ".join(fragment % (name, below, below, below) for name, below in chain)

    assert plan_of(operation_of(text)) is not None
    monkeypatch.setattr(plans, "MAX_FIELDS", 50)
    assert MAX_FIELDS > 50
    assert plan_of(operation_of(text + " ")) is None
