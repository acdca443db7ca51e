"""What stands of posts and comments for one viewer, by the documents alone: in full, as a tombstone, or not at all."""

from typing import Any

from tests.visibility.model_reach import ANY_MEMBER, Sight, is_open, is_reached, profile, reach, state_of
from tests.visibility.moderation import STANDINGS, Decision, Edit
from tests.visibility.world import FIELDS, REACTIONS, Comment, Post, World

#: Which part a viewer has to play towards a thing to see it in full.
SEERS = {
    "PUBLISHED": {"AUTHOR", "READER", "HOST", "MODERATOR"},
    "HELD": {"AUTHOR", "HOST", "MODERATOR"},
    "REMOVED": {"AUTHOR", "MODERATOR"},
    "DELETED": set(),
}
#: APPROVE and DISMISS would tell them that they were reported.
TOLD_TO_SUBJECTS = {"REMOVE", "RESTORE", *STANDINGS}
#: In place of a message board that is closed to the viewer.
CLOSED = "CLOSED"


def posts(sight: Sight) -> dict[str, Any]:
    """All that ``node`` answers of posts, by key, with the threads below."""
    seen = {key: seen_post(sight, post) for key, post in sight.world.posts.items()}
    return {key: post for key, post in seen.items() if post is not None}


def seen_post(sight: Sight, post: Post) -> dict[str, Any] | None:
    if is_seen_in_full(sight, post):
        return full_post(sight, post)
    below = thread(sight, post, None) if leaves_tombstone(sight, post) else []
    return {"state": "UNAVAILABLE", "board": post.board, "minute": post.minute, **talk(below)} if below else None


def is_seen_in_full(sight: Sight, post: Post) -> bool:
    return not SEERS[state_of(sight.world, post, post.host)].isdisjoint(parts_in_post(sight, post))


def parts_in_post(sight: Sight, post: Post) -> set[str]:
    """A block comes first; handing over shows an entry to moderators whatever its audience and its board's."""
    if post.author == sight.viewer:
        return {"AUTHOR"}
    if post.author in sight.parted or post.host in sight.parted:
        return set()
    is_meant = is_reached(sight, post)
    return _parts(is_meant, sight.is_board_owner(post.host), sight.is_staff and (is_meant or post.handed_over))


def parts_in_comment(sight: Sight, post: Post, comment: Comment) -> set[str]:
    """A comment shows to the narrower of its own audience and its post's, both of the post's author."""
    if comment.author == sight.viewer:
        return {"AUTHOR"}
    if comment.author in sight.parted:
        return set()
    is_board_owner = sight.is_board_owner(post.host)
    is_meant = is_board_owner or (comment.audience in reach(sight, post.author) and is_reached(sight, post))
    return _parts(is_meant, is_board_owner, sight.is_staff and is_meant)


def _parts(is_reader: bool, is_board_owner: bool, is_moderator: bool) -> set[str]:
    parts = (("READER", is_reader), ("HOST", is_board_owner), ("MODERATOR", is_moderator))
    return {part for part, plays in parts if plays}


def leaves_tombstone(sight: Sight, post: Post) -> bool:
    """What is gone or blocked may stand above what others said, where its audience still means the viewer."""
    state = state_of(sight.world, post, post.host)
    is_gone = state in {"REMOVED", "DELETED"} or (state == "PUBLISHED" and post.author in sight.parted)
    return is_gone and not was_hidden(sight.world, post) and is_reached(sight, post)


def was_hidden(world: World, post: Post) -> bool:
    """Nobody may see that something went which they did not see before: what was held, or would be by a block."""
    is_held_back = post.state == "REMOVED" and post.host is not None and world.parted(post.host, post.author)
    return post.was_held or is_held_back


def full_post(sight: Sight, post: Post) -> dict[str, Any]:
    """On a board that is closed to the viewer, the words alone: neither the board nor what others said to them."""
    is_inside = is_open(sight, post.host)
    return {
        "board": post.board if is_inside else CLOSED,
        "title": post.title,
        "audience": post.audience,
        **content(sight, post, post.host),
        "reactions": reactions(sight, post.key) if is_inside else [],
        **talk(thread(sight, post, None) if is_inside else []),
    }


def thread(sight: Sight, post: Post, parent: str | None) -> list[dict[str, Any]]:
    """What stands under ``parent``, the oldest first, for a viewer for whom the post stands."""
    seen = (seen_comment(sight, post, comment) for comment in sight.answers.get((post.key, parent), ()))
    return [comment for comment in seen if comment is not None]


def seen_comment(sight: Sight, post: Post, comment: Comment) -> dict[str, Any] | None:
    below = thread(sight, post, comment.key)
    if not SEERS[state_of(sight.world, comment, post.host)].isdisjoint(parts_in_comment(sight, post, comment)):
        return full_comment(sight, post, comment) | replies(below)
    return {"key": comment.key, "state": "UNAVAILABLE", "minute": comment.minute, **replies(below)} if below else None


