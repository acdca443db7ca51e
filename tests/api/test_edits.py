"""Edits after approval: they wait beside the approved words where the board or the author's standing asks for it."""

import asyncio

import pytest

from domain.members import Role
from moderation.roles import give_boards
from tests.api.test_message_boards import board_of, edits_to_review, listed
from tests.notified import notifications

EDIT = "title body { text html source } audience byline writtenAt explanation post { id } comment { id }"
POST = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Post {{ title body {{ text }} audience state editedAt
  pendingEdit {{ {EDIT} }} }} ... on Comment {{ body {{ text }} state editedAt pendingEdit {{ {EDIT} }} }} }} }}"""
REVISIONS = "query ($id: ID!) { node(id: $id) { ... on Post { revisions { nodes { body { text } writtenAt } } } } }"
#: All that anyone may ask about a post, its author, and its places; of the edit too, which is not theirs to know of.
EVERYTHING = """query ($id: ID!, $handle: String!) {
  node(id: $id) { ... on Post { ...All board { postCount posts { nodes { ...All } } } } }
  feed { nodes { ...All } }
  member(handle: $handle) { posts { nodes { ...All } } messageBoard { postCount posts { nodes { ...All } } } }
  viewer { editsToReview { nodes { writtenAt } } boardEntriesToReview { nodes { id } } feed { nodes { ...All } } } }
fragment All on Post { id title body { html text excerpt links { url } mentions { handle } source } audience state
  createdAt editedAt commentCount isLocked reactions { kind count } byline { bio { text } } pendingEdit { writtenAt }
  revisions { nodes { writtenAt } } decision { action }
  comments { nodes { id body { text } editedAt replyCount pendingEdit { writtenAt } } } }"""


@pytest.fixture
async def place(ann):
    """Ann's message board, which shows nothing that she has not read."""
    place = await board_of(ann)
    await ann.manages("updateBoard", boardId=place, reviewFirst=True, audience="PUBLIC")
    return place


@pytest.fixture
async def watched(moderator):
    """A discussion board whose edits moderators read first."""
    made = await moderator.manages("createBoard", "board { id }", slug="watched", title="Watched", reviewEdits=True)
    return made["board"]["id"]


@pytest.fixture
async def other_moderator(community):
    return await community.joins("mod2", Role.MODERATOR)


async def entry_on(place, board_owner, author, body="Old", audience="PUBLIC"):
    """An entry that its host has approved."""
    post = await author.publishes(body, on=place, audience=audience)
    await board_owner.manages("approveContent", targetId=post)
    return post


async def edits(author, post, body="New", **more):
    await author.manages("updatePost", postId=post, body=body, **more)


UPDATE = {
    "post": lambda post: ("updatePost", {"postId": post, "body": "New"}),
    "comment": lambda comment: ("updateComment", {"commentId": comment, "body": "New"}),
}


async def seen(viewer, content):
    return (await viewer.asks(POST, id=content))["node"]


async def shown(viewer, content):
    """The words that stand, and after a plus those that wait."""
    found = await seen(viewer, content)
    if found is None:
        return None
    waits = found["pendingEdit"]
    return found["body"]["text"] + (f"+{waits['body']['text']}" if waits else "")


async def waiting_since(viewer, content):
    return (await seen(viewer, content))["pendingEdit"]["writtenAt"]


async def approves(reviewer, content):
    await reviewer.manages("approveContent", targetId=content, writtenAt=await waiting_since(reviewer, content))


async def rejects(reviewer, content, why="不合适"):
    given = {"targetId": content, "writtenAt": await waiting_since(reviewer, content), "explanation": why}
    await reviewer.manages("rejectEdit", **given)


async def warns(moderator, member):
    given = {"memberId": member.id, "action": "WARN", "reason": "SPAM", "explanation": "请注意"}
    await moderator.manages("sanctionMember", **given)


WHO_SEES_WHAT = """
on a message board     before  waiting  approved  rejected
author                 Old     Old+New  New       Old+New
host                   Old     Old+New  New       Old
moderator              Old     Old      New       Old
keeper                 Old     Old      New       Old
elsewhere              Old     Old      New       Old
friend                 Old     Old      New       Old
stranger               Old     Old      New       Old
visitor                Old     Old      New       Old
on a discussion board  before  waiting  approved  rejected
author                 Old     Old+New  New       Old+New
host                   Old     Old      New       Old
moderator              Old     Old+New  New       Old
keeper                 Old     Old+New  New       Old
elsewhere              Old     Old      New       Old
friend                 Old     Old      New       Old
stranger               Old     Old      New       Old
visitor                Old     Old      New       Old
"""


