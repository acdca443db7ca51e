"""Seeing as others see: what is the caller's as its target gets it, and of everybody else nothing more than before."""

import pytest

PROFILE = """fragment Shown on Profile {
  avatarUrl bio { text html } gender location birthday { year month day } website { host } email phone }"""
OWN = (
    PROFILE
    + """fragment Own on Node {
  id
  ... on Member { handle displayName role profile { ...Shown } viewerRelationship viewerCanReport
                  messageBoard { id title } posts(first: 10) { nodes { id body { text } } pageInfo { hasNextPage } } }
  ... on Board { slug boardTitle: title audience owner { handle } viewerCanPost viewerCanModerate }
  ... on Post { title body { text html source } audience state byline { ...Shown }
                author { handle profile { ...Shown } }
                board { id } viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate }
  ... on Comment { body { text source } state byline { ...Shown } author { handle } post { id state } depth
                   viewerCanUpdate viewerCanDelete viewerCanReport viewerCanModerate } }"""
)
AS = (
    "query ($target: ViewAsInput!, $id: ID!) { viewAs(target: $target) { member { ...Own } node(id: $id) { ...Own } } }"
)
ITSELF = "query ($member: ID!, $id: ID!) { member: node(id: $member) { ...Own } node(id: $id) { ...Own } }"
WORDS = """query ($target: ViewAsInput!, $id: ID!) { viewAs(target: $target) { node(id: $id) { ... on Post {
  commentCount reactions { kind count viewerReacted }
  comments { nodes { author { handle viewerRelationship profile { location } } body { text } state } } } } } }"""
FIELDS = ["LOCATION", "GENDER", "EMAIL"]


async def seen_as(caller, target, node_id, query=AS + OWN):
    return (await caller.asks(query, target=target, id=node_id))["viewAs"]


async def sees_itself(target, caller, node_id):
    return await target.asks(ITSELF + OWN, member=caller.id, id=node_id)


def words(seen):
    return [(comment["author"] or {}).get("handle") for comment in seen["node"]["comments"]["nodes"]]


@pytest.fixture
async def cast(community, moderator, board, ann, bob):
    """Ann, her friend Bob, Fay who follows her, a stranger, a moderator and a visitor, by how each is named."""
    fay, carl = [await community.joins(handle) for handle in ("fay", "carl")]
    await ann.befriends(bob)
    await fay.manages("follow", memberId=ann.id)
    await ann.manages("updateProfile", location="杭州", gender="FEMALE", email="ann@example.com", bio="I *draw*.")
    await ann.opens(location="FRIENDS", gender="PUBLIC", email="MEMBERS", bio="FRIENDS")
    return {"bob": bob, "fay": fay, "carl": carl, "mod": moderator}


@pytest.fixture
async def owned(ann, bob, board, cast):
    """What Ann owns: posts for each audience, an entry and comments with her byline, her board."""
    things = {"member": ann.id, "board": (await ann.asks("{ viewer { member { messageBoard { id } } } }"))}
    things["board"] = things["board"]["viewer"]["member"]["messageBoard"]["id"]
    for audience in ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC"):
        things[audience] = await ann.publishes(f"For {audience}.", on=board, audience=audience, byline=FIELDS)
    things["comment"] = await ann.comments("My word.", under=things["FRIENDS"], byline=FIELDS)
    bobs_board = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    things["entry"] = await ann.publishes("Dear Bob.", on=bobs_board["id"], audience="ONLY_ME", byline=FIELDS)
    things["under the entry"] = await ann.comments("P.S.", under=things["entry"])
    bobs_post = await bob.publishes("For my friends.", on=board, audience="FRIENDS")
    things["under bob's"] = await ann.comments("Fine.", under=bobs_post, byline=FIELDS)
    return things


async def test_a_member_sees_exactly_what_the_target_sees(ann, cast, owned):
    """Every field of every thing, and what the target may do with it."""
    for handle, target in cast.items():
        for name, node_id in owned.items():
            assert await seen_as(ann, {"handle": handle}, node_id) == await sees_itself(target, ann, node_id), (
                handle,
                name,
            )


@pytest.mark.parametrize(("audience", "like"), [("FRIENDS", "bob"), ("MEMBERS", "carl"), ("PUBLIC", None)])
async def test_an_audience_is_anyone_in_it(community, ann, cast, owned, audience, like):
    target = cast[like] if like else community.visitor()
    # Bob is also the owner of the board on which the entry was left, and of a post for his friends.
    personal = {"entry", "under the entry", "under bob's"} if like == "bob" else set()
    for name in owned.keys() - personal:
        seen = await seen_as(ann, {"audience": audience}, owned[name])

        assert seen == await sees_itself(target, ann, owned[name]), name


async def test_only_me_is_the_caller(ann, owned):
    for target in ({"audience": "ONLY_ME"}, {"handle": "ann"}, {"handle": " ANN "}):
        assert (await seen_as(ann, target, owned["ONLY_ME"]))["node"]["body"]["text"] == "For ONLY_ME."
        assert (await seen_as(ann, target, ann.id))["member"]["profile"]["phone"] == ann.phone


