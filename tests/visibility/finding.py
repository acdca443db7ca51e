"""Plants a leak and lets the proof, which knows none of them, look for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pytest

from tests.visibility import leaks, leaks_in_threads, leaks_moderation, planting
from tests.visibility.comparing import Tally, Theatre

#: All that the modules of leaks have planted, by name.
LEAKS: Mapping[str, planting.Leak] = {
    name: patch
    for module in (leaks, leaks_in_threads, leaks_moderation)
    for name, patch in planting.LEAKS.items()
    if patch.__module__ == module.__name__
}


@dataclass(frozen=True)
class Find:
    """What it took to find a leak, or not to find it."""

    leak: str
    armed: int
    """Pairs that were armed before the first that differed."""
    worlds: int
    seed: int | None
    """The pair of worlds that showed it; None where none did."""
    scene: int | None = None
    """What was played in them when it showed."""


async def find(theatre: Theatre, name: str, worlds: Iterable[tuple[int, Iterable[int]]]) -> Find:
    """Look for a planted leak in ``worlds``, each the seed of a pair and which scenes to play, until one shows it."""
    tally = Tally()
    with pytest.MonkeyPatch.context() as monkeypatch:
        LEAKS[name](monkeypatch)
        for seed, scenes in worlds:
            await theatre.compare(seed, tally, scenes)
            if tally.differences:
                return Find(name, tally.armed, tally.worlds, seed, tally.differences[0].scene)
    return Find(name, tally.armed, tally.worlds, None)
