"""A moderator's day through the API alone: a report, a case, a decision, an appeal, and everything as before."""

from datetime import timedelta

import pytest

from audit.chain import AuditKeys
from audit.heads import heads_file
from audit.sealing import sealing_worker
from audit.verification import Fault, Verification, Watch
from domain.members import Role
from tests.conftest import SECRET

THREAD = """query ($id: ID!) { node(id: $id) { ... on Post { id title state isLocked audience commentCount
  createdAt editedAt author { handle } body { html text links { url } } reactions { kind count }
  comments { nodes { id state replyCount createdAt author { handle } body { html text } reactions { kind count }
    replies { nodes { id state createdAt author { handle } body { html text } } } } } } } }"""
QUEUE = """{ cases(filter: {state: OPEN}) { nodes { id version state subjectId reportCount actionsAvailable
  target { ... on Comment { id body { text } } } reports { nodes { reason note reporter { handle } } } } } }"""
OWN_DECISIONS = """{ viewer { decisions { nodes { id action reason explanation decidedBy { handle } viewerCanAppeal
  appeal { id state } } } } }"""
APPEALS = """{ appeals(filter: {state: OPEN}) { nodes { id version text state
  decision { action reason explanation evidence { text } decidedBy { handle } } messages { voice text } } } }"""
APPEAL = "query ($id: ID!) { node(id: $id) { ... on Appeal { state text answer messages { voice text } } } }"
CASE = """query ($id: ID!) { node(id: $id) { ... on Case { state target { ... on Comment { state } }
  notes { nodes { author { handle } text } }
  reports { nodes { outcome reporter { handle } } }
  decisions { action reason explanation decidedBy { handle } appeal { id } } } } }"""


@pytest.fixture
async def vera(community):
    """A moderator, on duty in the morning."""
    return await community.joins("vera", Role.MODERATOR)


@pytest.fixture
async def wei(community):
    """Another, on duty in the afternoon."""
    return await community.joins("wei", Role.MODERATOR)


@pytest.fixture
def sealed_log(app_services, stores, tmp_path):
    """The audit log, once it is sealed and found in order."""
    keys, heads = AuditKeys(SECRET), heads_file(tmp_path)
    faults: list[Fault] = []

    async def seal_and_verify():
        await sealing_worker(app_services.core, keys, heads).run_until_idle()
        verification = Verification(stores.audit, keys, Watch(lambda: None, faults.append))
        await verification.run([heads], app_services.core.now() + timedelta(minutes=1))
        assert faults == []
        return await stores.database["audit"].find({}).sort("seq", 1).to_list()

    return seal_and_verify


