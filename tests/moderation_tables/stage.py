"""Everything that can be decided about, each with an open case, and everyone who may try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.content import ContentState, PostRecord
from domain.ids import MemberId
from domain.members import Role
from stores.codecs import Document
from stores.connections import Stores
from tests import factories
from tests.actors import Actor, Community
from tests.clock_and_random import START
from tests.moderation_tables.legend import ROLES

_TIMED = {"MUTE", "SUSPEND"}
_END = (START + timedelta(days=30)).isoformat()
#: How what is more than a state is kept, and in which state it is besides.
_MARKS: Mapping[str, tuple[ContentState, Document]] = {
    "LOCKED": (ContentState.PUBLISHED, {"isLocked": True}),
    "HANDED_OVER": (ContentState.HELD, {"isHandedOver": True}),
}
POSTS = ("PUBLISHED", "LOCKED", "HELD", "HANDED_OVER", "REMOVED", "DELETED")
COMMENTS = ("PUBLISHED", "HELD", "REMOVED", "DELETED")


@dataclass
class Stage:
    """Who acts, and what about."""

    stores: Stores
    actors: dict[str, Actor]
    thread: PostRecord
    contents: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """Ids by kind, state and author."""

    async def on_a_case(self, role: str, target: str, action: str) -> list[str]:
        """Decide about ``target`` on its case, as ``role``; the codes of what is in the way."""
        given = {"caseId": case_about(target), "expectedVersion": 1, **_reasoned(action)}
        fields = "results { errors { code } }"
        payload = await self.actors[ROLES[role].actor].does("decideCases", fields, decisions=[given])
        return [error["code"] for part in (payload, *payload["results"]) for error in part["errors"]]

    async def directly(self, role: str, target: str, mutation: str) -> list[str]:
        """Act about a post or comment without a case; the codes of what is in the way."""
        given = {"removeContent": {"reason": "SPAM", "explanation": "Because"}, "restoreContent": {"explanation": "x"}}
        actor = self.actors[ROLES[role].actor]
        payload = await actor.does(mutation, targetId=target, **given.get(mutation, {}))
        return [error["code"] for error in payload["errors"]]

    async def sanctions(self, role: str, member: str, action: str) -> list[str]:
        """Act about a member without a case; the codes of what is in the way."""
        payload = await self.actors[ROLES[role].actor].does("sanctionMember", memberId=member, **_reasoned(action))
        return [error["code"] for error in payload["errors"]]

    async def stands(self, member: Actor, standing: str) -> None:
        """Bring ``member`` to ``standing``, as if it had been decided before."""
        sanction = {"standing": standing, "decision": "dcn_before_0123456789", "until": None}
        change = {"$unset": {"sanction": True}} if standing == "ACTIVE" else {"$set": {"sanction": sanction}}
        await self.stores.database["members"].update_one({"_id": member.id}, change)


def case_about(target: str) -> str:
    """The id of the open case about ``target``."""
    return f"cse_{target}"


async def set_the_stage(community: Community, stores: Stores) -> Stage:
    """Let everybody come, and everything stand on Olga's message board."""
    roles = {"mo": Role.MODERATOR, "mia": Role.MODERATOR, "ada": Role.ADMIN}
    names = ("ann", "bob", "olga", "mo", "mia", "ada")
    actors = {name: await community.joins(name, roles.get(name, Role.MEMBER)) for name in names}
    board_owner = MemberId(actors["olga"].id)
    thread = await factories.post(stores, board_owner, board_owner=board_owner)
    stage = Stage(stores, {**actors, "visitor": community.visitor()}, thread)
    for subject in sorted({role.subject for role in ROLES.values()}):
        author = MemberId(actors[subject].id)
        for state in POSTS:
            post = await factories.post(stores, author, state=_kept(state), board_owner=board_owner)
            await _mark(stores, post.id, state)
            stage.contents["post", state, subject] = post.id
            await _open_case(stores, post.id, author)
        for state in COMMENTS:
            comment = await factories.comment(stores, thread, author, state=_kept(state))
            stage.contents["comment", state, subject] = comment.id
            await _open_case(stores, comment.id, author)
        await _open_case(stores, author, author)
    return stage


def _kept(state: str) -> ContentState:
    return _MARKS[state][0] if state in _MARKS else ContentState(state)


async def _mark(stores: Stores, post: str, state: str) -> None:
    if state in _MARKS:
        await stores.database["posts"].update_one({"_id": post}, {"$set": _MARKS[state][1]})


async def _open_case(stores: Stores, target: str, subject: str) -> None:
    row = {"_id": case_about(target), "target": target, "subject": subject, "state": "OPEN", "reports": 1}
    opened = {"openedAt": START, "dueAt": START, "decidedAt": None, "decision": None, "version": 1}
    await stores.database["cases"].insert_one({**row, **opened})


def _reasoned(action: str) -> dict[str, Any]:
    until = {"until": _END} if action in _TIMED else {}
    return {"action": action, "reason": "SPAM", "explanation": "Because", **until}
