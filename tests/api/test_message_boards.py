"""Message boards: each member's own, read and written by whom their owner lets, in the order that they keep."""

import asyncio

import pytest

from domain.members import Role

BOARD = """query ($handle: String!) { member(handle: $handle) { messageBoard { id slug kind title audience writePolicy
  reviewFirst postCount viewerCanPost viewerCanModerate owner { handle } posts { nodes { id body { text } state } } } }
}"""
ENTRY = """query ($id: ID!) { node(id: $id) { ... on Post { id state title body { text } author { handle } audience
  commentCount board { id slug title owner { handle } viewerCanPost } comments { nodes { body { text } } }
  viewerCanDelete viewerCanModerate viewerCanReport } } }"""
WAITING = "{ viewer { boardEntriesToReview { nodes { id body { text } author { handle } } } } }"


@pytest.fixture
async def place(ann):
    """The id of Ann's board."""
    return await board_of(ann)


async def board_of(member) -> str:
    return (await member.asks(BOARD, handle=member.handle))["member"]["messageBoard"]["id"]


async def listed(viewer, handle="ann"):
    board = (await viewer.asks(BOARD, handle=handle))["member"]["messageBoard"]
    return board and [post["body"]["text"] for post in board["posts"]["nodes"]]


async def waiting(viewer):
    return [post["body"]["text"] for post in (await viewer.asks(WAITING))["viewer"]["boardEntriesToReview"]["nodes"]]


async def edits_to_review(viewer):
    found = await viewer.asks("{ viewer { editsToReview { nodes { body { text } } } } }")
    return [edit["body"]["text"] for edit in found["viewer"]["editsToReview"]["nodes"]]


async def entry(viewer, post):
    return (await viewer.asks(ENTRY, id=post))["node"]


async def test_every_member_has_a_board_that_members_read_and_write_on(ann, bob, community, place):
    await bob.publishes("Congratulations!", on=place, audience="MEMBERS")

    board = (await bob.asks(BOARD, handle="ann"))["member"]["messageBoard"]

    assert (board["slug"], board["kind"], board["title"]) == ("@ann", "MESSAGES", "ann's message board")
    assert (board["audience"], board["writePolicy"], board["reviewFirst"]) == ("MEMBERS", "MEMBERS", False)
    assert (board["postCount"], board["viewerCanPost"], board["viewerCanModerate"]) == (1, True, False)
    assert board["owner"] == {"handle": "ann"}
    assert await listed(bob) == ["Congratulations!"]
    assert (await bob.asks('{ board(slug: "@ann") { id } }'))["board"]["id"] == place
    assert await listed(community.visitor()) is None
    assert (await community.visitor().asks('{ board(slug: "@ann") { id } }'))["board"] is None


async def test_a_board_goes_by_its_owner_s_name_in_the_reader_s_language(ann, bob, place):
    bob.language = "zh"

    assert (await bob.asks(BOARD, handle="ann"))["member"]["messageBoard"]["title"] == "ann 的留言板"
    await ann.manages("updateBoard", boardId=place, title="阿安的小院")
    assert (await bob.asks(BOARD, handle="ann"))["member"]["messageBoard"]["title"] == "阿安的小院"
    await ann.manages("updateBoard", boardId=place, title="", description="Come **in**.")
    assert (await bob.asks(BOARD, handle="ann"))["member"]["messageBoard"]["title"] == "ann 的留言板"


async def test_an_entry_shows_to_its_author_s_audience_and_the_board_s(ann, bob, community, place):
    """Bob's friend Fay is no friend of Ann's: she finds what Bob means for friends while the board is for members."""
    fay, eve = await community.joins("fay"), await community.joins("eve")
    await bob.befriends(fay)
    post = await bob.publishes("For my friends", on=place, audience="FRIENDS")

    assert await listed(fay) == ["For my friends"]
    assert await listed(eve) == []
    assert await entry(eve, post) is None

    await ann.manages("updateBoard", boardId=place, audience="FRIENDS")
    assert await listed(fay) is None
    assert await entry(fay, post) is None


