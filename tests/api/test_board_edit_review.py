"""Edits that wait on a board, and the moderators of that board: they review these edits and no others."""

from datetime import timedelta

import pytest

from moderation.roles import give_boards, take_boards
from tests.api.test_edits import REVISIONS, UPDATE, approves, edits, rejects, seen, shown, waiting_since, warns
from tests.api.test_message_boards import board_of, edits_to_review
from tests.moderation_steps import everything
from tests.notified import kinds

DAY = timedelta(days=1)
#: Beside what tests.moderation_steps.everything reads.
KEPT_BESIDE = ("edits", "revisions", "notifications")


@pytest.fixture
async def watched(moderator):
    """A discussion board whose edits are read first."""
    return await made(moderator, "watched")


@pytest.fixture
async def garden(moderator):
    """Another one."""
    return await made(moderator, "garden")


async def made(moderator, slug):
    given = {"slug": slug, "title": slug, "reviewEdits": True}
    return (await moderator.manages("createBoard", "board { id }", **given))["board"]["id"]


@pytest.fixture
async def kim(community, app_services, watched):
    """A member who moderates the watched board and nothing else."""
    member = await community.joins("kim")
    await give_boards(app_services.core, "kim", ["watched"])
    return member


@pytest.fixture
async def oli(community, app_services, garden):
    """A member who moderates the garden and nothing else."""
    member = await community.joins("oli")
    await give_boards(app_services.core, "oli", ["garden"])
    return member


async def edited(author, board, what="post"):
    """Return a post or comment of the author's on ``board`` whose edit waits."""
    target = await author.publishes("Old", on=board)
    if what == "comment":
        target = await author.comments("Old", under=target)
    mutation, given = UPDATE[what](target)
    await author.manages(mutation, **given)
    return target


async def all_rows(stores):
    """Return all rows that a decision about an edit may change."""
    return await everything(stores), [await stores.database[name].find({}).to_list() for name in KEPT_BESIDE]


async def answers(actor, target, since):
    """Return the codes with which both decisions about the edit are refused, approval first."""
    given = {"targetId": target, "writtenAt": since}
    rejected = await actor.is_refused("rejectEdit", explanation="No.", **given)
    return await actor.is_refused("approveContent", **given), rejected


@pytest.mark.parametrize("what", ["post", "comment"])
async def test_an_edit_shows_to_the_moderator_of_its_board_and_not_to_another_board_s(bob, watched, kim, oli, what):
    target = await edited(bob, watched, what)

    assert (await shown(kim, target), await edits_to_review(kim)) == ("Old+New", ["New"])
    assert (await shown(oli, target), await edits_to_review(oli)) == ("Old", [])


@pytest.mark.parametrize("what", ["post", "comment"])
async def test_a_moderator_of_the_board_approves_an_edit(bob, watched, kim, stores, tells, what):
    target = await edited(bob, watched, what)

    await approves(kim, target)

    assert (await shown(bob, target), await shown(kim, target)) == ("New", "New")
    assert await edits_to_review(kim) == []
    [row] = await stores.database["audit"].find({"kind": "edit.APPROVED"}).to_list()
    assert (row["target"], row["actor"], row["subject"]) == (target, kim.id, bob.id)
    await tells()
    assert await kinds(bob) == ["EDIT_APPROVED"]


@pytest.mark.parametrize("what", ["post", "comment"])
async def test_a_moderator_of_the_board_rejects_an_edit(bob, watched, kim, stores, tells, what):
    target = await edited(bob, watched, what)

    await rejects(kim, target, "不合适")

    assert (await shown(bob, target), await shown(kim, target)) == ("Old+New", "Old")
    assert (await seen(bob, target))["pendingEdit"]["explanation"] == "不合适"
    assert await edits_to_review(kim) == []
    [row] = await stores.database["audit"].find({"kind": "edit.REJECTED"}).to_list()
    assert (row["target"], row["actor"], row["explanation"]) == (target, kim.id, "不合适")
    await tells()
    assert await kinds(bob) == ["EDIT_REJECTED"]


@pytest.mark.parametrize("what", ["post", "comment"])
async def test_a_moderator_of_another_board_decides_nothing_and_learns_nothing(bob, watched, oli, stores, what):
    target, left_alone = await edited(bob, watched, what), await bob.publishes("Old", on=watched)
    since = await waiting_since(bob, target)
    before = await all_rows(stores)

    assert await answers(oli, target, since) == ("NOT_FOUND", "NOT_FOUND")

    assert await answers(oli, left_alone, since) == ("NOT_FOUND", "NOT_FOUND")
    assert await all_rows(stores) == before


