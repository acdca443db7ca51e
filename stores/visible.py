"""The visibility tables said to MongoDB: filters that match exactly what policy.visibility.can_see allows.

Each document carries its ``circle`` (who is meant by its audience), so that one ``$in`` on an index decides, and what
is hidden is passed over by its key and never fetched. An ``$or`` would be decided on fetched documents.
"""

from collections.abc import Iterable
from typing import Any

from domain.audience import Audience
from domain.content import ContentState
from domain.ids import MemberId
from domain.viewer import Viewer
from policy.visibility import SHOWN_TO_ALL, SHOWN_TO_AUTHOR, circle, circles, is_moderator

Filter = dict[str, Any]


def listed(viewer: Viewer, readable: list[str]) -> Filter:
    """What lists show to ``viewer``, who is in the circles ``readable``: what is published for them."""
    return _in_states(viewer, readable, SHOWN_TO_ALL)


def listed_ways(viewer: Viewer) -> list[Filter]:
    """The ways in which a post is listed for ``viewer``, none overlapping: as one of many, a friend, its author.

    Each is a range of an index of its own. Friends' posts are found by ``friendsOf``, which is set only on posts for
    friends: by circle MongoDB would merge a scan for each of thousands of friends.
    """
    published = {"state": _one_of(SHOWN_TO_ALL)}
    hidden = {"author": {"$nin": sorted(viewer.blocked)}} if viewer.blocked else {}
    ways: list[Filter] = [{**published, "circle": {"$in": circles(viewer, [])}, **hidden}]
    if viewer.member_id is not None:
        friends = sorted(viewer.friends - viewer.blocked)
        narrow = [circle(viewer.member_id, audience) for audience in (Audience.FRIENDS, Audience.ONLY_ME)]
        ways.append({**published, "audience": Audience.FRIENDS.value, "friendsOf": {"$in": friends}})
        ways.append({**published, "author": viewer.member_id, "circle": {"$in": narrow}})
    return ways


def visible(viewer: Viewer) -> Filter:
    """All that ``viewer`` may see in full: what is listed, their own words, and what moderators look after."""
    states = SHOWN_TO_AUTHOR if is_moderator(viewer) else SHOWN_TO_ALL
    others = _in_states(viewer, circles(viewer), states)
    if viewer.member_id is None:
        return others
    return {"$or": [others, {"author": viewer.member_id, "state": _one_of(SHOWN_TO_AUTHOR)}]}


def hidden_ways(viewer: Viewer, readable: list[str], owners: Iterable[MemberId]) -> list[Filter]:
    """The ways in which a comment may be hidden from ``viewer``, none overlapping another.

    Each is a range of an index that begins with state, circle and author; an ``$or`` of them would not be.
    """
    unpublished = [state for state in ContentState if state not in SHOWN_TO_ALL]
    published = {"state": _one_of(SHOWN_TO_ALL)}
    closed = {"circle": {"$in": _closed(readable, owners)}}
    ways: list[Filter] = [{"state": _one_of(unpublished)}, {**published, **closed}]
    if viewer.blocked:
        ways.append({**published, "circle": {"$in": readable}, "author": {"$in": sorted(viewer.blocked)}})
    return ways


def kept_ways(viewer: Viewer, readable: list[str], owners: Iterable[MemberId]) -> list[Filter]:
    """The ways in which lists hide from ``viewer`` what shows to them in full: own words, moderators' charges."""
    kept = _one_of([state for state in SHOWN_TO_AUTHOR if state not in SHOWN_TO_ALL])
    ways: list[Filter] = []
    if viewer.member_id is not None:
        ways.append({"author": viewer.member_id, "state": kept})
        closed = {"$in": _closed(readable, owners)}
        ways.append({"author": viewer.member_id, "state": _one_of(SHOWN_TO_ALL), "circle": closed})
    if is_moderator(viewer):
        ways.append({"state": kept, "circle": {"$in": readable}, "author": {"$nin": sorted(viewer.blocked)}})
    return ways


def counted_apart(viewer: Viewer) -> Filter:
    """Published words that a stored count has wrong: of authors hidden from ``viewer``, and their own out of reach."""
    own = [viewer.member_id] if viewer.member_id else []
    return {"author": {"$in": sorted(viewer.blocked) + own}, "state": _one_of(SHOWN_TO_ALL)}


def own(viewer: Viewer) -> Filter:
    """All that ``viewer`` wrote and has not deleted; nothing of those who are not signed in."""
    return {"author": viewer.member_id, "state": _one_of(SHOWN_TO_AUTHOR)}


def _closed(readable: list[str], owners: Iterable[MemberId]) -> list[str]:
    """The circles of ``owners`` that are not readable: named, for an index has no range for "none of"."""
    return sorted({circle(owner, audience) for owner in owners for audience in Audience}.difference(readable))


def _in_states(viewer: Viewer, readable: list[str], states: Iterable[ContentState]) -> Filter:
    hidden = {"author": {"$nin": sorted(viewer.blocked)}} if viewer.blocked else {}
    return {"state": _one_of(states), "circle": {"$in": readable}, **hidden}


def _one_of(states: Iterable[ContentState]) -> Filter:
    return {"$in": [state.value for state in states]}
