"""Editing what others read first, approving, rejecting, withdrawing, while the service is killed before each write.

Words, what waits beside them, what stood before, the audit log and what is to be told change wholly or not at all.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.actors import Actor
from tests.api.test_edits import waiting_since
from tests.crash_requests import Request
from tests.notified import kinds


@dataclass
class Scene:
    """A post of Bob's that a moderator reads first, and an entry of his on Ann's message board; both approved."""

    bob: Actor
    ann: Actor
    mod: Actor
    post: str
    entry: str

    def reviewer_of(self, content: str) -> Actor:
        return self.mod if content == self.post else self.ann

    async def waits(self, content: str) -> None:
        await self.bob.manages("updatePost", postId=content, body="New", audience="PUBLIC")

    async def decides(self, mutation: str, content: str, **more: Any) -> Request:
        await self.waits(content)
        reviewer = self.reviewer_of(content)
        given = {"targetId": content, "writtenAt": await waiting_since(reviewer, content)}
        return Request(reviewer, mutation, {**given, **more})


async def editing(scene: Scene) -> Request:
    return Request(scene.bob, "updatePost", {"postId": scene.post, "body": "New", "audience": "PUBLIC"})


async def editing_again(scene: Scene) -> Request:
    await scene.waits(scene.post)
    return Request(scene.bob, "updatePost", {"postId": scene.post, "body": "Newer"})


async def narrowing(scene: Scene) -> Request:
    """What shows less acts at once, while what shows more waits."""
    return Request(scene.bob, "updatePost", {"postId": scene.entry, "body": "New", "audience": "FRIENDS"})


async def showing_at_once(scene: Scene) -> Request:
    """What friends alone read is not moderators' to read."""
    return Request(scene.bob, "updatePost", {"postId": scene.post, "body": "New", "audience": "FRIENDS"})


async def editing_an_entry(scene: Scene) -> Request:
    return Request(scene.bob, "updatePost", {"postId": scene.entry, "body": "New"})


async def approving(scene: Scene) -> Request:
    return await scene.decides("approveContent", scene.post)


async def approving_an_entry(scene: Scene) -> Request:
    return await scene.decides("approveContent", scene.entry)


async def rejecting(scene: Scene) -> Request:
    return await scene.decides("rejectEdit", scene.post, explanation="No")


async def rejecting_an_entry(scene: Scene) -> Request:
    return await scene.decides("rejectEdit", scene.entry, explanation="No")


async def withdrawing(scene: Scene) -> Request:
    await scene.waits(scene.post)
    return Request(scene.bob, "withdrawEdit", {"targetId": scene.post})


@dataclass(frozen=True)
class Story:
    """What is asked for, and what has come of it in the end."""

    prepares: Callable[[Scene], Awaitable[Request]]
    writes: int
    ends: Mapping[str, Any]


BEGINS: Mapping[str, Any] = {
    "words": ["Old", "Old"],
    "audiences": ["MEMBERS", "MEMBERS"],
    "edits": [],
    "revisions": 0,
    "audit": [],
}
WAITS, REJECTED = ["WAITING New"], ["REJECTED New"]
APPROVED = {"edits": ["APPROVED None"], "revisions": 1}
STORIES = {
    "an edit that waits": Story(editing, 3, {"edits": WAITS}),
    "another edit after it": Story(editing_again, 3, {"edits": ["WAITING Newer"]}),
    "an edit that shows less too": Story(narrowing, 4, {"audiences": ["MEMBERS", "FRIENDS"], "edits": WAITS}),
    "an edit that shows at once": Story(
        showing_at_once, 4, {"words": ["New", "Old"], "audiences": ["FRIENDS", "MEMBERS"], "revisions": 1}
    ),
    "an edit of an entry": Story(editing_an_entry, 3, {"edits": WAITS}),
    "an approved edit": Story(
        approving,
        6,
        {**APPROVED, "words": ["New", "Old"], "audiences": ["PUBLIC", "MEMBERS"], "audit": ["edit.APPROVED"]},
    ),
    "an approved edit of an entry": Story(
        approving_an_entry, 5, {**APPROVED, "words": ["Old", "New"], "audiences": ["MEMBERS", "PUBLIC"]}
    ),
    "a rejected edit": Story(rejecting, 3, {"edits": REJECTED, "audit": ["edit.REJECTED"]}),
    "a rejected edit of an entry": Story(rejecting_an_entry, 2, {"edits": REJECTED}),
    "a withdrawn edit": Story(withdrawing, 1, {}),
}


@pytest.fixture
async def scene(ann, bob, moderator):
    made = await moderator.manages("createBoard", "board { id }", slug="watched", title="Watched", reviewEdits=True)
    [home] = (await ann.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"].values()
    await ann.manages("updateBoard", boardId=home["id"], reviewFirst=True, audience="PUBLIC")
    post = await bob.publishes("Old", on=made["board"]["id"], audience="MEMBERS")
    entry = await bob.publishes("Old", on=home["id"], audience="MEMBERS")
    await ann.manages("approveContent", targetId=entry)
    return Scene(bob, ann, moderator, post, entry)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_kill_leaves_an_edit_done_or_not_and_asking_again_does_it_once(scene, stores, service, story):
    request = await story.prepares(scene)

    async def has_ended() -> None:
        assert await facts(stores, scene) == {**BEGINS, **story.ends}

    await service.does_it_once_however_killed(request, story.writes, has_ended)
    decided = [each for each in ("APPROVED", "REJECTED") if each in str(story.ends)]
    assert await kinds(scene.bob) == [f"EDIT_{each}" for each in decided]


async def facts(stores, scene: Scene) -> dict[str, Any]:
    """How things stand, in words."""
    post, entry = [await stores.database["posts"].find_one({"_id": each}) for each in (scene.post, scene.entry)]
    edits = await stores.database["edits"].find({}).to_list()
    return {
        "words": [each["body"]["text"] for each in (post, entry)],
        "audiences": [each["audience"] for each in (post, entry)],
        "edits": [f"{each['state']} {each['body'] and each['body']['text']}" for each in edits],
        "revisions": await stores.database["revisions"].count_documents({}),
        "audit": [row["kind"] async for row in stores.database["audit"].find({})],
    }
