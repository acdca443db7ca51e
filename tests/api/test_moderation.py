"""Removing and restoring, and the record of it."""

import asyncio

import pytest

from domain.members import Role

THREAD = """query ($id: ID!) { node(id: $id) { ... on Post { commentCount comments { nodes {
  state author { handle } body { text } decision { action explanation } } } } } }"""


@pytest.fixture
async def post(community, moderator, ann):
    return await ann.publishes("Hello", on=await community.board(moderator))


async def removes(moderator, target, **more):
    given = {"targetId": target, "reason": "ABUSE", "explanation": "请友善。", **more}
    return await moderator.does("removeContent", "decision { id action decidedBy { handle } }", **given)


async def test_a_removed_comment_leaves_a_tombstone_where_answers_hang_else_nothing(moderator, ann, bob, post):
    answered = await bob.comments("Rude", under=post)
    await ann.comments("Please don't", under=post, answering=answered)
    alone = await bob.comments("Rude again", under=post)

    for comment in (answered, alone):
        assert (await removes(moderator, comment))["errors"] == []

    others = (await ann.asks(THREAD, id=post))["node"]
    assert others == {
        "commentCount": 1,
        "comments": {"nodes": [{"state": "UNAVAILABLE", "author": None, "body": None, "decision": None}]},
    }
    own = (await bob.asks(THREAD, id=post))["node"]
    assert [comment["decision"] for comment in own["comments"]["nodes"]] == [
        {"action": "REMOVE", "explanation": "请友善。"}
    ] * 2


async def test_restoring_brings_everything_back_and_is_explained_too(moderator, ann, bob, post):
    comment = await bob.comments("Misread", under=post)
    before = (await ann.asks(THREAD, id=post))["node"]
    await removes(moderator, comment)

    await moderator.manages("restoreContent", targetId=comment, explanation="我们看错了，抱歉。")

    assert (await ann.asks(THREAD, id=post))["node"] == before
    [own] = (await bob.asks(THREAD, id=post))["node"]["comments"]["nodes"]
    assert own["decision"] == {"action": "RESTORE", "explanation": "我们看错了，抱歉。"}


async def test_of_many_moderators_at_once_one_wins_and_the_others_get_the_winner_s_decision(
    community, moderator, post, stores
):
    others = [await community.joins(f"mod_{n}", Role.MODERATOR) for n in range(5)]
    query = """mutation ($input: RemoveContentInput!) { removeContent(input: $input) { decision { id }
      errors { code ... on ConflictError { decision { id } } } } }"""
    given = {"targetId": post, "reason": "SPAM", "explanation": "Spam"}

    answers = await asyncio.gather(*(other.asks(query, input=given) for other in [moderator, *others]))

    payloads = [answer["removeContent"] for answer in answers]
    [winner] = [payload["decision"]["id"] for payload in payloads if payload["decision"]]
    lost = [payload["errors"] for payload in payloads if payload["errors"]]
    assert lost == [[{"code": "CONFLICT", "decision": {"id": winner}}]] * 5
    for collection in ("decisions", "audit", "outbox"):
        assert await stores.database[collection].count_documents({}) == 1


async def test_a_retry_under_the_same_key_answers_the_same_decision(moderator, post, stores):
    first = await removes(moderator, post, idempotencyKey="k")

    again = await removes(moderator, post, idempotencyKey="k")

    assert again == first
    assert await stores.database["audit"].count_documents({}) == 1


async def test_a_retried_sanction_answers_the_same_decision_where_the_member_stands_by_now(moderator, bob, stores):
    given = {"memberId": bob.id, "action": "BAN", "reason": "ABUSE", "explanation": "Enough", "idempotencyKey": "k"}
    first = await moderator.manages("sanctionMember", "decision { id }", **given)

    assert await moderator.manages("sanctionMember", "decision { id }", **given) == first
    assert await stores.database["audit"].count_documents({}) == 1
    assert await moderator.is_refused("sanctionMember", **given | {"explanation": "Else"}) == "CONFLICT"


