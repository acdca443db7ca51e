"""What signed-in members know of their own: settings, ties, reports, decisions, what waits for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.visibility.model_content import is_read, is_seen_in_full, told
from tests.visibility.model_moderation import order_side, outcome
from tests.visibility.model_reach import Sight, field_audience, state_of
from tests.visibility.world import FIELDS, Comment, Post

Tie = tuple[str, int]
Relationships = Mapping[tuple[str, str], int]


def own_side(sight: Sight, viewer: str) -> dict[str, Any]:
    world = sight.world
    return {
        "settings": settings(sight, viewer),
        "blocks": newest_first(outgoing(world.blocks, viewer)),
        "following": newest_first(present(sight, outgoing(world.follows, viewer))),
        "followers": newest_first(present(sight, incoming(world.follows, viewer))),
        "followed_boards": newest_first(outgoing(world.board_follows, viewer)),
        "reports": reports(sight, viewer),
        "decisions": decisions(sight, viewer),
        "bylines": bylines(sight, viewer),
        "deletable": deletable_comments(sight, viewer),
        "reacted": reacted(sight, viewer),
        "record": record(sight, viewer),
        "order": order_side(sight),
        "to_review": [post.key for post in entries(sight) if waits(sight, post)],
        "handed_over": [post.key for post in entries(sight) if sight.is_board_owner(post.host) and post.handed_over],
    }


def settings(sight: Sight, viewer: str) -> dict[str, Any]:
    person = sight.world.people[viewer]
    return {
        "values": dict(person.values),
        "audiences": {name: field_audience(person, name) for name in FIELDS},
        "precision": person.precision,
        "default_byline": [name for name in FIELDS if name in person.default_byline],
    }


def bylines(sight: Sight, viewer: str) -> dict[str, list[str]]:
    """What members chose to show with all they wrote; a field that is empty now would show as soon as it is not."""
    said: dict[str, Post | Comment] = {**sight.world.posts, **sight.world.comments}
    mine = (each for each in said.values() if each.author == viewer)
    return {each.key: [name for name in FIELDS if name in each.byline] for each in mine}


def outgoing(ties: Relationships, viewer: str) -> list[Tie]:
    return [(other, since) for (one, other), since in ties.items() if one == viewer]


def incoming(ties: Relationships, viewer: str) -> list[Tie]:
    return [(one, since) for (one, other), since in ties.items() if other == viewer]


def present(sight: Sight, ties: Iterable[Tie]) -> list[Tie]:
    return [(other, since) for other, since in ties if other not in sight.parted]


def newest_first(ties: list[Tie]) -> list[list[Any]]:
    return [list(tie) for tie in sorted(ties, key=lambda tie: -tie[1])]


def reports(sight: Sight, viewer: str) -> list[dict[str, Any]]:
    mine = sorted((report for report in sight.world.reports if report.by == viewer), key=lambda each: -each.minute)
    return [
        {
            "target": report.target,
            "reason": report.reason,
            "note": report.note,
            "minute": report.minute,
            "outcome": outcome(sight, report),
        }
        for report in mine
    ]


def decisions(sight: Sight, viewer: str) -> list[dict[str, Any]]:
    """About all that the viewer wrote, also where it no longer shows; the latest first."""
    mine = (made for made in sight.world.decisions if sight.world.subject_of(made.target) == viewer)
    return [told(sight, made) for made in sorted(mine, key=lambda each: -each.minute) if is_read(sight, made)]


def record(sight: Sight, viewer: str) -> list[dict[str, Any]]:
    """What moderators may ask for by its id, but about themselves."""
    others = (made for made in sight.world.decisions if sight.world.subject_of(made.target) != viewer)
    return [told(sight, made) for made in others if is_read(sight, made)]


def deletable_comments(sight: Sight, viewer: str) -> list[str]:
    """Their own comments members take back by the ids that they know, also where the post is closed to them now."""
    mine = (comment for comment in sight.world.comments.values() if comment.author == viewer)
    return sorted(comment.key for comment in mine if comment.state != "DELETED")


def reacted(sight: Sight, viewer: str) -> list[list[str]]:
    """Their reactions members take back by what they know, also from what is closed to them now."""
    return sorted([target, kind] for target, kind, who in sight.world.reactions if who == viewer)


def entries(sight: Sight) -> list[Post]:
    """What others left on message boards and the viewer sees in full, newest first."""
    found = (
        post
        for post in sight.world.posts.values()
        if post.host is not None and post.author != sight.viewer and is_seen_in_full(sight, post)
    )
    return sorted(found, key=lambda post: -post.minute)


def waits(sight: Sight, entry: Post) -> bool:
    """For the viewer as the owner of the board, or as a moderator to whom another owner handed it over."""
    state = state_of(sight.world, entry, entry.host)
    if sight.is_board_owner(entry.host):
        return state == "HELD"
    return sight.is_staff and entry.handed_over and state in {"PUBLISHED", "HELD"}
