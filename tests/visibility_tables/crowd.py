"""Viewers in every relation to an author and a host, and what each finds of the author's words, by id and in lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.audience import Audience
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import MemberId, PostId, message_board_of
from domain.members import Role
from stores.connections import Stores
from tests import factories
from tests.actors import Actor, Community
from tests.visibility_tables.legend import CELLS, STATES, VIEWERS

ROLES = {"moderator": Role.MODERATOR, "admin": Role.ADMIN, "moderator parted from author": Role.MODERATOR}
#: Of the audience, the state, and whether there is a reply.
Cell = tuple[str, str, bool]


@dataclass
class Thing:
    """A post or comment of the author's, and the reply below it if there is one."""

    id: str
    reply: str | None = None


@dataclass
class Thread:
    """A public post and the author's comments right under it."""

    post: str
    comments: dict[Cell, Thing]


@dataclass
class Crowd:
    """The viewers, and the author's words in every place."""

    stores: Stores
    viewers: dict[str, Actor]
    third: Actor
    board: str
    posts: dict[Cell, Thing] = field(default_factory=dict)
    entries: dict[Cell, Thing] = field(default_factory=dict)
    handed_over: dict[Cell, Thing] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    """By what the comments are under."""

    @property
    def author(self) -> Actor:
        return self.viewers["author"]

    @property
    def board_owner(self) -> Actor:
        return self.viewers["host"]

    @property
    def message_board(self) -> str:
        return message_board_of(MemberId(self.board_owner.id))


async def gather(community: Community, stores: Stores) -> Crowd:
    """Let everybody come, stand to the author and the host as their name says, and the author write everywhere."""
    viewers = {name: await _comes(community, name, n) for n, name in enumerate(VIEWERS)}
    crowd = Crowd(stores, viewers, await community.joins("third"), await community.board(viewers["moderator"]))
    await _let_them_stand_as_named(viewers)
    await _write_posts(crowd)
    await _write_threads(crowd, await community.board(viewers["moderator"], "annex"))
    return crowd


async def _comes(community: Community, name: str, number: int) -> Actor:
    if name == "anonymous":
        return community.visitor()
    return await community.joins(f"viewer{number}", ROLES.get(name, Role.MEMBER))


async def _let_them_stand_as_named(viewers: Mapping[str, Actor]) -> None:
    author, board_owner = viewers["author"], viewers["host"]
    for other, friends in (
        (author, ("friend of author", "friend of both")),
        (board_owner, ("friend of host", "friend of both")),
    ):
        for friend in friends:
            await other.befriends(viewers[friend])
    await viewers["follower of author"].manages("follow", memberId=author.id)
    await author.manages("block", memberId=viewers["blocked by author"].id)
    await board_owner.manages("block", memberId=viewers["blocked by host"].id)
    for blocker, other in (
        ("blocking the author", author),
        ("blocking the host", board_owner),
        ("moderator parted from author", author),
    ):
        await viewers[blocker].manages("block", memberId=other.id)


async def _write_posts(crowd: Crowd) -> None:
    talk, hosted = {"board": crowd.board}, {"board_owner": MemberId(crowd.board_owner.id)}
    crowd.posts = {cell: await _write_post(crowd, cell, talk) for cell in CELLS}
    crowd.entries = {cell: await _write_post(crowd, cell, hosted) for cell in CELLS}
    waiting = [cell for cell in CELLS if cell[1] in STATES[:2] and not cell[2]]
    for cell in waiting:
        entry = await _write_post(crowd, cell, hosted)
        await factories.hand_over(crowd.stores, PostId(entry.id))
        crowd.handed_over[cell] = entry


async def _write_post(crowd: Crowd, cell: Cell, place: Mapping[str, Any]) -> Thing:
    audience, state, is_answered = cell
    post = await factories.post(
        crowd.stores, MemberId(crowd.author.id), audience=Audience(audience), state=ContentState(state), **place
    )
    if not is_answered:
        return Thing(post.id)
    reply = await factories.comment(crowd.stores, post, MemberId(crowd.third.id), audience=Audience.PUBLIC)
    return Thing(post.id, reply.id)


async def _write_threads(crowd: Crowd, annex: str) -> None:
    """In discussions on a board of their own, which the lists of posts are not looked for on."""
    talk, hosted = {"board": annex}, {"board_owner": MemberId(crowd.board_owner.id)}
    crowd.threads = {
        "own post": await _write_thread(crowd, crowd.author, talk),
        "host's post": await _write_thread(crowd, crowd.board_owner, talk),
        "own entry": await _write_thread(crowd, crowd.author, hosted),
        "host's entry": await _write_thread(crowd, crowd.board_owner, hosted),
    }


async def _write_thread(crowd: Crowd, owner: Actor, place: Mapping[str, Any]) -> Thread:
    post = await factories.post(crowd.stores, MemberId(owner.id), **place)
    tops = {cell: _comment(crowd, post, cell) for cell in CELLS}
    replies = {
        cell: factories.comment_record(post, MemberId(crowd.third.id), answering=top, audience=Audience.PUBLIC)
        for cell, top in tops.items()
        if cell[2]
    }
    await factories.keep_comments(crowd.stores, post, [*tops.values(), *replies.values()])
    things = {cell: Thing(top.id, replies[cell].id if cell in replies else None) for cell, top in tops.items()}
    return Thread(post.id, things)


def _comment(crowd: Crowd, post: PostRecord, cell: Cell) -> CommentRecord:
    audience, state, _ = cell
    author = MemberId(crowd.author.id)
    return factories.comment_record(post, author, audience=Audience(audience), state=ContentState(state))
