"""Deciding, appealing, answering and undoing while the service is killed, by SIGKILL, before each of its writes.

What the request would have changed has changed wholly or not at all: content, counts, sanction, case, audit log,
outbox, and what was to be told. Whoever asks again gets it done, once.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from domain.members import Role
from tests.actors import Actor
from tests.crash_requests import Request
from tests.moderation_steps import account_status, appeals, removes, sanctions

CASES = "{ cases(filter: { state: OPEN }) { nodes { id version target { __typename } } } }"
KEYED = {"idempotencyKey": "k"}


@dataclass
class Scene:
    """A comment of Ann's below Bob's post, which Eve reported with a post of hers and herself; two moderators."""

    mo: Actor
    max: Actor
    ann: Actor
    eve: Actor
    post: str
    comment: str


@dataclass(frozen=True)
class Story:
    """What is asked for, and what has come of it in the end."""

    prepares: Callable[[Scene], Awaitable["Request"]]
    """Who asks for what; all that has to happen before has happened then."""
    writes: int
    """So many at least: with fewer the test would look at less than it says."""
    ends: Mapping[str, Any]
    """What differs from how the scene begins."""


async def removing(scene: Scene) -> Request:
    return await deciding(scene, Comment="REMOVE")


async def banning(scene: Scene) -> Request:
    return await deciding(scene, Member="BAN")


async def deciding_three(scene: Scene) -> Request:
    return await deciding(scene, Comment="REMOVE", Member="WARN", Post="LOCK")


async def appealing(scene: Scene) -> Request:
    given = {"decisionId": await removes(scene.mo, scene.comment), "text": "No spam"}
    return Request(scene.ann, "submitAppeal", {**given, **KEYED})


async def saying_more(scene: Scene) -> Request:
    given = {"appealId": await appeals(scene.ann, await removes(scene.mo, scene.comment)), "text": "Please look"}
    return Request(scene.ann, "addAppealMessage", {**given, **KEYED})


async def overturning_a_removal(scene: Scene) -> Request:
    request = await overturning(scene, await removes(scene.mo, scene.comment))
    return replace(request, given={**request.given, **KEYED}, repeated=[])


async def overturning_a_ban(scene: Scene) -> Request:
    return await overturning(scene, await sanctions(scene.mo, scene.ann, "BAN"))


async def overturning(scene: Scene, decided: str) -> Request:
    """Without a key, whoever answers again is told that it was answered."""
    given = {"appealId": await appeals(scene.ann, decided), "verdict": "OVERTURNED", "answer": "Looked at anew"}
    return Request(scene.max, "decideAppeal", given, repeated=["CONFLICT"])


async def undoing(scene: Scene) -> Request:
    given = {"decisionId": await removes(scene.mo, scene.comment)}
    return Request(scene.mo, "undoDecision", {**given, **KEYED})


async def deciding(scene: Scene, **actions: str) -> Request:
    """About the open cases, by what they are about."""
    cases = (await scene.mo.asks(CASES))["cases"]["nodes"]
    by_kind = {case["target"]["__typename"]: case for case in cases}
    decisions = [
        {
            "caseId": by_kind[kind]["id"],
            "expectedVersion": by_kind[kind]["version"],
            "action": action,
            "reason": "SPAM",
            "explanation": "Because",
        }
        for kind, action in actions.items()
    ]
    return Request(scene.mo, "decideCases", {"decisions": decisions, **KEYED})


BEGINS: Mapping[str, Any] = {
    "comment": "PUBLISHED",
    "counted": 1,
    "is locked": False,
    "standing": "ACTIVE",
    "cases": ["OPEN", "OPEN", "OPEN"],
    "appeals": [],
    "audit": [],
}
ONE_CLOSED = ["DECIDED", "OPEN", "OPEN"]
REMOVED = {"comment": "REMOVED", "counted": 0, "cases": ONE_CLOSED, "audit": ["REMOVE"]}
STORIES = {
    "a removal": Story(removing, 7, REMOVED),
    "a ban": Story(banning, 6, {"standing": "BANNED", "cases": ONE_CLOSED, "audit": ["BAN"]}),
    "three decisions at once": Story(
        deciding_three,
        20,
        {
            **REMOVED,
            "is locked": True,
            "standing": "WARNED",
            "cases": ["DECIDED", "DECIDED", "DECIDED"],
            "audit": ["LOCK", "REMOVE", "WARN"],
        },
    ),
    "an appeal": Story(appealing, 3, {**REMOVED, "appeals": ["OPEN"]}),
    "more said on an appeal": Story(saying_more, 3, {**REMOVED, "appeals": ["OPEN"]}),
    "an overturned removal": Story(
        overturning_a_removal,
        9,
        {"cases": ONE_CLOSED, "appeals": ["OVERTURNED"], "audit": ["OVERTURNED", "REMOVE", "RESTORE"]},
    ),
    "an overturned ban": Story(
        overturning_a_ban,
        8,
        {"cases": ONE_CLOSED, "appeals": ["OVERTURNED"], "audit": ["BAN", "LIFT", "OVERTURNED"]},
    ),
    "an undone removal": Story(undoing, 8, {"audit": ["REMOVE", "RESTORE"]}),
}


@pytest.fixture
async def scene(community, board):
    mo = await community.joins("mo", Role.MODERATOR)
    mx = await community.joins("max", Role.MODERATOR)
    ann, bob, eve = [await community.joins(name) for name in ("ann", "bob", "eve")]
    post = await ann.publishes("Buy this", on=board)
    comment = await ann.comments("And this", under=await bob.publishes("Hello", on=board))
    for target in (post, comment, ann.id):
        await eve.manages("reportContent", targetId=target, reason="SPAM")
    return Scene(mo, mx, ann, eve, post, comment)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_kill_leaves_all_or_nothing_and_asking_again_does_it_once(scene, stores, service, story):
    request = await story.prepares(scene)

    async def has_ended() -> None:
        assert await facts(stores, scene) == {**BEGINS, **story.ends}

    await service.does_it_once_however_killed(request, story.writes, has_ended)


async def facts(stores, scene) -> dict[str, Any]:
    """How things stand, in words."""
    comment = await stores.database["comments"].find_one({"_id": scene.comment})
    thread = await stores.database["posts"].find_one({"_id": comment["post"]})
    post = await stores.database["posts"].find_one({"_id": scene.post})

    async def each(collection: str, name: str) -> list[str]:
        return sorted([row[name].split(".")[-1] async for row in stores.database[collection].find({})])

    return {
        "comment": comment["state"],
        "counted": thread["comments"]["PUBLIC"],
        "is locked": post.get("isLocked", False),
        "standing": await account_status(scene.ann),
        "cases": await each("cases", "state"),
        "appeals": await each("appeals", "state"),
        "audit": await each("audit", "kind"),
    }
