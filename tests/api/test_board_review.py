"""What a review of message boards found, each so that its fault would fail it again."""

import pytest

from accounts.blocks import settle_between, settle_unsettled
from content.posts import sweep_threads
from domain.ids import MemberId
from domain.members import Role
from moderation import board_review
from tests.api.test_message_boards import ENTRY, WAITING, board_of, edits_to_review, entry, listed, waiting

BOARD_OF_ENTRY = """query ($id: ID!) { node(id: $id) { ... on Post { board { postCount
  posts { nodes { body { text } } } } } } }"""
COMMENT = "query ($id: ID!) { node(id: $id) { ... on Comment { body { text } state post { id state } } } }"


@pytest.fixture
async def place(ann):
    return await board_of(ann)


@pytest.fixture
async def eve(community):
    return await community.joins("eve")


@pytest.mark.parametrize("how", ["narrowed", "blocked"])
async def test_the_stand_in_for_a_closed_board_holds_nothing(ann, bob, eve, place, how):
    mine = await bob.publishes("Mine", on=place, audience="MEMBERS")
    await eve.publishes("Not for Bob any more", on=place, audience="MEMBERS")

    if how == "narrowed":
        await ann.manages("updateBoard", boardId=place, audience="FRIENDS")
    else:
        await ann.manages("block", memberId=bob.id)

    board = (await bob.asks(BOARD_OF_ENTRY, id=mine))["node"]["board"]
    assert board == {"postCount": 0, "posts": {"nodes": []}}


async def test_handing_over_shows_an_entry_to_moderators_alone(ann, bob, eve, moderator, place):
    await ann.befriends(bob)
    post = await bob.publishes("For whom the board is", on=place, audience="MEMBERS")
    await ann.manages("updateBoard", boardId=place, audience="FRIENDS")
    before = (await eve.responds(ENTRY, {"id": post}))[2]

    await ann.manages("reportContent", targetId=post, reason="ABUSE")

    assert (await eve.responds(ENTRY, {"id": post}))[2] == before
    assert (await entry(moderator, post))["body"] == {"text": "For whom the board is"}
    # It is there to be read, not to be answered.
    assert await moderator.is_refused("react", targetId=post, kind="LIKE") == "FORBIDDEN"
    assert await moderator.is_refused("createComment", postId=post, body="Hm") == "FORBIDDEN"


async def test_what_was_said_below_an_entry_is_not_handed_over_with_it(ann, bob, moderator, place):
    post = await bob.publishes("For all, at first", on=place, audience="PUBLIC")
    comment = await bob.comments("Below", under=post)
    await bob.manages("updatePost", postId=post, audience="FRIENDS")

    await ann.manages("reportContent", targetId=post, reason="ABUSE")

    assert (await entry(moderator, post))["body"] == {"text": "For all, at first"}
    assert (await moderator.asks(COMMENT, id=comment))["node"] is None


async def test_a_moderator_parted_from_the_board_s_owner_is_handed_nothing(ann, bob, moderator, place):
    """Ordinary reads obey blocks, also those of moderators; others of them see to it."""
    theirs = await bob.publishes("For Ann", on=place, audience="ONLY_ME")
    await ann.manages("reportContent", targetId=theirs, reason="ABUSE")
    assert await waiting(moderator) == ["For Ann"]

    await ann.manages("block", memberId=moderator.id)

    assert (await waiting(moderator), await entry(moderator, theirs)) == ([], None)


async def test_a_host_does_not_destroy_what_moderators_have_removed(ann, bob, eve, moderator, place, stores):
    post = await bob.publishes("Evidence", on=place, audience="MEMBERS")
    comment = await bob.comments("More of it", under=post)
    await eve.comments("Oh", under=post)
    for target in (comment, post):
        await moderator.manages("removeContent", targetId=target, reason="ABUSE", explanation="No.")
    assert await ann.is_refused("deletePost", postId=post) == "NOT_FOUND"

    await ann.manages("deletePost", postId=post, withThread=True)

    assert (await entry(moderator, post))["body"] == {"text": "Evidence"}
    assert (await stores.database["comments"].find_one({"_id": comment}))["state"] == "REMOVED"
    assert await entry(eve, post) is None
    await moderator.manages("restoreContent", targetId=post, explanation="A mistake.")
    assert (await entry(eve, post))["body"] == {"text": "Evidence"}


@pytest.mark.parametrize("how", ["removed", "deleted", "blocked and deleted"])
async def test_what_was_hidden_before_it_went_leaves_no_tombstone(ann, bob, eve, moderator, place, how):
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    comment = await eve.comments("Hi", under=post)
    await (ann.manages("block", memberId=bob.id) if "blocked" in how else ann.manages("hideContent", targetId=post))
    before = [(await eve.responds(query, {"id": one}))[2] for query, one in ((ENTRY, post), (COMMENT, comment))]

    if how == "removed":
        await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam.")
    else:
        await bob.manages("deletePost", postId=post)

    after = [(await eve.responds(query, {"id": one}))[2] for query, one in ((ENTRY, post), (COMMENT, comment))]
    assert after == before


