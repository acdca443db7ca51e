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
from policy.visibility import (
    REACH,
    SHOWN_TO_ALL,
    SHOWN_TO_AUTHOR,
    SHOWN_TO_BOARD_OWNER,
    STANDS_AS_TOMBSTONE,
    Relation,
    circle,
    circles,
    is_moderator,
    states_shown,
)

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
    ways: list[Filter] = [{**published, "circle": {"$in": circles(viewer, [])}, **_not_hidden(viewer)}]
    if viewer.member_id is not None:
        friends = sorted(viewer.friends - viewer.blocked)
        narrow = [circle(viewer.member_id, audience) for audience in (Audience.FRIENDS, Audience.ONLY_ME)]
        ways.append({**published, "audience": Audience.FRIENDS.value, "friendsOf": {"$in": friends}})
        ways.append({**published, "author": viewer.member_id, "circle": {"$in": narrow}})
    return ways


def listed_of(relation: Relation) -> Filter:
    """What lists show of a member to whom the viewer stands in ``relation``.

    By audience, which is the same for all of them: an index of who wrote what then has a range for each author and
    audience. By circle it would be one for each author and each circle of any of them.
    """
    return {"state": _one_of(SHOWN_TO_ALL), "audience": {"$in": sorted(reached.value for reached in REACH[relation])}}


def listed_on_board_ways(viewer: Viewer) -> list[Filter]:
    """The ways in which a board's post is listed for the signed-in ``viewer`` but as a friend, none overlapping.

    By circle alone, so that an index which begins with the board has ranges for them.
    """
    open_to_all = circles(viewer, [])
    own_alone = set(circles(viewer, [viewer.member_id] if viewer.member_id else [])).difference(open_to_all)
    return [listed(viewer, open_to_all), {"state": _one_of(SHOWN_TO_ALL), "circle": {"$in": sorted(own_alone)}}]


def visible(viewer: Viewer) -> Filter:
    """All that ``viewer`` may see in full on boards that are open to them."""
    return {"$or": visible_ways(viewer)}


def visible_ways(viewer: Viewer) -> list[Filter]:
    """The ways in which ``viewer`` sees a thing in full, which may overlap: as ``opening_ways``, and as handed over."""
    ways = opening_ways(viewer)
    if is_moderator(viewer):
        board_owners = {"host": {"$nin": sorted(viewer.blocked)}}
        ways.append({"isHandedOver": True, "state": _one_of(SHOWN_TO_AUTHOR), **board_owners, **_not_hidden(viewer)})
    return ways


def opening_ways(viewer: Viewer) -> list[Filter]:
    """The ways in which ``viewer`` sees a thing and what is said below it: it is listed, their own words, left on their
    message board, or something that moderators look after. Below what was handed over to moderators nothing shows.
    """
    states = SHOWN_TO_AUTHOR if is_moderator(viewer) else SHOWN_TO_ALL
    ways = [_in_states(viewer, circles(viewer), states)]
    if viewer.member_id is not None:
        ways.append({"author": viewer.member_id, "state": _one_of(SHOWN_TO_AUTHOR)})
        ways.append(left_with(viewer, states_shown(viewer, viewer.member_id)))
    return ways


def left_with(viewer: Viewer, states: Iterable[ContentState]) -> Filter:
    """What others left on the message board of ``viewer``, for whomever else it is meant."""
    return {"host": viewer.member_id, "state": _one_of(states), **_not_hidden(viewer)}


#: A post that is hidden but stands above what is said below it. What was held before it went away leaves nothing: those
#: who see the rest would see that it went.
LEAVES_TOMBSTONE: Filter = {
    "state": {"$in": [state.value for state in STANDS_AS_TOMBSTONE]},
    "removedFrom": {"$ne": ContentState.HELD.value},
    "isThreadGone": {"$ne": True},
}


def open_boards(viewer: Viewer) -> list[Filter]:
    """The ways in which a message board is open to ``viewer``: to many, to its owner's friends, to its owner."""
    to_many = sorted(audience.value for audience in REACH[_in_states_of_many(viewer)])
    ways: list[Filter] = [{"audience": {"$in": to_many}, "owner": {"$nin": sorted(viewer.blocked)}}]
    if viewer.member_id is not None:
        friends = sorted(viewer.friends - viewer.blocked)
        ways.append({"audience": Audience.FRIENDS.value, "owner": {"$in": friends}})
        ways.append({"owner": viewer.member_id})
    return ways


def waiting_ways(viewer: Viewer) -> list[Filter]:
    """The ways in which an entry waits for a signed-in ``viewer``: held on their board, or handed over to staff."""
    held = [state for state in SHOWN_TO_BOARD_OWNER if state not in SHOWN_TO_ALL]
    ways = [left_with(viewer, held)]
    if is_moderator(viewer):
        # Hosts find their own above. Nobody decides about themselves, nor learns who complained about them.
        others = {"$nin": [viewer.member_id, *sorted(viewer.blocked)]}
        ways.append({"isHandedOver": True, "state": _one_of(SHOWN_TO_BOARD_OWNER), "host": others, "author": others})
    return ways


def answering(viewer: Viewer) -> Filter:
    """What others say below, listed for ``viewer``, whatever it stands below."""
    everywhere = listed(viewer, circles(viewer))
    return {"$or": [everywhere, left_with(viewer, SHOWN_TO_ALL)]} if viewer.is_signed_in else everywhere


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


def kept_ways(viewer: Viewer, readable: list[str], owners: Iterable[MemberId], *, on_own_board: bool) -> list[Filter]:
    """The ways in which lists hide from ``viewer`` what shows to them in full: own words, and what they look after."""
    unlisted = [state for state in SHOWN_TO_AUTHOR if state not in SHOWN_TO_ALL]
    ways: list[Filter] = []
    if viewer.member_id is not None:
        ways.append({"author": viewer.member_id, "state": _one_of(unlisted)})
        closed = {"$in": _closed(readable, owners)}
        ways.append({"author": viewer.member_id, "state": _one_of(SHOWN_TO_ALL), "circle": closed})
    if is_moderator(viewer):
        ways.append({"state": _one_of(unlisted), "circle": {"$in": readable}, **_not_hidden(viewer)})
    elif on_own_board:
        held = [state for state in SHOWN_TO_BOARD_OWNER if state in unlisted]
        ways.append({"state": _one_of(held), "circle": {"$in": readable}, **_not_hidden(viewer)})
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


def _in_states_of_many(viewer: Viewer) -> Relation:
    return Relation.MEMBER if viewer.is_signed_in else Relation.ANONYMOUS


def _in_states(viewer: Viewer, readable: list[str], states: Iterable[ContentState]) -> Filter:
    return {"state": _one_of(states), "circle": {"$in": readable}, **_not_hidden(viewer)}


def _not_hidden(viewer: Viewer) -> Filter:
    return {"author": {"$nin": sorted(viewer.blocked)}} if viewer.blocked else {}


def _one_of(states: Iterable[ContentState]) -> Filter:
    return {"$in": [state.value for state in states]}
