"""A community of which much is hidden from Bob, and what he asks for in vain beside what never was."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.audience import Audience
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import MemberId, message_board_of
from domain.members import Birthday, Profile, ProfileField
from stores.connections import Stores
from tests import factories
from tests.clock_and_random import START

TOKEN = "token of bob"
FRIENDS, STRANGERS = 200, 20
AT_ONCE = 20
#: How far apart the medians of hidden and missing may be.
BOUND = 0.03
#: Of AT_ONCE things in one operation: what is there is fetched before it is passed over, some 15 µs each.
BOUND_AT_ONCE = 0.08

NODE = "query ($id: ID!) { node(id: $id) { id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
MEMBER = "query ($handle: String!) { member(handle: $handle) { id } }"
BOARD = "query ($slug: String!) { board(slug: $slug) { id } }"
PROFILE = """query ($handle: String!) { member(handle: $handle) { profile {
  avatarUrl bio { text } gender location birthday { year month day } website { url } email phone } } }"""
POSTS = "query ($handle: String!) { member(handle: $handle) { posts { nodes { id body { text } } } } }"


@dataclass(frozen=True)
class Read:
    """One operation, once about what is hidden and once about what is not there; both are answered alike."""

    name: str
    query: str
    hidden: Mapping[str, Any]
    missing: Mapping[str, Any]
    bound: float = BOUND


def never(kind: str, number: int = 0) -> str:
    """An id as long as others of its kind, which nothing has."""
    part = f"{number:016d}"
    return f"{kind}_{part}{part}" if kind == "cmt" else f"{kind}_{part}"


async def settle(stores: Stores) -> list[Read]:
    """Let everyone come and write; the reads to compare."""
    bob = await factories.member(stores, "bob")
    await stores.sessions.insert(TOKEN, bob, START, START + timedelta(days=3650))
    await _crowd(stores, bob)
    ann, eve = await factories.member(stores, "ann"), await factories.member(stores, "eve")
    await factories.tie(stores, eve, bob, "BLOCKED")
    await factories.opens_board(stores, ann, Audience.ONLY_ME)
    secrets = [await factories.post(stores, ann, audience=Audience.ONLY_ME) for _ in range(AT_ONCE)]
    gone = [await factories.post(stores, ann, state=ContentState.DELETED) for _ in range(AT_ONCE)]
    below = [await factories.comment(stores, post, ann, audience=Audience.ONLY_ME) for post in [*secrets, *gone]]
    for post, answered in zip([*secrets, *gone], below, strict=True):
        await factories.comment(stores, post, ann, audience=Audience.ONLY_ME, answering=answered)
    return [
        _node("a post", secrets[0].id, "pst"),
        _node("a deleted post over hidden comments", gone[0].id, "pst"),
        _node("a comment", below[0].id, "cmt"),
        _node("a member who blocks", eve, "mbr"),
        _node("a closed message board", message_board_of(ann), "brd"),
        Read("a member who blocks, by handle", MEMBER, {"handle": "eve"}, {"handle": "eva"}),
        Read("a closed message board, by slug", BOARD, {"slug": "@ann"}, {"slug": "@anu"}),
        _nodes("20 posts", secrets),
        _nodes("20 deleted posts over hidden comments", gone),
        _nodes("20 comments over hidden answers", below[:AT_ONCE]),
        await _profiles(stores),
        await _lists(stores),
    ]


async def _crowd(stores: Stores, bob: MemberId) -> None:
    for n in range(FRIENDS):
        await factories.tie(stores, bob, await factories.member(stores, f"friend{n}"), "FRIEND")
    for n in range(STRANGERS):
        await factories.post(stores, await factories.member(stores, f"stranger{n}"), minutes=n)


def _node(name: str, hidden: str, kind: str) -> Read:
    return Read(name, NODE, {"id": hidden}, {"id": never(kind)})


def _nodes(name: str, hidden: Sequence[PostRecord | CommentRecord]) -> Read:
    kind = hidden[0].id.partition("_")[0]
    missing = [never(kind, n) for n in range(len(hidden))]
    return Read(name, NODES, {"ids": [record.id for record in hidden]}, {"ids": missing}, BOUND_AT_ONCE)


async def _profiles(stores: Stores) -> Read:
    """All that Bob may not see is filled in, or nothing is."""
    filled = Profile(location="杭州", birthday=Birthday(1990, 2, 3), email="ann@example.com", phone="+8613800100001")
    await factories.member(stores, "full", filled, dict.fromkeys(ProfileField, Audience.ONLY_ME))
    await factories.member(stores, "bare", None, dict.fromkeys(ProfileField, Audience.ONLY_ME))
    return Read("a profile whose fields are hidden, or unset", PROFILE, {"handle": "full"}, {"handle": "bare"})


async def _lists(stores: Stores) -> Read:
    """The same posts, with hidden ones between them or without."""
    more, less = await factories.member(stores, "more"), await factories.member(stores, "less")
    for n in range(10):
        await factories.post(stores, more, minutes=2 * n)
        await factories.post(stores, less, minutes=2 * n)
    hidden: list[Awaitable[PostRecord]] = [
        factories.post(stores, more, minutes=2 * n + 1, audience=Audience.ONLY_ME) for n in range(5)
    ]
    for post in hidden:
        await post
    return Read("posts with hidden ones among them, or none", POSTS, {"handle": "more"}, {"handle": "less"})
