"""Surfaces ask what the service takes: an operation that is refused as a whole shows nothing."""

from random import Random

import orjson
import pytest

from tests.visibility.comparing import LANGUAGES
from tests.visibility.documents import generated_documents
from tests.visibility.drawing import Drawing
from tests.visibility.endpoints import SURFACES, generated
from tests.visibility.stages import Servers, Viewer, open_stage
from tests.visibility.twins import twins_of

#: What says that an operation is not one of this schema, or too large.
REFUSALS = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "OPERATION_TOO_LARGE", "BAD_USER_INPUT", "INTERNAL"}
#: Enough to draw each variant of a surface and each size of page.
TIMES = 12


@pytest.fixture(scope="module")
async def before_a_world(engines):
    """A stage on which a world is played, and how to draw what is asked before it."""
    twins = next(found for seed in range(1, 20) if (found := twins_of(Random(seed))))
    documents = generated_documents(5, 1)
    async with open_stage(Servers(engines.mongodb_uri, engines.redis_url), 6) as stage:
        await stage.play(twins.one)
        hot = next(iter(twins.permitted.values()))

        def drawing(seed):
            return Drawing(Random(seed), twins.one, twins.other, documents, hot, twins.followable, twins.viewers)

        yield stage, drawing, [person.handle for person in twins.one.people.values()]


@pytest.mark.parametrize("surface", [each for each, _, _ in SURFACES if each is not generated])
async def test_no_surface_is_refused_as_a_whole(before_a_world, surface):
    stage, drawing, handles = before_a_world
    asked = []

    for seed in range(TIMES):
        viewer = Viewer(stage, handles[-1 - seed % 2], LANGUAGES[seed % 2])
        await surface(viewer, drawing(seed))
        await stage.begin_again()
        asked += viewer.transcript

    codes = {code for exchange in asked for code in _codes(exchange.body)}
    assert asked
    assert codes & REFUSALS == set()


def _codes(body):
    answer = orjson.loads(body) if body.startswith(b"{") else {}
    return {error["extensions"].get("code") for error in answer.get("errors", ())}
