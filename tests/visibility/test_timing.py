"""The harness that compares times: it finds a large delay. Whether the service has a small one, ``make prove`` says."""

import pytest

from tests.visibility.stages import Servers, open_stage
from tests.visibility.timing import Times, Timing, measured, planted_delay
from tests.visibility.timing_reads import NODE, settle


async def test_a_planted_delay_is_found(engines):
    async with open_stage(Servers(engines.mongodb_uri, engines.redis_url), 4) as stage:
        read = (await settle(stage.stores))[0]

        with planted_delay(read.hidden.values(), 0.005):
            slow = await measured(stage, read, 100)

    assert read.query == NODE
    assert slow.hidden - slow.missing > 0.003
    assert not slow.is_same


@pytest.mark.parametrize(
    ("hidden", "planted", "is_proven"),
    [(1.029, 1.2, True), (0.971, 1.2, True), (1.04, 1.2, False), (0.96, 1.2, False), (1.0, 1.02, False)],
)
def test_what_counts_as_proven(hidden, planted, is_proven):
    """Within three in a hundred either way, and the planted delay is outside."""
    times = Times([Timing("a post", hidden, 1.0)], [Timing("a post", 1.2, 1.0), Timing("a post", planted, 1.0)])

    assert times.is_proven is is_proven
    assert ("DIFFERS" in str(times)) is (hidden in {1.04, 0.96})
    assert ("MISSED" in str(times)) is (planted == 1.02)