async def test_nothing_is_served_that_the_caller_does_not_own(ann, bob, board, cast):
    post = await bob.publishes("Bob's.", on=board)
    comment = await bob.comments("Bob's too.", under=post)
    for node_id in (bob.id, board, post, comment, "pst_AAAAAAAAAAAAAAAA", "nonsense"):
        for target in ({"handle": "bob"}, {"audience": "PUBLIC"}, {"audience": "ONLY_ME"}):
            seen = await seen_as(ann, target, node_id)

            assert (seen["member"]["handle"], seen["node"]) == ("ann", None)


async def test_a_member_who_is_hidden_answers_like_one_who_is_missing(ann, community, bob, cast):
    blocked, blocking = cast["fay"], cast["carl"]
    await ann.manages("block", memberId=blocked.id)
    await blocking.manages("block", memberId=ann.id)

    answers = {
        (await ann.responds(AS + OWN, {"target": {"handle": handle}, "id": ann.id}))[2]
        for handle in ("fay", "carl", "nobody_there")
    }

    assert answers == {b'{"data":{"viewAs":null}}'}


async def test_the_signed_out_own_nothing(community, ann):
    for target in ({"handle": "ann"}, {"audience": "PUBLIC"}, {"audience": "ONLY_ME"}):
        assert await seen_as(community.visitor(), target, ann.id) is None


@pytest.mark.parametrize("target", [{}, {"audience": "PUBLIC", "handle": "bob"}, {"handle": None}])
async def test_exactly_one_target_is_named(ann, target):
    _, _, body = await ann.responds(AS + OWN, {"target": target, "id": ann.id})

    assert b'"data":{' not in body
    assert b'"code":"BAD_USER_INPUT"' in body


async def test_others_words_show_where_both_may_see_them(ann, cast, board):
    """With who said them, and without what their profiles show to some and not to others."""
    carl, post = cast["carl"], await ann.publishes("Hello.", on=board)
    await carl.manages("updateProfile", location="成都")
    await carl.comments("Hi.", under=post, byline=["LOCATION"])
    await carl.manages("react", targetId=post, kind="LIKE")
    said = {
        "author": {"handle": "carl", "viewerRelationship": "NONE", "profile": {"location": None}},
        "body": {"text": "Hi."},
        "state": "PUBLISHED",
    }

    for audience in ("ONLY_ME", "FRIENDS", "MEMBERS", "PUBLIC"):
        await carl.opens(location=audience)
        for target in ({"handle": "bob"}, {"audience": "PUBLIC"}, {"audience": "MEMBERS"}):
            seen = (await seen_as(ann, target, post, WORDS))["node"]
            assert seen["comments"]["nodes"] == [said]
            assert seen["reactions"] == [{"kind": "LIKE", "count": 1, "viewerReacted": False}]
            assert seen["commentCount"] == 1


async def test_whom_others_let_write_is_not_told_through_a_target(ann, cast, board):
    carl, post = cast["carl"], await ann.publishes("Hello.", on=board)
    await carl.comments("Hi.", under=post)
    query = """query ($target: ViewAsInput!, $id: ID!) { viewAs(target: $target) { member { viewerCanContact }
      node(id: $id) { ... on Post { comments { nodes { author { viewerCanContact } } } } } } }"""

    seen = await seen_as(ann, {"handle": "bob"}, post, query)

    assert seen["member"] == {"viewerCanContact": True}
    assert seen["node"]["comments"]["nodes"] == [{"author": {"viewerCanContact": False}}]


async def test_friends_show_nothing_more_through_a_target(ann, bob, cast, board):
    """Neither the caller's friend to a target who is none, nor the target's friend to the caller."""
    carl, post = cast["carl"], await ann.publishes("Hello.", on=board)
    await bob.manages("updateProfile", location="成都")
    await bob.opens(location="FRIENDS")
    await bob.befriends(carl)
    await bob.comments("Hi.", under=post)
    hidden = {"handle": "bob", "viewerRelationship": "NONE", "profile": {"location": None}}

    as_carl = await seen_as(ann, {"handle": "carl"}, post, WORDS)
    await ann.manages("unfollow", memberId=bob.id)
    no_more = await seen_as(ann, {"handle": "carl"}, post, WORDS)

    assert [comment["author"] for comment in as_carl["node"]["comments"]["nodes"]] == [hidden]
    assert [comment["author"] for comment in no_more["node"]["comments"]["nodes"]] == [hidden]