async def test_a_removal_that_fails_halfway_leaves_nothing_behind(moderator, ann, post, stores, monkeypatch):
    async def fails(_outbox, _event, _transaction):  # after all else is written
        raise RuntimeError("the outbox is full")

    monkeypatch.setattr(type(stores.outbox), "add", fails)

    answer = await moderator.gets(
        "mutation ($input: RemoveContentInput!) { removeContent(input: $input) { errors { code } } }",
        input={"targetId": post, "reason": "SPAM", "explanation": "Spam"},
    )

    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "outbox" not in str(answer)
    assert (await ann.asks("query ($id: ID!) { node(id: $id) { ... on Post { state } } }", id=post)) == {
        "node": {"state": "PUBLISHED"}
    }
    for collection in ("decisions", "audit", "outbox"):
        assert await stores.database[collection].count_documents({}) == 0


@pytest.mark.parametrize("mutation", ["removeContent", "restoreContent"])
async def test_only_moderators_decide_and_never_about_themselves(community, moderator, ann, bob, post, mutation):
    more = {"reason": "SPAM"} if mutation == "removeContent" else {}
    given = {"explanation": "Because", **more}
    own = await moderator.comments("Mine", under=post)

    assert await community.visitor().is_refused(mutation, targetId=post, **given) == "NOT_SIGNED_IN"
    assert await bob.is_refused(mutation, targetId=post, **given) == "FORBIDDEN"
    assert await ann.is_refused(mutation, targetId=post, **given) == "FORBIDDEN"
    assert await moderator.is_refused(mutation, targetId=own, **given) == "FORBIDDEN"
    assert await moderator.is_refused(mutation, targetId="pst_" + "A" * 16, **given) == "NOT_FOUND"
    assert await moderator.is_refused(mutation, targetId=post, **given | {"explanation": " "}) == "VALIDATION"


async def test_what_stands_cannot_be_restored(moderator, post):
    assert await moderator.is_refused("restoreContent", targetId=post, explanation="Because") == "CONFLICT"


async def test_authors_can_delete_but_not_edit_what_was_removed(moderator, ann, post):
    await removes(moderator, post)

    assert await ann.is_refused("updatePost", postId=post, body="Better?") == "FORBIDDEN"
    await ann.manages("deletePost", postId=post)
    assert await moderator.is_refused("restoreContent", targetId=post, explanation="Because") == "NOT_FOUND"


async def test_a_decision_is_read_by_its_subject_and_moderators_alone(community, moderator, ann, bob, post):
    decision = (await removes(moderator, post))["decision"]["id"]
    query = "query ($id: ID!) { node(id: $id) { ... on Decision { reason isAutomated decidedBy { handle } } } }"

    assert (await ann.asks(query, id=decision))["node"] == {
        "reason": "ABUSE",
        "isAutomated": False,
        "decidedBy": None,
    }
    assert (await moderator.asks(query, id=decision))["node"]["decidedBy"] == {"handle": "mod"}
    for other in (bob, community.visitor()):
        assert (await other.asks(query, id=decision))["node"] is None


async def test_moderators_do_not_see_what_its_audience_hides_from_them(community, moderator, ann):
    """Being trusted with removing is no licence to read along."""
    post = await ann.publishes("Dear diary", on=(await community.board(moderator, "den")), audience="ONLY_ME")

    assert await moderator.is_refused("removeContent", targetId=post, reason="SPAM", explanation="x") == "NOT_FOUND"


async def test_authors_find_all_decisions_about_their_words_in_one_place(moderator, ann, bob, post):
    comment = await ann.comments("Mine", under=post)
    for target in (post, comment):
        await removes(moderator, target)
    query = """query ($first: Int, $after: String) { viewer { decisions(first: $first, after: $after) {
      nodes { action reason explanation decidedBy { handle } } pageInfo { endCursor hasNextPage } } } }"""

    first = (await ann.asks(query, first=1))["viewer"]["decisions"]
    second = (await ann.asks(query, first=1, after=first["pageInfo"]["endCursor"]))["viewer"]["decisions"]

    told = {"action": "REMOVE", "reason": "ABUSE", "explanation": "请友善。", "decidedBy": None}
    assert first["nodes"] == second["nodes"] == [told]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert (await bob.asks(query))["viewer"]["decisions"]["nodes"] == []
