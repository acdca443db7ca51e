"""Overturning a decision: all that it changed comes back, what came later stays, and the record tells both."""

import asyncio

import pytest

from domain.members import Role
from tests.moderation_steps import account_status, answers, appeals, decides, everything, removes, restores, sanctions

THREAD = """query ($id: ID!) { node(id: $id) { ... on Post { id title state isLocked commentCount body { html text }
  comments { nodes { id state replyCount author { handle } body { text }
    replies { nodes { id state author { handle } body { text } } } } } } } }"""
DECISION = "query ($id: ID!) { node(id: $id) { ... on Decision { viewerCanAppeal appeal { id state } } } }"


@pytest.fixture
async def other(community):
    """Another moderator."""
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
def everyone(moderator, other, ann, post):
    """And what they are about."""
    return moderator, other, ann, post


async def node(actor, query, node_id):
    return (await actor.asks(query, id=node_id))["node"]


async def rows(stores, collection, **query):
    return await stores.database[collection].find(query).to_list()


async def test_overturning_a_removal_brings_back_every_byte(community, moderator, other, ann, bob, board):
    visitor = community.visitor()
    post = await ann.publishes("Hello", on=board, title="Hi")
    comment = await bob.comments("Rude", under=post)
    answer = await ann.comments("Please", under=post, answering=comment)
    actors = (ann, bob, moderator, other, visitor)
    before = [(await actor.responds(THREAD, {"id": post}))[2] for actor in actors]
    overturned = [(answer, ann), (comment, bob), (post, ann)]

    removed = [(await removes(moderator, target), author) for target, author in overturned]
    waiting = [(await appeals(author, decision)) for decision, author in removed]
    assert [(await actor.responds(THREAD, {"id": post}))[2] for actor in actors] != before
    for appeal in waiting:
        await answers(other, appeal, "OVERTURNED")

    assert [(await actor.responds(THREAD, {"id": post}))[2] for actor in actors] == before


async def test_overturning_a_lock_opens_the_post_also_below_a_removal(moderator, other, ann, bob, post):
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    locked = await decides(moderator, "LOCK")
    removed = await removes(moderator, post)
    assert await node(ann, DECISION, locked) == {"viewerCanAppeal": True, "appeal": None}

    await answers(other, await appeals(ann, locked), "OVERTURNED")
    assert (await node(ann, THREAD, post))["state"] == "REMOVED"
    await answers(other, await appeals(ann, removed), "OVERTURNED")

    thread = await node(bob, THREAD, post)
    assert (thread["state"], thread["isLocked"]) == ("PUBLISHED", False)
    await bob.comments("Hello again", under=post)


async def test_a_removal_that_came_later_stays(moderator, other, ann, post):
    first = await removes(moderator, post)
    await moderator.manages("restoreContent", targetId=post, explanation="Sorry")
    second = await removes(moderator, post)

    payload = await answers(other, await appeals(ann, first), "OVERTURNED")

    assert payload["decision"]["action"] == "RESTORE"
    assert (await node(ann, THREAD, post))["state"] == "REMOVED"
    await answers(other, await appeals(ann, second), "OVERTURNED")
    assert (await node(ann, THREAD, post))["state"] == "PUBLISHED"


async def test_what_its_author_deleted_stays_deleted_and_is_right_on_the_record(moderator, other, ann, post, stores):
    decision = await removes(moderator, post)
    appeal = await appeals(ann, decision)
    await ann.manages("deletePost", postId=post)

    payload = await answers(other, appeal, "OVERTURNED")

    assert payload["decision"]["action"] == "RESTORE"
    assert (await rows(stores, "posts"))[0]["state"] == "DELETED"
    assert [row["reverses"] for row in await rows(stores, "decisions", action="RESTORE")] == [decision]


async def test_of_sanctions_what_held_before_comes_back(moderator, other, ann):
    warned = await sanctions(moderator, ann, "WARN")
    suspended = await sanctions(moderator, ann, "SUSPEND")

    await answers(other, await appeals(ann, suspended), "OVERTURNED")

    assert await account_status(ann) == "WARNED"
    status = (await ann.asks("{ viewer { postingStatus { decision { id } } } }"))["viewer"]["postingStatus"]
    assert status["decision"] == {"id": warned}
    await answers(other, await appeals(ann, warned), "OVERTURNED")
    assert await account_status(ann) == "ACTIVE"


async def test_a_sanction_that_came_later_stays_and_does_not_bring_back_the_overturned_one(moderator, other, ann):
    muted = await sanctions(moderator, ann, "MUTE")
    banned = await sanctions(moderator, ann, "BAN")

    await answers(other, await appeals(ann, muted), "OVERTURNED")
    assert await account_status(ann) == "BANNED"
    await answers(other, await appeals(ann, banned), "OVERTURNED")

    assert await account_status(ann) == "ACTIVE"


