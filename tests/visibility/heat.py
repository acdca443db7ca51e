"""What two worlds differ in, and where that hangs: by name, so that it can be asked for."""

from collections.abc import Mapping
from typing import Any

from tests.visibility.surfaces import Hot
from tests.visibility.world import World


def heat_of(one: World, other: World) -> Hot:
    """The members, things, boards and decisions on which a difference between the worlds could show."""
    contents = _contents_that_differ(one, other)
    posts = [one.posts.get(key) or other.posts[key] for key in contents if key in one.posts or key in other.posts]
    handles = {
        *_differing(one.people, other.people),
        *(handle for pair in _differing(one.follows, other.follows) for handle in pair),
        *(handle for pair in _differing(one.blocks, other.blocks) for handle in pair),
        *(who for who, _ in _differing(one.board_follows, other.board_follows)),
        *(post.author for post in posts),
    }
    return Hot(
        handles=tuple(sorted(handles)),
        contents=tuple(sorted(contents)),
        boards=tuple(sorted({post.board for post in posts} | {f"@{handle}" for handle in handles})),
        decisions=tuple(sorted(each.key for each in set(one.decisions) ^ set(other.decisions))),
    )


def _contents_that_differ(one: World, other: World) -> set[str]:
    """Posts and comments that differ, and what they hang under."""
    comments = {**one.comments, **other.comments}
    known: Mapping[str, Any] = {**one.posts, **other.posts, **comments}
    found = {
        *_differing(one.posts, other.posts),
        *_differing(one.comments, other.comments),
        *(target for target, _, _ in one.reactions ^ other.reactions),
        *(each.target for each in set(one.decisions) ^ set(other.decisions)),
        *(each.target for each in set(one.reports) ^ set(other.reports) if each.target in known),
    }
    above = {place for key in found if key in comments for place in (comments[key].post, comments[key].parent) if place}
    by_somebody = {key for key, content in known.items() if content.author in _differing(one.people, other.people)}
    return found | above | (by_somebody if not found else set())


def _differing(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> set[Any]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}
