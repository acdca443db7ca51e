"""Compares what viewers get from two worlds that differ only in what one of them may not see.

A pair is one surface, asked alike before both worlds. It is armed where some permitted viewer's answers differ: only
then could a leak have shown.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import DocumentNode

from tests.visibility.changing import changed
from tests.visibility.heat import heat_of
from tests.visibility.making import Maker
from tests.visibility.model import view
from tests.visibility.stages import Exchange, Servers, Stage, Viewer, open_stage
from tests.visibility.surfaces import CHANGING, SURFACES, Drawing, Hot, Surface
from tests.visibility.world import World

#: Changes that are tried; those are kept which the viewer may not see, about a third.
TRIES = 40
#: Surfaces that are played in each pair of worlds before one that changes them.
SCENES = 40
#: Those who may see the difference are many; so many are asked until one does.
PERMITTED = 2

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Difference:
    """A leak: the first exchange that was not the same, and what the worlds differ in."""

    surface: str
    change: str
    viewer: str | None
    one: Exchange | None
    other: Exchange | None

    def __str__(self) -> str:
        return f"{self.viewer} sees {self.change} in {self.surface}:\n  {self.one}\n  {self.other}"


@dataclass
class Tally:
    """What was compared."""

    armed: int = 0
    unarmed: int = 0
    worlds: int = 0
    discarded: int = 0
    """Worlds in which nothing was found that the viewer may not see."""
    changes: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changes, self.surfaces = Counter(self.changes), Counter(self.surfaces)

    def add(self, other: "Tally") -> None:
        """Count what another one has counted."""
        self.armed += other.armed
        self.unarmed += other.unarmed
        self.worlds += other.worlds
        self.discarded += other.discarded
        self.changes.update(other.changes)
        self.surfaces.update(other.surfaces)
        self.differences.extend(other.differences)

    def as_counts(self) -> dict[str, Any]:
        """All but the differences, which end a proof."""
        return {name: value for name, value in vars(self).items() if name != "differences"}


@dataclass(frozen=True)
class Twins:
    """Two worlds that look alike to ``viewer``, and those to whom they do not."""

    one: World
    other: World
    viewer: str | None
    changes: tuple[str, ...]
    permitted: tuple[str | None, ...]
    hot: Hot


@dataclass
class Theatre:
    """Two stages for twins, and the operations that are asked."""

    stages: tuple[Stage, Stage]
    documents: Sequence[DocumentNode]

    async def compare(self, seed: int, tally: Tally) -> None:
        """Play one pair of worlds, which ``seed`` decides all about."""
        random = Random(seed)
        twins = twins_of(random)
        if twins is None:
            tally.discarded += 1
            return
        tally.worlds += 1
        await self._settle(twins)
        for number, surface in enumerate(_scenes(random)):
            await self._pair(twins, surface, seed * 1_000 + number, tally)
            if tally.differences:
                return
        await self._pair(twins, random.choice(CHANGING), seed * 1_000 + 999, tally)

    async def _settle(self, twins: Twins) -> None:
        await self.stages[0].play(twins.one)
        await self.stages[1].play(twins.other)

    async def _pair(self, twins: Twins, surface: Surface, seed: int, tally: Tally) -> None:
        one, other = await self._transcripts(twins, surface, seed, twins.viewer)
        if one != other:
            tally.differences.append(_difference(twins, surface, one, other))
            return
        for permitted in twins.permitted:
            if surface in CHANGING:
                await self._settle(twins)
            seen, seen_other = await self._transcripts(twins, surface, seed, permitted)
            armed = sum(one.body != other.body for one, other in zip(seen, seen_other, strict=False))
            if armed:
                tally.armed += min(armed, len(one))
                tally.unarmed += len(one) - min(armed, len(one))
                tally.changes.update(dict.fromkeys(twins.changes, armed))
                tally.surfaces[surface.__name__] += armed
                return
        tally.unarmed += len(one)

    async def _transcripts(
        self, twins: Twins, surface: Surface, seed: int, handle: str | None
    ) -> tuple[list[Exchange], list[Exchange]]:
        """What ``handle`` gets before each of the two worlds, asking alike."""
        transcripts = []
        for stage in self.stages:
            random = Random(seed)
            stage.rewind()
            viewer = Viewer(stage, handle, random.choice(LANGUAGES))
            await surface(viewer, Drawing(random, twins.one, twins.other, self.documents, twins.viewer, twins.hot))
            transcripts.append(viewer.transcript)
        return transcripts[0], transcripts[1]


@asynccontextmanager
async def open_theatre(servers: Servers, documents: Sequence[DocumentNode], number: int = 0) -> AsyncIterator[Theatre]:
    """Two stages of their own; of several theatres over the same servers each has its ``number``."""
    async with open_stage(servers, 2 * number) as one, open_stage(servers, 2 * number + 1) as other:
        yield Theatre((one, other), documents)


def twins_of(random: Random) -> Twins | None:
    """A world, and another that differs in whatever was found that a viewer, chosen at random, may not see."""
    maker = Maker(random)
    world = maker.world()
    viewer = random.choice([None, *world.people])
    seen = view(world, viewer)
    names, other = [], world
    for _ in range(TRIES):
        name, tried = changed(other, maker)
        if tried != other and view(tried, viewer) == seen:
            names.append(name)
            other = tried
    hot = heat_of(world, other)
    permitted = _permitted(world, other, viewer, hot)
    return Twins(world, other, viewer, tuple(names), permitted, hot) if permitted else None


def _permitted(world: World, other: World, viewer: str | None, hot: Hot) -> tuple[str | None, ...]:
    """Some of those to whom the two worlds differ; those whom the difference is about are the first to know."""
    everyone = sorted([handle for handle in world.people if handle != viewer], key=lambda each: each not in hot.handles)
    differing = (each for each in everyone if view(world, each) != view(other, each))
    return tuple(each for each, _ in zip(differing, range(PERMITTED), strict=False))


def _scenes(random: Random) -> Iterator[Surface]:
    surfaces, weights = zip(*SURFACES, strict=True)
    yield from random.choices(surfaces, weights, k=SCENES)


def _difference(twins: Twins, surface: Surface, one: list[Exchange], other: list[Exchange]) -> Difference:
    longest = max(len(one), len(other))
    padded = [[*each, *[None] * (longest - len(each))] for each in (one, other)]
    first = next(pair for pair in zip(*padded, strict=True) if pair[0] != pair[1])
    return Difference(surface.__name__, " and ".join(twins.changes), twins.viewer, *first)