async def test_under_others_posts_it_is_not_told_who_may_read_what(ann, bob, board, cast):
    """An answer that Carl gave while the post was for friends; Ann sees it, as she is one."""
    post = await bob.publishes("For my friends.", on=board, audience="FRIENDS")
    await bob.befriends(cast["carl"])
    said = await cast["carl"].comments("Among us.", under=post)
    await bob.manages("updatePost", postId=post, audience="PUBLIC")
    own = await ann.comments("Fine.", under=post, answering=said)
    query = """query ($target: ViewAsInput!, $id: ID!) { viewAs(target: $target) { node(id: $id) { ... on Comment {
      body { text } parent { id } replyCount post { commentCount comments { nodes { id } } } } } } }"""

    for target in ({"audience": "FRIENDS"}, {"handle": "bob"}, {"audience": "PUBLIC"}):
        assert (await seen_as(ann, target, own, query))["node"] == {
            "body": {"text": "Fine."},
            "parent": None,
            "replyCount": 0,
            "post": {"commentCount": 0, "comments": {"nodes": []}},
        }


@pytest.mark.parametrize("target", [{"handle": "bob"}, {"audience": "MEMBERS"}, {"audience": "PUBLIC"}])
async def test_whom_the_caller_does_not_see_is_in_no_answer(ann, cast, board, target):
    carl, post = cast["carl"], await ann.publishes("Hello.", on=board)
    await carl.comments("Hi.", under=post)
    await carl.manages("react", targetId=post, kind="LIKE")
    await carl.manages("block", memberId=ann.id)

    seen = await seen_as(ann, target, post, WORDS)

    assert seen["node"] == {"commentCount": 0, "reactions": [], "comments": {"nodes": []}}


async def test_what_the_target_does_and_hides_is_not_told(ann, bob, cast, board):
    """Whom they block, how they reacted, whom they follow: byte for byte as before."""
    carl, post = cast["carl"], await ann.publishes("Hello.", on=board)
    await carl.comments("Hi.", under=post)
    await cast["fay"].manages("react", targetId=post, kind="LIKE")
    asked = (WORDS, {"target": {"handle": "bob"}, "id": post})
    before = await ann.responds(*asked)

    await bob.manages("follow", memberId=carl.id)
    await bob.manages("block", memberId=cast["fay"].id)
    await bob.manages("block", memberId=carl.id)

    assert (await ann.responds(*asked))[2] == before[2]
    assert words(await seen_as(ann, {"handle": "bob"}, post, WORDS)) == ["carl"]


async def test_a_moderator_is_seen_as_a_member(ann, moderator, cast, board, bob):
    """What they find by their office would tell what others have asked them to look at."""
    bobs_board = (await bob.asks("{ viewer { member { messageBoard { id } } } }"))["viewer"]["member"]["messageBoard"]
    entry = await ann.publishes("Between us.", on=bobs_board["id"], audience="FRIENDS")
    post = await ann.publishes("Hello.", on=board)
    removed = await cast["carl"].comments("Rude.", under=post)
    await moderator.manages("removeContent", targetId=removed, reason="ABUSE", explanation="Rude.")
    await bob.manages("reportContent", targetId=entry, reason="ABUSE")

    assert (await seen_as(ann, {"handle": "mod"}, entry))["node"] is None
    assert words(await seen_as(ann, {"handle": "mod"}, post, WORDS)) == []


async def test_a_target_s_own_removed_words_show_to_them_alone(ann, bob, moderator, board, cast):
    post = await ann.publishes("Hello.", on=board)
    removed = await bob.comments("Rude.", under=post)
    await moderator.manages("removeContent", targetId=removed, reason="ABUSE", explanation="Rude.")

    assert words(await seen_as(ann, {"handle": "bob"}, post, WORDS)) == []


async def test_what_is_asked_beside_it_is_answered_for_the_caller(ann, owned, cast):
    """Each under its own eyes, in one operation, whatever is read first."""
    query = """query ($id: ID!) {
      own: node(id: $id) { ...Words } public: viewAs(target: {audience: PUBLIC}) { node(id: $id) { ...Words } }
      friends: viewAs(target: {audience: FRIENDS}) { node(id: $id) { ...Words } member { profile { location } } } again:
      node(id: $id) { ...Words } viewer { member { profile { phone } } } }
      fragment Words on Post { body { text source } }"""

    answer = await ann.asks(query, id=owned["FRIENDS"])

    own = {"body": {"text": "For FRIENDS.", "source": "For FRIENDS."}}
    assert answer == {
        "own": own,
        "public": {"node": None},
        "friends": {
            "node": {"body": {"text": "For FRIENDS.", "source": None}},
            "member": {"profile": {"location": "杭州"}},
        },
        "again": own,
        "viewer": {"member": {"profile": {"phone": ann.phone}}},
    }


@pytest.mark.parametrize("meant_for", ["FRIENDS", "MEMBERS", "PUBLIC"])
async def test_whom_a_deleted_post_was_for_is_not_told_by_who_finds_what_hangs_below_it(
    ann, bob, board, cast, meant_for
):
    post = await bob.publishes("Bob's", on=board, audience=meant_for)
    comment = await ann.comments("Mine", under=post)
    await bob.comments("Ours", under=post, answering=comment)
    await bob.manages("deletePost", postId=post)

    assert (await seen_as(ann, {"audience": "FRIENDS"}, comment))["node"] is None
