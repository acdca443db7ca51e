"""What a viewer could learn of a world: written from the documents alone, to prove the service right by comparison.

``model_reach`` says who is meant by what, ``model_content`` what stands of posts and comments, ``model_own`` what
members know of their own.
"""

from typing import Any

from tests.visibility.model_content import posts
from tests.visibility.model_own import own_side
from tests.visibility.model_reach import Sight, is_open, is_reached, profile, reach, relation, state_of
from tests.visibility.world import Post, World


def view(world: World, viewer: str | None) -> dict[str, Any]:
    """All that the API could tell ``viewer`` (a handle; None: signed out), equal for equal knowledge.

    ``members`` by handle, ``discussions`` by slug, ``feed``, ``posts`` by key (in full, or with the state UNAVAILABLE)
    with their threads, ``followed_feed`` and ``own`` (None when signed out). Lists of posts hold keys.
    """
    sight = Sight(world, viewer)
    seen, listed = posts(sight), listed_posts(sight)
    feed = [post for post in listed if post.host is None]
    return {
        "members": {handle: member(sight, handle, listed) for handle in world.people if handle not in sight.parted},
        "discussions": {slug: listing(slug, feed) for slug in world.discussions},
        "feed": [post.key for post in feed],
        "followed_feed": [post.key for post in feed if is_followed(sight, post)],
        "posts": seen,
        "own": own_side(sight, viewer) if viewer is not None else None,
    }


def listed_posts(sight: Sight) -> list[Post]:
    """What boards and feeds list, newest first: what is published, for those whom it is meant for."""
    found = (post for post in sight.world.posts.values() if is_listed(sight, post))
    return sorted(found, key=newest_first)


def is_listed(sight: Sight, post: Post) -> bool:
    is_published = state_of(sight.world, post, post.host) == "PUBLISHED"
    return is_published and post.author not in sight.parted and is_reached(sight, post)


def is_followed(sight: Sight, post: Post) -> bool:
    ties = (sight.viewer, post.author), (sight.viewer, post.board)
    return ties[0] in sight.world.follows or ties[1] in sight.world.board_follows


def listing(board: str, listed: list[Post]) -> dict[str, Any]:
    here = [post.key for post in listed if post.board == board]
    return {"posts": here, "count": len(here)}


def member(sight: Sight, handle: str, listed: list[Post]) -> dict[str, Any]:
    person = sight.world.people[handle]
    return {
        "name": person.name,
        "role": person.role,
        "relationship": "NONE" if sight.viewer is None else relation(sight, handle),
        "may": ["REPORT"] if sight.viewer not in {None, handle} else [],
        "profile": profile(sight, handle),
        "board": message_board(sight, handle, listed) if is_open(sight, handle) else None,
        "posts": posts_of(sight, handle, listed),
    }


def message_board(sight: Sight, host: str, listed: list[Post]) -> dict[str, Any]:
    """``title`` is None where the board goes by its owner's name."""
    board = sight.world.people[host].board
    may_post = sight.viewer is not None and (sight.is_board_owner(host) or board.write_policy in reach(sight, host))
    return {
        "slug": f"@{host}",
        "title": board.title,
        "description": board.description,
        "audience": board.audience,
        "write_policy": board.write_policy,
        "review_first": board.review_first,
        "may": ["POST"] if may_post else [],
        **listing(f"@{host}", listed),
    }


def posts_of(sight: Sight, author: str, listed: list[Post]) -> list[str]:
    """On discussion boards; authors find all of their own, wherever they left it and whatever became of it."""
    if author != sight.viewer:
        return [post.key for post in listed if post.author == author and post.host is None]
    own = (post for post in sight.world.posts.values() if post.author == author and post.state != "DELETED")
    return [post.key for post in sorted(own, key=newest_first)]


def newest_first(post: Post) -> int:
    return -post.minute
