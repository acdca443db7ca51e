"""Nobody decides about words that they have not read: who edits in time gets another look, and no free pass."""

import pytest

from moderation import decisions
from tests.moderation_steps import everything
from tests.notified import reports

CASES = "{ cases(filter: {state: OPEN}) { nodes { id version } } }"
WHY = {"reason": "SPAM", "explanation": "Because"}
FIELDS = "results { errors { code } decision { evidence { text } } }"


async def words(author, board, kind):
    """A post or comment, and how its author changes what it says."""
    post = await author.publishes("Harmless", on=board)
    if kind == "post":
        return post, ("updatePost", {"postId": post})
    comment = await author.comments("Harmless", under=post)
    return comment, ("updateComment", {"commentId": comment})


async def only_case(moderator):
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    return {"caseId": case["id"], "expectedVersion": case["version"]}


async def decides(moderator, case, **more):
    [result] = (await moderator.manages("decideCases", FIELDS, decisions=[{**case, **WHY, **more}]))["results"]
    return result


@pytest.mark.parametrize("kind", ["post", "comment"])
async def test_a_case_is_not_decided_by_what_it_said_before_an_edit(moderator, ann, bob, board, stores, kind):
    target, (edits, which) = await words(ann, board, kind)
    await reports(bob, target)
    read = await only_case(moderator)
    await ann.manages(edits, **which, body="Abuse")
    before = await everything(stores)

    unread = await decides(moderator, read, action="DISMISS", ignoreUntilEdited=True)

    assert unread == {"errors": [{"code": "CONFLICT"}], "decision": None}
    assert await everything(stores) == before
    removed = await decides(moderator, await only_case(moderator), action="REMOVE")
    assert removed == {"errors": [], "decision": {"evidence": {"text": "Abuse"}}}


async def test_who_changes_no_words_keeps_nobody_waiting(moderator, ann, bob, board):
    target = await ann.publishes("Harmless", on=board)
    await reports(bob, target)
    read = await only_case(moderator)
    await ann.manages("updatePost", postId=target, audience="MEMBERS")

    assert (await decides(moderator, read, action="DISMISS"))["errors"] == []


@pytest.mark.parametrize("kind", ["post", "comment"])
async def test_what_is_kept_as_evidence_is_what_was_removed(moderator, ann, board, stores, monkeypatch, kind):
    """An edit in the very moment of the decision."""
    target, (edits, which) = await words(ann, board, kind)
    drafted = decisions._draft

    async def meanwhile(*given):
        draft = await drafted(*given)
        await ann.manages(edits, **which, body="Abuse")
        return draft

    monkeypatch.setattr(decisions, "_draft", meanwhile)

    assert await moderator.is_refused("removeContent", targetId=target, **WHY) == "CONFLICT"
    assert await stores.database["decisions"].count_documents({}) == 0
    assert (await stores.database[f"{kind}s"].find_one({"_id": target}))["state"] == "PUBLISHED"