async def test_the_owner_sees_every_entry_whomever_it_is_meant_for(ann, bob, place):
    post = await bob.publishes("Just for you", on=place, audience="ONLY_ME")
    comment = await bob.comments("P.S.", under=post)

    assert await listed(ann) == ["Just for you"]
    assert (await entry(ann, post))["comments"]["nodes"] == [{"body": {"text": "P.S."}}]
    assert (await entry(ann, post))["commentCount"] == 1
    assert (await ann.asks("query ($id: ID!) { node(id: $id) { ... on Comment { body { text } } } }", id=comment))[
        "node"
    ] == {"body": {"text": "P.S."}}
    assert (await ann.asks(BOARD, handle="ann"))["member"]["messageBoard"]["postCount"] == 1


async def test_what_a_member_writes_elsewhere_stays_closed_to_the_owner_of_a_board(ann, bob, board, place):
    """Hosting an entry opens that entry alone, also where both are read in one operation."""
    here = await bob.publishes("On your board", on=place, audience="FRIENDS")
    there = await bob.publishes("For all", on=board)
    await bob.comments("Here", under=here)
    hidden = await bob.publishes("Elsewhere", on=board, audience="FRIENDS")
    await bob.manages("updatePost", postId=there, audience="FRIENDS")
    await bob.comments("There", under=there)
    await bob.manages("updatePost", postId=there, audience="PUBLIC")

    found = (
        await ann.asks(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Post { "
            "commentCount comments { nodes { body { text } } } } } }",
            ids=[here, there, hidden],
        )
    )["nodes"]

    assert found == [
        {"commentCount": 1, "comments": {"nodes": [{"body": {"text": "Here"}}]}},
        {"commentCount": 0, "comments": {"nodes": []}},
        None,
    ]


async def test_entries_are_in_no_feed_and_in_no_list_of_a_member_s_posts_but_the_author_s_own(ann, bob, place, board):
    await bob.publishes("On a board", on=board)
    await bob.publishes("Hello Ann", on=place, audience="PUBLIC")
    feed = '{ feed { nodes { body { text } } } member(handle: "bob") { posts { nodes { body { text } } } } }'

    theirs, own = await ann.asks(feed), await bob.asks(feed)

    assert [post["body"]["text"] for post in theirs["feed"]["nodes"]] == ["On a board"]
    assert [post["body"]["text"] for post in theirs["member"]["posts"]["nodes"]] == ["On a board"]
    assert [post["body"]["text"] for post in own["member"]["posts"]["nodes"]] == ["Hello Ann", "On a board"]


async def test_the_write_policy_says_who_may_write(ann, bob, community, place):
    fay = await community.joins("fay")
    await ann.befriends(fay)
    post = await bob.publishes("While I could", on=place, audience="MEMBERS")

    await ann.manages("updateBoard", boardId=place, writePolicy="FRIENDS")

    assert await bob.is_refused("createPost", boardId=place, body="Again", audience="MEMBERS") == "FORBIDDEN"
    assert await bob.is_refused("createComment", postId=post, body="Again") == "FORBIDDEN"
    assert (await bob.asks(BOARD, handle="ann"))["member"]["messageBoard"]["viewerCanPost"] is False
    await fay.publishes("A friend may", on=place, audience="MEMBERS")
    await fay.comments("And comment", under=post)
    await ann.manages("updateBoard", boardId=place, writePolicy="ONLY_ME")
    assert await fay.is_refused("createPost", boardId=place, body="No more", audience="MEMBERS") == "FORBIDDEN"
    await ann.publishes("I may", on=place, audience="MEMBERS")
    assert await listed(ann) == ["I may", "A friend may", "While I could"]


@pytest.mark.parametrize("change", [{"writePolicy": "PUBLIC"}, {"title": "x" * 201}, {"description": "x" * 2001}])
async def test_a_choice_that_can_t_be_is_refused_and_changes_nothing(ann, place, change):
    before = await ann.asks(BOARD, handle="ann")

    assert await ann.is_refused("updateBoard", boardId=place, reviewFirst=True, **change) == "VALIDATION"

    assert await ann.asks(BOARD, handle="ann") == before


async def test_only_its_owner_changes_a_board(ann, bob, moderator, board, place):
    assert await bob.is_refused("updateBoard", boardId=place, title="Mine") == "FORBIDDEN"
    assert await moderator.is_refused("updateBoard", boardId=place, title="Mine") == "FORBIDDEN"
    assert await bob.is_refused("updateBoard", boardId=board, title="Mine") == "FORBIDDEN"
    assert await moderator.is_refused("updateBoard", boardId=board, reviewFirst=True) == "VALIDATION"
    assert await moderator.is_refused("updateBoard", boardId=board, title="") == "VALIDATION"
    changed = await moderator.manages("updateBoard", "board { title }", boardId=board, title="A better name")
    assert changed["board"] == {"title": "A better name"}


async def test_entries_wait_for_the_owner_who_approves_them(ann, bob, community, place):
    eve = await community.joins("eve")
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)

    payload = await bob.manages("createPost", "post { id state }", boardId=place, body="May I?", audience="MEMBERS")

    post = payload["post"]["id"]
    assert payload["post"]["state"] == "HELD"
    assert (await waiting(ann), await waiting(bob), await listed(eve), await listed(ann)) == (["May I?"], [], [], [])
    assert (await entry(eve, post), (await entry(ann, post))["state"]) == (None, "HELD")
    approved = await ann.manages("approveContent", "target { ... on Post { state } }", targetId=post)
    assert approved["target"] == {"state": "PUBLISHED"}
    assert (await waiting(ann), await listed(eve)) == ([], ["May I?"])
    await ann.publishes("My own", on=place, audience="MEMBERS")
    assert await listed(eve) == ["My own", "May I?"]


