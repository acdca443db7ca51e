"""Telling others: the subject and the reporters of a decision learn of it, and no more than they may."""

import pytest

from domain.ids import message_board_of
from domain.members import Role
from domain.moderation import ModerationAction
from policy.permissions import TOLD_TO_SUBJECT
from policy.reports import SETTLES
from tests.notified import TOLD, counts, decides, kinds, notifications, removes, reports, waiting


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


async def test_a_removal_is_told_to_its_subject_and_to_each_reporter(community, moderator, ann, post, tells, stores):
    crowd = await community.crowd(2)
    for reporter in crowd:
        await reports(reporter, post)
    await removes(moderator, post)
    assert await notifications(ann) == []

    await tells()

    [told] = await notifications(ann)
    assert told["id"].startswith("ntf_")
    assert told["kind"] == "DECISION_ABOUT_YOU"
    assert told["decision"] == {"action": "REMOVE", "explanation": "广告", "decidedBy": None}
    assert told["report"] is None
    for reporter in crowd:
        [told] = await notifications(reporter)
        assert told["kind"] == "REPORT_DECIDED"
        assert told["decision"] is None
        assert told["report"] == {"reason": "SPAM", "outcome": "ACTION_TAKEN"}
        assert told["message"] == "We have acted on your report. Thank you for reporting."
        assert await counts(stores, reporter) == (1, 0)
    assert await notifications(moderator) == []
    assert await community.visitor().asks(TOLD) == {"viewer": None}
    assert await waiting(stores) == 0
    crowd[0].language = "zh"
    assert (await notifications(crowd[0]))[0]["message"] == "您举报的内容已处理，感谢您的举报。"


async def test_what_was_left_alone_is_told_to_reporters_and_not_to_whom_it_is_about(
    moderator, ann, bob, post, tells, stores
):
    await reports(bob, post)
    await decides(moderator, "DISMISS")

    await tells()

    assert await notifications(ann) == []
    [told] = await notifications(bob)
    assert told["report"]["outcome"] == "NO_ACTION"
    assert told["message"] == "We have reviewed your report and found no violation this time. Thank you for reporting."
    assert await counts(stores, bob) == (0, 1)
    assert await waiting(stores) == 0


async def test_an_approval_is_told_to_the_owner_of_the_board_who_handed_it_over(moderator, ann, bob, tells):
    entry = await ann.publishes("Hello bob", on=message_board_of(bob.id))
    await reports(bob, entry)
    await moderator.manages("approveContent", targetId=entry)

    await tells()

    assert await notifications(ann) == []
    assert [each["report"]["outcome"] for each in await notifications(bob)] == ["NO_ACTION"]


def test_every_decision_is_told_to_somebody():
    """But for what takes back what was told to reporters alone: they hear of what comes of it."""
    assert TOLD_TO_SUBJECT | SETTLES.keys() == set(ModerationAction) - {ModerationAction.REOPEN}


async def test_a_moderator_who_reports_as_a_member_is_told_no_more_than_others(moderator, community, post, tells):
    other = await community.joins("max", Role.MODERATOR)
    await reports(other, post)
    await removes(moderator, post)

    await tells()

    [told] = await notifications(other)
    assert (told["kind"], told["decision"]) == ("REPORT_DECIDED", None)


async def test_rows_hold_ids_and_kinds_alone(moderator, ann, bob, post, tells, stores):
    await reports(bob, post)
    await removes(moderator, post)
    await tells()

    rows = await stores.database["notifications"].find({}).sort("kind", 1).to_list()

    assert [sorted(row) for row in rows] == [
        ["_id", "createdAt", "decision", "kind", "member"],
        ["_id", "createdAt", "kind", "member", "report"],
    ]
    assert moderator.id not in str(rows)
    assert len({row["_id"] for row in rows}) == 2


async def test_what_is_taken_back_is_told_too_and_counts_anew(moderator, ann, bob, post, tells, stores):
    await reports(bob, post)
    await removes(moderator, post)
    await tells()
    await moderator.manages("restoreContent", targetId=post, explanation="看错了")

    await tells()

    assert await kinds(ann) == ["DECISION_ABOUT_YOU"] * 2
    found = await notifications(bob)
    assert [each["report"]["outcome"] for each in found] == ["NO_ACTION"] * 2, "what came of it in the end"
    assert await counts(stores, bob) == (0, 1)


