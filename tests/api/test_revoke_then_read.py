"""What is taken back is gone on the very next read of every other viewer, also in another process that has read it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient

from domain.audience import Audience
from domain.content import ContentState, PostRecord
from domain.ids import MemberId, message_board_of
from domain.members import Profile, Role
from stores.connections import Stores, bind
from stores.vault import Vault
from tests import factories
from tests.actors import Actor
from tests.clock_and_random import START
from tests.conftest import SECRET
from tests.processes import reads_by_hash, running_service

DATABASE = "veranda_revoking"
TIMES = 20
OTHERS = ("friend", "follower", "stranger", "moderator", "anonymous")

QUERY = """query ($id: ID!, $board: ID!, $thread: ID!) {
  viewer { member { handle } }
  member(handle: "author") { profile { location } }
  node(id: $id) {
    ... on Post { state byline { location } viewerCanModerate }
    ... on Comment { state byline { location } viewerCanModerate } }
  thread: node(id: $thread) { ... on Post { commentCount } }
  board: node(id: $board) { ... on Board { audience postCount } }
  feed(first: 1) { nodes { id } } }"""


@dataclass
class Stage:
    """Two processes over one database, and the people there."""

    stores: Stores
    one: ClientSession
    other: ClientSession
    people: dict[str, Actor] = field(default_factory=dict)
    _minutes: int = 0

    @property
    def author(self) -> Actor:
        return self.people["author"]

    @property
    def board(self) -> str:
        return message_board_of(MemberId(self.author.id))

    async def comes(self, name: str, profile: Profile | None = None) -> None:
        """A member with a session, who writes at the first process."""
        member = await factories.member(self.stores, name, profile)
        await self.signs_in(name, member, f"token of {name}")

    async def signs_in(self, name: str, member: str, token: str) -> None:
        await self.stores.sessions.insert(token, MemberId(member), START, START + timedelta(days=1))
        # A session posts as test clients do.
        self.people[name] = Actor(cast("TestClient[Any, Any]", self.one), token, member, name)

    async def posts(
        self,
        audience: Audience = Audience.PUBLIC,
        state: ContentState = ContentState.PUBLISHED,
        *,
        at_home: bool = False,
    ) -> PostRecord:
        """The newest post, of the author's."""
        self._minutes += 1
        author = MemberId(self.author.id)
        board_owner = author if at_home else None
        return await factories.post(
            self.stores, author, audience=audience, state=state, minutes=self._minutes, board_owner=board_owner
        )

    async def as_seen(self, where: ClientSession, names: Mapping[str, Any], what: "What") -> dict[str, Any]:
        """What each of ``names`` gets, all asking at once."""
        given = {"id": what.id, "board": self.board, "thread": what.thread}
        tokens = {name: self.people[name].token if name in self.people else None for name in names}
        answers = await asyncio.gather(*(reads_by_hash(where, token, QUERY, given) for token in tokens.values()))
        return {name: _told(answer, what) for name, answer in zip(names, answers, strict=True)}


@dataclass(frozen=True)
class What:
    """What is looked at: something by its id, and the thread that it is in."""

    id: str = "pst_AAAAAAAAAAAAAAAA"
    thread: str = "pst_AAAAAAAAAAAAAAAA"


def _told(answer: dict[str, Any], what: What) -> dict[str, Any]:
    """An answer without ids, and of the feed whether it begins with what is looked at."""
    listed = [node["id"] for node in answer.pop("feed")["nodes"]]
    return answer | {"listed": listed == [what.id]}


@pytest.fixture(scope="module")
async def stage(engines, opened_stores, tmp_path_factory) -> AsyncIterator[Stage]:
    shared = opened_stores.database
    database = shared.client.get_database(
        DATABASE, write_concern=shared.write_concern, read_concern=shared.read_concern
    )
    stores = bind(database, opened_stores.redis, Vault(SECRET))
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "other")]
    async with (
        running_service(engines, DATABASE, folders[0]) as one,
        running_service(engines, DATABASE, folders[1]) as other,
    ):
        yield await _settled(Stage(stores, one, other))
    await shared.client.drop_database(DATABASE)


async def _settled(stage: Stage) -> Stage:
    await stage.stores.transactions.run(
        lambda transaction: stage.stores.boards.insert(factories.DISCUSSION, transaction)
    )
    await stage.comes("author", Profile(location="杭州"))
    for name in ("friend", "follower", "stranger", "moderator", "third"):
        await stage.comes(name)
    await stage.stores.members.set_role("moderator", Role.MODERATOR)
    await stage.people["follower"].manages("follow", memberId=stage.author.id)
    await stage.author.befriends(stage.people["friend"])
    await stage.author.opens(location="PUBLIC")
    return stage


# ------------------------------------------------- what is looked at, as it stands before and after