async def test_an_edit_returns_to_the_owner_who_can_t_approve_what_they_have_not_read(ann, bob, community, place):
    eve = await community.joins("eve")
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)
    post = await bob.publishes("Nice", on=place, audience="MEMBERS")
    read = "query ($id: ID!) { node(id: $id) { ... on Post { createdAt editedAt } } }"
    seen = (await ann.asks(read, id=post))["node"]
    await bob.manages("updatePost", postId=post, body="Nasty")

    refused = await ann.is_refused("approveContent", targetId=post, writtenAt=seen["createdAt"])

    assert (refused, await listed(eve)) == ("CONFLICT", [])
    query = "mutation ($input: ApproveContentInput!) { approveContent(input: $input) { errors { code } } }"
    for nonsense in ("yesterday", "2026-11-24T08:00:00", 12):
        answer = await ann.gets(query, input={"targetId": post, "writtenAt": nonsense})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT", answer
    seen = (await ann.asks(read, id=post))["node"]
    await ann.manages("approveContent", targetId=post, writtenAt=seen["editedAt"])
    assert await listed(eve) == ["Nasty"]
    await bob.manages("updatePost", postId=post, audience="PUBLIC")
    assert await listed(eve) == ["Nasty"]
    await bob.manages("updatePost", postId=post, body="Nastier")
    assert (await listed(eve), await waiting(ann)) == (["Nasty"], [])
    assert await edits_to_review(ann) == ["Nastier"]


async def test_the_owner_hides_any_entry_or_comment_and_lets_it_stand_again(ann, bob, community, place):
    eve = await community.joins("eve")
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    comment = await bob.comments("and again", under=post)

    for target in (comment, post):
        assert await eve.is_refused("hideContent", targetId=target) == "FORBIDDEN"
        assert await bob.is_refused("hideContent", targetId=target) == "FORBIDDEN"
    await ann.manages("hideContent", targetId=comment)
    assert ((await entry(eve, post))["commentCount"], (await entry(eve, post))["comments"]["nodes"]) == (0, [])
    assert (await entry(ann, post))["comments"]["nodes"] == [{"body": {"text": "and again"}}]
    hidden = await ann.manages("hideContent", "target { ... on Post { state } }", targetId=post)
    assert hidden["target"] == {"state": "HELD"}
    await ann.manages("hideContent", targetId=post)

    assert (await listed(eve), await waiting(ann), await entry(eve, post)) == ([], ["Hello"], None)
    assert (await entry(bob, post))["state"] == "HELD"
    for target in (post, comment):
        await ann.manages("approveContent", targetId=target)
    assert (await entry(eve, post))["comments"]["nodes"] == [{"body": {"text": "and again"}}]
    assert (await entry(eve, post))["commentCount"] == 1


async def test_nobody_else_approves(ann, bob, moderator, place):
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)
    post = await bob.publishes("May I?", on=place, audience="MEMBERS")

    assert await bob.is_refused("approveContent", targetId=post) == "FORBIDDEN"
    assert await moderator.is_refused("approveContent", targetId=post) == "CONFLICT"

    assert (await entry(bob, post))["state"] == "HELD"


