"""Reporting, what comes of it, and the log of what moderators decided."""

import asyncio
from datetime import timedelta

import pytest

from domain.cases import Case
from domain.content import ContentState
from domain.ids import CaseId, MemberId
from domain.members import Role
from domain.moderation import ModerationAction, ReportOutcome
from domain.viewer import ANONYMOUS, Viewer
from policy import limits
from policy.limits import NOTE_LENGTH, RATES, Allowance, Rate
from policy.permissions import READERS, Kept, Reader, may_read
from policy.reports import MAY_BE_REPORTED, SETTLES, may_report, outcome_of
from stores.indexes import DECISIONS_PUBLIC
from stores.rate_limits import RateLimitsUnavailable
from tests import factories
from tests.clock_and_random import START

ANN, BOB, MOD = MemberId("mbr_ann"), MemberId("mbr_bob"), MemberId("mbr_mod")

REPORT = "report { reporter { handle } reason note createdAt outcome }"
OWN = """query ($first: Int, $after: String) { viewer { reports(first: $first, after: $after) {
  nodes { reporter { handle } reason note createdAt outcome } pageInfo { hasNextPage endCursor } } } }"""
ALL_OF_A_POST = """query ($id: ID!, $author: String!) {
  viewer { member { id viewerCanReport } reports { nodes { note } pageInfo { endCursor } } }
  member(handle: $author) { viewerCanReport posts { nodes { id } } }
  feed { nodes { id editedAt } }
  transparencyLog { nodes { count } }
  node(id: $id) { ... on Post { state editedAt commentCount viewerCanReport decision { id }
    comments { nodes { id state viewerCanReport decision { id } } } } } }"""