def sights(where):
    """Of the table's part ``where``: who sees what before, while it waits, when it is approved, when it is rejected."""
    part = WHO_SEES_WHAT.split(f"on a {where} board")[1].split("on a ", maxsplit=1)[0].splitlines()
    names = part[0].split()
    return {row.split()[0]: dict(zip(names, row.split()[1:], strict=True)) for row in part[1:] if row}


@pytest.fixture
async def people(community, ann, bob, moderator, board, watched):
    """Those of the table, by their names in it: Bob writes, on Ann's message board or on the watched board.

    The keeper moderates the watched board and no other; "elsewhere" is who moderates another board.
    """
    friend, keeper, elsewhere = [await community.joins(name) for name in ("fay", "kim", "oli")]
    await bob.befriends(friend)
    services = community.app_services.core
    await give_boards(services, "kim", ["watched"])
    await give_boards(services, "oli", ["talk"])
    people = {"author": bob, "host": ann, "moderator": moderator, "friend": friend}
    people |= {"keeper": keeper, "elsewhere": elsewhere}
    return people | {"stranger": await community.joins("eve"), "visitor": community.visitor()}


@pytest.fixture
def post_on(people, place, watched):
    """A post by the author that was approved, or that nobody needs to approve."""

    async def write(where):
        if where == "message":
            return await entry_on(place, people["host"], people["author"])
        return await people["author"].publishes("Old", on=watched)

    return write


@pytest.mark.parametrize("what", ["post", "comment"])
@pytest.mark.parametrize("where", ["message", "discussion"])
async def test_who_sees_what_of_an_edit(people, post_on, where, what):
    author, reviewer = people["author"], people["host" if where == "message" else "moderator"]
    expected = sights(where)
    assert set(expected) == set(people)

    async def written():
        post = await post_on(where)
        return post if what == "post" else await author.comments("Old", under=post)

    async def check(target, when):
        found = {name: await shown(who, target) for name, who in people.items()}
        assert found == {name: row[when] for name, row in expected.items()}, when

    approved, rejected = await written(), await written()
    for target in (approved, rejected):
        await check(target, "before")
        mutation, given = UPDATE[what](target)
        await author.manages(mutation, **given)
        await check(target, "waiting")
    await approves(reviewer, approved)
    await rejects(reviewer, rejected)
    await check(approved, "approved")
    await check(rejected, "rejected")


@pytest.mark.parametrize("where", ["message", "discussion"])
async def test_an_edit_that_waits_changes_no_byte_of_what_others_are_answered(people, post_on, where):
    # A host reads what waits on their own board alone, and moderators what waits on others.
    names = ["friend", "stranger", "visitor", "elsewhere"]
    names += ["moderator", "keeper"] if where == "message" else ["host"]
    others, author, stranger = [people[name] for name in names], people["author"], people["stranger"]
    post = await post_on(where)
    comment = await stranger.comments("Hm", under=post)
    mine = await author.comments("Mine", under=post, answering=comment)
    await stranger.manages("react", targetId=post, kind="LIKE")
    asked = {"id": post, "handle": "ann" if where == "message" else "bob"}
    before = [(await who.responds(EVERYTHING, asked))[2] for who in others]

    await edits(author, post, "New https://new.example/ @ann", title="Title", byline=["BIO"])
    await author.manages("updateComment", commentId=mine, body="Mine, and new")

    assert [(await who.responds(EVERYTHING, asked))[2] for who in others] == before
    as_seen = """query ($id: ID!) { viewAs(target: { audience: MEMBERS }) { node(id: $id) { ... on Post {
      body { text } editedAt pendingEdit { writtenAt } } } } }"""
    found = (await author.asks(as_seen, id=post))["viewAs"]["node"]
    assert found == {"body": {"text": "Old"}, "editedAt": None, "pendingEdit": None}