async def test_an_owner_hands_an_entry_over_to_the_moderators(ann, bob, community, moderator, place):
    """Moderators see what was handed over, though neither its author nor the board meant it for them."""
    await ann.manages("updateBoard", boardId=place, audience="FRIENDS")
    await ann.befriends(bob)
    post = await bob.publishes("A threat", on=place, audience="ONLY_ME")
    assert await entry(moderator, post) is None

    await ann.manages("reportContent", targetId=post, reason="ABUSE")

    assert await waiting(moderator) == ["A threat"]
    seen = await entry(moderator, post)
    assert (seen["body"], seen["author"], seen["comments"]["nodes"]) == ({"text": "A threat"}, {"handle": "bob"}, [])
    assert (seen["board"]["owner"], seen["board"]["slug"]) == (None, place)
    await moderator.manages("removeContent", targetId=post, reason="ABUSE", explanation="No threats.")
    assert await waiting(moderator) == []
    assert (await entry(bob, post))["state"] == "REMOVED"
    assert await entry(ann, post) is None
    reports = (await ann.asks("{ viewer { reports { nodes { outcome } } } }"))["viewer"]["reports"]["nodes"]
    assert reports == [{"outcome": "ACTION_TAKEN"}]


async def test_moderators_close_what_may_stay_without_telling_its_author_who_complained(ann, bob, moderator, place):
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)
    post = await bob.publishes("Hm", on=place, audience="ONLY_ME")
    await ann.manages("reportContent", targetId=post, reason="OTHER")
    before = await bob.responds(ENTRY, {"id": post})

    await moderator.manages("approveContent", targetId=post)

    assert (await waiting(moderator), await entry(moderator, post)) == ([], None)
    assert (await bob.responds(ENTRY, {"id": post}))[2] == before[2]
    assert (await bob.asks("{ viewer { decisions { nodes { id } } } }"))["viewer"]["decisions"]["nodes"] == []
    reports = (await ann.asks("{ viewer { reports { nodes { outcome } } } }"))["viewer"]["reports"]["nodes"]
    assert (reports, await waiting(ann)) == ([{"outcome": "NO_ACTION"}], ["Hm"])


async def test_a_removed_entry_that_waited_waits_again_when_it_is_restored(ann, bob, moderator, place):
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)
    post = await bob.publishes("May I?", on=place, audience="MEMBERS")
    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam.")

    await moderator.manages("restoreContent", targetId=post, explanation="A mistake.")

    assert ((await entry(bob, post))["state"], await waiting(ann)) == ("HELD", ["May I?"])


@pytest.mark.parametrize("who_blocks", ["ann", "bob"])
async def test_a_block_holds_entries_and_lifting_it_lets_them_show_again(ann, bob, community, place, who_blocks):
    """Whoever blocks: the host does not see the entry meanwhile, so could not keep order about it."""
    eve = await community.joins("eve")
    blocker, blocked = (ann, bob) if who_blocks == "ann" else (bob, ann)
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    hidden = await bob.publishes("Hidden before", on=place, audience="MEMBERS")
    await ann.manages("hideContent", targetId=hidden)
    before = [await one.responds(ENTRY, {"id": each}) for one in (ann, bob, eve) for each in (post, hidden)]

    await blocker.manages("block", memberId=blocked.id)

    assert (await listed(eve), await entry(eve, post)) == ([], None)
    assert (await entry(ann, post), await waiting(ann), await listed(ann)) == (None, [], [])
    own = await entry(bob, post)
    assert (own["state"], own["board"]) == (
        "HELD",
        {"id": place, "slug": place, "title": "A message board", "owner": None, "viewerCanPost": False},
    )
    assert await bob.is_refused("createPost", boardId=place, body="Again", audience="MEMBERS") == "NOT_FOUND"
    await blocker.manages("unblock", memberId=blocked.id)
    after = [await one.responds(ENTRY, {"id": each}) for one in (ann, bob, eve) for each in (post, hidden)]
    assert [body for _, _, body in after] == [body for _, _, body in before]
    assert await listed(eve) == ["Hello"]