async def test_nothing_is_approved_across_a_block(ann, bob, eve, place, monkeypatch):
    """The block comes between Ann's look at the entry and its approval."""
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    await ann.manages("hideContent", targetId=post)
    look = board_review._seen

    async def looks_and_is_blocked(*arguments):
        found = await look(*arguments)
        await bob.manages("block", memberId=ann.id)
        return found

    monkeypatch.setattr(board_review, "_seen", looks_and_is_blocked)

    assert await ann.is_refused("approveContent", targetId=post) == "NOT_FOUND"

    assert (await listed(eve), (await entry(bob, post))["state"]) == ([], "HELD")


async def test_no_comment_is_approved_unread(ann, bob, eve, place, monkeypatch):
    post = await eve.publishes("Hello", on=place, audience="MEMBERS")
    comment = await bob.comments("Nice", under=post)
    await ann.manages("hideContent", targetId=comment)
    read = await ann.asks("query ($id: ID!) { node(id: $id) { ... on Comment { createdAt } } }", id=comment)
    look = board_review._seen

    async def looks_before_an_edit(*arguments):
        found = await look(*arguments)
        await bob.manages("updateComment", commentId=comment, body="Nasty")
        return found

    monkeypatch.setattr(board_review, "_seen", looks_before_an_edit)

    given = {"targetId": comment, "writtenAt": read["node"]["createdAt"]}
    assert await ann.is_refused("approveContent", **given) == "CONFLICT"

    assert (await eve.asks(COMMENT, id=comment))["node"] is None


async def test_a_moderator_does_not_learn_who_complained_about_them(ann, community, place):
    author, other = await community.joins("mod1", Role.MODERATOR), await community.joins("mod2", Role.MODERATOR)
    post = await author.publishes("I wrote this", on=place, audience="MEMBERS")
    before = (await author.responds(ENTRY, {"id": post}))[2]

    await ann.manages("reportContent", targetId=post, reason="ABUSE")

    assert (await waiting(author), await waiting(other)) == ([], ["I wrote this"])
    await other.manages("approveContent", targetId=post)
    assert (await author.responds(ENTRY, {"id": post}))[2] == before
    told = "query ($id: ID!) { node(id: $id) { ... on Post { decision { action } } } }"
    assert (await author.asks(told, id=post))["node"]["decision"] is None
    assert (await other.asks(told, id=post))["node"]["decision"] == {"action": "APPROVE"}


async def test_an_own_removed_comment_names_the_place_where_it_stood(ann, bob, moderator, board):
    post = await ann.publishes("Hello", on=board)
    comment = await bob.comments("Hi", under=post)
    await moderator.manages("removeContent", targetId=comment, reason="SPAM", explanation="Spam.")

    await ann.manages("deletePost", postId=post)

    for reader in (bob, moderator):
        seen = (await reader.asks(COMMENT, id=comment))["node"]
        assert (seen["state"], seen["post"]) == ("REMOVED", {"id": post, "state": "UNAVAILABLE"})


async def test_what_was_found_to_be_in_order_can_be_handed_over_again(ann, bob, moderator, place):
    post = await bob.publishes("Hm", on=place, audience="ONLY_ME")
    await ann.manages("reportContent", targetId=post, reason="ABUSE")
    await moderator.manages("approveContent", targetId=post)
    await bob.manages("updatePost", postId=post, body="A threat")

    await ann.manages("reportContent", targetId=post, reason="ABUSE")

    assert await waiting(moderator) == ["A threat"]
    await moderator.manages("removeContent", targetId=post, reason="ABUSE", explanation="No.")
    await moderator.manages("restoreContent", targetId=post, explanation="A mistake.")
    assert (await waiting(moderator), await entry(moderator, post)) == ([], None)


async def test_a_host_finds_what_others_said_below_someone_they_have_blocked(ann, bob, eve, place):
    await bob.befriends(eve)
    post = await bob.publishes("Hello", on=place, audience="FRIENDS")
    comment = await eve.comments("For Bob's friends", under=post)
    await bob.manages("deletePost", postId=post)

    await ann.manages("block", memberId=bob.id)

    tombstone = await entry(ann, post)
    assert (tombstone["state"], tombstone["commentCount"]) == ("UNAVAILABLE", 1)
    assert tombstone["comments"]["nodes"] == [{"body": {"text": "For Bob's friends"}}]
    await ann.manages("hideContent", targetId=comment)


