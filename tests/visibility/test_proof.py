"""A sample of the proof, the same in every run; ``make prove`` runs all of it."""

from tests.visibility.comparing import Tally, open_theatre
from tests.visibility.documents import generated_documents
from tests.visibility.stages import Servers

SAMPLE = range(1, 4)


async def test_what_a_viewer_may_not_see_changes_not_one_byte_of_what_they_get(engines):
    tally = Tally()

    async with open_theatre(Servers(engines.mongodb_uri, engines.redis_url), generated_documents(60, 1)) as theatre:
        for seed in SAMPLE:
            await theatre.compare(seed, tally)

    assert [str(difference) for difference in tally.differences] == []
    # Most pairs could have shown a leak: some permitted viewer's answer to the same operation differs.
    assert tally.worlds == len(SAMPLE)
    assert tally.armed >= 150
    assert len(tally.changes) >= 15
    assert len(tally.surfaces) >= 7
