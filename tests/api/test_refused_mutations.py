"""A refused mutation names every wrong field and changes nothing; one that is not refused writes in one transaction."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
)

from tests.dumps import changes, dump, put_back
from tests.mutation_table import Wrong
from tests.stage import MUTATIONS, inputs_of
from tests.writes import WRITES

#: What is written outside of the transaction, and why.
BESIDES: Mapping[str, Mapping[str, str]] = {
    "requestCode": {"codes": "one document: the code itself"},
    "register": {"codes": "the tries of a code are counted before it is compared, whatever comes of it"},
    "signOut": {"sessions": "one document"},
    "claimCase": {"cases": "claims that have ended are noted first; a place that was taken meanwhile is tried again"},
    "releaseCase": {"cases": "one document"},
    "deletePost": dict.fromkeys(
        ("comments", "posts", "revisions", "edits"),
        "a thread that nobody sees any more is swept; a start goes on with it",
    ),
}
#: What goes on in further transactions, and why.
IN_BATCHES: Mapping[str, str] = {
    "block": "what each left on the other's board is held in batches; a start goes on with them",
    "unblock": "it shows again in the same way",
}


#: What null clears. Everywhere else it means the same as absent.
CLEARED = {"updateProfile": {"bio", "gender", "location", "birthday", "website", "email"}}
UPDATES = [name for name in MUTATIONS if name.startswith("update")]


def test_every_mutation_has_a_row(stage):
    assert set(stage.rows) == set(MUTATIONS)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_field_that_can_be_wrong_has_a_wrong_value(stage, mutation):
    row = stage.rows[mutation]
    fields = inputs_of(mutation)
    if row.inside:
        item: Any = get_named_type(fields[row.inside].type)
        fields = {**fields, **item.fields}

    free = {name for name, each in fields.items() if can_be_anything(each)}
    assert row.nothing_to_refuse or set(row.wrong) >= set(fields) - free


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_one_wrong_field_is_named_and_nothing_changes(stage, mutation):
    row, before = stage.rows[mutation], await stage.looks()
    assert bool(row.wrong) is not bool(row.nothing_to_refuse)

    for name, values in row.wrong.items():
        for wrong in values:
            errors = await stage.sends(mutation, row.given({name: wrong.value}))

            assert errors == [(wrong.code, path_of(name, wrong))], (name, wrong)
            assert changes(before, await stage.looks()) == {}, (name, wrong)


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_all_wrong_fields_are_named_at_once_and_nothing_changes(stage, mutation):
    row, before = stage.rows[mutation], await stage.looks()
    wrong = {name: values[0] for name, values in row.wrong.items() if not values[0].alone}
    if not wrong:
        return

    errors = await stage.sends(mutation, row.given({name: each.value for name, each in wrong.items()}))

    assert sorted(errors) == sorted({(each.code, path_of(name, each)) for name, each in wrong.items()})
    assert changes(before, await stage.looks()) == {}


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_what_is_right_is_written_in_one_transaction(stage, mutation):
    """Or in a single document, and besides what the table says. Also: what the rows call right is right."""
    row, before = stage.rows[mutation], await dump(stage.stores, left_out=())
    WRITES.forget()

    errors = await stage.sends(mutation, row.given({}))

    commits, alone = WRITES.commits, list(WRITES.alone)
    await put_back(stage.stores, before, await dump(stage.stores, left_out=()))
    assert errors == []
    assert commits <= 1 or mutation in IN_BATCHES
    assert set(alone) == set(BESIDES.get(mutation, {}))


@pytest.mark.parametrize("mutation", UPDATES)
async def test_null_leaves_as_it_is_what_it_does_not_clear(stage, mutation):
    row, before, fields = stage.rows[mutation], await stage.looks(), inputs_of(mutation)
    needed = {name: some(each, row.right.get(name)) for name, each in fields.items() if is_required_input_field(each)}
    nulls = fields.keys() - needed.keys() - CLEARED.get(mutation, set())

    errors = await stage.sends(mutation, {**needed, **dict.fromkeys(nulls)})

    assert errors == []
    assert changes(before, await stage.looks()) == {}


@pytest.mark.parametrize("field", sorted(CLEARED["updateProfile"]))
async def test_null_clears_a_profile_field_that_can_be_empty(stage, field):
    before = await dump(stage.stores, left_out=())
    await stage.sends("updateProfile", stage.rows["updateProfile"].right)

    errors = await stage.sends("updateProfile", {field: None})

    asked = "{ viewer { member { profile { bio { text } gender location birthday { year } website { url } email } } } }"
    profile = (await stage.world.people["ann"].asks(asked))["viewer"]["member"]["profile"]
    await put_back(stage.stores, before, await dump(stage.stores, left_out=()))
    assert errors == []
    assert {name for name, value in profile.items() if value is None} == {field}


def can_be_anything(field: GraphQLInputField) -> bool:
    """Whether the schema alone refuses what cannot be taken."""
    named = get_named_type(field.type)
    return isinstance(named, GraphQLEnumType) or named.name == "Boolean"


def some(field: GraphQLInputField, right: Any) -> Any:
    """The right value, or no items of a list."""
    return [] if is_list_type(get_nullable_type(field.type)) else right


def path_of(name: str, wrong: Wrong) -> tuple[str, ...]:
    return (name,) if wrong.path is None else wrong.path
