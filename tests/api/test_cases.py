"""Cases: reports gather in one a target, moderators read it wherever it stands, and a decision closes it."""

import asyncio

import pytest

from domain.content import ContentState
from domain.ids import CaseId, MemberId, PostId
from domain.members import Role
from policy.limits import MAX_CASE_DECISIONS
from stores.cases import Matter
from tests import factories
from tests.moderation_steps import decides

CASES = """query ($filter: CaseFilter, $first: Int, $after: String, $last: Int, $before: String) {
  cases(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { id subjectId state openedAt decidedAt reportCount target { __typename ... on Node { id } }
      reports { nodes { reporter { handle } reason note outcome } }
      decisions { action explanation decidedBy { handle } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
TARGET = """query ($id: ID!) { node(id: $id) { ... on Case { target {
  ... on Post { id title state body { text source } audience author { handle } commentCount comments { nodes { id } }
    board { id } decision { id } }
  ... on Comment { id state body { text } author { handle } replyCount replies { nodes { id } }
    post { id state author { handle } body { text } commentCount } parent { id } }
  ... on Member { id handle profile { location bio { text } } } } } } }"""
OPEN = {"state": "OPEN"}
DECIDED = {"state": "DECIDED"}


@pytest.fixture
async def post(board, ann):
    return await ann.publishes("Buy this", on=board)


@pytest.fixture
async def other_moderator(community):
    return await community.joins("max", Role.MODERATOR)


async def reports(actor, target, **more):
    await actor.manages("reportContent", targetId=target, reason="SPAM", **more)


async def removes(moderator, target):
    await moderator.manages("removeContent", targetId=target, reason="SPAM", explanation="Because")


async def cases(moderator, **asked):
    return (await moderator.asks(CASES, **asked))["cases"]["nodes"]


async def target_of(moderator, case):
    return (await moderator.asks(TARGET, id=case["id"]))["node"]["target"]


async def rows(stores):
    return await stores.database["cases"].find({}).to_list()


async def test_reports_about_one_target_gather_in_one_case(community, moderator, ann, bob, post):
    eve = await community.joins("eve")

    await reports(bob, post, note="From bob")
    await reports(eve, post, note="From eve")
    await reports(eve, post, note="Again")

    [case] = await cases(moderator)
    assert case["id"].startswith("cse_")
    assert (case["subjectId"], case["state"], case["decidedAt"], case["reportCount"]) == (ann.id, "OPEN", None, 2)
    assert case["target"] == {"__typename": "Post", "id": post}
    assert case["reports"]["nodes"] == [
        {"reporter": {"handle": "eve"}, "reason": "SPAM", "note": "From eve", "outcome": "PENDING"},
        {"reporter": {"handle": "bob"}, "reason": "SPAM", "note": "From bob", "outcome": "PENDING"},
    ]
    assert case["decisions"] == []


async def test_each_target_has_a_case_of_its_own(moderator, ann, bob, post):
    comment = await ann.comments("And this", under=post)

    for target in (post, comment, ann.id):
        await reports(bob, target)

    found = await cases(moderator)
    assert [case["target"] for case in found] == [
        {"__typename": "Post", "id": post},
        {"__typename": "Comment", "id": comment},
        {"__typename": "Member", "id": ann.id},
    ]
    assert [case["subjectId"] for case in found] == [ann.id] * 3
    assert len({case["id"] for case in found}) == 3


async def test_a_refused_report_opens_no_case(ann, bob, post, stores):
    assert await ann.is_refused("reportContent", targetId=post, reason="SPAM") == "FORBIDDEN"
    assert await bob.is_refused("reportContent", targetId=post, reason="SPAM", note="x" * 1_001) == "VALIDATION"
    assert await bob.is_refused("reportContent", targetId=bob.id, reason="SPAM") == "VALIDATION"

    assert await rows(stores) == []
    assert "reports" not in await stores.database["posts"].find_one({"_id": post})


@pytest.mark.parametrize("about", ["a post", "a member"])
async def test_twenty_reports_at_once_make_one_case(community, ann, post, stores, about):
    crowd = await community.crowd(20)
    target = post if about == "a post" else ann.id

    await asyncio.gather(*(reports(each, target) for each in crowd))

    [case] = await rows(stores)
    assert (case["target"], case["state"], case["reports"]) == (target, "OPEN", 20)
    assert await stores.database["reports"].count_documents({"case": case["_id"]}) == 20


async def test_reports_and_a_removal_at_once_leave_no_case_open(community, moderator, post, stores):
    crowd = await community.crowd(20)
    await reports(crowd[0], post)

    await asyncio.gather(
        *(each.does("reportContent", targetId=post, reason="SPAM") for each in crowd[1:]), removes(moderator, post)
    )

    [case] = await rows(stores)
    assert case["state"] == "DECIDED"
    assert case["reports"] == await stores.database["reports"].count_documents({"case": case["_id"]})


async def test_a_first_report_and_a_removal_at_once_leave_no_case_open(community, moderator, board, ann, stores):
    crowd = await community.crowd(10)
    posts = [await ann.publishes(f"Buy {n}", on=board) for n in range(10)]

    await asyncio.gather(
        *(each.does("reportContent", targetId=post, reason="SPAM") for each, post in zip(crowd, posts, strict=True)),
        *(removes(moderator, post) for post in posts),
    )

    assert {case["state"] for case in await rows(stores)} <= {"DECIDED"}


async def test_a_decision_closes_the_case_and_a_new_report_opens_another(community, moderator, bob, post):
    eve = await community.joins("eve")
    await reports(bob, post)

    await removes(moderator, post)

    [case] = await cases(moderator, filter=DECIDED)
    assert await cases(moderator, filter=OPEN) == []
    assert case["decidedAt"] > case["openedAt"]
    assert case["reports"]["nodes"][0]["outcome"] == "ACTION_TAKEN"
    assert case["decisions"] == [{"action": "REMOVE", "explanation": "Because", "decidedBy": {"handle": "mod"}}]

    await moderator.manages("restoreContent", targetId=post, explanation="A mistake")
    await reports(eve, post)

    [again] = await cases(moderator, filter=OPEN)
    assert again["id"] != case["id"]
    assert [report["reporter"] for report in again["reports"]["nodes"]] == [{"handle": "eve"}]
    assert [decision["action"] for decision in again["decisions"]] == ["RESTORE", "REMOVE"]
    assert len(await cases(moderator)) == 2


async def test_a_case_shows_the_latest_decisions_alone(moderator, bob, post):
    await reports(bob, post)
    for n in range(MAX_CASE_DECISIONS):
        action = ("removeContent", {"reason": "SPAM"}) if n % 2 == 0 else ("restoreContent", {})
        await moderator.manages(action[0], targetId=post, explanation=f"Turn {n}", **action[1])
    await removes(moderator, post)

    [case] = await cases(moderator)
    assert [decision["explanation"] for decision in case["decisions"]] == [
        "Because",
        *(f"Turn {n}" for n in range(MAX_CASE_DECISIONS - 1, 0, -1)),
    ]


async def test_what_a_host_handed_over_is_a_case_that_approving_closes_and_handing_over_opens_anew(
    community, moderator, ann, bob
):
    [board] = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"].values()
    entry = await ann.publishes("Rude", on=board["id"], audience="ONLY_ME")
    await reports(bob, entry)
    [case] = await cases(moderator, filter=OPEN)

    await moderator.manages("approveContent", targetId=entry)

    assert [each["id"] for each in await cases(moderator, filter=DECIDED)] == [case["id"]]
    await reports(bob, entry)
    [again] = await cases(moderator, filter=OPEN)
    assert again["id"] != case["id"]
    assert (again["target"]["id"], again["reportCount"], again["reports"]["nodes"]) == (entry, 0, [])


async def test_only_moderators_and_admins_see_cases(community, moderator, ann, bob, post):
    """Others get the same bytes whether there are cases or not."""
    admin = await community.joins("ada", Role.ADMIN)
    visitor = community.visitor()
    query = "{ cases { nodes { id } } }"
    before = [(await each.responds(query))[2] for each in (ann, bob, visitor)]

    await reports(bob, post)

    [case] = await cases(moderator)
    assert [each["id"] for each in await cases(admin)] == [case["id"]]
    assert [(await each.responds(query))[2] for each in (ann, bob, visitor)] == before
    codes = [(await each.gets(query))["errors"][0]["extensions"]["code"] for each in (ann, bob, visitor)]
    assert codes == ["FORBIDDEN", "FORBIDDEN", "NOT_SIGNED_IN"]
    for each in (ann, bob, visitor):
        by_id = "query ($id: ID!) { node(id: $id) { id } }"
        missing = await each.responds(by_id, {"id": "cse_0000000000000000"})
        assert (await each.responds(by_id, {"id": case["id"]}))[2] == missing[2] == b'{"data":{"node":null}}'


async def test_those_who_may_not_see_cases_cause_no_read(ann, reads):
    await ann.gets("{ cases { nodes { id } } }")
    await ann.gets('{ node(id: "cse_0000000000000000") { id } }')

    assert [read for read in reads.all if read.collection == "cases"] == []


async def test_moderators_do_not_see_cases_about_themselves(moderator, other_moderator, board, bob):
    post = await moderator.publishes("My own", on=board)
    for target in (post, moderator.id):
        await reports(bob, target)

    theirs = await cases(other_moderator)
    assert [case["target"]["id"] for case in theirs] == [post, moderator.id]
    assert await cases(moderator) == []
    assert await cases(moderator, filter=OPEN) == []
    for case in theirs:
        assert (await moderator.asks(TARGET, id=case["id"]))["node"] is None
        assert (await moderator.asks(TARGET, id=case["id"][:-1] + "x"))["node"] is None


async def test_who_reported_is_told_on_the_case_and_nowhere_else(moderator, ann, bob, post):
    await reports(bob, post)

    [case] = await cases(moderator)

    assert case["reports"]["nodes"][0]["reporter"] == {"handle": "bob"}
    own = "{ viewer { reports { nodes { reporter { handle } } } } }"
    assert (await moderator.asks(own))["viewer"]["reports"]["nodes"] == []
    assert (await ann.asks(own))["viewer"]["reports"]["nodes"] == []


async def test_a_target_is_read_whatever_its_audience_and_nothing_below_it(moderator, community, ann, bob, board):
    """A friend reports what is for friends; the moderator is none."""
    await ann.befriends(bob)
    post = await ann.publishes("Only among us", on=board, audience="FRIENDS", title="Hush")
    await bob.comments("Below it", under=post)
    await reports(bob, post)
    [case] = await cases(moderator)

    target = await target_of(moderator, case)

    assert (target["title"], target["state"], target["body"]) == (
        "Hush",
        "PUBLISHED",
        {"text": "Only among us", "source": None},
    )
    assert (target["author"], target["audience"]) == ({"handle": "ann"}, "FRIENDS")
    assert (target["commentCount"], target["comments"]) == (0, {"nodes": []})
    assert (await moderator.asks("query ($id: ID!) { node(id: $id) { id } }", id=post))["node"] is None


async def test_what_hangs_below_a_hidden_target_is_hidden_too(moderator, ann, bob, post):
    comment = await ann.comments("To be told apart", under=post)
    await bob.comments("Aha", under=post)
    await reports(bob, post)
    await reports(bob, comment)
    await ann.manages("updatePost", postId=post, audience="ONLY_ME")

    of_post, of_comment = [await target_of(moderator, case) for case in await cases(moderator)]

    assert (of_post["body"]["text"], of_post["commentCount"], of_post["comments"]["nodes"]) == ("Buy this", 0, [])
    assert (of_comment["body"]["text"], of_comment["post"]["state"]) == ("To be told apart", "UNAVAILABLE")


async def test_below_a_tombstone_there_is_what_others_said_on_a_case_as_everywhere(moderator, ann, bob, post):
    comment = await ann.comments("Rude", under=post)
    answer = await bob.comments("Please", under=post, answering=comment)
    await reports(bob, post)
    await reports(bob, comment)
    await moderator.manages("block", memberId=ann.id)

    of_post, of_comment = [await target_of(moderator, case) for case in await cases(moderator)]

    assert (of_post["body"]["text"], of_post["commentCount"], of_post["comments"]["nodes"]) == (
        "Buy this",
        1,
        [{"id": comment}],
    )
    assert (of_comment["body"]["text"], of_comment["replyCount"], of_comment["replies"]["nodes"]) == (
        "Rude",
        1,
        [{"id": answer}],
    )
    assert of_comment["post"]["state"] == "UNAVAILABLE"


async def test_a_comment_is_read_and_of_its_hidden_post_the_place_alone(moderator, ann, bob, board):
    await ann.befriends(bob)
    post = await ann.publishes("Only among us", on=board, audience="FRIENDS")
    comment = await ann.comments("Rude", under=post)
    await bob.comments("Now now", under=post, answering=comment)
    await reports(bob, comment)
    [case] = await cases(moderator)

    target = await target_of(moderator, case)

    assert target == {
        "id": comment,
        "state": "PUBLISHED",
        "body": {"text": "Rude"},
        "author": {"handle": "ann"},
        "replyCount": 0,
        "replies": {"nodes": []},
        "post": {"id": post, "state": "UNAVAILABLE", "author": None, "body": None, "commentCount": 0},
        "parent": None,
    }


async def test_what_the_moderator_sees_anyway_shows_as_everywhere(moderator, ann, bob, post):
    comment = await ann.comments("Mine", under=post)
    answer = await ann.comments("More", under=post, answering=comment)
    await reports(bob, post)
    await reports(bob, comment)
    of_post, of_comment = await cases(moderator)

    shown_post, shown_comment = await target_of(moderator, of_post), await target_of(moderator, of_comment)

    assert (shown_post["commentCount"], shown_post["comments"]["nodes"]) == (2, [{"id": comment}])
    assert (shown_comment["replyCount"], shown_comment["replies"]["nodes"]) == (1, [{"id": answer}])
    assert (shown_comment["post"]["state"], shown_comment["post"]["body"]) == ("PUBLISHED", {"text": "Buy this"})


@pytest.mark.parametrize("moderator_blocks", [True, False])
async def test_case_reads_do_not_obey_blocks_and_what_hangs_below_does(
    moderator, ann, bob, post, stores, moderator_blocks
):
    await ann.manages("updateProfile", bio="Hello", location="Chengdu")
    comment = await ann.comments("And this", under=post)
    for target in (post, comment, ann.id):
        await reports(bob, target)
    one, other = (moderator, ann) if moderator_blocks else (ann, moderator)
    await one.manages("block", memberId=other.id)

    shown = [await target_of(moderator, case) for case in await cases(moderator)]

    assert [each["id"] for each in shown] == [post, comment, ann.id]
    assert [each["body"]["text"] for each in shown[:2]] == ["Buy this", "And this"]
    assert [each["author"] for each in shown[:2]] == [None, None]
    assert (shown[0]["comments"], shown[0]["commentCount"]) == ({"nodes": []}, 0)
    assert (shown[2]["handle"], shown[2]["profile"]) == ("ann", {"location": None, "bio": {"text": "Hello"}})
    assert (await moderator.asks('{ member(handle: "ann") { id } }'))["member"] is None


async def test_of_a_deleted_target_the_place_alone_is_left(moderator, ann, bob, post):
    comment = await ann.comments("And this", under=post)
    for target in (post, comment):
        await reports(bob, target)
    await ann.manages("deleteComment", commentId=comment)
    await ann.manages("deletePost", postId=post)

    shown = [await target_of(moderator, case) for case in await cases(moderator, filter=OPEN)]

    assert [(each["id"], each["state"], each["body"], each["author"]) for each in shown] == [
        (post, "UNAVAILABLE", None, None),
        (comment, "UNAVAILABLE", None, None),
    ]


async def test_cases_are_paged_by_key_on_an_index_the_most_urgent_first(moderator, stores, reads):
    authors = [MemberId(moderator.id if n % 3 == 0 else "mbr_a") for n in range(9)]
    posts = [await factories.post(stores, author, minutes=n) for n, author in enumerate(authors)]
    await stores.database["cases"].insert_many([case_row(n, each) for n, each in enumerate(posts)])
    expected = [f"cse_{n}" for n in range(9) if n % 3]
    query = """query ($filter: CaseFilter, $first: Int, $after: String, $last: Int, $before: String) {
      cases(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    reads.forget()

    for asked in ({}, {"filter": OPEN}):
        found, after = [], None
        while True:
            page = (await moderator.asks(query, first=4, after=after, **asked))["cases"]
            found += [each["id"] for each in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert found == expected
        back = (await moderator.asks(query, last=2, before=after, **asked))["cases"]
        assert [each["id"] for each in back["nodes"]] == expected[-3:-1]

    listing = [read for read in reads.all if read.collection == "cases"]
    assert len(listing) == 9, "two pages and one backward, in either way; of free ones also whose claim has ended"
    for read in listing:
        plan = await read.explained(stores.database)
        assert not plan.stages & {"COLLSCAN", "SORT"}
        assert plan.docs_examined <= 5


def case_row(n, post):
    row = {"_id": f"cse_{n}", "target": post.id, "subject": post.author_id, "state": "OPEN", "reports": 1}
    return {**row, "openedAt": post.created_at, "decidedAt": None, "dueAt": post.created_at, "version": 1}


async def test_a_page_of_cases_takes_the_same_reads_whatever_its_size(moderator, ann, bob, board, reads):
    for n in range(4):
        post = await ann.publishes(f"Buy {n}", on=board)
        comment = await ann.comments("This", under=post)
        await reports(bob, post)
        await reports(bob, comment)
    await reports(bob, ann.id)
    read = []
    for size in (2, 8):
        reads.forget()
        await moderator.asks(CASES, first=size)
        read.append(sorted(reads.collections))

    # Who asks, the page, targets of two kinds, reports, those who made them; nobody has decided yet.
    assert read[0] == read[1] == ["cases", "comments", "decisions", "members", "posts", "reports", "sessions"]


async def test_reports_of_a_case_are_paged(community, moderator, post, stores, reads):
    crowd = await community.crowd(5)
    for n, each in enumerate(crowd):
        await reports(each, post, note=f"Note {n}")
    query = """query ($after: String) { cases { nodes { reports(first: 2, after: $after) {
      nodes { note } pageInfo { hasNextPage endCursor } } } } }"""

    notes, after = [], None
    for _ in range(3):
        page = (await moderator.asks(query, after=after))["cases"]["nodes"][0]["reports"]
        notes.append([each["note"] for each in page["nodes"]])
        after = page["pageInfo"]["endCursor"]

    [read] = [each for each in reads.all if each.collection == "reports"][-1:]
    plan = await read.explained(stores.database)
    assert not plan.stages & {"COLLSCAN", "SORT"}
    assert notes == [["Note 4", "Note 3"], ["Note 2", "Note 1"], ["Note 0"]]
    assert not page["pageInfo"]["hasNextPage"]


async def test_a_report_that_crosses_a_removal_is_kept_and_opens_no_case(bob, ann, post, stores, app_services):
    """The report found the post standing; by the time it is written the post is removed."""
    case = await app_services.core.stores.transactions.run(
        lambda transaction: stores.cases.join(matter_of(post, ann.id, app_services), transaction)
    )
    await stores.database["cases"].delete_many({})
    await stores.database["posts"].update_one({"_id": post}, {"$set": {"state": ContentState.REMOVED.value}})

    late = await app_services.core.stores.transactions.run(
        lambda transaction: stores.cases.join(matter_of(post, ann.id, app_services), transaction)
    )

    assert case is not None
    assert late is None
    assert await rows(stores) == []


def matter_of(post, subject, app_services):
    return Matter(CaseId("cse_new"), PostId(post), MemberId(subject), app_services.core.now(), 12, 12, 0.5)


async def test_reactions_to_a_target_do_not_show_on_its_case(community, moderator, ann, bob, board):
    await ann.befriends(bob)
    post = await ann.publishes("Hello.", on=board, audience="FRIENDS")
    comment = await bob.comments("Hi.", under=post)
    await ann.manages("react", targetId=comment, kind="LIKE")
    await ann.manages("reportContent", targetId=comment, reason="SPAM")

    [case] = (
        await moderator.asks(
            "{ cases { nodes { target { ... on Comment { body { text } reactions { kind count } } } } } }"
        )
    )["cases"]["nodes"]

    assert case["target"] == {"body": {"text": "Hi."}, "reactions": []}


async def test_a_case_about_what_its_author_deleted_can_be_closed_and_its_author_warned(moderator, ann, bob, board):
    """Else it would wait for ever, and deleting in time would be a way out."""
    for action in ("DISMISS", "WARN"):
        post = await ann.publishes("Rude", on=board)
        await reports(bob, post)
        await ann.manages("deletePost", postId=post)

        await decides(moderator, action)

    assert await cases(moderator, filter=OPEN) == []
    outcomes = [case["reports"]["nodes"][0]["outcome"] for case in await cases(moderator, filter=DECIDED)]
    assert outcomes == ["NO_ACTION", "ACTION_TAKEN"]
    assert (await ann.asks("{ viewer { postingStatus { accountStatus } } }"))["viewer"]["postingStatus"] == {
        "accountStatus": "WARNED"
    }
