"""The main job, end to end: sign up, choose what shows, publish, be read, be removed with a reason."""

from domain.members import Role


async def test_a_viewer_sees_exactly_what_the_author_chose(community):
    """The byline is what the author let go along, and only while the profile shows it."""
    moderator = await community.joins("mod", Role.MODERATOR)
    ann, bob, visitor = await community.joins("ann"), await community.joins("bob"), community.visitor()
    board = await community.board(moderator)
    await ann.manages("updateProfile", location="杭州", bio="I *draw*.", email="ann@example.com")
    await ann.opens(location="PUBLIC", bio="MEMBERS")

    post = await ann.publishes("你好", on=board, byline=["LOCATION", "BIO", "EMAIL"])

    query = """query ($id: ID!) { node(id: $id) { ... on Post {
      author { handle } byline { location bio { text } email } } } }"""
    assert (await visitor.asks(query, id=post))["node"] == {
        "author": {"handle": "ann"},
        "byline": {"location": "杭州", "bio": None, "email": None},
    }
    assert (await bob.asks(query, id=post))["node"]["byline"] == {
        "location": "杭州",
        "bio": {"text": "I draw."},
        "email": None,
    }
    await ann.opens(location="ONLY_ME")
    assert (await visitor.asks(query, id=post))["node"]["byline"]["location"] is None


async def test_a_removed_post_is_gone_for_others_and_explained_to_its_author(community):
    """Removal tells the author why; it does not erase their work."""
    moderator = await community.joins("mod", Role.MODERATOR)
    ann, bob = await community.joins("ann"), await community.joins("bob")
    board = await community.board(moderator)
    post = await ann.publishes("Buy my watches", on=board)

    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="这是广告。")

    query = """query ($id: ID!) { node(id: $id) { ... on Post {
        state body { text } decision { reason explanation decidedBy { handle } } } }
      feed { nodes { id } } board(slug: "talk") { postCount posts { nodes { id } } } }"""
    seen = await ann.asks(query, id=post)
    assert seen["node"] == {
        "state": "REMOVED",
        "body": {"text": "Buy my watches"},
        "decision": {"reason": "SPAM", "explanation": "这是广告。", "decidedBy": None},
    }
    for other in (bob, community.visitor()):
        assert await other.asks(query, id=post) == {
            "node": None,
            "feed": {"nodes": []},
            "board": {"postCount": 0, "posts": {"nodes": []}},
        }
