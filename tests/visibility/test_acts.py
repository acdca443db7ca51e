"""The acts of the proof are ones that the service takes: one that it refuses to read shows nothing."""

from random import Random

import pytest
from graphql import coerce_input_value, parse, validate

from tests.visibility.acts import ACTS, asked_of, input_of
from tests.visibility.acts_moderation import ACTS_OF_ORDER
from tests.visibility.asking import with_fragments
from tests.visibility.documents import SCHEMA, generated_documents
from tests.visibility.drawing import Drawing
from tests.visibility.twins import twins_of


@pytest.fixture(scope="module")
def drawing():
    twins = next(found for seed in range(1, 20) if (found := twins_of(Random(seed))))
    hot = next(iter(twins.permitted.values()))
    return Drawing(Random(1), twins.one, twins.other, generated_documents(5, 1), hot, twins.followable, twins.viewers)


@pytest.mark.parametrize("act", dict.fromkeys((*ACTS, *ACTS_OF_ORDER)))
def test_every_act_is_one_that_the_schema_knows(drawing, act):
    for _ in range(5):
        name, given, answer = act(drawing)

        assert validate(SCHEMA, parse(with_fragments(asked_of(name, answer)))) == []
        coerce_input_value(given, input_of(name))