async def test_what_is_undone_counts_no_more_and_is_told_when_it_is_decided_again(moderator, bob, post, tells, stores):
    await reports(bob, post)
    await removes(moderator, post)
    await tells()
    row = await stores.database["decisions"].find_one({})
    await stores.database["decisions"].delete_one(row)
    await stores.database["outbox"].insert_one(
        {**row, "kind": "content.RESTORE", "decision": row["_id"], "at": row["decidedAt"]}
    )

    await tells()

    [told] = await notifications(bob)
    assert told["report"]["outcome"] == "PENDING"
    assert told["message"] == "Your report is being reviewed again."
    assert await counts(stores, bob) == (0, 0)
    assert (await stores.database["reports"].find_one({}))["told"] == "PENDING"


async def test_the_answer_to_an_appeal_is_told_to_who_appealed(moderator, ann, bob, post, tells, stores):
    await reports(bob, post)
    await removes(moderator, post)
    await tells()
    decision = await stores.database["decisions"].find_one({})
    row = {
        "appeal": "apl_one",
        "decision": decision["_id"],
        "target": post,
        "subject": ann.id,
        "at": decision["decidedAt"],
    }
    await stores.database["outbox"].insert_one({"_id": "an appeal's row", "kind": "appeal.UPHELD", **row})

    await tells()

    told = (await notifications(ann))[0]
    assert (told["kind"], told["decision"]["action"]) == ("APPEAL_DECIDED", "REMOVE")
    assert told["message"] == "Your appeal has been decided. See the decision for details."
    assert await kinds(bob) == ["REPORT_DECIDED"]


@pytest.fixture
async def other(community):
    """Another moderator."""
    return await community.joins("max", Role.MODERATOR)


@pytest.fixture
def everyone(moderator, other, ann, bob):
    """Who is needed for a decision and its appeal."""
    return moderator, other, ann, bob


async def test_that_an_appeal_overturned_a_decision_is_told_once_to_each(everyone, post, tells, stores):
    moderator, other, ann, bob = everyone
    await reports(bob, post)
    await removes(moderator, post)
    await tells()
    decision = await stores.database["decisions"].find_one({})
    text = {"decisionId": decision["_id"], "text": "That was no spam"}
    appeal = (await ann.manages("submitAppeal", "appeal { id }", **text))["appeal"]["id"]
    await other.manages("decideAppeal", appealId=appeal, verdict="OVERTURNED", answer="You are right")

    await tells()

    assert await kinds(ann) == ["APPEAL_DECIDED", "DECISION_ABOUT_YOU"]
    assert (await notifications(ann))[0]["decision"]["action"] == "REMOVE"
    assert [each["report"]["outcome"] for each in await notifications(bob)] == ["NO_ACTION"] * 2
    assert await counts(stores, bob) == (0, 1)
    assert await waiting(stores) == 0


async def test_the_same_outcome_is_told_once(moderator, bob, ann, post, tells, stores):
    """A report on a member who is warned twice."""
    await reports(bob, ann.id)
    for _ in range(2):
        given = {"memberId": ann.id, "action": "WARN", "reason": "ABUSE", "explanation": "请友善"}
        await moderator.manages("sanctionMember", **given)
        await tells()

    assert await kinds(ann) == ["DECISION_ABOUT_YOU"] * 2
    assert await kinds(bob) == ["REPORT_DECIDED"]
    assert await counts(stores, bob) == (1, 0)


async def test_a_report_from_after_the_decision_waits_for_the_next(moderator, community, bob, post, tells, stores):
    eve = await community.joins("eve")
    await reports(bob, post)
    await decides(moderator, "DISMISS")
    await reports(eve, post)

    await tells()
    early = await kinds(eve)
    await removes(moderator, post)
    await tells()

    assert early == []
    assert (await kinds(eve), await counts(stores, eve)) == (["REPORT_DECIDED"], (1, 0))
    assert (await kinds(bob), await counts(stores, bob)) == (["REPORT_DECIDED"] * 2, (1, 0))


async def test_a_report_that_was_settled_as_it_was_made_is_not_told_again(moderator, community, bob, post, tells):
    eve = await community.joins("eve")
    await reports(bob, post)
    await decides(moderator, "DISMISS", ignoreUntilEdited=True)
    await reports(eve, post)
    await removes(moderator, post)

    await tells()

    assert await notifications(eve) == []


async def test_the_list_is_paged_by_key_on_an_index(moderator, ann, board, tells, stores, reads):
    for n in range(5):
        await removes(moderator, await ann.publishes(f"Buy {n}", on=board))
        await tells()
    reads.forget()

    times, after = [], None
    for _ in range(3):
        page = (await ann.asks(TOLD, first=2, after=after))["viewer"]["notifications"]
        times += [each["createdAt"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert times == sorted(set(times), reverse=True)
    assert (len(times), page["pageInfo"]["hasNextPage"]) == (5, False)
    listing = [read for read in reads.all if read.collection == "notifications"]
    assert len(listing) == 3
    for read in listing:
        plan = await read.explained(stores.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 4
