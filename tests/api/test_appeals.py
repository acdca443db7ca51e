"""Appeals: who may, against what, until when; who sees one, talks and decides; that of many one decides."""

import asyncio
from datetime import timedelta

import pytest

from domain.ids import Kind
from domain.language import Language
from domain.members import Role
from domain.messages import Message
from domain.moderation import ModerationAction
from policy.appeals import MAY_BE_APPEALED
from policy.limits import APPEAL_LENGTH, APPEAL_WINDOW, MAX_APPEAL_MESSAGES
from tests.clock_and_random import START
from tests.moderation_steps import account_status, answers, appeals, everything, removes, sanctions

APPEAL = """query ($id: ID!) { node(id: $id) { ... on Appeal { state text answer version decidedAt
  decision { id action decidedBy { handle } } messages { voice text } } } }"""
DECISION = "query ($id: ID!) { node(id: $id) { ... on Decision { viewerCanAppeal appeal { id state } } } }"
LISTED = """query ($filter: AppealFilter, $first: Int, $after: String, $last: Int, $before: String) {
  appeals(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { id state } pageInfo { hasNextPage endCursor } } }"""


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
    admin = await community.joins("ada", Role.ADMIN)
    return {"ann": ann, "bob": bob, "mod": moderator, "max": other, "ada": admin, "visitor": community.visitor()}


async def node(actor, query, node_id):
    return (await actor.asks(query, id=node_id))["node"]


async def rows(stores, collection, **query):
    return await stores.database[collection].find(query).to_list()


# ---------------------------------------------------------------- who appeals, against what, until when


@pytest.mark.parametrize("action", ModerationAction)
def test_what_can_be_appealed(action):
    assert (action in MAY_BE_APPEALED) is (
        action.value in {"REMOVE", "LOCK", "WARN", "MUTE", "SUSPEND", "BAN", "REQUIRE_VERIFICATION"}
    )


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("visitor", "NOT_SIGNED_IN"),
        ("bob", "NOT_FOUND"),
        ("mod", "FORBIDDEN"),
        ("max", "FORBIDDEN"),
        ("ada", "FORBIDDEN"),
        ("ann", None),
    ],
)
async def test_its_subject_alone_appeals(everyone, post, stores, who, code):
    decision = await removes(everyone["mod"], post)

    payload = await everyone[who].does("submitAppeal", "appeal { state }", decisionId=decision, text="Why?")

    assert [error["code"] for error in payload["errors"]] == ([code] if code else [])
    assert payload["appeal"] == (None if code else {"state": "OPEN"})
    assert len(await rows(stores, "appeals")) == (0 if code else 1)


async def test_what_gives_back_needs_no_appeal(moderator, ann, post):
    await removes(moderator, post)
    restored = await moderator.manages("restoreContent", "decision { id }", targetId=post, explanation="Sorry")
    await sanctions(moderator, ann, "WARN")
    lifted = await sanctions(moderator, ann, "LIFT")

    for decision in (restored["decision"]["id"], lifted):
        assert await ann.is_refused("submitAppeal", decisionId=decision, text="Why?") == "FORBIDDEN"
        assert await node(ann, DECISION, decision) == {"viewerCanAppeal": False, "appeal": None}


@pytest.mark.parametrize(("after", "code"), [(-1, None), (1, "FORBIDDEN")])
async def test_an_appeal_comes_in_time(moderator, ann, post, app_services, after, code):
    decision = await removes(moderator, post)
    ann.token = "of a session that lasts"
    await app_services.core.stores.sessions.insert(ann.token, ann.id, START, START + timedelta(days=400))
    app_services.core.clock.advance(seconds=APPEAL_WINDOW.total_seconds() + after)

    can = (await node(ann, DECISION, decision))["viewerCanAppeal"]
    payload = await ann.does("submitAppeal", decisionId=decision, text="Why?")

    assert can is (code is None)
    assert [error["code"] for error in payload["errors"]] == ([code] if code else [])
    assert "180" in payload["errors"][0]["message"] if code else True