async def test_without_a_right_to_approve_them_words_as_they_stand_are_refused_as_before(bob, watched, oli, stores):
    post = await bob.publishes("Old", on=watched)
    created = "query ($id: ID!) { node(id: $id) { ... on Post { createdAt } } }"
    stands_since = (await oli.asks(created, id=post))["node"]["createdAt"]
    before = await all_rows(stores)

    assert await oli.is_refused("approveContent", targetId=post, writtenAt=stands_since) == "FORBIDDEN"
    assert await oli.is_refused("approveContent", targetId=post) == "FORBIDDEN"

    assert await all_rows(stores) == before


async def test_who_is_a_moderator_of_the_board_no_more_decides_nothing(bob, app_services, watched, kim, stores):
    post = await edited(bob, watched)
    since = await waiting_since(kim, post)
    await take_boards(app_services.core, "kim", ["watched"])
    before = await all_rows(stores)

    assert (await shown(kim, post), await edits_to_review(kim)) == ("Old", [])
    assert await answers(kim, post, since) == ("NOT_FOUND", "NOT_FOUND")

    assert await all_rows(stores) == before


async def test_a_block_keeps_an_edit_from_the_moderator_of_its_board(bob, watched, kim, stores):
    post = await edited(bob, watched)
    since = await waiting_since(kim, post)

    for blocker, blocked in ((bob, kim), (kim, bob)):
        await blocker.manages("block", memberId=blocked.id)
        before = await all_rows(stores)
        assert (await shown(kim, post), await edits_to_review(kim)) == (None, [])
        assert await answers(kim, post, since) == ("NOT_FOUND", "NOT_FOUND")
        assert await all_rows(stores) == before
        await blocker.manages("unblock", memberId=blocked.id)

    assert await edits_to_review(kim) == ["New"]
    await approves(kim, post)
    assert await shown(bob, post) == "New"


async def test_a_moderator_of_the_board_does_not_review_their_own_edit(moderator, watched, kim, stores):
    post = await kim.publishes("Old", on=watched)
    await edits(kim, post)
    assert await shown(kim, post) == "New"
    await warns(moderator, kim)
    await edits(kim, post, "Newer")
    since = await waiting_since(kim, post)
    before = await all_rows(stores)

    assert await edits_to_review(kim) == []
    assert await answers(kim, post, since) == ("NOT_FOUND", "NOT_FOUND")

    assert await all_rows(stores) == before
    await approves(moderator, post)
    assert await shown(kim, post) == "Newer"


async def test_a_suspended_moderator_of_the_board_reads_and_decides_nothing(
    bob, moderator, watched, kim, clock, stores
):
    post = await edited(bob, watched)
    since = await waiting_since(kim, post)
    given = {"memberId": kim.id, "action": "SUSPEND", "reason": "ABUSE", "explanation": "Enough"}
    await moderator.manages("sanctionMember", until=(clock.now() + DAY).isoformat(), **given)
    before = await all_rows(stores)

    assert (await shown(kim, post), await edits_to_review(kim)) == ("Old", [])
    assert await answers(kim, post, since) == ("POSTING_SUSPENDED", "POSTING_SUSPENDED")

    assert await all_rows(stores) == before


async def test_what_is_for_friends_and_what_was_removed_is_not_theirs_to_review(
    community, bob, moderator, watched, kim
):
    post, removed = await bob.publishes("Old", on=watched), await edited(bob, watched)
    await bob.manages("updatePost", postId=post, audience="FRIENDS")
    await edits(bob, post, "For friends")
    since = await waiting_since(kim, removed)

    await moderator.manages("removeContent", targetId=removed, reason="SPAM", explanation="Spam.")

    assert await edits_to_review(kim) == []
    assert await kim.is_refused("approveContent", targetId=removed, writtenAt=since) == "CONFLICT"
    await moderator.manages("restoreContent", targetId=removed, explanation="A mistake.")
    assert await edits_to_review(kim) == ["New"]


async def test_an_edit_that_was_written_since_is_not_decided_unread(bob, watched, kim, stores):
    post = await edited(bob, watched)
    since = await waiting_since(kim, post)
    await edits(bob, post, "Newer")
    before = await all_rows(stores)

    assert await answers(kim, post, since) == ("CONFLICT", "CONFLICT")

    assert await all_rows(stores) == before


