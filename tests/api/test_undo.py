"""Undoing: a moderator takes their own decision back within minutes, and all is as it was, the case included."""

import asyncio

import pytest

from domain.members import Role
from moderation.effects import REVERSED_AS
from policy.limits import UNDO_WINDOW
from tests.moderation_steps import account_status, decides, everything, removes, restores, sanctions, undoes
from tests.notified import counts, kinds, notifications, suspends

THREAD = """query ($id: ID!) { node(id: $id) { ... on Post { id title state isLocked commentCount body { html text }
  comments { nodes { id state author { handle } body { text } } } } } }"""
CASES = "{ cases { nodes { id state version decidedAt } } }"
REPORTS = "{ viewer { reports { nodes { outcome } } } }"
UNDO_EACH_OTHER = {"RESTORE": "REMOVE", "UNLOCK": "LOCK"}


@pytest.fixture
async def other(community):
    """Another moderator."""
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
async def everyone(community, moderator, other, ann, bob):
    """By name; ``mod`` makes the decisions, ``ann`` is whom they are about."""
    return {"ann": ann, "bob": bob, "mod": moderator, "max": other, "visitor": community.visitor()}


async def thread(actor, post):
    return (await actor.responds(THREAD, {"id": post}))[2]


async def test_undoing_a_removal_brings_back_every_byte_and_the_case(moderator, ann, bob, post, stores):
    await bob.comments("Aha", under=post)
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    before = [await thread(actor, post) for actor in (ann, bob, moderator)]
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    decision = await removes(moderator, post)

    undone = await undoes(moderator, decision)

    assert [await thread(actor, post) for actor in (ann, bob, moderator)] == before
    assert (await moderator.asks(CASES))["cases"]["nodes"] == [case | {"version": case["version"] + 2}]
    assert (await bob.asks(REPORTS))["viewer"]["reports"]["nodes"] == [{"outcome": "PENDING"}]
    assert (undone["action"], undone["reason"]) == ("RESTORE", "SPAM")
    assert "版主已撤销刚才的处理" in undone["explanation"]
    audit = await stores.database["audit"].find({}).to_list()
    assert [(row["kind"], row["actor"], row.get("reverses")) for row in audit] == [
        ("content.REMOVE", moderator.id, None),
        ("content.RESTORE", moderator.id, decision),
    ]
    await decides(moderator, "REMOVE")


@pytest.mark.parametrize(
    ("action", "undone_as"),
    [(action.value, undone_as.value) for action, undone_as in REVERSED_AS.items() if undone_as.value != "REOPEN"],
)
async def test_each_action_that_changes_something_can_be_undone(everyone, post, action, undone_as):
    moderator, ann, bob = [everyone[name] for name in ("mod", "ann", "bob")]
    if action in UNDO_EACH_OTHER:
        await bob.manages("reportContent", targetId=post, reason="SPAM")
        await decides(moderator, UNDO_EACH_OTHER[action])
    before, stood = await thread(ann, post), await account_status(ann)
    if action == "RESTORE":
        decision = await restores(moderator, post)
    else:
        await everyone["max"].manages("reportContent", targetId=post, reason="SPAM")
        decision = await decides(moderator, action)
    assert (await thread(ann, post), await account_status(ann)) != (before, stood)

    assert (await undoes(moderator, decision))["action"] == undone_as

    assert (await thread(ann, post), await account_status(ann)) == (before, stood)


async def test_undoing_a_sanction_brings_back_the_one_before(moderator, ann):
    await sanctions(moderator, ann, "WARN")
    decision = await sanctions(moderator, ann, "SUSPEND")

    await undoes(moderator, decision)

    assert await account_status(ann) == "WARNED"


async def test_a_removal_whose_restoring_was_undone_can_still_be_overturned(moderator, other, ann, post):
    first = await removes(moderator, post)
    await undoes(moderator, await restores(moderator, post))
    appeal = (await ann.manages("submitAppeal", "appeal { id }", decisionId=first, text="No"))["appeal"]["id"]

    await other.manages("decideAppeal", appealId=appeal, verdict="OVERTURNED", answer="Yes")

    assert b'"PUBLISHED"' in await thread(ann, post)