async def test_an_ordinary_page_reads_nothing_of_edits(bob, community, watched, reads):
    eve = await community.joins("eve")
    post = await bob.publishes("Old", on=watched)
    await edits(bob, post)
    page = "{ feed { nodes { body { text } pendingEdit { writtenAt } } } }"

    reads.forget()
    await eve.asks(page)

    assert "edits" not in reads.collections


async def test_the_author_reads_what_waits_and_the_reviewer_its_words_alone(bob, moderator, watched):
    post = await bob.publishes("Old", on=watched, title="Was", audience="MEMBERS")

    await edits(bob, post, "**New**", title="Is", audience="PUBLIC", byline=["BIO"])

    waits = (await seen(bob, post))["pendingEdit"]
    body = {"text": "New", "html": "<p><strong>New</strong></p>\n", "source": "**New**"}
    told = {"title": "Is", "body": body, "audience": "PUBLIC", "byline": ["BIO"], "explanation": None}
    assert waits == {**told, "writtenAt": waits["writtenAt"], "post": {"id": post}, "comment": None}
    assert (await seen(moderator, post))["pendingEdit"] == {**waits, "body": {**body, "source": None}}
    assert (await seen(bob, post))["audience"] == "MEMBERS"


async def test_authors_are_told_what_their_edit_would_tell_its_readers(bob, watched):
    post = await bob.publishes("Old", on=watched)

    told = await bob.manages("updatePost", "notices { kind }", postId=post, body="Call me: 13800138000")

    assert told["notices"] == [{"kind": "PHONE"}]


async def test_what_is_approved_shows_from_then_on_and_what_stood_before_is_kept(bob, moderator, watched):
    post = await bob.publishes("Old", on=watched, audience="MEMBERS")
    created = (await bob.asks("query ($id: ID!) { node(id: $id) { ... on Post { createdAt } } }", id=post))["node"]
    await edits(bob, post, title="Title", audience="PUBLIC")
    written = await waiting_since(bob, post)

    await approves(moderator, post)

    found = await seen(bob, post)
    assert (found["title"], found["body"], found["audience"]) == ("Title", {"text": "New"}, "PUBLIC")
    # Readers answered the old words until now.
    assert found["editedAt"] > written
    [revision] = (await bob.asks(REVISIONS, id=post))["node"]["revisions"]["nodes"]
    assert revision == {"body": {"text": "Old"}, "writtenAt": created["createdAt"]}


async def test_what_shows_less_acts_at_once_and_what_shows_more_waits(community, bob, moderator, watched):
    eve = await community.joins("eve")
    post = await bob.publishes("Old", on=watched, audience="MEMBERS", byline=["BIO", "LOCATION"])

    await bob.manages("updatePost", postId=post, audience="PUBLIC", byline=["BIO", "WEBSITE"])

    assert await shown(community.visitor(), post) is None
    byline = "query ($id: ID!) { node(id: $id) { ... on Post { pendingEdit { audience byline } } } }"
    assert (await bob.asks(byline, id=post))["node"]["pendingEdit"] == {
        "audience": "PUBLIC",
        "byline": ["BIO", "WEBSITE"],
    }
    await bob.manages("updatePost", postId=post, audience="ONLY_ME")
    assert await shown(eve, post) is None
    assert (await bob.asks(byline, id=post))["node"]["pendingEdit"]["audience"] == "ONLY_ME"
    # What nobody but the author would read is no moderator's to read.
    assert await edits_to_review(moderator) == []


async def test_approving_what_shows_more_to_the_same_words_tells_of_no_edit(community, bob, moderator, watched):
    post = await bob.publishes("Old", on=watched, audience="MEMBERS")
    await bob.manages("updatePost", postId=post, audience="PUBLIC")

    await approves(moderator, post)

    assert (await seen(community.visitor(), post))["editedAt"] is None
    assert (await bob.asks(REVISIONS, id=post))["node"]["revisions"]["nodes"] == []


async def test_what_was_narrowed_while_it_waited_stays_narrow_when_it_is_approved(community, bob, moderator, watched):
    post = await bob.publishes("Old", on=watched, audience="PUBLIC")
    await edits(bob, post)
    await bob.manages("updatePost", postId=post, audience="MEMBERS")

    await approves(moderator, post)

    assert (await shown(community.visitor(), post), await shown(bob, post)) == (None, "New")