async def test_a_second_appeal_is_refused_and_a_retry_answers_the_first(moderator, other, ann, post, stores):
    decision = await removes(moderator, post)
    given = {"decisionId": decision, "text": "Why?", "idempotencyKey": "k"}
    first = await ann.manages("submitAppeal", "appeal { id }", **given)

    again = await ann.manages("submitAppeal", "appeal { id }", **given)
    refused = await ann.does("submitAppeal", decisionId=decision, text="But why?")

    assert again == first
    assert [(error["__typename"], error["code"]) for error in refused["errors"]] == [("ConflictError", "CONFLICT")]
    await answers(other, first["appeal"]["id"], "UPHELD")
    assert await ann.is_refused("submitAppeal", decisionId=decision, text="Still?") == "CONFLICT"
    assert len(await rows(stores, "appeals")) == 1


async def test_many_appeals_at_once_are_one(moderator, ann, post, stores):
    decision = await removes(moderator, post)

    payloads = await asyncio.gather(
        *(ann.does("submitAppeal", "appeal { id }", decisionId=decision, text=f"Why {n}?") for n in range(10))
    )

    codes = sorted(error["code"] for payload in payloads for error in payload["errors"])
    assert codes == ["CONFLICT"] * 9
    assert len(await rows(stores, "appeals")) == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * (APPEAL_LENGTH + 1)])
async def test_words_are_bounded(moderator, other, ann, post, text):
    decision = await removes(moderator, post)
    assert await ann.is_refused("submitAppeal", decisionId=decision, text=text) == "VALIDATION"
    appeal = await appeals(ann, decision)
    assert await ann.is_refused("addAppealMessage", appealId=appeal, text=text) == "VALIDATION"
    given = {"appealId": appeal, "verdict": "UPHELD", "answer": text}
    assert await other.is_refused("decideAppeal", **given) == "VALIDATION"


@pytest.mark.parametrize("action", ["WARN", "MUTE", "REQUIRE_VERIFICATION", "SUSPEND", "BAN"])
async def test_whoever_is_sanctioned_can_appeal_talk_and_win(moderator, other, ann, action):
    decision = await sanctions(moderator, ann, action)
    assert await node(ann, DECISION, decision) == {"viewerCanAppeal": True, "appeal": None}

    appeal = await appeals(ann, decision)
    await ann.manages("addAppealMessage", appealId=appeal, text="One thing more")
    payload = await answers(other, appeal, "OVERTURNED")

    assert payload["appeal"] == {"state": "OVERTURNED"}
    assert (payload["decision"]["action"], payload["decision"]["reason"]) == ("LIFT", "ABUSE")
    assert await account_status(ann) == "ACTIVE"
    assert await node(ann, DECISION, decision) == {
        "viewerCanAppeal": False,
        "appeal": {"id": appeal, "state": "OVERTURNED"},
    }


# ---------------------------------------------------------------- who sees it, who talks, who decides


SEE = {"ann", "max", "ada"}
#: What others are told who decide, and who speak.
NOT_DECIDING = {"ann": "FORBIDDEN", "mod": "NOT_FOUND", "bob": "FORBIDDEN", "visitor": "NOT_SIGNED_IN"}
NOT_SPEAKING = {"mod": "NOT_FOUND", "bob": "NOT_FOUND", "visitor": "NOT_SIGNED_IN"}
NO_APPEAL = Kind.APPEAL.value + "0" * 16


@pytest.mark.parametrize("state", ["OPEN", "UPHELD", "OVERTURNED"])
@pytest.mark.parametrize("who", ["ann", "bob", "mod", "max", "ada", "visitor"])
async def test_who_sees_an_appeal_in_each_state(everyone, post, who, state):
    """To whoever made the decision it looks as if there were no appeal, as to anyone else."""
    decision = await removes(everyone["mod"], post)
    appeal = await appeals(everyone["ann"], decision)
    if state != "OPEN":
        await answers(everyone["max"], appeal, state)

    found, missing = [(await everyone[who].responds(APPEAL, {"id": each}))[2] for each in (appeal, NO_APPEAL)]

    assert (found != missing) is (who in SEE)
    assert (f'"state":"{state}"'.encode() in found) is (who in SEE)
    on_decision = await node(everyone[who], DECISION, decision)
    shown = {"id": appeal, "state": state} if who in SEE else None
    assert (on_decision or {"appeal": None})["appeal"] == shown
    assert not (on_decision or {}).get("viewerCanAppeal")


