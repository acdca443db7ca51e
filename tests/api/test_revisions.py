"""What posts and comments said before an edit: for their authors, until they take it back."""

import asyncio

SAID = """query ($id: ID!, $first: Int, $after: String) { node(id: $id) {
  ... on Post { editedAt revisions(first: $first, after: $after) { nodes { title body { text source } writtenAt }
    pageInfo { hasNextPage endCursor } } }
  ... on Comment { editedAt revisions(first: $first, after: $after) { nodes { title body { text source } writtenAt }
    pageInfo { hasNextPage endCursor } } } } }"""
TIMES = (
    "query ($id: ID!) { node(id: $id) { ... on Post { createdAt editedAt } ... on Comment { createdAt editedAt } } }"
)


async def said_before(actor, content):
    """The texts of its revisions, or None where they are not shown."""
    revisions = (await actor.asks(SAID, id=content))["node"]["revisions"]
    return revisions and [revision["body"]["text"] for revision in revisions["nodes"]]


async def kept(stores, content):
    return await stores.database["revisions"].count_documents({"content": content})


async def test_an_edited_post_keeps_what_it_said_and_since_when(board, ann, stores):
    post = await ann.publishes("One", on=board, title="First")
    written = (await ann.asks(TIMES, id=post))["node"]["createdAt"]

    await ann.manages("updatePost", postId=post, body="*Two*", title="Second")
    edited = (await ann.asks(TIMES, id=post))["node"]["editedAt"]
    await ann.manages("updatePost", postId=post, title="")

    assert (await ann.asks(SAID, id=post))["node"]["revisions"]["nodes"] == [
        {"title": "Second", "body": {"text": "Two", "source": "*Two*"}, "writtenAt": edited},
        {"title": "First", "body": {"text": "One", "source": "One"}, "writtenAt": written},
    ]
    assert await kept(stores, post) == 2


async def test_an_edited_comment_keeps_what_it_said(board, ann, bob):
    comment = await bob.comments("One", under=await ann.publishes("Hello", on=board))
    written = (await bob.asks(TIMES, id=comment))["node"]["createdAt"]

    await bob.manages("updateComment", commentId=comment, body="Two")

    assert (await bob.asks(SAID, id=comment))["node"]["revisions"]["nodes"] == [
        {"title": None, "body": {"text": "One", "source": "One"}, "writtenAt": written}
    ]


async def test_what_takes_no_words_away_keeps_no_revision_and_moves_no_date(board, ann):
    post = await ann.publishes("One", on=board)
    written = (await ann.asks(TIMES, id=post))["node"]["createdAt"]
    await ann.manages("updatePost", postId=post, audience="MEMBERS", byline=["LOCATION"])
    assert await said_before(ann, post) == []

    await ann.manages("updatePost", postId=post, body="Two")

    [revision] = (await ann.asks(SAID, id=post))["node"]["revisions"]["nodes"]
    assert (revision["body"]["text"], revision["writtenAt"]) == ("One", written)


async def test_everyone_but_the_author_sees_only_that_it_was_edited(community, moderator, board, ann, bob):
    post = await ann.publishes("Secret", on=board)
    await ann.manages("updatePost", postId=post, body="Public")
    edited = (await ann.asks(TIMES, id=post))["node"]["editedAt"]

    for reader in (bob, moderator, community.visitor()):
        assert (await reader.asks(SAID, id=post))["node"] == {"editedAt": edited, "revisions": None}


async def test_no_number_of_revisions_shows_to_others(community, board, ann, bob):
    """Two posts that differ only in how often they were edited look alike."""
    first, second = [await ann.publishes("Hello", on=board) for _ in range(2)]
    await ann.manages("updatePost", postId=first, body="Hi")
    for body in ("a", "b", "Hi"):
        await ann.manages("updatePost", postId=second, body=body)
    query = "query ($id: ID!) { node(id: $id) { ... on Post { body { text } revisions { nodes { writtenAt } } } } }"

    for reader in (bob, community.visitor()):
        one, other = [await reader.responds(query, {"id": post}) for post in (first, second)]
        assert (one[0], one[2]) == (other[0], other[2])