async def test_friends_words_are_not_moderators_to_review(community, bob, moderator, watched):
    friend = await community.joins("fay")
    await bob.befriends(friend)
    post = await bob.publishes("Old", on=watched, audience="FRIENDS")

    await edits(bob, post)

    assert (await shown(friend, post), await edits_to_review(moderator)) == ("New", [])
    await bob.manages("updatePost", postId=post, audience="MEMBERS")
    assert (await shown(moderator, post), await edits_to_review(moderator)) == (None, ["New"])
    found = await moderator.asks("{ viewer { editsToReview { nodes { writtenAt post { id } } } } }")
    [edit] = found["viewer"]["editsToReview"]["nodes"]
    assert edit["post"] is None
    await moderator.manages("approveContent", targetId=post, writtenAt=edit["writtenAt"])
    assert await shown(moderator, post) == "New"


async def test_a_second_edit_goes_on_from_the_one_that_waits_and_takes_its_place(bob, moderator, watched):
    post = await bob.publishes("Old", on=watched, title="Old title")
    await edits(bob, post, "First")
    first = await waiting_since(moderator, post)

    await bob.manages("updatePost", postId=post, title="New title")

    waits = (await seen(bob, post))["pendingEdit"]
    assert (waits["title"], waits["body"]["text"]) == ("New title", "First")
    assert await moderator.is_refused("approveContent", targetId=post, writtenAt=first) == "CONFLICT"
    given = {"targetId": post, "writtenAt": first, "explanation": "No."}
    assert await moderator.is_refused("rejectEdit", **given) == "CONFLICT"
    assert await shown(bob, post) == "Old+First"
    await edits(bob, post, "Old", title="Old title")
    assert (await shown(bob, post), await edits_to_review(moderator)) == ("Old", [])


async def test_what_waits_still_waits_where_review_is_asked_for_no_more(ann, bob, moderator, place, watched):
    entry, post = await entry_on(place, ann, bob), await bob.publishes("Old", on=watched)
    await edits(bob, entry)
    await edits(bob, post)

    await ann.manages("updateBoard", boardId=place, reviewFirst=False)
    await moderator.manages("updateBoard", boardId=watched, reviewEdits=False)

    assert (await listed(moderator), await shown(moderator, post)) == (["Old"], "Old+New")
    assert (await edits_to_review(ann), await edits_to_review(moderator)) == (["New"], ["New"])
    # A narrower audience does not bring out what waits; other words, which wait no more, do.
    await bob.manages("updatePost", postId=post, audience="MEMBERS")
    assert await shown(bob, post) == "Old+New"
    await bob.manages("updatePost", postId=post, title="Title")
    assert await shown(bob, post) == "New"


async def test_edits_show_at_once_where_nobody_asks_and_of_those_who_keep_order(ann, bob, moderator, board, watched):
    theirs, staff = await bob.publishes("Old", on=board), await moderator.publishes("Old", on=watched)
    own = await ann.publishes("Old", on=await board_of(ann))

    for author, post in ((bob, theirs), (moderator, staff), (ann, own)):
        await edits(author, post)
        assert await shown(author, post) == "New"


async def test_a_member_under_warning_is_read_first_wherever_they_write(ann, bob, moderator, board):
    discussed, own = await bob.publishes("Old", on=board), await bob.publishes("Old", on=await board_of(bob))
    left = await bob.publishes("Old", on=await board_of(ann))
    await warns(moderator, bob)

    for post in (discussed, own, left):
        await edits(bob, post)

    assert [await shown(bob, post) for post in (discussed, own, left)] == ["Old+New"] * 3
    assert [await shown(moderator, post) for post in (discussed, own, left)] == ["Old+New", "Old+New", "Old"]
    assert [await shown(ann, post) for post in (discussed, own, left)] == ["Old", "Old", "Old+New"]
    assert await bob.is_refused("approveContent", targetId=own, writtenAt=await waiting_since(bob, own)) == "NOT_FOUND"
    await approves(moderator, own)
    await approves(ann, left)
    assert [await shown(bob, post) for post in (own, left)] == ["New", "New"]