@pytest.mark.parametrize("who_blocks", ["ann", "bob"])
async def test_a_block_holds_comments_on_the_other_s_board_too(ann, bob, community, place, who_blocks):
    """Else who writes something nasty there and then blocks its owner could not be answered by hiding it."""
    eve = await community.joins("eve")
    blocker, blocked = (ann, bob) if who_blocks == "ann" else (bob, ann)
    post = await eve.publishes("Hello", on=place, audience="MEMBERS")
    comment = await bob.comments("Nasty", under=post)
    await eve.comments("Not nice", under=post, answering=comment)
    await bob.comments("Nastier", under=post, answering=comment)
    thread = """query ($id: ID!) { node(id: $id) { ... on Post { commentCount comments { nodes { state body { text }
      replyCount replies { nodes { body { text } } } } } } } }"""
    before = await eve.responds(thread, {"id": post})

    await blocker.manages("block", memberId=blocked.id)

    assert (await eve.asks(thread, id=post))["node"] == {
        "commentCount": 1,
        "comments": {
            "nodes": [
                {
                    "state": "UNAVAILABLE",
                    "body": None,
                    "replyCount": 1,
                    "replies": {"nodes": [{"body": {"text": "Not nice"}}]},
                }
            ]
        },
    }
    await blocker.manages("unblock", memberId=blocked.id)
    assert (await eve.responds(thread, {"id": post}))[2] == before[2]


async def test_entries_stay_held_while_either_blocks(ann, bob, place):
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    await ann.manages("block", memberId=bob.id)
    assert await bob.is_refused("block", memberId=ann.id) == "NOT_FOUND"

    await bob.manages("unblock", memberId=ann.id)

    assert (await entry(bob, post))["state"] == "HELD"


async def test_an_entry_held_by_a_block_and_removed_stays_held_until_both_are_taken_back(ann, bob, moderator, place):
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam.")
    await ann.manages("block", memberId=bob.id)

    await moderator.manages("restoreContent", targetId=post, explanation="A mistake.")

    assert ((await entry(bob, post))["state"], await entry(moderator, post) is None) == ("HELD", False)
    await ann.manages("unblock", memberId=bob.id)
    assert ((await entry(bob, post))["state"], await listed(ann)) == ("PUBLISHED", ["Hello"])


async def test_authors_keep_their_own_words_on_a_board_that_has_closed(ann, bob, community, place):
    eve = await community.joins("eve")
    post = await bob.publishes("Hello", on=place, audience="MEMBERS")
    comment = await eve.comments("A reply", under=post)
    await eve.manages("react", targetId=post, kind="LIKE")

    await ann.manages("updateBoard", boardId=place, audience="FRIENDS")

    own = await entry(bob, post)
    assert (own["body"], own["commentCount"], own["comments"]["nodes"]) == ({"text": "Hello"}, 0, [])
    assert (await bob.asks("query ($id: ID!) { node(id: $id) { id } }", id=comment))["node"] is None
    reactions = "query ($id: ID!) { node(id: $id) { ... on Post { reactions { kind } } } }"
    assert (await bob.asks(reactions, id=post))["node"]["reactions"] == []
    assert await bob.is_refused("createComment", postId=post, body="More") == "FORBIDDEN"
    mine = "{ viewer { member { posts { nodes { id board { slug } } } } } }"
    assert (await bob.asks(mine))["viewer"]["member"]["posts"]["nodes"] == [{"id": post, "board": {"slug": place}}]
    await bob.manages("updatePost", postId=post, body="Goodbye")
    await bob.manages("deletePost", postId=post)
    assert (await bob.asks(mine))["viewer"]["member"]["posts"]["nodes"] == []


async def test_200_approvals_at_once_are_as_good_as_one(ann, bob, place, stores):
    await ann.manages("updateBoard", boardId=place, reviewFirst=True)
    post = await bob.publishes("May I?", on=place, audience="MEMBERS")
    await bob.manages("updatePost", postId=post, body="May I, please?")

    payloads = await asyncio.gather(
        *(ann.manages("approveContent", "target { ... on Post { state } }", targetId=post) for _ in range(200))
    )

    assert {payload["target"]["state"] for payload in payloads} == {"PUBLISHED"}
    assert await listed(bob) == ["May I, please?"]


async def test_no_entry_slips_in_while_its_author_is_being_blocked(ann, community, place):
    """Of entries and a block at once each entry is either refused or held."""
    eve = await community.joins("eve")
    writers = [await community.joins(f"writer{n}") for n in range(10)]

    await asyncio.gather(
        *(one.does("createPost", boardId=place, body=one.handle, audience="MEMBERS") for one in writers),
        *(ann.manages("block", memberId=one.id) for one in writers),
    )

    assert await listed(eve) == []


async def test_a_staff_member_s_role_opens_no_board(ann, community, place):
    admin = await community.joins("boss", Role.ADMIN)
    await ann.manages("updateBoard", boardId=place, audience="ONLY_ME")

    assert await listed(admin) is None