@pytest.mark.parametrize("state", ["OPEN", "UPHELD", "OVERTURNED"])
@pytest.mark.parametrize("who", ["ann", "bob", "mod", "max", "ada", "visitor"])
async def test_who_decides_an_appeal_in_each_state(everyone, post, stores, who, state):
    appeal = await appeals(everyone["ann"], await removes(everyone["mod"], post))
    if state != "OPEN":
        await answers(everyone["max"], appeal, state)
    kept = await everything(stores)

    payload = await everyone[who].does("decideAppeal", appealId=appeal, verdict="OVERTURNED", answer="Yes")

    expected = NOT_DECIDING.get(who) or ("CONFLICT" if state != "OPEN" else None)
    assert [error["code"] for error in payload["errors"]] == ([expected] if expected else [])
    assert (await everything(stores) == kept) is bool(expected)


@pytest.mark.parametrize("state", ["OPEN", "UPHELD", "OVERTURNED"])
@pytest.mark.parametrize("who", ["ann", "bob", "mod", "max", "ada", "visitor"])
async def test_who_speaks_in_each_state(everyone, post, stores, who, state):
    appeal = await appeals(everyone["ann"], await removes(everyone["mod"], post))
    if state != "OPEN":
        await answers(everyone["max"], appeal, state)
    kept = await rows(stores, "appeals")

    payload = await everyone[who].does("addAppealMessage", appealId=appeal, text="Hm")

    expected = NOT_SPEAKING.get(who) or ("CONFLICT" if state != "OPEN" else None)
    assert [error["code"] for error in payload["errors"]] == ([expected] if expected else [])
    assert (await rows(stores, "appeals") == kept) is bool(expected)


DECIDE = """mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { appeal { id } decision { id }
  errors { __typename code message path } } }"""


@pytest.mark.parametrize("state", ["OPEN", "UPHELD", "OVERTURNED"])
async def test_who_does_not_see_an_appeal_is_answered_as_if_there_were_none(everyone, community, post, state):
    """Whoever made the decision, and moderators where it is for admins alone."""
    mod, mx, eve = everyone["mod"], everyone["max"], await community.joins("eve", Role.ADMIN)
    against_mod = await appeals(everyone["ann"], await removes(mod, post))
    for_admins = await appeals(mod, await sanctions(everyone["ada"], mod, "WARN"))
    if state != "OPEN":
        await answers(mx, against_mod, state)
        await answers(eve, for_admins, state)

    for actor, hidden in ((mod, against_mod), (mx, for_admins), (everyone["ada"], for_admins)):
        found, missing = [
            (await actor.responds(DECIDE, {"input": {"appealId": each, "verdict": "UPHELD", "answer": "No"}}))[2]
            for each in (hidden, NO_APPEAL)
        ]
        assert found == missing


async def test_there_is_no_deciding_of_what_is_not_there(other):
    given = {"appealId": NO_APPEAL, "verdict": "UPHELD", "answer": "No"}

    assert await other.is_refused("decideAppeal", **given) == "NOT_FOUND"


async def test_the_subject_is_told_who_speaks_and_never_by_name(moderator, other, ann, post):
    appeal = await appeals(ann, await removes(moderator, post))

    await other.manages("addAppealMessage", appealId=appeal, text="What did you sell?")
    await ann.manages("addAppealMessage", appealId=appeal, text="Nothing")
    await answers(other, appeal, "UPHELD")

    told = await node(ann, APPEAL, appeal)
    assert told["messages"] == [
        {"voice": "MODERATOR", "text": "What did you sell?"},
        {"voice": "SUBJECT", "text": "Nothing"},
    ]
    assert (told["state"], told["text"], told["answer"]) == ("UPHELD", "That was no spam", "Looked at anew")
    assert told["decision"]["decidedBy"] is None
    assert "max" not in str(told)
    assert other.id not in str(told)


async def test_no_block_keeps_from_an_appeal(moderator, other, ann, post):
    decision = await removes(moderator, post)
    await ann.manages("block", memberId=other.id)
    appeal = await appeals(ann, decision)

    assert (await node(other, APPEAL, appeal))["decision"] == {
        "id": decision,
        "action": "REMOVE",
        "decidedBy": {"handle": "mod"},
    }
    await answers(other, appeal, "OVERTURNED")