def full_comment(sight: Sight, post: Post, comment: Comment) -> dict[str, Any]:
    """The audience that it was written under its author may try by viewing as others, and whose post it is."""
    is_told = sight.viewer in {post.author, comment.author}
    return {
        "key": comment.key,
        "audience": comment.audience if is_told else None,
        **content(sight, comment, post.host),
        "reactions": reactions(sight, comment.key),
    }


def content(sight: Sight, said: Post | Comment, host: str | None) -> dict[str, Any]:
    """What posts and comments have in common where they are seen in full."""
    return {
        "author": said.author,
        "body": said.body,
        "state": state_of(sight.world, said, host),
        "minute": said.minute,
        "edited": said.edited,
        "byline": byline(sight, said),
        "said_before": list(said.said_before) if said.author == sight.viewer else None,
        "decisions": decisions(sight, said),
        "pending": pending(sight, said.key),
        "may": may(sight, said, host),
    }


def byline(sight: Sight, said: Post | Comment) -> list[str]:
    """What its author let go along, as far as their profile shows it."""
    return [name for name in profile(sight, said.author) if name in said.byline]


def pending(sight: Sight, key: str) -> dict[str, Any] | None:
    """The last edit: for its author, and while it waits for who reviews it."""
    edit = sight.world.edits.get(key)
    is_mine = sight.world.subject_of(key) == sight.viewer
    if edit is None or not (is_mine or (not edit.rejected and reviews(sight, edit))):
        return None
    return {
        "title": edit.title,
        "body": edit.body,
        "audience": edit.audience,
        "byline": [name for name in FIELDS if name in edit.byline],
        "minute": edit.minute,
        "rejected": edit.rejected,
    }


def reviews(sight: Sight, edit: Edit) -> bool:
    """Whether it is the viewer's to decide: as owner of the board, or as a moderator there where many would read it."""
    author, reviewer = sight.world.subject_of(edit.target), sight.world.reviewer_of(edit.target)
    if author in {sight.viewer, *sight.parted}:
        return False
    if reviewer is not None:
        return reviewer == sight.viewer
    is_trusted = sight.is_staff or sight.world.board_of(edit.target) in sight.moderated
    return is_trusted and edit.shown_to in ANY_MEMBER


def may(sight: Sight, said: Post | Comment, host: str | None) -> list[str]:
    """By what the viewer sees of it anyway."""
    is_mine, is_board_owner = said.author == sight.viewer, sight.is_board_owner(host)
    rules = {
        "UPDATE": is_mine and state_of(sight.world, said, host) in {"PUBLISHED", "HELD"},
        "DELETE": is_mine or is_board_owner,
        "REPORT": sight.viewer is not None and not is_mine,
        "MODERATE": sight.is_staff or is_board_owner or sight.world.board_of(said.key) in sight.moderated,
    }
    return [name for name, holds in rules.items() if holds]


def decisions(sight: Sight, said: Post | Comment) -> list[dict[str, Any]]:
    """The latest first. The first is its ``decision``; the others are nodes that may be asked for again."""
    return [told(sight, decision) for decision in sight.decisions.get(said.key, []) if is_read(sight, decision)]


def is_read(sight: Sight, decision: Decision) -> bool:
    """By its subject, by moderators unless a block hides the subject, and on their boards by who made it there."""
    subject = sight.world.subject_of(decision.target)
    if subject == sight.viewer:
        return decision.action in TOLD_TO_SUBJECTS
    if sight.is_staff:
        return subject not in sight.parted
    return decision.by == sight.viewer and sight.world.board_of(decision.target) in sight.moderated


def told(sight: Sight, decision: Decision) -> dict[str, Any]:
    """Who decided is for moderators, as far as that member is there for them."""
    return {
        "key": decision.key,
        "action": decision.action,
        "reason": decision.reason,
        "explanation": decision.explanation,
        "minute": decision.minute,
        "until": decision.until,
        "by": decision.by if sight.works_on(decision.target) and decision.by not in sight.parted else None,
    }


def reactions(sight: Sight, target: str) -> list[dict[str, Any]]:
    """In the order of the kinds; numbers, not names."""
    kinds = sight.reactions.get(target, {})
    return [
        {"kind": kind, "count": len(kinds[kind]), "mine": sight.viewer in kinds[kind]}
        for kind in REACTIONS
        if kinds.get(kind)
    ]


def talk(below: list[dict[str, Any]]) -> dict[str, Any]:
    return {"comments": below, "comment_count": published(below, deep=True)}


def replies(below: list[dict[str, Any]]) -> dict[str, Any]:
    return {"replies": below, "reply_count": published(below, deep=False)}


def published(below: list[dict[str, Any]], *, deep: bool) -> int:
    """How many of the comments shown are PUBLISHED, right here or all the way down."""
    here = sum(comment["state"] == "PUBLISHED" for comment in below)
    return here + sum(published(comment["replies"], deep=True) for comment in below) if deep else here