async def test_a_stale_approval_of_what_does_not_show_yet_is_a_conflict(bob, watched, kim, stores):
    """The post was for the author alone; the edit would open it."""
    post = await bob.publishes("Old", on=watched, audience="ONLY_ME")
    await bob.manages("updatePost", postId=post, audience="MEMBERS")
    assert await shown(kim, post) is None
    [since] = await waiting_dates(kim)
    await bob.manages("updatePost", postId=post, title="Title")
    before = await all_rows(stores)

    assert await kim.is_refused("approveContent", targetId=post, writtenAt=since) == "CONFLICT"

    assert await all_rows(stores) == before
    [since] = await waiting_dates(kim)
    await kim.manages("approveContent", targetId=post, writtenAt=since)
    assert await shown(kim, post) == "Old"


async def waiting_dates(reviewer):
    found = await reviewer.asks("{ viewer { editsToReview { nodes { writtenAt } } } }")
    return [edit["writtenAt"] for edit in found["viewer"]["editsToReview"]["nodes"]]


async def test_a_case_tells_of_a_waiting_edit_on_its_board(ann, bob, watched, kim):
    post = await edited(bob, watched)
    await ann.manages("reportContent", targetId=post, reason="SPAM")

    query = "{ cases { nodes { target { ... on Post { pendingEdit { body { text } } } } } } }"
    [case] = (await kim.asks(query))["cases"]["nodes"]

    assert case["target"]["pendingEdit"] == {"body": {"text": "New"}}


async def test_the_queue_joins_all_that_is_a_member_s_to_review_in_one_order(
    community, app_services, bob, watched, garden, kim
):
    """Kim moderates two boards and owns a message board; of a third board she reads nothing."""
    await give_boards(app_services.core, "kim", ["garden"])
    ann, home = await community.joins("ann"), await board_of(kim)
    await kim.manages("updateBoard", boardId=home, reviewFirst=True)
    entry = await bob.publishes("Old", on=home, audience="MEMBERS")
    await kim.manages("approveContent", targetId=entry)
    on_watched, in_garden = [await bob.publishes("Old", on=board) for board in (watched, garden)]
    elsewhere = await ann.publishes("Old", on=await board_of(ann))
    await ann.manages("updatePost", postId=elsewhere, body="Not hers")
    for post, body in ((on_watched, "first"), (entry, "second"), (in_garden, "third")):
        await edits(bob, post, body)
    query = """query ($first: Int, $after: String) { viewer { editsToReview(first: $first, after: $after) {
      nodes { body { text } } pageInfo { hasNextPage endCursor } } } }"""

    first = (await kim.asks(query, first=2))["viewer"]["editsToReview"]
    rest = (await kim.asks(query, first=2, after=first["pageInfo"]["endCursor"]))["viewer"]["editsToReview"]

    texts = [[edit["body"]["text"] for edit in page["nodes"]] for page in (first, rest)]
    assert texts == [["third", "second"], ["first"]]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


async def test_who_moderates_another_board_reads_nothing_of_edits_on_a_page(bob, watched, kim, oli, reads):
    post = await edited(bob, watched)
    comment = await bob.comments("Mine", under=post)
    await bob.manages("updateComment", commentId=comment, body="Mine, and new")
    page = "{ feed { nodes { pendingEdit { writtenAt } comments { nodes { pendingEdit { writtenAt } } } } } }"

    reads.forget()
    await oli.asks(page)
    of_another = reads.collections.count("edits")
    reads.forget()
    await kim.asks(page)
    of_the_board = reads.collections.count("edits")

    # One read for the posts and one for their comments.
    assert (of_another, of_the_board) == (0, 2)


async def test_nobody_sees_by_view_as_what_waits_for_a_moderator_of_the_board(bob, watched, kim):
    post = await edited(bob, watched)
    as_kim = """query ($id: ID!) { viewAs(target: { handle: "kim" }) { node(id: $id) { ... on Post {
      body { text } pendingEdit { writtenAt } } } } }"""

    found = (await bob.asks(as_kim, id=post))["viewAs"]["node"]

    assert found == {"body": {"text": "Old"}, "pendingEdit": None}


async def test_earlier_words_stay_the_author_s_alone_after_an_approval(bob, watched, kim):
    post = await edited(bob, watched)

    await approves(kim, post)

    assert (await kim.asks(REVISIONS, id=post))["node"] == {"revisions": None}
    assert len((await bob.asks(REVISIONS, id=post))["node"]["revisions"]["nodes"]) == 1