async def test_nobody_reviews_their_own_edit(community, moderator, other_moderator, watched):
    admin = await community.joins("root", Role.ADMIN)
    post = await moderator.publishes("Old", on=watched)
    await warns(admin, moderator)
    await edits(moderator, post)
    since = await waiting_since(moderator, post)

    assert await edits_to_review(moderator) == []
    assert await moderator.is_refused("rejectEdit", targetId=post, writtenAt=since, explanation="x") == "NOT_FOUND"
    assert await moderator.is_refused("approveContent", targetId=post, writtenAt=since) == "NOT_FOUND"

    assert await edits_to_review(other_moderator) == ["New"]
    await approves(other_moderator, post)
    assert await shown(moderator, post) == "New"


@pytest.mark.parametrize("name", ["friend", "stranger", "host", "visitor"])
async def test_who_does_not_review_decides_nothing_and_learns_nothing(community, ann, bob, moderator, watched, name):
    friend, eve = await community.joins("fay"), await community.joins("eve")
    await bob.befriends(friend)
    one = {"friend": friend, "stranger": eve, "host": ann, "visitor": community.visitor()}[name]
    edited, left_alone = await bob.publishes("Old", on=watched), await bob.publishes("Old", on=watched)
    await edits(bob, edited)
    given = {"writtenAt": await waiting_since(bob, edited), "explanation": "No."}

    told = [await one.does("rejectEdit", targetId=post, **given) for post in (edited, left_alone)]
    told += [await one.does("approveContent", targetId=post, **given) for post in (edited, left_alone)]
    await one.does("withdrawEdit", targetId=edited)

    assert told[0]["errors"] == told[1]["errors"] != []
    assert told[2]["errors"] == told[3]["errors"] != []
    assert (await shown(moderator, edited), await notifications(bob)) == ("Old+New", [])


async def test_a_rejected_edit_leaves_the_approved_words_and_tells_the_author_why(ann, bob, place):
    post = await entry_on(place, ann, bob)
    await edits(bob, post)

    await rejects(ann, post, "请不要写名字")

    [told] = await notifications(bob)
    assert told["kind"] == "EDIT_REJECTED"
    edited = "{ viewer { notifications { nodes { edited { ... on Post { id pendingEdit { explanation } } } } } } }"
    [found] = (await bob.asks(edited))["viewer"]["notifications"]["nodes"]
    assert found["edited"] == {"id": post, "pendingEdit": {"explanation": "请不要写名字"}}
    assert await edits_to_review(ann) == []
    await edits(bob, post, "Better")
    assert ((await seen(bob, post))["pendingEdit"]["explanation"], await shown(ann, post)) == (None, "Old+Better")
    await approves(ann, post)
    assert [each["kind"] for each in await notifications(bob)] == ["EDIT_APPROVED", "EDIT_REJECTED"]


async def test_what_moderators_let_come_of_an_edit_is_on_the_record_and_told(bob, moderator, watched, stores, tells):
    posts = [await bob.publishes("Old", on=watched) for _ in range(2)]
    for post in posts:
        await edits(bob, post)
    since = [await waiting_since(bob, post) for post in posts]

    await approves(moderator, posts[0])
    await rejects(moderator, posts[1], "不合适")

    rows = await stores.database["audit"].find({"kind": {"$regex": "^edit"}}).sort("at").to_list()
    assert [(row["kind"], row["target"], row["actor"], row["subject"]) for row in rows] == [
        ("edit.APPROVED", posts[0], moderator.id, bob.id),
        ("edit.REJECTED", posts[1], moderator.id, bob.id),
    ]
    assert [row["writtenAt"].isoformat()[:19] for row in rows] == [moment[:19] for moment in since]
    assert rows[1]["explanation"] == "不合适"
    await tells()
    await tells()
    told = await notifications(bob)
    assert sorted(each["kind"] for each in told) == ["EDIT_APPROVED", "EDIT_REJECTED"]
    assert [each["decision"] for each in told] == [None, None]
    assert await stores.database["outbox"].count_documents({}) == 0


async def test_deciding_twice_is_as_good_as_once_and_the_other_way_is_refused(bob, moderator, watched, stores):
    post, other = [await bob.publishes("Old", on=watched) for _ in range(2)]
    await edits(bob, post)
    await edits(bob, other)
    approved = {"targetId": post, "writtenAt": await waiting_since(bob, post)}
    rejected = {"targetId": other, "writtenAt": await waiting_since(bob, other)}

    for _ in range(2):
        await moderator.manages("approveContent", **approved)
        await moderator.manages("rejectEdit", explanation="No.", **rejected)

    assert await moderator.is_refused("rejectEdit", explanation="No.", **approved) == "CONFLICT"
    assert await moderator.is_refused("approveContent", **rejected) == "CONFLICT"
    assert (await shown(bob, post), await shown(bob, other)) == ("New", "Old+New")
    assert await stores.database["audit"].count_documents({"kind": {"$regex": "^edit"}}) == 2
    assert len((await bob.asks(REVISIONS, id=post))["node"]["revisions"]["nodes"]) == 1