@pytest.mark.parametrize(
    ("who", "code"),
    [("visitor", "NOT_SIGNED_IN"), ("ann", "FORBIDDEN"), ("bob", "FORBIDDEN"), ("max", "FORBIDDEN"), ("mod", None)],
)
async def test_who_undoes(everyone, post, stores, who, code):
    decision = await removes(everyone["mod"], post)
    kept = await everything(stores)

    payload = await everyone[who].does("undoDecision", decisionId=decision)

    assert [error["code"] for error in payload["errors"]] == ([code] if code else [])
    assert (await everything(stores) == kept) is bool(code)


@pytest.mark.parametrize(("after", "code"), [(-1, None), (1, "FORBIDDEN")])
async def test_it_is_for_minutes(moderator, post, clock, stores, after, code):
    decision = await removes(moderator, post)
    clock.advance(seconds=UNDO_WINDOW.total_seconds() + after)
    kept = await everything(stores)

    payload = await moderator.does("undoDecision", decisionId=decision)

    assert [error["code"] for error in payload["errors"]] == ([code] if code else [])
    assert (await everything(stores) == kept) is bool(code)


async def test_it_is_once_and_a_retry_answers_the_first(moderator, post, stores):
    decision = await removes(moderator, post)
    first = await undoes(moderator, decision, idempotencyKey="k")
    kept = await everything(stores)

    assert await undoes(moderator, decision, idempotencyKey="k") == first
    assert await moderator.is_refused("undoDecision", decisionId=decision) == "CONFLICT"
    assert await moderator.is_refused("undoDecision", decisionId=first["id"]) == "FORBIDDEN"
    assert await moderator.is_refused("undoDecision", decisionId="dcn_" + "0" * 16) == "NOT_FOUND"
    assert await everything(stores) == kept


async def test_many_at_once_undo_once(moderator, post, stores):
    decision = await removes(moderator, post)

    payloads = await asyncio.gather(*(moderator.does("undoDecision", decisionId=decision) for _ in range(10)))

    assert [error["code"] for payload in payloads for error in payload["errors"]] == ["CONFLICT"] * 9
    assert await stores.database["decisions"].count_documents({"reverses": decision}) == 1


async def test_what_was_decided_about_again_is_not_undone_until_that_is(moderator, other, ann, post, stores):
    first = await removes(moderator, post)
    second = await restores(other, post)
    kept = await everything(stores)
    query = """mutation ($input: UndoDecisionInput!) { undoDecision(input: $input) {
      errors { code ... on ConflictError { decision { id } } } } }"""

    refused = (await moderator.asks(query, input={"decisionId": first}))["undoDecision"]["errors"]

    assert refused == [{"code": "CONFLICT", "decision": {"id": second}}]
    assert await everything(stores) == kept
    await undoes(other, second)
    assert b'"REMOVED"' in await thread(ann, post)
    await undoes(moderator, first)
    assert b'"PUBLISHED"' in await thread(ann, post)


async def test_after_undoing_a_dismissal_the_case_waits_as_before(moderator, ann, bob, post, tells, stores):
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    decision = await decides(moderator, "DISMISS")
    await tells()
    told = await kinds(bob), await counts(stores, bob)

    undone = await undoes(moderator, decision)
    await tells()

    assert undone["action"] == "REOPEN"
    assert (await moderator.asks(CASES))["cases"]["nodes"] == [case | {"version": case["version"] + 2}]
    assert (await bob.asks(REPORTS))["viewer"]["reports"]["nodes"] == [{"outcome": "PENDING"}]
    assert told == (["REPORT_DECIDED"], (0, 1))
    assert (await kinds(bob), await counts(stores, bob), await kinds(ann)) == (["REPORT_DECIDED"], (0, 0), [])
    await decides(moderator, "REMOVE")
    await tells()
    assert (await kinds(bob), await counts(stores, bob)) == (["REPORT_DECIDED"] * 2, (1, 0))


