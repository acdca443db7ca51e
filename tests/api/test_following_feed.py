"""A feed of what one follows: members and boards, each post once, and nothing that is hidden shows in any way."""

import asyncio

import pytest

from domain.ids import message_board_of
from policy.limits import MAX_FOLLOWED_BOARDS

FEED = """query ($first: Int, $after: String, $last: Int, $before: String) { viewer {
  feed(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor } nodes { id body { text } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
BOARDS = """query ($first: Int, $after: String) { viewer { followedBoards(first: $first, after: $after) {
  nodes { since board { slug viewerFollows } } pageInfo { hasNextPage endCursor } } } }"""


@pytest.fixture
async def eve(community):
    return await community.joins("eve")


@pytest.fixture
async def garden(community, moderator):
    """A board of which Ann knows nothing yet."""
    return await community.board(moderator, "garden")


@pytest.fixture(params=[200, 3], ids=["one batch", "a batch for each"])
def batches(request, monkeypatch):
    monkeypatch.setattr("stores.following_feed.MAX_MERGED_RANGES", request.param)


async def read(viewer, **page):
    """The texts of a page, in order."""
    feed = (await viewer.asks(FEED, **page))["viewer"]["feed"]
    return [post["body"]["text"] for post in feed["nodes"]]


async def test_whom_and_what_one_follows_shows_newest_first_and_once(ann, bob, eve, board, garden, batches):
    await ann.manages("follow", memberId=bob.id)
    await ann.manages("followBoard", boardId=garden)
    await bob.publishes("Bob anywhere", on=board)
    await eve.publishes("Eve anywhere", on=board)
    await eve.publishes("Eve in the garden", on=garden)
    await bob.publishes("Bob in the garden", on=garden, audience="MEMBERS")
    await ann.publishes("Ann anywhere", on=board)
    await bob.publishes("Bob on his message board", on=message_board_of(bob.id))
    await ann.publishes("Ann to herself in the garden", on=garden, audience="ONLY_ME")

    assert await read(ann) == [
        "Ann to herself in the garden",
        "Bob in the garden",
        "Eve in the garden",
        "Bob anywhere",
    ]
    assert await read(bob) == []


@pytest.fixture
async def whole(ann, bob, eve, board, garden):
    """What Ann's feed holds, newest first: her friend Bob's posts, and all in the garden."""
    await ann.befriends(bob)
    await ann.manages("followBoard", boardId=garden)
    for n in range(7):
        author = (bob, eve)[n % 2]
        await author.publishes(f"Post {n}", on=garden if n % 3 else board, audience="FRIENDS" if n == 2 else "PUBLIC")
    return ["Post 6", "Post 5", "Post 4", "Post 2", "Post 1", "Post 0"]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
async def test_pages_in_either_direction_make_up_the_whole(ann, whole, size, batches):
    forward: list[str] = []
    cursor, more = None, True
    while more:
        page = (await ann.asks(FEED, first=size, after=cursor))["viewer"]["feed"]
        forward += [post["body"]["text"] for post in page["nodes"]]
        more, cursor = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    backward: list[str] = []
    cursor, more = None, True
    while more:
        page = (await ann.asks(FEED, last=size, before=cursor))["viewer"]["feed"]
        backward = [post["body"]["text"] for post in page["nodes"]] + backward
        more, cursor = page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["startCursor"]

    assert forward == backward == whole


async def test_a_page_between_two_cursors(ann, bob, board, batches):
    await ann.manages("follow", memberId=bob.id)
    await ann.manages("followBoard", boardId=board)
    for n in range(5):
        await bob.publishes(f"Post {n}", on=board)
    newest, *_, oldest = (await ann.asks(FEED))["viewer"]["feed"]["edges"]

    assert await read(ann, after=newest["cursor"], before=oldest["cursor"]) == ["Post 3", "Post 2", "Post 1"]
    assert await read(ann, after=oldest["cursor"], before=newest["cursor"]) == []


async def test_friends_show_what_is_for_friends_and_those_merely_followed_do_not(ann, bob, eve, board):
    await ann.befriends(bob)
    await ann.manages("follow", memberId=eve.id)
    for author in (bob, eve):
        await author.publishes(f"For friends of {author.handle}", on=board, audience="FRIENDS")
        await author.publishes(f"For {author.handle} alone", on=board, audience="ONLY_ME")
    await ann.manages("followBoard", boardId=board)

    assert await read(ann) == ["For friends of bob"]
    await bob.manages("unfollow", memberId=ann.id)
    assert await read(ann) == []


async def test_unfollowing_counts_from_the_next_read_on(ann, bob, eve, board, garden):
    await ann.manages("follow", memberId=bob.id)
    await ann.manages("followBoard", boardId=garden)
    await bob.publishes("Bob", on=board)
    await eve.publishes("Garden", on=garden)
    assert await read(ann) == ["Garden", "Bob"]

    await ann.manages("unfollow", memberId=bob.id)
    assert await read(ann) == ["Garden"]
    payload = await ann.manages("unfollowBoard", "board { slug viewerFollows }", boardId=garden)
    assert payload["board"] == {"slug": "garden", "viewerFollows": False}
    assert await read(ann) == []


@pytest.mark.parametrize("blocker", ["ann", "bob"])
async def test_a_block_either_way_counts_from_the_next_read_on(ann, bob, board, blocker):
    await ann.befriends(bob)
    await ann.manages("followBoard", boardId=board)
    await bob.publishes("Bob", on=board)
    assert await read(ann) == ["Bob"]

    one, other = (ann, bob) if blocker == "ann" else (bob, ann)
    await one.manages("block", memberId=other.id)

    assert await read(ann) == []
    await one.manages("unblock", memberId=other.id)
    assert await read(ann) == ["Bob"]


async def test_hidden_posts_change_not_one_byte(ann, bob, eve, board, moderator, batches):
    """Neither what others keep, nor what moderators removed, nor what blocked members write."""
    for author in (bob, eve):
        await ann.manages("follow", memberId=author.id)
    await ann.manages("followBoard", boardId=board)
    await eve.manages("block", memberId=ann.id)
    shown = [await bob.publishes(f"Post {n}", on=board) for n in range(4)]
    edges = (await ann.asks(FEED))["viewer"]["feed"]["edges"]
    pages = [
        {"first": 4},
        {"first": 3},
        {"last": 4},
        {"last": 2},
        {"first": 2, "after": edges[1]["cursor"]},
        {"last": 1, "before": edges[1]["cursor"]},
    ]
    before = [await ann.responds(FEED, page) for page in pages]

    for n in range(3):
        await bob.publishes(f"Diary {n}", on=board, audience="ONLY_ME")
        await bob.publishes(f"For friends {n}", on=board, audience="FRIENDS")
        await eve.publishes(f"Blocked {n}", on=board)
        removed = await bob.publishes(f"Spam {n}", on=board)
        await moderator.manages("removeContent", targetId=removed, reason="SPAM", explanation="No advertisements.")
        gone = await bob.publishes(f"Regretted {n}", on=board)
        await bob.manages("deletePost", postId=gone)

    assert [body for _, _, body in before] == [(await ann.responds(FEED, page))[2] for page in pages]
    assert [post["id"] for post in (await ann.asks(FEED))["viewer"]["feed"]["nodes"]] == shown[::-1]


async def test_followed_boards_are_listed_the_latest_first(community, moderator, ann, stores):
    boards = [await community.board(moderator, f"board-{n}") for n in range(4)]
    for board in boards:
        payload = await ann.manages("followBoard", "board { viewerFollows }", boardId=board)
        assert payload["board"] == {"viewerFollows": True}
    # As one that the viewer does not see any more.
    await stores.database["boards"].delete_one({"_id": boards[2]})

    first = (await ann.asks(BOARDS, first=2))["viewer"]["followedBoards"]
    second = (await ann.asks(BOARDS, first=1, after=first["pageInfo"]["endCursor"]))["viewer"]["followedBoards"]

    found = first["nodes"] + second["nodes"]
    assert [one["board"] for one in found] == [{"slug": f"board-{n}", "viewerFollows": True} for n in (3, 1, 0)]
    assert [page["pageInfo"]["hasNextPage"] for page in (first, second)] == [True, False]


async def test_whether_a_board_is_followed_is_the_viewer_s_own(community, ann, bob, board, garden):
    await ann.manages("followBoard", boardId=garden)
    query = "{ boards { nodes { slug viewerFollows } } viewer { followedBoards { nodes { board { slug } } } } }"

    answers = [await viewer.asks(query) for viewer in (ann, bob, community.visitor())]

    followed = [[board["viewerFollows"] for board in answer["boards"]["nodes"]] for answer in answers]
    assert followed == [[False, True], [False, False], [False, False]]
    assert answers[0]["viewer"]["followedBoards"]["nodes"] == [{"board": {"slug": "garden"}}]
    assert answers[1]["viewer"]["followedBoards"]["nodes"] == []


async def test_following_a_board_many_times_at_once_is_as_good_as_once(ann, board, stores):
    await asyncio.gather(*(ann.manages("followBoard", boardId=board) for _ in range(50)))

    [row] = (await ann.asks(BOARDS))["viewer"]["followedBoards"]["nodes"]
    assert (await stores.database["members"].find_one({"_id": ann.id}))["followingBoards"] == 1
    await asyncio.gather(*(ann.manages("unfollowBoard", boardId=board) for _ in range(20)))
    assert (await stores.database["members"].find_one({"_id": ann.id}))["followingBoards"] == 0
    await ann.manages("followBoard", boardId=board)
    assert (await ann.asks(BOARDS))["viewer"]["followedBoards"]["nodes"][0]["since"] > row["since"]


async def test_followed_boards_are_bounded(ann, board, garden, monkeypatch):
    monkeypatch.setattr("content.board_follows.MAX_FOLLOWED_BOARDS", 1)
    await ann.manages("followBoard", boardId=board)

    payload = await ann.does("followBoard", "board { id }", boardId=garden)

    assert payload["board"] is None
    [error] = payload["errors"]
    assert (error["code"], error["path"]) == ("VALIDATION", ["boardId"])
    assert error["message"] == "You can follow at most 1 boards."
    await ann.manages("followBoard", boardId=board)
    assert len((await ann.asks(BOARDS))["viewer"]["followedBoards"]["nodes"]) == 1
    assert MAX_FOLLOWED_BOARDS == 200


async def test_only_discussion_boards_can_be_followed(ann, bob, stores):
    board = message_board_of(bob.id)

    [error] = (await ann.does("followBoard", boardId=board))["errors"]

    assert (error["code"], error["message"]) == (
        "VALIDATION",
        "Message boards cannot be followed, only discussion boards.",
    )
    await bob.manages("block", memberId=ann.id)
    assert await ann.is_refused("followBoard", boardId=board) == "NOT_FOUND"
    assert await stores.database["boardFollows"].count_documents({}) == 0


@pytest.mark.parametrize("mutation", ["followBoard", "unfollowBoard"])
async def test_a_board_that_is_not_there_can_be_neither_followed_nor_left(ann, mutation):
    assert await ann.is_refused(mutation, boardId="brd_" + "A" * 16) == "NOT_FOUND"
    assert await ann.is_refused(mutation, boardId="nonsense") == "NOT_FOUND"


async def test_the_signed_out_follow_nothing(community, board, stores):
    visitor = community.visitor()

    assert await visitor.is_refused("followBoard", boardId=board) == "NOT_SIGNED_IN"
    assert await visitor.is_refused("unfollowBoard", boardId=board) == "NOT_SIGNED_IN"
    assert (await visitor.asks(FEED))["viewer"] is None
    assert await stores.database["boardFollows"].count_documents({}) == 0