HOME = {"audience": "MEMBERS", "postCount": 0}
NOTHING = {
    "member": {"profile": {"location": "杭州"}},
    "node": None,
    "thread": None,
    "board": HOME,
    "listed": False,
}


def alike(names: tuple[str, ...] = OTHERS, **seen: Any) -> dict[str, Any]:
    """Each of ``names`` gets ``seen``, on top of what everyone gets where there is nothing to see."""
    return {name: _whoever(name) | seen for name in names}


def _whoever(name: str) -> dict[str, Any]:
    if name == "anonymous":
        return NOTHING | {"viewer": None, "board": None}
    return NOTHING | {"viewer": {"member": {"handle": name}}}


def text(location: str | None = "杭州", state: str = "PUBLISHED") -> dict[str, Any]:
    return {"state": state, "byline": {"location": location}, "viewerCanModerate": False}


def as_moderated(seen: dict[str, Any]) -> dict[str, Any]:
    """The same, with what moderators alone are told."""
    node = seen["moderator"]["node"]
    return seen | {"moderator": seen["moderator"] | {"node": node | {"viewerCanModerate": True}}} if node else seen


POST_SHOWN = as_moderated(alike(node=text(), listed=True))
GONE = alike()


@dataclass(frozen=True)
class Revocation:
    """Something is brought about, read by the keys of ``before``, taken back, and read again by the same."""

    brought_about: Callable[[Stage], Awaitable[What]]
    taken_back: Callable[[Stage, What], Awaitable[Any]]
    before: dict[str, Any]
    after: dict[str, Any]


async def a_post(stage: Stage) -> What:
    return What((await stage.posts()).id)


async def a_post_for_friends(stage: Stage) -> What:
    await stage.author.manages("follow", memberId=stage.people["friend"].id)
    await stage.people["friend"].manages("follow", memberId=stage.author.id)
    await stage.author.opens(location="FRIENDS")
    return What((await stage.posts(Audience.FRIENDS)).id)


async def an_open_location(stage: Stage) -> What:
    await stage.author.opens(location="PUBLIC")
    return await a_post(stage)


async def a_post_and_no_block(stage: Stage) -> What:
    await stage.author.manages("unblock", memberId=stage.people["stranger"].id)
    await stage.people["stranger"].manages("unblock", memberId=stage.author.id)
    ground = await _ground(stage)
    author = MemberId(stage.author.id)
    await factories.comment(stage.stores, ground, author)
    return What((await stage.posts()).id, ground.id)


async def a_comment(stage: Stage) -> What:
    await stage.stores.redis.flushdb()  # so that nobody writes too often
    ground = await _ground(stage)
    return What(await stage.author.comments("Hello", under=ground.id, byline=["LOCATION"]), ground.id)


async def _ground(stage: Stage) -> PostRecord:
    return await factories.post(stage.stores, MemberId(stage.people["third"].id))


async def an_entry_at_home(stage: Stage) -> What:
    await stage.stores.database["posts"].delete_many({"host": stage.author.id})
    await stage.author.manages("updateBoard", boardId=stage.board, audience="MEMBERS")
    return What((await stage.posts(at_home=True)).id)


async def a_moderator_and_a_removed_post(stage: Stage) -> What:
    await stage.stores.members.set_role("moderator", Role.MODERATOR)
    return What((await stage.posts(state=ContentState.REMOVED)).id)


async def a_session_more(stage: Stage) -> What:
    post = await stage.posts(Audience.FRIENDS)
    await stage.signs_in("visiting friend", stage.people["friend"].id, f"token for {post.id}")
    return What(post.id)


def author_does(mutation: str, **given: Any) -> Callable[[Stage, What], Awaitable[Any]]:
    """``...`` stands for the id of what is looked at."""

    def taken_back(stage: Stage, what: What) -> Awaitable[Any]:
        filled = {name: what.id if value is ... else value for name, value in given.items()}
        return stage.author.manages(mutation, **filled)

    return taken_back


HIDDEN_LOCATION: dict[str, Any] = {"member": {"profile": {"location": None}}}
FRIENDS_ALONE = alike(**HIDDEN_LOCATION) | alike(("friend",), node=text(), listed=True)
NOT_SHOWN_TO_STRANGER = alike(("stranger",), member=None, board=None, thread={"commentCount": 0})
UNDER_A_POST = as_moderated(alike(node=text(), thread={"commentCount": 1}))
GUEST: dict[str, Any] = {"viewer": {"member": {"handle": "friend"}}}
HOME_ENTRY = alike(node=text(), board=HOME | {"postCount": 1})

