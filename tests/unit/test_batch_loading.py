"""What is asked for one by one is read together."""

import pytest

from domain.errors import PublicFault
from resolvers.batch_loading import BatchLoader


@pytest.fixture
def reads():
    return []


async def test_all_that_is_asked_in_one_moment_is_one_read(reads):
    async def double(keys):
        reads.append(keys)
        return [2 * key for key in keys]

    gathering = BatchLoader(double)
    answers = [gathering.ask(1), gathering.ask_all([2, 3]), gathering.ask_all([]), gathering.ask(4)]

    assert [await answer for answer in answers] == [2, [4, 6], [], 8]
    assert reads == [[1, 2, 3, 4]]


async def test_what_could_not_be_read_is_not_tried_again(reads):
    async def away(keys):
        reads.append(keys)
        raise OSError("away")

    gathering = BatchLoader(away)

    for answer in (gathering.ask(1), gathering.ask_all([2])):
        with pytest.raises(OSError, match="away"):
            await answer
    with pytest.raises(OSError, match="away"):
        await gathering.ask(3)

    assert reads == [[1, 2]]


async def test_a_refusal_is_about_what_was_asked_alone(reads):
    async def refuse_odd(keys):
        reads.append(keys)
        if any(key % 2 for key in keys):
            raise PublicFault("CONFLICT", "Odd.")
        return keys

    gathering = BatchLoader(refuse_odd)

    with pytest.raises(PublicFault):
        await gathering.ask(1)

    assert await gathering.ask(2) == 2
    assert reads == [[1], [2]]


async def test_a_value_too_few_is_a_fault():
    async def forgetful(keys):
        return keys[1:]

    with pytest.raises(ValueError, match="1 values for 2 keys"):
        await BatchLoader(forgetful).ask_all([1, 2])