async def test_a_moderator_s_day(community, vera, wei, ann, bob, sealed_log):
    everyone = (ann, bob, vera, wei, community.visitor())
    post = await ann.publishes("Who mends radios?", on=await community.board(vera), title="Radios")
    remark = await bob.comments("Throw that junk away", under=post)
    await ann.comments("Never!", under=post, answering=remark)
    await ann.manages("react", targetId=remark, kind="LAUGH")
    before = [(await one.responds(THREAD, {"id": post}))[2] for one in everyone]

    # In the morning Ann finds a remark rude and says so.
    await ann.manages("reportContent", targetId=remark, reason="ABUSE", note="He calls my radio junk")

    # Vera takes the most urgent case that is nobody's, reads it, tells the others what she found, and removes.
    claimed = await vera.manages("claimCase", "case { id state claimedBy { handle } }")
    [case] = (await vera.asks(QUEUE.replace("OPEN", "CLAIMED")))["cases"]["nodes"]
    assert claimed["case"] == {"id": case["id"], "state": "CLAIMED", "claimedBy": {"handle": "vera"}}
    assert (case["subjectId"], case["reportCount"], case["target"]) == (
        bob.id,
        1,
        {"id": remark, "body": {"text": "Throw that junk away"}},
    )
    assert case["reports"]["nodes"] == [
        {"reason": "ABUSE", "note": "He calls my radio junk", "reporter": {"handle": "ann"}}
    ]
    noted = await vera.manages(
        "addCaseNote", "case { version }", caseId=case["id"], expectedVersion=case["version"], text="Looks unkind"
    )
    ruling = {
        "caseId": case["id"],
        "expectedVersion": noted["case"]["version"],
        "action": "REMOVE",
        "reason": "ABUSE",
        "explanation": "请不要贬低他人的东西。",
    }
    [result] = (await vera.manages("decideCases", "results { decision { id } errors { code } }", decisions=[ruling]))[
        "results"
    ]
    assert result["errors"] == []

    # The remark is gone for everyone; in its place hangs what was said in answer. Ann learns that something was done.
    [shown] = (await ann.asks(THREAD, id=post))["node"]["comments"]["nodes"]
    assert (shown["state"], shown["author"], shown["body"]) == ("UNAVAILABLE", None, None)
    reported = (await ann.asks("{ viewer { reports { nodes { outcome } } } }"))["viewer"]["reports"]["nodes"]
    assert reported == [{"outcome": "ACTION_TAKEN"}]

    # Bob reads why, though not who, and says what he meant.
    [told] = (await bob.asks(OWN_DECISIONS))["viewer"]["decisions"]["nodes"]
    assert told == {
        "id": result["decision"]["id"],
        "action": "REMOVE",
        "reason": "ABUSE",
        "explanation": "请不要贬低他人的东西。",
        "decidedBy": None,
        "viewerCanAppeal": True,
        "appeal": None,
    }
    submitted = await bob.manages(
        "submitAppeal", "appeal { id }", decisionId=told["id"], text="I meant the bad valve", idempotencyKey="1"
    )
    appeal = submitted["appeal"]["id"]

    # In the afternoon Wei finds the appeal; Vera does not, for she decided. Wei asks, Bob answers.
    assert (await vera.asks(APPEALS))["appeals"]["nodes"] == []
    [waiting] = (await wei.asks(APPEALS))["appeals"]["nodes"]
    assert (waiting["id"], waiting["text"], waiting["decision"]) == (
        appeal,
        "I meant the bad valve",
        {
            "action": "REMOVE",
            "reason": "ABUSE",
            "explanation": "请不要贬低他人的东西。",
            "evidence": {"text": "Throw that junk away"},
            "decidedBy": {"handle": "vera"},
        },
    )
    await wei.manages("addAppealMessage", appealId=appeal, text="Which valve?")
    talk = await bob.manages("addAppealMessage", "appeal { version }", appealId=appeal, text="The ECC83 she showed")

    verdict = await wei.manages(
        "decideAppeal",
        "appeal { state } decision { action reason decidedBy { handle } }",
        appealId=appeal,
        verdict="OVERTURNED",
        answer="我们误会了，抱歉。",
        expectedVersion=talk["appeal"]["version"],
    )
    assert verdict["appeal"] == {"state": "OVERTURNED"}
    assert verdict["decision"] == {"action": "RESTORE", "reason": "ABUSE", "decidedBy": {"handle": "wei"}}

    # Everything stands as before, to the byte and for everyone.
    assert [(await one.responds(THREAD, {"id": post}))[2] for one in everyone] == before

    # Bob reads the whole talk, Ann that in the end there was nothing to be done.
    assert (await bob.asks(APPEAL, id=appeal))["node"] == {
        "state": "OVERTURNED",
        "text": "I meant the bad valve",
        "answer": "我们误会了，抱歉。",
        "messages": [
            {"voice": "MODERATOR", "text": "Which valve?"},
            {"voice": "SUBJECT", "text": "The ECC83 she showed"},
        ],
    }
    latest, first = (await bob.asks(OWN_DECISIONS))["viewer"]["decisions"]["nodes"]
    assert (latest["action"], latest["explanation"], latest["viewerCanAppeal"]) == (
        "RESTORE",
        "我们误会了，抱歉。",
        False,
    )
    assert (first["action"], first["appeal"]) == ("REMOVE", {"id": appeal, "state": "OVERTURNED"})
    reported = (await ann.asks("{ viewer { reports { nodes { outcome } } } }"))["viewer"]["reports"]["nodes"]
    assert reported == [{"outcome": "NO_ACTION"}]

    # The case tells all of it to the moderators who come next.
    assert (await wei.asks(CASE, id=case["id"]))["node"] == {
        "state": "DECIDED",
        "target": {"state": "PUBLISHED"},
        "notes": {"nodes": [{"author": {"handle": "vera"}, "text": "Looks unkind"}]},
        "reports": {"nodes": [{"outcome": "NO_ACTION", "reporter": {"handle": "ann"}}]},
        "decisions": [
            {
                "action": "RESTORE",
                "reason": "ABUSE",
                "explanation": "我们误会了，抱歉。",
                "decidedBy": {"handle": "wei"},
                "appeal": None,
            },
            {
                "action": "REMOVE",
                "reason": "ABUSE",
                "explanation": "请不要贬低他人的东西。",
                "decidedBy": {"handle": "vera"},
                "appeal": {"id": appeal},
            },
        ],
    }

    # And so does the audit log, which nobody can change.
    log = await sealed_log()
    assert [(row["seq"], row["kind"], row["actor"], row["explanation"]) for row in log] == [
        (1, "content.REMOVE", vera.id, "请不要贬低他人的东西。"),
        (2, "appeal.OVERTURNED", wei.id, "我们误会了，抱歉。"),
        (3, "content.RESTORE", wei.id, "我们误会了，抱歉。"),
    ]
    assert {row["subject"] for row in log} == {bob.id}