REVOCATIONS: dict[str, Revocation] = {
    "a field that is narrowed to friends, also in the byline of an old post": Revocation(
        an_open_location,
        lambda stage, _: stage.author.opens(location="FRIENDS"),
        POST_SHOWN,
        as_moderated(alike(node=text(None), listed=True, **HIDDEN_LOCATION))
        | alike(("friend",), node=text(), listed=True),
    ),
    "an author who blocks": Revocation(
        a_post_and_no_block,
        lambda stage, _: stage.author.manages("block", memberId=stage.people["stranger"].id),
        as_moderated(alike(node=text(), listed=True, thread={"commentCount": 1})),
        as_moderated(alike(node=text(), listed=True, thread={"commentCount": 1})) | NOT_SHOWN_TO_STRANGER,
    ),
    "a reader who blocks": Revocation(
        a_post_and_no_block,
        lambda stage, _: stage.people["stranger"].manages("block", memberId=stage.author.id),
        as_moderated(alike(node=text(), listed=True, thread={"commentCount": 1})),
        as_moderated(alike(node=text(), listed=True, thread={"commentCount": 1})) | NOT_SHOWN_TO_STRANGER,
    ),
    "a friend whom the author follows no more": Revocation(
        a_post_for_friends,
        lambda stage, _: stage.author.manages("unfollow", memberId=stage.people["friend"].id),
        FRIENDS_ALONE,
        alike(**HIDDEN_LOCATION),
    ),
    "a friend who follows no more": Revocation(
        a_post_for_friends,
        lambda stage, _: stage.people["friend"].manages("unfollow", memberId=stage.author.id),
        FRIENDS_ALONE,
        alike(**HIDDEN_LOCATION),
    ),
    "a post that is deleted": Revocation(a_post, author_does("deletePost", postId=...), POST_SHOWN, GONE),
    "a post that is narrowed to friends": Revocation(
        a_post,
        author_does("updatePost", postId=..., audience="FRIENDS"),
        POST_SHOWN,
        GONE | alike(("friend",), node=text(), listed=True),
    ),
    "a comment that is deleted": Revocation(
        a_comment, author_does("deleteComment", commentId=...), UNDER_A_POST, alike(thread={"commentCount": 0})
    ),
    "a byline of a post": Revocation(
        a_post,
        author_does("updatePost", postId=..., byline=[]),
        POST_SHOWN,
        as_moderated(alike(node=text(None), listed=True)),
    ),
    "a byline of a comment": Revocation(
        a_comment,
        author_does("updateComment", commentId=..., byline=[]),
        UNDER_A_POST,
        as_moderated(alike(node=text(None), thread={"commentCount": 1})),
    ),
    "a message board that is narrowed to friends": Revocation(
        an_entry_at_home,
        lambda stage, _: stage.author.manages("updateBoard", boardId=stage.board, audience="FRIENDS"),
        as_moderated(HOME_ENTRY) | alike(("anonymous",)),
        alike(board=None) | alike(("friend",), node=text(), board={"audience": "FRIENDS", "postCount": 1}),
    ),
    "a moderator who is one no more": Revocation(
        a_moderator_and_a_removed_post,
        lambda stage, _: stage.stores.members.set_role("moderator", Role.MEMBER),
        GONE | as_moderated(alike(("moderator",), node=text(state="REMOVED"))),
        GONE,
    ),
    "a session that is ended": Revocation(
        a_session_more,
        lambda stage, _: stage.people["visiting friend"].manages("signOut"),
        alike(("friend", "visiting friend"), node=text(), listed=True, **GUEST),
        alike(("friend",), node=text(), listed=True) | {"visiting friend": _whoever("anonymous")},
    ),
}


@pytest.fixture(autouse=True)
async def as_it_was(stage: Stage) -> AsyncIterator[None]:
    """Whatever one revocation took, the next finds everyone as they first stood."""
    yield
    await stage.author.opens(location="PUBLIC")
    await stage.author.manages("unblock", memberId=stage.people["stranger"].id)
    await stage.people["stranger"].manages("unblock", memberId=stage.author.id)
    await stage.author.befriends(stage.people["friend"])
    await stage.stores.database["posts"].delete_many({"host": stage.author.id})
    await stage.author.manages("updateBoard", boardId=stage.board, audience="MEMBERS")
    await stage.stores.members.set_role("moderator", Role.MODERATOR)


@pytest.mark.parametrize("name", REVOCATIONS)
async def test_what_is_taken_back_is_gone_on_the_next_read_in_another_process(stage, name):
    revocation = REVOCATIONS[name]
    for time in range(TIMES):
        what = await revocation.brought_about(stage)
        for where in (stage.other, stage.one, stage.other) if time == 0 else (stage.other,):
            assert await stage.as_seen(where, revocation.before, what) == revocation.before

        await revocation.taken_back(stage, what)

        assert await stage.as_seen(stage.other, revocation.after, what) == revocation.after
