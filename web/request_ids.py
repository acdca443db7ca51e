"""Request ids: how a person's report of a fault finds the line in the log."""

from domain.clock_and_random import RandomSource

#: Made by the service each time: a client's own would let it write into our logs.
REQUEST_ID_HEADER = "X-Request-Id"
RANDOM_BYTES = 12


def new_request_id(random: RandomSource) -> str:
    """An id of 16 characters that says nothing."""
    return random.token(RANDOM_BYTES)
