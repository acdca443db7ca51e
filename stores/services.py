"""What every use case works with: the stores, the time, and randomness."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock_and_random import Clock, RandomSource
from stores.connections import Stores


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that are built once, at start."""

    stores: Stores
    clock: Clock
    random: RandomSource

    def now(self) -> datetime:
        """The present, in UTC."""
        return self.clock.now()
