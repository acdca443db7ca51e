"""Compares what viewers get from two worlds that differ only in what they may not see.

A pair is an operation and a viewer, asked alike before both worlds. It is armed where some permitted viewer's answers
to the same operation differ: only then could a leak have shown. What one viewer is asked twice counts once.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.visibility.documents import Documents
from tests.visibility.drawing import Drawing, Hot
from tests.visibility.endpoints import SURFACES, Surface, played
from tests.visibility.stages import Exchange, Servers, Stage, Viewer, open_stage
from tests.visibility.twins import Twins, twins_of

#: Surfaces that are played in each pair of worlds.
SCENES = 60
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
    scene: int
    """Which of the surfaces that were played it is."""

    def __str__(self) -> str:
        return f"{self.viewer} sees {self.change} in {self.surface}:\n  {self.one}\n  {self.other}"


@dataclass
class Tally:
    """What was compared."""

    armed: int = 0
    unarmed: int = 0
    worlds: int = 0
    discarded: int = 0
    """Worlds in which nothing was found that the viewers may not see."""
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
class Scene:
    """A surface as it is played to everybody alike."""

    surface: Surface
    number: int
    seed: str
    witnesses: Sequence[str | None]
    """Of those who may see the difference, whose answers are to arm it."""
    hot: Hot


@dataclass
class Asked:
    """What was asked before one pair of worlds, by surface, viewer and operation: once each."""

    all: set[tuple[str, str | None, str]] = field(default_factory=set)
    armed: set[tuple[str, str | None, str]] = field(default_factory=set)

    def count(self, changes: Sequence[str], tally: Tally) -> None:
        tally.armed += len(self.armed)
        tally.unarmed += len(self.all) - len(self.armed)
        tally.surfaces.update(surface for surface, _, _ in self.armed)
        tally.changes.update(dict.fromkeys(changes, len(self.armed)))


@dataclass
class Theatre:
    """Two stages for twins, and the operations that are asked."""

    stages: tuple[Stage, Stage]
    documents: Documents
    witnesses: int = PERMITTED
    """How many are asked whether a pair is armed; 0 where only differences matter."""

    async def compare(self, seed: int, tally: Tally, scenes: Iterable[int] = range(SCENES)) -> None:
        """Play ``scenes`` in one pair of worlds; ``seed`` decides all about them."""
        twins = twins_of(Random(seed))
        if twins is None:
            tally.discarded += 1
            return
        tally.worlds += 1
        await self.stages[0].play(twins.one)
        await self.stages[1].play(twins.other)
        asked = Asked()
        for number in scenes:
            difference = await self._play(twins, _scene(twins, seed, number), asked)
            if difference:
                tally.differences.append(difference)
                break
        asked.count(twins.changes, tally)

    async def _play(self, twins: Twins, scene: Scene, asked: Asked) -> Difference | None:
        """Compare the answers to all from whom something is hidden; then see whether it could have shown."""
        fresh: dict[tuple[str, str | None, str], int] = {}
        for viewer in twins.viewers:
            one, other = await self._transcripts(twins, scene, viewer)
            if one != other:
                return _difference(twins, scene, viewer, one, other)
            for number, exchange in enumerate(one):
                fresh.setdefault((scene.surface.__name__, viewer, exchange.request), number)
        asked.all |= fresh.keys()
        for witness in scene.witnesses[: self.witnesses]:
            if fresh.keys() <= asked.armed:
                break
            seen = list(zip(*await self._transcripts(twins, scene, witness), strict=False))
            armed = {number for number, (one, other) in enumerate(seen) if one.body != other.body}
            asked.armed |= {
                key
                for key, number in fresh.items()
                if number in armed and all(exchange.request == key[2] for exchange in seen[number])
            }
        return None

    async def _transcripts(
        self, twins: Twins, scene: Scene, handle: str | None
    ) -> tuple[list[Exchange], list[Exchange]]:
        """What ``handle`` gets before each of the two worlds, asking alike."""
        transcripts = []
        for stage in self.stages:
            random = Random(scene.seed)
            viewer = Viewer(stage, handle, random.choice(LANGUAGES))
            drawing = Drawing(
                random, twins.one, twins.other, self.documents, scene.hot, twins.followable, twins.viewers
            )
            await scene.surface(viewer, drawing)
            await stage.begin_again()
            transcripts.append(viewer.transcript)
        return transcripts[0], transcripts[1]


@asynccontextmanager
async def open_theatre(
    servers: Servers, documents: Documents, number: int = 0, *, witnesses: int = PERMITTED
) -> AsyncIterator[Theatre]:
    """Two stages of their own; of several theatres over the same servers each has its ``number``."""
    async with open_stage(servers, 2 * number) as one, open_stage(servers, 2 * number + 1) as other:
        yield Theatre((one, other), documents, witnesses)


def _scene(twins: Twins, seed: int, number: int) -> Scene:
    """One that could show what the first witness may see, whichever were played before."""
    random = Random(f"scene {number} of {seed}")
    witnesses = random.sample(list(twins.permitted), min(PERMITTED, len(twins.permitted)))
    hot = twins.permitted[witnesses[0]]
    surface = random.choices([each for each, _, _ in SURFACES], played(hot))[0]
    return Scene(surface, number, f"{seed} {number}", witnesses, hot)


def _difference(
    twins: Twins, scene: Scene, viewer: str | None, one: list[Exchange], other: list[Exchange]
) -> Difference:
    longest = max(len(one), len(other))
    padded = [[*each, *[None] * (longest - len(each))] for each in (one, other)]
    first, second = next(pair for pair in zip(*padded, strict=True) if pair[0] != pair[1])
    return Difference(scene.surface.__name__, " and ".join(twins.changes), viewer, first, second, scene.number)