async def test_what_is_undone_and_decided_again_alike_is_told_to_reporters_once(moderator, bob, post, tells, stores):
    """What they were told says meanwhile that it is looked at again, and then as before."""
    await bob.manages("reportContent", targetId=post, reason="SPAM")

    async def told():
        await tells()
        return [each["report"]["outcome"] for each in await notifications(bob)]

    decision = await removes(moderator, post)
    first = await told()
    await undoes(moderator, decision)
    undone = await told()
    await removes(moderator, post)
    again = await told()

    assert (first, undone, again) == (["ACTION_TAKEN"], ["PENDING"], ["ACTION_TAKEN"])
    assert await counts(stores, bob) == (1, 0)
    await restores(moderator, post)
    assert await told() == ["NO_ACTION"] * 2, "another outcome is news"
    assert await counts(stores, bob) == (0, 1)


async def test_what_a_dismissal_settled_as_it_was_reported_waits_too(moderator, community, ann, bob, post):
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    decision = await decides(moderator, "DISMISS", ignoreUntilEdited=True)
    eve, zoe = await community.joins("eve"), await community.joins("zoe")
    await eve.manages("reportContent", targetId=post, reason="SPAM")
    settled = (await eve.asks(REPORTS))["viewer"]["reports"]["nodes"]

    await undoes(moderator, decision)

    assert settled == [{"outcome": "NO_ACTION"}]
    assert (await eve.asks(REPORTS))["viewer"]["reports"]["nodes"] == [{"outcome": "PENDING"}]
    await zoe.manages("reportContent", targetId=post, reason="SPAM")
    query = "{ cases { nodes { state reportCount reports { nodes { reporter { handle } } } } } }"
    [case] = (await moderator.asks(query))["cases"]["nodes"]
    assert (case["state"], case["reportCount"]) == ("OPEN", 3)
    assert [each["reporter"]["handle"] for each in case["reports"]["nodes"]] == ["zoe", "eve", "bob"]


async def test_after_undoing_an_approval_what_was_handed_over_is_before_moderators_again(moderator, ann, bob, stores):
    board = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    entry = await ann.publishes("Rude", on=board["id"], audience="ONLY_ME")
    await bob.manages("reportContent", targetId=entry, reason="SPAM")
    before = await thread(moderator, entry)
    await moderator.manages("approveContent", targetId=entry)
    approved = await thread(moderator, entry)
    row = await stores.database["decisions"].find_one({})

    assert (await undoes(moderator, row["_id"]))["action"] == "REOPEN"

    assert await thread(moderator, entry) == before != approved
    assert [case["state"] for case in (await moderator.asks(CASES))["cases"]["nodes"]] == ["OPEN"]
    assert (await bob.asks(REPORTS))["viewer"]["reports"]["nodes"] == [{"outcome": "PENDING"}]
    await moderator.manages("approveContent", targetId=entry)


@pytest.mark.parametrize("action", ["WARN", "MUTE", "SUSPEND", "BAN", "REQUIRE_VERIFICATION"])
async def test_undoing_a_lifting_brings_back_what_was_lifted(moderator, other, ann, action, tells, stores):
    first = await sanctions(other, ann, action)
    before = await stores.sanctions.of(ann.id), await account_status(ann)
    decision = await sanctions(moderator, ann, "LIFT")
    assert await account_status(ann) == "ACTIVE"

    undone = await undoes(moderator, decision)

    assert (undone["action"], "undone the lifting" in undone["explanation"]) == (action, True)
    assert (await stores.sanctions.of(ann.id), await account_status(ann)) == before
    assert before[0].decision_id == first
    row = await stores.database["decisions"].find_one({"_id": undone["id"]})
    assert row["expiresAt"] == before[0].until
    await tells()
    assert await kinds(ann) == ["DECISION_ABOUT_YOU"] * 3
    assert await ann.is_refused("submitAppeal", decisionId=undone["id"], text="No") == "FORBIDDEN"
    await ann.manages("submitAppeal", decisionId=first, text="No")


async def test_what_would_have_ended_since_does_not_come_back(moderator, ann, stores, clock, tells):
    until = clock.now() + UNDO_WINDOW / 2
    await suspends(moderator, ann, until)
    decision = await sanctions(moderator, ann, "LIFT")
    clock.moment = until

    undone = await undoes(moderator, decision)

    assert await stores.sanctions.of(ann.id) is None
    assert "has undone this decision" in undone["explanation"]
    await tells()
    assert "SANCTION_ENDED" not in await kinds(ann)


