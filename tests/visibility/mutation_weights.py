"""Where two worlds differ to one who may see it: by name, so that it can be asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.visibility.drawing import Hot
from tests.visibility.model import view
from tests.visibility.world import World

FieldAccess = Mapping[str, Any]


def heat_of(one: World, other: World, handle: str | None) -> Hot | None:
    """The members, things, boards and decisions where ``handle`` could see a difference; None where there is none."""
    return heat_between(view(one, handle), view(other, handle))


def heat_between(one: FieldAccess, other: FieldAccess) -> Hot | None:
    """As ``heat_of``, by what the model says of each."""
    if one == other:
        return None
    handles = _differing(one["members"], other["members"])
    posts = _differing(one["posts"], other["posts"]) | _telling_of(handles, one) | _telling_of(handles, other)
    comments = _differing(_comments(one, posts), _comments(other, posts))
    boards = _differing(one["discussions"], other["discussions"]) | {f"@{handle}" for handle in handles}
    decisions = _decisions(one) ^ _decisions(other)
    cases, appeals = (_differing(_order(one, kind), _order(other, kind)) for kind in ("cases", "appeals"))
    roots = (
        ("node", posts or handles or cases or appeals),
        ("nodes", posts or handles or cases or appeals),
        ("member", handles),
        ("board", boards),
        ("feed", one["feed"] != other["feed"] or posts.intersection(one["feed"])),
        ("cases", cases),
        ("appeals", appeals),
        ("explanationTemplates", _templates(one) != _templates(other)),
        ("viewer", one["own"] != other["own"] or one["followed_feed"] != other["followed_feed"]),
    )
    return Hot(
        handles=tuple(sorted(handles)),
        posts=tuple(sorted(posts)),
        comments=tuple(sorted(comments)),
        boards=tuple(sorted(boards)),
        decisions=tuple(sorted(decisions)),
        cases=tuple(sorted(cases)),
        appeals=tuple(sorted(appeals)),
        roots=tuple(root for root, shows in roots if shows),
    )


def _telling_of(handles: Iterable[str], seen: FieldAccess) -> set[str]:
    """Posts beside which something of members who differ stands, or which name them."""
    posts = seen["posts"].items()
    beside = {key for key, post in posts if post.get("byline") and post["author"] in handles}
    return beside | {key for key, post in posts if any(f"@{handle}" in post.get("body", "") for handle in handles)}


def _comments(seen: FieldAccess, posts: Iterable[str]) -> dict[str, Any]:
    """All that stands under ``posts``, by key, with how much stands below each."""
    threads = (seen["posts"][key]["comments"] for key in posts if key in seen["posts"])
    return {comment["key"]: comment for thread in threads for comment in _flat(thread)}


def _flat(thread: Iterable[Any]) -> Iterator[Any]:
    for comment in thread:
        yield comment
        yield from _flat(comment["replies"])


def _decisions(seen: FieldAccess) -> set[str]:
    own = seen["own"] or {"decisions": [], "record": []}
    return {decision["key"] for decision in (*own["decisions"], *own["record"])}


def _order(seen: FieldAccess, kind: str) -> dict[str, Any]:
    """Cases or appeals, by key."""
    return dict(seen["own"]["order"][kind]) if seen["own"] else {}


def _templates(seen: FieldAccess) -> Any:
    return seen["own"] and seen["own"]["order"]["templates"]


def _differing(one: FieldAccess, other: FieldAccess) -> set[str]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}
