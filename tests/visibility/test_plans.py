"""Plans answer whatever the schema allows as graphql-core does, over worlds made at random."""

from random import Random

import pytest

from graph.schema import SCHEMA
from tests.both_ways import BothWays
from tests.visibility.asking import operation
from tests.visibility.documents import generated_documents
from tests.visibility.drawing import Drawing, Hot
from tests.visibility.generating import filled
from tests.visibility.generators import Maker
from tests.visibility.loader import settle
from tests.visibility.naming import token_of
from tests.visibility.varying import SWITCHES, varied


@pytest.mark.parametrize("seed", [1, 2])
async def test_plans_answer_generated_operations_as_graphql_core_does(stores, app_services, reads, seed):
    random, both = Random(f"plans {seed}"), BothWays(app_services, reads)
    world, documents = Maker(random).world(), generated_documents(80, seed)
    await settle(world, stores)
    drawing = Drawing(random, world, world, documents, Hot())

    for document in documents.all:
        text = filled(varied(document, SCHEMA._schema, random), drawing)
        switches = [name for name in SWITCHES if f"${name}" in text]
        for token in [None, *map(token_of, random.sample(list(world.people), 2))]:
            await both.compare(text, {name: random.random() < 0.5 for name in switches}, token)

    assert both.came["alike"] >= 150, both.came
    assert both.came["unplanned"] == 0, both.came


async def test_plans_answer_the_pages_of_the_service_as_graphql_core_does(stores, app_services, reads):
    random, both = Random("pages"), BothWays(app_services, reads)
    world = Maker(random).world()
    await settle(world, stores)
    drawing = Drawing(random, world, world, generated_documents(1, 1), Hot())

    for token in [None, *map(token_of, world.people)]:
        for _ in range(2):
            sizes = {"first": random.choice((0, 1, 5)), "then": random.choice((1, 2, 5))}
            ids = [drawing.node() for _ in range(8)]
            await both.compare(operation("feed"), {"first": random.randint(0, 20)}, token)
            await both.compare(operation("thread"), {"id": drawing.content(), **sizes}, token)
            await both.compare(operation("member"), {"handle": drawing.handle(), "first": 5}, token)
            await both.compare(operation("by_id"), {"ids": ids, "first": ids[0]}, token)

    assert both.came.keys() == {"alike"}