async def test_reopening_is_no_decision_of_its_own(moderator, ann, bob, post, stores):
    await bob.manages("reportContent", targetId=post, reason="SPAM")
    [case] = (await moderator.asks(CASES))["cases"]["nodes"]
    kept = await everything(stores)
    given = {"action": "REOPEN", "reason": "SPAM", "explanation": "Because"}

    on_case = [{**given, "caseId": case["id"], "expectedVersion": case["version"]}]
    [result] = (await moderator.manages("decideCases", "results { errors { code path } }", decisions=on_case))[
        "results"
    ]

    assert result["errors"] == [{"code": "VALIDATION", "path": ["action"]}]
    assert await moderator.is_refused("sanctionMember", memberId=ann.id, **given) == "VALIDATION"
    assert await everything(stores) == kept


async def test_what_a_host_handed_over_is_before_moderators_again(moderator, ann, bob):
    [board] = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"].values()
    entry = await ann.publishes("Rude", on=board["id"], audience="ONLY_ME")
    await bob.manages("reportContent", targetId=entry, reason="SPAM")
    before = await thread(moderator, entry)

    await undoes(moderator, await removes(moderator, entry))

    assert await thread(moderator, entry) == before
    await moderator.manages("approveContent", targetId=entry)


async def test_an_appeal_made_meanwhile_has_got_what_it_asks_for(moderator, other, ann, post):
    decision = await removes(moderator, post)
    appeal = (await ann.manages("submitAppeal", "appeal { id }", decisionId=decision, text="No"))["appeal"]["id"]

    await undoes(moderator, decision)

    told = (await ann.asks("query ($id: ID!) { node(id: $id) { ... on Appeal { state answer } } }", id=appeal))["node"]
    assert told["state"] == "OVERTURNED"
    assert "has undone this decision" in told["answer"]
    given = {"appealId": appeal, "verdict": "UPHELD", "answer": "No"}
    assert await other.is_refused("decideAppeal", **given) == "CONFLICT"


async def test_what_another_moderator_has_upheld_is_not_undone(moderator, other, ann, post, stores):
    decision = await removes(moderator, post)
    appeal = (await ann.manages("submitAppeal", "appeal { id }", decisionId=decision, text="No"))["appeal"]["id"]
    await other.manages("decideAppeal", appealId=appeal, verdict="UPHELD", answer="It is spam")
    before = await everything(stores)

    assert await moderator.is_refused("undoDecision", decisionId=decision) == "CONFLICT"

    assert await everything(stores) == before


async def test_what_was_undone_is_not_appealed(moderator, ann, post):
    decision = await removes(moderator, post)
    await undoes(moderator, decision)

    assert await ann.is_refused("submitAppeal", decisionId=decision, text="No") == "CONFLICT"
    query = "query ($id: ID!) { node(id: $id) { ... on Decision { viewerCanAppeal } } }"
    assert (await ann.asks(query, id=decision))["node"] == {"viewerCanAppeal": False}


async def test_a_blocked_moderator_still_undoes(moderator, ann, post):
    decision = await removes(moderator, post)
    await ann.manages("block", memberId=moderator.id)

    await moderator.manages("undoDecision", decisionId=decision)

    assert b'"PUBLISHED"' in await thread(ann, post)


@pytest.mark.parametrize(
    ("store", "step"),
    [("posts", "move"), ("decisions", "insert"), ("outbox", "add"), ("cases", "reopen"), ("appeals", "close_against")],
)
async def test_undoing_that_fails_after_any_step_changes_nothing(everyone, post, stores, monkeypatch, store, step):
    moderator = everyone["mod"]
    await everyone["bob"].manages("reportContent", targetId=post, reason="SPAM")
    decision = await removes(moderator, post)
    kept = await everything(stores)
    owner = type(getattr(stores, store))
    writes = getattr(owner, step)

    async def writes_and_fails(*given, **named):
        await writes(*given, **named)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(owner, step, writes_and_fails)
    query = "mutation ($input: UndoDecisionInput!) { undoDecision(input: $input) { errors { code } } }"
    answer = await moderator.gets(query, input={"decisionId": decision})

    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert await everything(stores) == kept
    monkeypatch.undo()
    await undoes(moderator, decision)