LOG = """query ($first: Int, $after: String) { transparencyLog(first: $first, after: $after) {
  nodes { day action reason count } pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
def log_of_any_size(stores, monkeypatch):
    monkeypatch.setattr("stores.minimum_group_size.SMALLEST_GROUP", 1)
    return stores


def case_about(subject):
    return Case(
        id=CaseId("cse_1"),
        target_id="target",
        subject_id=subject,
        is_decided=False,
        opened_at=START,
        decided_at=None,
        report_count=1,
        due_at=START,
        version=1,
        claim=None,
    )


async def reports(actor, target, reason="SPAM", **more):
    return (await actor.manages("reportContent", REPORT, targetId=target, reason=reason, **more))["report"]


async def outcomes(actor):
    return [report["outcome"] for report in (await actor.asks(OWN))["viewer"]["reports"]["nodes"]]


async def removes(moderator, target, reason="SPAM"):
    await moderator.manages("removeContent", targetId=target, reason=reason, explanation="Because")


async def number_of_reports(stores):
    return await stores.database["reports"].count_documents({})


async def test_members_report_posts_comments_and_members(ann, bob, post):
    comment = await ann.comments("And this", under=post)

    made = [await reports(bob, target, note=" Look \n") for target in (post, comment, ann.id)]

    assert [(report["reporter"], report["reason"], report["note"], report["outcome"]) for report in made] == [
        ({"handle": "bob"}, "SPAM", "Look", "PENDING")
    ] * 3
    assert (await bob.asks(OWN))["viewer"]["reports"]["nodes"] == made[::-1]


async def test_a_repeat_answers_the_first_report_unchanged(bob, post, stores):
    first = await reports(bob, post, note="Look")

    again = await reports(bob, post, reason="ABUSE", note="Something else")

    assert again == first
    assert await number_of_reports(stores) == 1


async def test_every_member_has_a_report_of_their_own(community, bob, post, stores):
    eve = await community.joins("eve")

    await reports(bob, post, note="From bob")
    await reports(eve, post, note="From eve")

    assert [report["note"] for report in (await eve.asks(OWN))["viewer"]["reports"]["nodes"]] == ["From eve"]
    assert await number_of_reports(stores) == 2


async def test_nobody_reports_themselves_or_what_is_their_own(community, ann, moderator, post, stores):
    comment = await ann.comments("Mine", under=post)

    assert await community.visitor().is_refused("reportContent", targetId=post, reason="SPAM") == "NOT_SIGNED_IN"
    assert await ann.is_refused("reportContent", targetId=post, reason="SPAM") == "FORBIDDEN"
    assert await ann.is_refused("reportContent", targetId=comment, reason="SPAM") == "FORBIDDEN"
    assert await ann.is_refused("reportContent", targetId=ann.id, reason="SPAM") == "VALIDATION"
    assert await number_of_reports(stores) == 0


async def test_what_is_before_a_moderator_already_is_not_reported(moderator, ann, bob, post):
    await removes(moderator, post)

    assert await moderator.is_refused("reportContent", targetId=post, reason="SPAM") == "FORBIDDEN"
    assert await bob.is_refused("reportContent", targetId=post, reason="SPAM") == "NOT_FOUND"


async def test_hidden_is_missing_to_those_who_report(community, ann, bob, board, post, stores):
    secret = await ann.publishes("Dear diary", on=board, audience="ONLY_ME")
    hidden = await ann.comments("To myself", under=secret)
    gone = await bob.comments("Rude", under=post)
    await ann.comments("Please", under=post, answering=gone)
    await bob.manages("deleteComment", commentId=gone)
    eve = await community.joins("eve")
    await factories.tie(stores, bob.id, eve.id, "BLOCKED")
    query = "mutation ($i: ReportContentInput!) { reportContent(input: $i) { report { note } errors { code path } } }"
    targets = [
        secret,
        hidden,
        gone,
        eve.id,
        board,
        "pst_" + "A" * 16,
        "cmt_" + "A" * 32,
        "mbr_" + "A" * 16,
        "x",
        "",
        "pst_" + "A" * 99,
    ]

    answers = {(await bob.responds(query, {"i": {"targetId": t, "reason": "SPAM"}}))[::2] for t in targets}

    assert answers == {
        (200, b'{"data":{"reportContent":{"report":null,"errors":[{"code":"NOT_FOUND","path":["targetId"]}]}}}')
    }
    assert await number_of_reports(stores) == 0


async def test_a_report_shows_to_nobody_but_who_made_it(community, moderator, ann, bob, post):
    """Two worlds that differ in somebody else's report answer the same bytes."""
    comment = await ann.comments("And this", under=post)
    given = {"id": post, "author": "ann"}
    others = (ann, moderator, await community.joins("eve"), community.visitor())
    before = [(await other.responds(ALL_OF_A_POST, given))[::2] for other in others]

    for target in (post, comment, ann.id):
        await reports(bob, target, note="Secret")

    assert [(await other.responds(ALL_OF_A_POST, given))[::2] for other in others] == before


async def test_another_s_report_does_not_show_to_who_reports_next(community, ann, bob, board, stores):
    first, second = [await ann.publishes("Buy this", on=board) for _ in range(2)]
    eve, joe = await community.joins("eve"), await community.joins("joe")
    await reports(bob, first, note="Secret")

    made = [await reports(actor, target) for actor, target in ((eve, first), (joe, second))]

    assert [{**report, "createdAt": None, "reporter": None} for report in made] == [
        {"reporter": None, "reason": "SPAM", "note": None, "createdAt": None, "outcome": "PENDING"}
    ] * 2


async def test_reporters_learn_what_came_of_it(moderator, ann, bob, post):
    await reports(bob, post)
    await reports(bob, ann.id)
    assert await outcomes(bob) == ["PENDING", "PENDING"]

    await removes(moderator, post)
    assert await outcomes(bob) == ["PENDING", "ACTION_TAKEN"]

    await moderator.manages("restoreContent", targetId=post, explanation="Sorry")
    assert await outcomes(bob) == ["PENDING", "NO_ACTION"]

    await removes(moderator, post)
    assert await outcomes(bob) == ["PENDING", "ACTION_TAKEN"]


async def test_a_repeat_tells_what_came_of_the_first_also_where_its_target_is_gone(moderator, bob, post):
    first = await reports(bob, post)
    await removes(moderator, post)

    assert await reports(bob, post) == first | {"outcome": "ACTION_TAKEN"}