async def test_neither_side_uses_up_what_the_other_may_say(everyone, post):
    """Whichever moderator speaks: they are one side."""
    ann, moderators = everyone["ann"], [everyone["max"], everyone["ada"]]
    appeal = await appeals(ann, await removes(everyone["mod"], post))

    async def says_all(*side):
        for n in range(MAX_APPEAL_MESSAGES):
            await side[n % len(side)].manages("addAppealMessage", appealId=appeal, text=f"Word {n}")
        for each in side:
            assert await each.is_refused("addAppealMessage", appealId=appeal, text="One more") == "VALIDATION"

    await says_all(ann)
    await says_all(*moderators)

    told = await node(ann, APPEAL, appeal)
    voices = [message["voice"] for message in told["messages"]]
    assert voices == ["SUBJECT"] * MAX_APPEAL_MESSAGES + ["MODERATOR"] * MAX_APPEAL_MESSAGES
    await answers(moderators[0], appeal, "OVERTURNED", expectedVersion=2 * MAX_APPEAL_MESSAGES + 1)


async def test_no_more_is_said_however_much_comes_at_once(moderator, other, ann, post):
    appeal = await appeals(ann, await removes(moderator, post))
    await other.manages("addAppealMessage", appealId=appeal, text="What did you sell?")

    payloads = await asyncio.gather(
        *(ann.does("addAppealMessage", appealId=appeal, text=f"Word {n}") for n in range(2 * MAX_APPEAL_MESSAGES))
    )

    refused = [(error["code"], error["message"]) for payload in payloads for error in payload["errors"]]
    full = Message.APPEAL_FULL.in_language(Language.EN, {"most": MAX_APPEAL_MESSAGES})
    assert refused == [("VALIDATION", full)] * MAX_APPEAL_MESSAGES
    assert len((await node(ann, APPEAL, appeal))["messages"]) == 1 + MAX_APPEAL_MESSAGES


async def test_nobody_decides_unread(moderator, other, ann, post):
    appeal = await appeals(ann, await removes(moderator, post))
    await ann.manages("addAppealMessage", appealId=appeal, text="Look here")
    given = {"appealId": appeal, "verdict": "UPHELD", "answer": "No", "expectedVersion": 1}

    refused = await other.does("decideAppeal", **given)

    assert [(error["code"], error["path"]) for error in refused["errors"]] == [("CONFLICT", ["expectedVersion"])]
    assert (await node(ann, APPEAL, appeal))["state"] == "OPEN"


async def test_about_moderators_admins_decide(community, moderator, other):
    ada, eve = [await community.joins(name, Role.ADMIN) for name in ("ada", "eve")]
    appeal = await appeals(moderator, await sanctions(ada, moderator, "MUTE"))
    given = {"appealId": appeal, "verdict": "OVERTURNED", "answer": "Yes"}

    assert [await actor.is_refused("decideAppeal", **given) for actor in (other, ada)] == ["NOT_FOUND"] * 2
    assert await moderator.is_refused("decideAppeal", **given) == "FORBIDDEN"
    assert await node(other, APPEAL, appeal) is None
    assert (await other.asks(LISTED))["appeals"]["nodes"] == []
    assert [each["id"] for each in (await eve.asks(LISTED))["appeals"]["nodes"]] == [appeal]
    await answers(eve, appeal, "OVERTURNED")
    assert await account_status(moderator) == "ACTIVE"


async def test_a_suspended_moderator_decides_and_says_nothing(community, moderator, other, ann, post):
    ada = await community.joins("ada", Role.ADMIN)
    appeal = await appeals(ann, await removes(moderator, post))
    await sanctions(ada, other, "SUSPEND")

    given = {"appealId": appeal, "verdict": "UPHELD", "answer": "No"}
    assert await other.is_refused("decideAppeal", **given) == "POSTING_SUSPENDED"
    # Nor do they read along: to them nobody has appealed.
    assert await other.is_refused("addAppealMessage", appealId=appeal, text="Hm") == "NOT_FOUND"