async def test_revisions_are_paged_on_an_index(board, ann, stores, reads):
    post = await ann.publishes("0", on=board)
    for n in range(1, 6):
        await ann.manages("updatePost", postId=post, body=str(n))
    reads.forget()

    pages, after = [], None
    for _ in range(3):
        page = (await ann.asks(SAID, id=post, first=2, after=after))["node"]["revisions"]
        pages.append([revision["body"]["text"] for revision in page["nodes"]])
        after = page["pageInfo"]["endCursor"]

    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    assert page["pageInfo"]["hasNextPage"] is False
    for read in [read for read in reads.all if read.collection == "revisions"]:
        plan = await read.explained(stores.database)
        assert "SORT" not in plan.stages
        # A page, one more to know whether it goes on, and the one that the cursor names.
        assert plan.docs_examined <= 4


async def test_two_edits_at_once_both_count_and_lose_nothing(board, ann, stores):
    for n in range(5):
        post = await ann.publishes("Hello", on=board, title="Old")

        await asyncio.gather(
            ann.manages("updatePost", postId=post, title=f"New {n}"),
            ann.manages("updatePost", postId=post, body=f"Edited {n}"),
        )

        query = "query ($id: ID!) { node(id: $id) { ... on Post { title body { text } } } }"
        assert (await ann.asks(query, id=post))["node"] == {"title": f"New {n}", "body": {"text": f"Edited {n}"}}
        revisions = (await ann.asks(SAID, id=post))["node"]["revisions"]["nodes"]
        said = {(revision["title"], revision["body"]["text"]) for revision in revisions}
        assert len(revisions) == 2
        assert said in ({("Old", "Hello"), (f"New {n}", "Hello")}, {("Old", "Hello"), ("Old", f"Edited {n}")})


async def test_an_edit_that_cannot_keep_what_was_changes_nothing(board, ann, stores, monkeypatch):
    post = await ann.publishes("Hello", on=board)

    async def fails(_revisions, _revision, _transaction):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(type(stores.revisions), "keep", fails)

    answer = await ann.gets(
        "mutation ($input: UpdatePostInput!) { updatePost(input: $input) { errors { code } } }",
        input={"postId": post, "body": "Edited"},
    )

    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    query = "query ($id: ID!) { node(id: $id) { ... on Post { editedAt body { text } } } }"
    assert (await ann.asks(query, id=post))["node"] == {"editedAt": None, "body": {"text": "Hello"}}


async def test_a_refused_edit_keeps_nothing(board, ann, bob, moderator, stores):
    post = await ann.publishes("Hello", on=board)
    assert await bob.is_refused("updatePost", postId=post, body="Mine") == "FORBIDDEN"
    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam")
    assert await ann.is_refused("updatePost", postId=post, body="Better?") == "FORBIDDEN"

    assert await kept(stores, post) == 0


async def test_deleting_erases_all_that_was_ever_said(board, ann, bob, stores):
    post = await ann.publishes("Secret one", on=board)
    comment = await bob.comments("Secret two", under=post)
    await ann.manages("updatePost", postId=post, body="Hello")
    await bob.manages("updateComment", commentId=comment, body="Hi")

    await bob.manages("deleteComment", commentId=comment)
    assert (await kept(stores, comment), await kept(stores, post)) == (0, 1)
    await ann.manages("deletePost", postId=post)

    assert await kept(stores, post) == 0
    for collection in await stores.database.list_collection_names():
        async for row in stores.database[collection].find({}):
            assert "Secret" not in str(row)


async def test_a_deletion_that_fails_erases_nothing(board, ann, stores, monkeypatch):
    post = await ann.publishes("One", on=board)
    await ann.manages("updatePost", postId=post, body="Two")
    erase = type(stores.revisions).erase

    async def fails(revisions, content, transaction):
        await erase(revisions, content, transaction)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(type(stores.revisions), "erase", fails)
    await ann.gets(
        "mutation ($input: DeletePostInput!) { deletePost(input: $input) { errors { code } } }", input={"postId": post}
    )

    assert await said_before(ann, post) == ["One"]


async def test_an_edit_and_a_deletion_at_once_leave_nothing_behind(board, ann, stores):
    for n in range(5):
        post = await ann.publishes("Hello", on=board)

        await asyncio.gather(
            ann.does("updatePost", postId=post, body=f"Edited {n}"), ann.manages("deletePost", postId=post)
        )

        assert await kept(stores, post) == 0


async def test_what_was_removed_keeps_its_revisions_for_its_author(board, ann, bob, moderator):
    post = await ann.publishes("One", on=board)
    await ann.manages("updatePost", postId=post, body="Two")

    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam")

    assert await said_before(ann, post) == ["One"]
    assert await said_before(moderator, post) is None