async def test_a_decision_before_the_report_is_not_about_it(moderator, bob, post):
    await removes(moderator, post)
    await moderator.manages("restoreContent", targetId=post, explanation="Sorry")

    assert (await reports(bob, post))["outcome"] == "PENDING"


async def test_reports_and_a_removal_at_once_leave_none_pending(community, moderator, ann, bob, board):
    for n in range(5):
        target = await ann.publishes(f"Spam {n}", on=board)

        payload, _ = await asyncio.gather(
            bob.does("reportContent", REPORT, targetId=target, reason="SPAM"), removes(moderator, target)
        )

        # Who came too late does not see it any more.
        assert [error["code"] for error in payload["errors"]] in ([], ["NOT_FOUND"])
        assert set(await outcomes(bob)) <= {"ACTION_TAKEN"}


async def test_notes_are_bounded(ann, bob, post, stores):
    refused = await bob.is_refused("reportContent", targetId=post, reason="OTHER", note="字" * (NOTE_LENGTH + 1))
    assert (refused, await number_of_reports(stores)) == ("VALIDATION", 0)

    assert (await reports(bob, post, note="字" * NOTE_LENGTH))["note"] == "字" * NOTE_LENGTH
    assert (await reports(bob, ann.id, note=" "))["note"] is None


async def test_reports_are_counted_and_repeats_are_not(monkeypatch, ann, bob, post, board, stores):
    monkeypatch.setitem(RATES, Rate.REPORT_PER_MEMBER, Allowance(2, timedelta(hours=1)))
    others = [await ann.publishes(f"Spam {n}", on=board) for n in range(2)]
    for target in (post, post, post, others[0]):
        await reports(bob, target)

    assert await bob.is_refused("reportContent", targetId=others[1], reason="SPAM") == "RATE_LIMITED"
    assert await number_of_reports(stores) == 2
    assert (await reports(bob, post))["outcome"] == "PENDING"


async def test_who_meets_something_bad_can_say_so_without_redis(monkeypatch, bob, post, stores):
    async def is_away(*_):
        raise RateLimitsUnavailable

    monkeypatch.setattr(type(stores.rate_limits), "consume_rate_limit", is_away)

    assert (await reports(bob, post))["outcome"] == "PENDING"