async def test_authors_take_back_what_waits_and_what_was_rejected(ann, bob, place):
    post = await entry_on(place, ann, bob)
    await edits(bob, post)
    since = await waiting_since(bob, post)

    for _ in range(2):
        await bob.manages("withdrawEdit", targetId=post)

    assert (await shown(bob, post), await edits_to_review(ann)) == ("Old", [])
    assert await ann.is_refused("approveContent", targetId=post, writtenAt=since) == "CONFLICT"
    await edits(bob, post)
    await rejects(ann, post)
    await bob.manages("withdrawEdit", targetId=post)
    assert await shown(bob, post) == "Old"


async def test_words_that_are_gone_take_their_edits_with_them(ann, bob, moderator, place, watched, stores):
    posts = [await entry_on(place, ann, bob), await entry_on(place, ann, bob), await bob.publishes("Old", on=watched)]
    comment = await bob.comments("Old", under=posts[1])
    for post in posts:
        await edits(bob, post)
    await bob.manages("updateComment", commentId=comment, body="New")
    assert await stores.database["edits"].count_documents({}) == 4

    await bob.manages("deletePost", postId=posts[0])
    await ann.manages("deletePost", postId=posts[1], withThread=True)
    await bob.manages("deletePost", postId=posts[2])

    assert await stores.database["edits"].count_documents({}) == 0


async def test_an_edit_of_what_was_removed_waits_again_when_that_is_restored(bob, moderator, watched):
    post = await bob.publishes("Old", on=watched)
    await edits(bob, post)
    since = await waiting_since(bob, post)

    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam.")

    assert await edits_to_review(moderator) == []
    assert await moderator.is_refused("approveContent", targetId=post, writtenAt=since) == "CONFLICT"
    await moderator.manages("restoreContent", targetId=post, explanation="A mistake.")
    assert (await edits_to_review(moderator), await shown(moderator, post)) == (["New"], "Old+New")


async def test_a_hidden_entry_shows_what_was_approved_last(ann, bob, community, place):
    eve = await community.joins("eve")
    post = await entry_on(place, ann, bob)
    await edits(bob, post)
    await ann.manages("hideContent", targetId=post)
    assert (await shown(eve, post), await edits_to_review(ann)) == (None, ["New"])

    await approves(ann, post)

    assert await shown(eve, post) == "New"


async def test_a_comment_that_was_hidden_and_then_approved_as_edited_counts_once(ann, bob, place):
    post = await entry_on(place, ann, bob)
    comment = await bob.comments("Old", under=post)
    await bob.manages("updateComment", commentId=comment, body="New")
    await ann.manages("hideContent", targetId=comment)
    counted = "query ($id: ID!) { node(id: $id) { ... on Post { commentCount } } }"
    assert (await ann.asks(counted, id=post))["node"] == {"commentCount": 0}

    await approves(ann, comment)

    assert (await ann.asks(counted, id=post))["node"] == {"commentCount": 1}
    assert await shown(ann, comment) == "New"


async def test_a_block_hides_an_edit_from_its_reviewer_and_nothing_is_approved_across_it(ann, bob, place):
    post = await entry_on(place, ann, bob)
    await edits(bob, post)
    since = await waiting_since(ann, post)

    await bob.manages("block", memberId=ann.id)

    assert await edits_to_review(ann) == []
    assert await ann.is_refused("approveContent", targetId=post, writtenAt=since) == "NOT_FOUND"
    await bob.manages("unblock", memberId=ann.id)
    assert (await shown(ann, post), await edits_to_review(ann)) == ("Old+New", ["New"])