async def test_of_fifty_moderators_at_once_one_decides(community, moderator, ann, post, stores):
    crowd = await community.crowd(50)
    await stores.database["members"].update_many(
        {"_id": {"$in": [each.id for each in crowd]}}, {"$set": {"role": "MODERATOR"}}
    )
    appeal = await appeals(ann, await removes(moderator, post))
    verdicts = ["OVERTURNED", "UPHELD"]

    payloads = await asyncio.gather(
        *(
            each.does("decideAppeal", "appeal { state }", appealId=appeal, verdict=verdicts[n % 2], answer=f"By {n}")
            for n, each in enumerate(crowd)
        )
    )

    [winner] = [payload["appeal"]["state"] for payload in payloads if not payload["errors"]]
    assert [error["code"] for payload in payloads for error in payload["errors"]] == ["CONFLICT"] * 49
    [row] = await rows(stores, "appeals")
    assert (row["state"], row["version"]) == (winner, 2)
    assert len(await rows(stores, "audit", kind={"$regex": "^appeal"})) == 1
    assert len(await rows(stores, "decisions")) == (2 if winner == "OVERTURNED" else 1)


# ---------------------------------------------------------------- the list


async def test_only_moderators_list_appeals_and_not_those_they_may_not_decide(
    community, moderator, other, ann, bob, board
):
    by_mod, by_max = [
        await appeals(ann, await removes(each, await ann.publishes(f"By {each.handle}", on=board)))
        for each in (moderator, other)
    ]
    own = await removes(other, await moderator.publishes("My own", on=board))
    by_moderator = await appeals(moderator, own)

    async def listed(actor, **asked):
        return [each["id"] for each in (await actor.asks(LISTED, **asked))["appeals"]["nodes"]]

    ada = await community.joins("ada", Role.ADMIN)
    assert await listed(ada) == [by_mod, by_max, by_moderator]
    assert await listed(moderator) == [by_max]
    assert await listed(other) == [by_mod]
    await answers(other, by_mod, "UPHELD")
    assert await listed(other, filter={"state": "OPEN"}) == []
    assert await listed(other, filter={"state": "UPHELD"}) == [by_mod]
    codes = [
        (await actor.gets("{ appeals { nodes { id } } }"))["errors"][0]["extensions"]["code"]
        for actor in (ann, bob, community.visitor())
    ]
    assert codes == ["FORBIDDEN", "FORBIDDEN", "NOT_SIGNED_IN"]


async def test_appeals_are_paged_by_key_on_an_index(moderator, stores, reads):
    await stores.database["appeals"].insert_many([appeal_row(n, moderator) for n in range(12)])
    expected = [f"apl_{n:02}" for n in range(12) if n % 3 == 2]
    reads.forget()

    for asked in ({}, {"filter": {"state": "OPEN"}}):
        found, after = [], None
        while True:
            page = (await moderator.asks(LISTED, first=3, after=after, **asked))["appeals"]
            found += [each["id"] for each in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert found == expected
        back = (await moderator.asks(LISTED, last=2, before=after, **asked))["appeals"]
        assert [each["id"] for each in back["nodes"]] == expected[-3:-1]

    listing = [read for read in reads.all if read.collection == "appeals"]
    assert len(listing) == 6
    for read in listing:
        plan = await read.explained(stores.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 4


def appeal_row(n, moderator):
    """Every third is the moderator's own, every third against a decision of theirs."""
    row = {"_id": f"apl_{n:02}", "decision": f"dcn_{n}", "isForAdmins": False, "text": "Why?", "state": "OPEN"}
    who = {
        "subject": moderator.id if n % 3 == 0 else "mbr_a",
        "decider": moderator.id if n % 3 == 1 else "mbr_b",
    }
    ends = {"version": 1, "messages": [], "answer": None, "decidedBy": None, "decidedAt": None}
    return {**row, **who, **ends, "createdAt": START + timedelta(minutes=n)}


async def test_decisions_without_appeals_cause_no_read(moderator, ann, post, reads):
    await removes(moderator, post)
    restored = await moderator.manages("restoreContent", "decision { id }", targetId=post, explanation="Sorry")
    reads.forget()

    await node(ann, DECISION, restored["decision"]["id"])

    assert "appeals" not in reads.collections


async def test_moderators_do_not_decide_what_they_appeal_themselves(moderator, other, board, stores):
    appeal = await appeals(moderator, await removes(other, await moderator.publishes("My own", on=board)))
    kept = await everything(stores)

    given = {"appealId": appeal, "verdict": "OVERTURNED", "answer": "Yes"}
    assert await moderator.is_refused("decideAppeal", **given) == "FORBIDDEN"

    assert await everything(stores) == kept
    payload = await moderator.manages("addAppealMessage", "appeal { messages { voice } }", appealId=appeal, text="Hm")
    assert payload["appeal"]["messages"] == [{"voice": "SUBJECT"}]
