"""Counts the posts whose byline would show a field to more people than now, or to fewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.audience import Audience
from domain.members import ProfileField
from domain.viewer import Viewer
from policy.limits import MAX_PREVIEWED_POSTS
from policy.visibility import SHOWN_TO_ALL
from stores.codecs import Document
from stores.visibility_filters import Filter


@dataclass(frozen=True, slots=True)
class Showing:
    """A field that comes to show, or to show no more, to those in ``to`` who are beyond ``beyond``."""

    field: ProfileField
    beyond: Audience
    to: Audience


def byline_stages(viewer: Viewer, showings: Sequence[Showing]) -> list[Document]:
    """One row a field, ``{"field", "n"}``; none where there is nothing to count."""
    first, *others = [_counting(viewer, showing) for showing in showings]
    return [*first, *({"$unionWith": {"coll": "posts", "pipeline": other}} for other in others)]


def _counting(viewer: Viewer, showing: Showing) -> list[Document]:
    return [
        {"$match": {**_carries(viewer, showing.field), "$or": _ways(viewer, showing)}},
        {"$limit": MAX_PREVIEWED_POSTS},
        {"$count": "n"},
        {"$set": {"field": showing.field.value}},
    ]


def _carries(viewer: Viewer, field: ProfileField) -> Filter:
    return {
        "author": viewer.member_id,
        "byline": field.value,
        "state": {"$in": [state.value for state in SHOWN_TO_ALL]},
    }


def _ways(viewer: Viewer, showing: Showing) -> list[Filter]:
    """What is meant for people beyond those who see the field either way; and what its host reads however it is meant.

    By friends and not by blocks, nor by the audience of a board: those would tell what others keep to themselves.
    """
    wider = [audience.value for audience in Audience if audience.is_wider_than(showing.beyond)]
    others = [audience.value for audience in Audience if not audience.is_wider_than(showing.beyond)]
    ways: list[Filter] = [{"audience": {"$in": wider}}]
    for layer, board_owners in _hosts(viewer).items():
        if layer.is_wider_than(showing.beyond) and not layer.is_wider_than(showing.to):
            ways.append({"audience": {"$in": others}, "host": board_owners})
    return ways


def _hosts(viewer: Viewer) -> dict[Audience, Filter]:
    """The owners of other message boards by the narrowest audience that reaches them."""
    friends = sorted(viewer.friends)
    return {
        Audience.FRIENDS: {"$in": friends},
        Audience.MEMBERS: {"$gt": "", "$nin": [viewer.member_id, *friends]},
    }