async def test_own_reports_are_paged_on_indexes(moderator, ann, bob, board, stores, reads):
    targets = [await ann.publishes(f"Spam {n}", on=board) for n in range(5)]
    for n, target in enumerate(targets):
        await reports(bob, target, note=str(n))
    await removes(moderator, targets[3])
    reads.forget()

    pages, after = [], None
    for _ in range(3):
        page = (await bob.asks(OWN, first=2, after=after))["viewer"]["reports"]
        pages.append([(report["note"], report["outcome"]) for report in page["nodes"]])
        after = page["pageInfo"]["endCursor"]

    assert pages == [
        [("4", "PENDING"), ("3", "ACTION_TAKEN")],
        [("2", "PENDING"), ("1", "PENDING")],
        [("0", "PENDING")],
    ]
    assert page["pageInfo"]["hasNextPage"] is False
    for read in [read for read in reads.all if read.collection == "reports"]:
        plan = await read.explained(stores.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 5


async def test_who_may_report_is_told_beforehand(community, moderator, ann, bob, post):
    comment = await bob.comments("Hi", under=post)
    query = """query ($post: ID!, $comment: ID!) { post: node(id: $post) { ... on Post { viewerCanReport } }
      comment: node(id: $comment) { ... on Comment { viewerCanReport } } member(handle: "ann") { viewerCanReport } }"""

    told = {
        name: [found["viewerCanReport"] for found in (await actor.asks(query, post=post, comment=comment)).values()]
        for name, actor in (("ann", ann), ("bob", bob), ("moderator", moderator), ("visitor", community.visitor()))
    }

    assert told == {
        "ann": [False, True, False],
        "bob": [True, False, True],
        "moderator": [True, True, True],
        "visitor": [False, False, False],
    }


async def test_only_groups_over_ten_members_show_in_the_log(community, moderator, ann, board):
    """As in the transparency report: a hundred decisions about nine members would say much about each."""
    crowd = await community.crowd(10)
    posts = [await each.publishes("Spam", on=board) for each in crowd]
    more = [await crowd[0].publishes(f"Spam {n}", on=board) for n in range(12)]
    for target in (*posts[:9], *more[:10]):
        await removes(moderator, target)
    await removes(moderator, more[10], reason="ABUSE")
    assert (await community.visitor().asks(LOG))["transparencyLog"]["nodes"] == []

    await removes(moderator, posts[9])
    assert (await community.visitor().asks(LOG))["transparencyLog"]["nodes"] == [
        {"day": "2126-03-01", "action": "REMOVE", "reason": "SPAM", "count": 20}
    ]

    await removes(moderator, more[11])
    assert (await ann.asks(LOG))["transparencyLog"]["nodes"][0]["count"] == 21


async def test_what_was_not_public_does_not_count(community, moderator, ann, bob, board):
    members_only = [await ann.publishes(f"Spam {n}", on=board, audience="MEMBERS") for n in range(5)]
    narrowed = await ann.publishes("Hello", on=board)
    comments = [await bob.comments(f"Spam {n}", under=narrowed) for n in range(5)]
    await ann.manages("updatePost", postId=narrowed, audience="MEMBERS")
    *crowd, last = await community.crowd(10)
    public = [await each.publishes("Spam", on=board) for each in crowd]

    for target in (*members_only, *comments, *public):
        await removes(moderator, target)
    assert (await community.visitor().asks(LOG))["transparencyLog"]["nodes"] == []

    await removes(moderator, await last.publishes("The tenth", on=board))
    assert (await community.visitor().asks(LOG))["transparencyLog"]["nodes"][0]["count"] == 10


async def test_the_audience_at_the_decision_counts_not_a_later_one(community, moderator, ann, board, stores):
    post = await ann.publishes("Hello", on=board, audience="MEMBERS")
    await removes(moderator, post)
    await moderator.manages("restoreContent", targetId=post, explanation="Sorry")
    await ann.manages("updatePost", postId=post, audience="PUBLIC")
    await removes(moderator, post)

    rows = await stores.database["decisions"].find({}, sort=[("decidedAt", 1)]).to_list()
    assert [(row["action"], row["audience"]) for row in rows] == [
        ("REMOVE", "MEMBERS"),
        ("RESTORE", "MEMBERS"),
        ("REMOVE", "PUBLIC"),
    ]


async def test_the_log_is_paged_by_day_newest_first_on_an_index(log_of_any_size, moderator, ann, board, clock, reads):
    for reasons in (["SPAM"], ["SPAM", "ABUSE", "ABUSE"], ["SPAM"]):
        for reason in reasons:
            await removes(moderator, await ann.publishes("Bad", on=board), reason=reason)
        clock.advance(days=1)
    reads.forget()

    pages, after = [], None
    for _ in range(2):
        page = (await ann.asks(LOG, first=2, after=after))["transparencyLog"]
        pages.append([(row["day"], row["reason"], row["count"]) for row in page["nodes"]])
        after = page["pageInfo"]["endCursor"]

    assert pages == [
        [("2126-03-03", "SPAM", 1), ("2126-03-02", "SPAM", 1)],
        [("2126-03-02", "ABUSE", 2), ("2126-03-01", "SPAM", 1)],
    ]
    assert page["pageInfo"]["hasNextPage"] is False
    read_from_the_log = [read for read in reads.all if read.collection == "publicDecisions"]
    assert sorted(reads.collections) == ["publicDecisions"] * 2 + ["sessions"] * 2
    for read in read_from_the_log:
        plan = await read.explained(log_of_any_size.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 3


async def test_decisions_at_once_are_all_counted_and_on_the_index(community, moderator, ann, board, stores, reads):
    crowd = await community.crowd(10)
    posts = [await crowd[n % 10].publishes(f"Spam {n}", on=board) for n in range(30)]
    reads.forget()

    await asyncio.gather(*(removes(moderator, target) for target in posts))

    assert [row["count"] for row in (await ann.asks(LOG))["transparencyLog"]["nodes"]] == [30]
    [*_, counted] = [read for read in reads.all if read.command.get("hint") == DECISIONS_PUBLIC]
    plan = await counted.explained(stores.database)
    assert "COLLSCAN" not in plan.stages
    assert plan.docs_examined == 0


async def test_the_log_names_nobody(community, moderator, board, stores):
    posts = [await each.publishes("Spam", on=board) for each in await community.crowd(10)]
    for target in posts:
        await removes(moderator, target)

    [row] = await stores.database["publicDecisions"].find({}).to_list()

    assert set(row) == {"_id", "day", "action", "reason", "count"}
    assert row["_id"] == "2126-03-01:REMOVE:SPAM"


def test_every_state_says_whether_it_may_be_reported():
    ann, bob = Viewer(ANN), Viewer(BOB)

    assert {state: may_report(bob, ANN, state) for state in ContentState} == {
        ContentState.PUBLISHED: True,
        ContentState.HELD: False,
        ContentState.REMOVED: False,
        ContentState.DELETED: False,
        ContentState.UNAVAILABLE: False,
    }
    for viewer, author in ((ann, ANN), (ANONYMOUS, ANN), (bob, None)):
        assert not any(may_report(viewer, author, state) for state in MAY_BE_REPORTED)


@pytest.mark.parametrize(
    ("action", "minutes", "outcome"),
    [
        (None, 0, ReportOutcome.PENDING),
        (ModerationAction.REMOVE, 1, ReportOutcome.ACTION_TAKEN),
        # It was written down while the decision was: what is removed can't be reported, so the report came first.
        (ModerationAction.REMOVE, -1, ReportOutcome.ACTION_TAKEN),
        (ModerationAction.RESTORE, 1, ReportOutcome.NO_ACTION),
        (ModerationAction.RESTORE, -1, ReportOutcome.PENDING),
    ],
)
def test_the_latest_decision_says_what_came_of_a_report(action, minutes, outcome):
    decided_at = START + timedelta(minutes=minutes) if action else None

    assert outcome_of(START, action, decided_at) is outcome


def test_each_action_settles_reports_or_says_nothing_about_them():
    nothing_done = {ModerationAction.APPROVE, ModerationAction.RESTORE, ModerationAction.DISMISS}
    unsettled = {ModerationAction.LIFT, ModerationAction.UNLOCK, ModerationAction.REOPEN}

    assert {
        action: ReportOutcome.NO_ACTION if action in nothing_done else ReportOutcome.ACTION_TAKEN
        for action in ModerationAction
        if action not in unsettled
    } == SETTLES


def test_what_is_kept_is_read_by_who_wrote_it_and_reporters_are_told_on_their_case():
    moderator = Viewer(MOD, Role.MODERATOR)

    assert dict(READERS) == {
        Kept.REVISION: frozenset({Reader.WRITER}),
        Kept.REPORTER: frozenset({Reader.WRITER, Reader.CASE_MODERATOR}),
    }
    assert may_read(moderator, Kept.REPORTER, ANN, case_about(BOB))
    assert not may_read(moderator, Kept.REPORTER, ANN, case_about(MOD))
    assert not may_read(moderator, Kept.REVISION, ANN, case_about(BOB))
    assert not may_read(Viewer(BOB, Role.MEMBER), Kept.REPORTER, ANN, case_about(MOD))
    assert may_read(moderator, Kept.REPORTER, ANN, case_about(None))
    assert not may_read(Viewer(BOB, Role.MEMBER), Kept.REPORTER, ANN, case_about(None))
    for kept in Kept:
        assert may_read(moderator, kept, MOD)
        assert not may_read(moderator, kept, ANN)
        assert not may_read(ANONYMOUS, kept, None)


def test_statistics_are_over_at_least_ten():
    assert limits.SMALLEST_GROUP == 10