async def test_of_sanctions_that_are_overturned_at_once_none_comes_back(moderator, other, ann, bob, post):
    muted = await sanctions(moderator, ann, "MUTE")
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    banned = await decides(moderator, "BAN")
    against = [await appeals(ann, decision) for decision in (muted, banned)]

    await asyncio.gather(*(answers(other, appeal, "OVERTURNED") for appeal in against))

    assert await account_status(ann) == "ACTIVE"


async def test_upholding_changes_nothing_but_the_appeal(moderator, other, ann, post, stores):
    decision = await removes(moderator, post)
    appeal = await appeals(ann, decision)
    kept = [await rows(stores, name) for name in ("posts", "decisions", "members")]

    await answers(other, appeal, "UPHELD")

    assert [await rows(stores, name) for name in ("posts", "decisions", "members")] == kept
    [audit] = await rows(stores, "audit", kind="appeal.UPHELD")
    assert (audit["actor"], audit["subject"], audit["decision"], audit["appeal"], audit["explanation"]) == (
        other.id,
        ann.id,
        decision,
        appeal,
        "Looked at anew",
    )
    assert len(await rows(stores, "outbox", kind="appeal.UPHELD")) == 1


async def test_both_verdict_and_reversal_are_on_the_record(moderator, other, ann, post, stores):
    decision = await removes(moderator, post)
    appeal = await appeals(ann, decision)

    reversal = (await answers(other, appeal, "OVERTURNED"))["decision"]["id"]

    audit = await rows(stores, "audit")
    assert [(row["kind"], row["actor"], row["decision"]) for row in audit] == [
        ("content.REMOVE", moderator.id, decision),
        ("appeal.OVERTURNED", other.id, decision),
        ("content.RESTORE", other.id, reversal),
    ]
    assert audit[2]["reverses"] == decision
    assert [row["kind"] for row in await rows(stores, "outbox")] == [row["kind"] for row in audit[:2]]


#: All that overturning a removal, or a sanction, writes.
STEPS = [
    ("appeals", "close"),
    ("audit", "add"),
    ("outbox", "add"),
    ("sanctions", "take_turn"),
    ("posts", "move"),
    ("sanctions", "replace"),
    ("decisions", "insert"),
    ("board_entries", "take_back"),
]


@pytest.mark.parametrize(("store", "step"), STEPS)
async def test_overturning_that_fails_after_any_step_changes_nothing(everyone, stores, monkeypatch, store, step):
    moderator, other, ann, post = everyone
    is_sanction = store == "sanctions"
    decision = await (sanctions(moderator, ann, "BAN") if is_sanction else removes(moderator, post))
    appeal = await appeals(ann, decision)
    kept = await everything(stores)
    owner = type(getattr(stores, store))
    writes = getattr(owner, step)

    async def writes_and_fails(*given, **named):
        await writes(*given, **named)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(owner, step, writes_and_fails)
    answer = await other.gets(
        "mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { errors { code } } }",
        input={"appealId": appeal, "verdict": "OVERTURNED", "answer": "Yes"},
    )

    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert await everything(stores) == kept
    monkeypatch.undo()
    await answers(other, appeal, "OVERTURNED")


async def test_reporters_learn_that_nothing_was_to_be_done(moderator, other, ann, bob, post):
    outcome = "{ viewer { reports { nodes { outcome } } } }"
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    decision = await decides(moderator, "WARN")
    assert (await bob.asks(outcome))["viewer"]["reports"]["nodes"] == [{"outcome": "ACTION_TAKEN"}]

    await answers(other, await appeals(ann, decision), "OVERTURNED")

    assert (await bob.asks(outcome))["viewer"]["reports"]["nodes"] == [{"outcome": "NO_ACTION"}]


async def test_what_was_to_be_ignored_with_an_overturned_removal_is_reported_anew(moderator, other, ann, bob, post):
    """Ignoring goes with dismissing alone."""
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    decision = await decides(moderator, "REMOVE", ignoreUntilEdited=True)
    await answers(other, await appeals(ann, decision), "OVERTURNED")

    await other.manages("reportContent", targetId=post, reason="SPAM")

    cases = (await moderator.asks("{ cases(filter: {state: OPEN}) { nodes { reportCount } } }"))["cases"]["nodes"]
    assert cases == [{"reportCount": 1}]


@pytest.mark.parametrize("way", ["overturned", "restored"])
async def test_what_a_host_handed_over_is_theirs_again(everyone, bob, way):
    """Looked at twice: moderators see it no more than others do."""
    moderator, other, ann, _ = everyone
    [board] = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"].values()
    entry = await ann.publishes("Rude", on=board["id"], audience="ONLY_ME")
    await bob.manages("reportContent", targetId=entry, reason="SPAM")

    decision = await removes(moderator, entry)
    if way == "overturned":
        await answers(other, await appeals(ann, decision), "OVERTURNED")
    else:
        await restores(other, entry)

    assert [await node(actor, THREAD, entry) for actor in (moderator, other)] == [None, None]
    assert (await node(bob, THREAD, entry))["state"] in {"HELD", "PUBLISHED"}