async def test_a_retry_is_answered_also_where_the_thing_could_not_be_done_any_more(ann, bob, place):
    given = {"boardId": place, "body": "Hello", "audience": "MEMBERS", "idempotencyKey": "run_idempotent"}
    first = await bob.manages("createPost", "post { id }", **given)
    said = {"postId": first["post"]["id"], "body": "P.S.", "idempotencyKey": "twice"}
    comment = await bob.manages("createComment", "comment { id }", **said)

    await ann.manages("updateBoard", boardId=place, writePolicy="ONLY_ME")

    assert await bob.manages("createPost", "post { id }", **given) == first
    assert await bob.manages("createComment", "comment { id }", **said) == comment


async def test_new_words_of_those_who_may_not_write_any_more_wait_for_the_owner(ann, bob, eve, place):
    post = await bob.publishes("Nice", on=place, audience="MEMBERS")
    await ann.manages("updateBoard", boardId=place, writePolicy="ONLY_ME")

    await bob.manages("updatePost", postId=post, body="Nasty")

    assert (await listed(eve), await edits_to_review(ann)) == (["Nice"], ["Nasty"])


async def test_what_a_crash_left_between_a_block_and_what_it_holds_is_settled_at_start(
    ann, bob, eve, place, app_services, monkeypatch
):
    await bob.publishes("Hello", on=place, audience="MEMBERS")

    async def crashes(*_):
        raise ConnectionError

    monkeypatch.setattr("accounts.blocks.settle_between", crashes)
    query = "mutation ($input: BlockInput!) { block(input: $input) { errors { code } } }"
    await ann.gets(query, input={"memberId": bob.id})
    assert await listed(eve) == ["Hello"]
    monkeypatch.setattr("accounts.blocks.settle_between", settle_between)

    await settle_unsettled(app_services.core)

    assert await listed(eve) == []
    assert await app_services.core.stores.relationships.unsettled() == []


async def test_a_block_holds_and_releases_more_than_fits_into_one_transaction(
    ann, bob, eve, place, stores, monkeypatch
):
    monkeypatch.setattr("stores.board_entries.BATCH", 2)
    post = await eve.publishes("Hello", on=place, audience="MEMBERS")
    for n in range(5):
        await bob.comments(f"{n}", under=post)
        await bob.publishes(f"Entry {n}", on=place, audience="MEMBERS")
    before = (await eve.responds(ENTRY, {"id": post}))[2]

    await ann.manages("block", memberId=bob.id)

    assert (await listed(eve), (await entry(eve, post))["commentCount"]) == (["Hello"], 0)
    await ann.manages("unblock", memberId=bob.id)
    assert (await eve.responds(ENTRY, {"id": post}))[2] == before
    assert len(await listed(eve)) == 6
    assert await stores.relationships.are_parted(MemberId(ann.id), MemberId(bob.id), None) is False


async def test_what_a_crash_left_of_a_thread_that_is_gone_leaves_the_store_at_start(
    ann, bob, eve, place, app_services, monkeypatch
):
    stores = app_services.core.stores
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    await eve.comments("I said", under=post)

    async def crashes(*_):
        raise ConnectionError

    monkeypatch.setattr(stores.comments.__class__, "delete_some", crashes)
    query = "mutation ($input: DeletePostInput!) { deletePost(input: $input) { errors { code } } }"
    await ann.gets(query, input={"postId": post, "withThread": True})
    monkeypatch.undo()
    assert await entry(eve, post) is None

    await sweep_threads(app_services.core)

    [said] = [row async for row in stores.database["comments"].find({"post": post})]
    assert (said["state"], said["body"]) == ("DELETED", None)
    assert await stores.posts.unswept() == []


async def test_the_review_queue_of_the_signed_out_is_not_there(community):
    assert (await community.visitor().asks(WAITING))["viewer"] is None


@pytest.mark.parametrize("what", ["posts", "comments"])
async def test_nothing_is_written_on_a_board_whose_owner_blocks_in_that_moment(ann, bob, place, monkeypatch, what):
    """The block comes between Bob's look at the board and his words."""
    post = await ann.publishes("Hello", on=place, audience="MEMBERS")

    async def meanwhile(*_):
        await ann.manages("block", memberId=bob.id)
        return ()

    monkeypatch.setattr(f"content.{what}.chosen_byline", meanwhile)
    if what == "posts":
        refused = await bob.is_refused("createPost", boardId=place, body="Nasty", audience="MEMBERS")
    else:
        refused = await bob.is_refused("createComment", postId=post, body="Nasty")

    assert refused == "NOT_FOUND"
    assert (await listed(ann), (await entry(ann, post))["commentCount"]) == (["Hello"], 0)