async def test_what_waits_does_not_come_out_by_a_block_and_its_end(ann, bob, community, place):
    eve = await community.joins("eve")
    narrowed, changed = await entry_on(place, ann, bob), await entry_on(place, ann, bob)
    for post in (narrowed, changed):
        await edits(bob, post)
    await bob.manages("block", memberId=ann.id)
    await bob.manages("updatePost", postId=narrowed, audience="MEMBERS")
    await edits(bob, changed, "Newer")

    await bob.manages("unblock", memberId=ann.id)

    assert (await shown(eve, narrowed), await shown(bob, narrowed)) == ("Old", "Old+New")
    # Held until Ann has read it, as what is written to someone across a block always was.
    assert (await shown(eve, changed), (await seen(ann, changed))["state"]) == (None, "HELD")


async def test_an_edit_below_a_post_that_was_narrowed_is_no_moderator_s_to_read(ann, bob, moderator, watched):
    post = await ann.publishes("For all", on=watched)
    comment = await bob.comments("Old", under=post)
    await bob.manages("updateComment", commentId=comment, body="New")
    assert await edits_to_review(moderator) == ["New"]

    await ann.manages("updatePost", postId=post, audience="FRIENDS")

    assert await edits_to_review(moderator) == []


async def test_an_approval_and_an_edit_at_once_leave_one_of_two_orders(bob, moderator, watched):
    """Either the first words were approved and the second wait, or the approval was refused; nothing is lost."""
    outcomes = set()
    for _ in range(8):
        post = await bob.publishes("Old", on=watched)
        await edits(bob, post, "First")
        given = {"targetId": post, "writtenAt": await waiting_since(moderator, post)}

        approval, _edit = await asyncio.gather(moderator.does("approveContent", **given), edits(bob, post, "Second"))

        refused = [error["code"] for error in approval["errors"]]
        outcomes.add((*refused, await shown(bob, post)))
    assert outcomes <= {("First+Second",), ("CONFLICT", "Old+Second")}


async def test_of_an_approval_and_a_rejection_at_once_one_wins(bob, moderator, other_moderator, watched, stores):
    for _ in range(5):
        post = await bob.publishes("Old", on=watched)
        await edits(bob, post)
        given = {"targetId": post, "writtenAt": await waiting_since(moderator, post)}

        answers = await asyncio.gather(
            moderator.does("approveContent", **given),
            other_moderator.does("rejectEdit", explanation="No.", **given),
        )

        codes = [[error["code"] for error in answer["errors"]] for answer in answers]
        assert sorted(codes) == [[], ["CONFLICT"]]
        assert await shown(bob, post) == ("New" if codes[0] == [] else "Old+New")
        assert await stores.database["audit"].count_documents({"target": post}) == 1


async def test_an_edit_and_a_removal_or_deletion_at_once_leave_no_words_behind(bob, watched, stores):
    for _ in range(5):
        post = await bob.publishes("Old", on=watched)

        await asyncio.gather(
            bob.does("updatePost", postId=post, body="New"), bob.does("deletePost", postId=post), return_exceptions=True
        )

        row = await stores.database["posts"].find_one({"_id": post})
        assert (row["state"], await stores.database["edits"].count_documents({"_id": post})) == ("DELETED", 0)


async def test_the_queue_is_read_in_pages_newest_first(bob, moderator, watched):
    posts = [await bob.publishes("Old", on=watched) for _ in range(3)]
    for n, post in enumerate(posts):
        await edits(bob, post, f"New {n}")
    query = """query ($first: Int, $after: String) { viewer { editsToReview(first: $first, after: $after) {
      nodes { body { text } } pageInfo { hasNextPage endCursor } } } }"""

    first = (await moderator.asks(query, first=2))["viewer"]["editsToReview"]
    rest = (await moderator.asks(query, first=2, after=first["pageInfo"]["endCursor"]))["viewer"]["editsToReview"]

    texts = [[edit["body"]["text"] for edit in page["nodes"]] for page in (first, rest)]
    assert texts == [["New 2", "New 1"], ["New 0"]]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


async def test_only_moderators_set_it_and_only_on_discussion_boards(ann, moderator, watched, place):
    assert await ann.is_refused("updateBoard", boardId=place, reviewEdits=True) == "VALIDATION"
    assert await ann.is_refused("updateBoard", boardId=watched, reviewEdits=False) == "FORBIDDEN"
    found = await ann.asks("query ($id: ID!) { node(id: $id) { ... on Board { reviewEdits } } }", id=watched)
    assert found["node"] == {"reviewEdits": True}
