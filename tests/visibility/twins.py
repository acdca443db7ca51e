"""Pairs of worlds that look alike to some, and unlike to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.visibility.drawing import Hot
from tests.visibility.generators import Maker
from tests.visibility.generators_moderation import made_world
from tests.visibility.model import view
from tests.visibility.mutation_weights import heat_of
from tests.visibility.mutations import changed
from tests.visibility.world import World

#: Changes that are tried; those are kept which none of the viewers may see, about a third.
TRIES = 130
#: For how many viewers the same worlds look alike: the more, the fewer of the changes are hidden from all of them.
VIEWERS = (1, 2, 2, 3)


@dataclass(frozen=True)
class Twins:
    """Two worlds that look alike to ``viewers``, and those to whom they do not."""

    one: World
    other: World
    viewers: tuple[str | None, ...]
    changes: tuple[str, ...]
    permitted: Mapping[str | None, Hot]
    """Where those see differences who may."""
    followable: tuple[str, ...]
    """Whom all of ``viewers`` may follow, and are shown no more than before."""


def twins_of(random: Random) -> Twins | None:
    """A world, and another that differs in whatever was found that the viewers, chosen at random, may not see."""
    maker = Maker(random)
    world = made_world(maker)
    viewers = _viewers(world, random)
    names, other = [], world
    seen = {viewer: view(world, viewer) for viewer in viewers}
    for _ in range(TRIES):
        name, tried = changed(other, maker)
        if tried != other and all(view(tried, viewer) == seen[viewer] for viewer in viewers):
            names.append(name)
            other = tried
    found = {each: heat_of(world, other, each) for each in (*world.people, None)}
    permitted = {each: hot for each, hot in found.items() if hot}
    if not permitted:
        return None
    followable = tuple(each for each in world.people if all(_may_follow(world, who, each) for who in viewers))
    return Twins(world, other, viewers, tuple(names), permitted, followable)


def _viewers(world: World, random: Random) -> tuple[str | None, ...]:
    """Anyone; more often those whom a block parts from somebody, for most is hidden from them, and those who have an
    office, for they are told most."""
    parted = sorted({handle for pair in world.blocks for handle in pair})
    appointed = {who for who, _ in world.appointed}
    office = sorted(appointed.union(each.handle for each in world.people.values() if each.role != "MEMBER"))
    among = random.choices((parted, office, [None, *world.people]), (4, 2, 4))[0]
    first = random.choice(among or [None, *world.people])
    others = [each for each in (None, *world.people) if each != first]
    return first, *random.sample(others, random.choice(VIEWERS) - 1)


def _may_follow(world: World, viewer: str | None, handle: str) -> bool:
    """A block and who follows the viewer are told to the viewer, so they are alike in both worlds, where they show."""
    return viewer is None or world.parted(viewer, handle) or (handle, viewer) not in world.follows
