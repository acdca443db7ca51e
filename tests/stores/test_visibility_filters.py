"""What MongoDB is told about seeing, and what the policy says, are the same in every combination."""

import itertools

import pytest

from domain.audience import Audience
from domain.content import ContentState
from domain.members import Role
from domain.paging import Page
from domain.viewer import ANONYMOUS, Viewer
from policy.visibility import Placed, can_see
from tests import factories

STORED_STATES = [state for state in ContentState if state is not ContentState.UNAVAILABLE]
EVERYTHING = Page(100)


class World:
    """Posts and comments of every audience and state by an owner, a friend, a stranger and a blocked member."""

    def __init__(self, stores) -> None:
        self.stores = stores

    async def fill(self) -> "World":
        names = ("viewer", "friend", "stranger", "blocked")
        self.viewer, self.friend, self.stranger, self.blocked = [
            await factories.member(self.stores, name) for name in names
        ]
        self.people = [self.viewer, self.friend, self.stranger, self.blocked]
        self.posts = [
            await factories.post(self.stores, author, audience=audience, state=state, minutes=minutes)
            for minutes, (author, audience, state) in enumerate(itertools.product(self.people, Audience, STORED_STATES))
        ]
        return self

    def viewers(self) -> dict[str, Viewer]:
        friends, blocked = frozenset({self.friend}), frozenset({self.blocked})
        return {
            "member": Viewer(self.viewer, Role.MEMBER, friends, blocked),
            "moderator": Viewer(self.viewer, Role.MODERATOR, friends, blocked),
            "anonymous": ANONYMOUS,
        }


@pytest.fixture
async def world(stores) -> World:
    return await World(stores).fill()


def _allowed(viewer, post) -> bool:
    return can_see(viewer, Placed(post.author_id, post.author_id, post.audience, post.state))


@pytest.mark.parametrize("who", ["member", "moderator", "anonymous"])
async def test_posts_by_id_are_exactly_those_the_policy_allows(stores, world, who):
    viewer = world.viewers()[who]

    seen = await stores.posts.seen_by(viewer, [post.id for post in world.posts])

    assert set(seen) == {post.id for post in world.posts if _allowed(viewer, post)}


@pytest.mark.parametrize("who", ["member", "moderator", "anonymous"])
async def test_the_feed_and_a_board_list_the_published_ones_of_them_newest_first(stores, world, who):
    viewer = world.viewers()[who]
    expected = [
        post.id for post in reversed(world.posts) if post.state is ContentState.PUBLISHED and _allowed(viewer, post)
    ]

    feed = await stores.posts.feed(viewer, EVERYTHING)
    board = await stores.posts.on_board(viewer, factories.DISCUSSION, EVERYTHING)
    counts = await stores.posts.counts_on_boards(viewer, [factories.DISCUSSION])

    assert [post.id for post in feed.nodes] == expected
    assert [post.id for post in board.nodes] == expected
    assert counts == {factories.A_BOARD: len(expected)}


@pytest.mark.parametrize("who", ["member", "moderator", "anonymous"])
async def test_a_member_s_posts_list_what_shows_and_their_own_in_every_state(stores, world, who):
    viewer = world.viewers()[who]
    for author in world.people:
        is_own = author == viewer.member_id
        expected = [
            post.id
            for post in reversed(world.posts)
            if post.author_id == author and _allowed(viewer, post) and (is_own or post.state is ContentState.PUBLISHED)
        ]

        listed = await stores.posts.by_author(viewer, author, EVERYTHING)

        assert [post.id for post in listed.nodes] == expected


@pytest.mark.parametrize("place", ["viewer", "friend", "stranger"])
@pytest.mark.parametrize("who", ["member", "moderator", "anonymous"])
async def test_threads_show_what_the_policy_allows_and_tombstones_where_answers_show(stores, world, who, place):
    """Each comment once without an answer, once with one that shows to all, once with a hidden author's."""
    viewer, owner = world.viewers()[who], getattr(world, place)
    post = next(
        post
        for post in world.posts
        if (post.author_id, post.audience, post.state) == (owner, Audience.PUBLIC, ContentState.PUBLISHED)
    )
    cases = itertools.product(world.people, Audience, STORED_STATES, (None, world.stranger, world.blocked))
    tops, answers = [], []
    for minutes, (author, audience, state, answering) in enumerate(cases):
        top = factories.comment_record(post, author, audience=audience, state=state, minutes=minutes)
        tops.append((top, answering))
        if answering:
            answers.append(factories.comment_record(post, answering, answering=top, minutes=minutes))
    await factories.keep_comments(stores, post, [top for top, _ in tops] + answers)
    seen = (await stores.posts.seen_by(viewer, [post.id]))[post.id]

    expected = []
    for comment, answering in tops:
        if can_see(viewer, Placed(comment.author_id, owner, comment.audience, comment.state)):
            expected.append((comment.id, comment.state))
        elif answering and answering not in viewer.blocked:
            expected.append((comment.id, ContentState.UNAVAILABLE))
    [thread] = await stores.comments.threads(viewer, [seen], Page(1000))
    [back] = await stores.comments.threads(viewer, [seen], Page(1000, is_backward=True))
    by_id = await stores.comments.seen_by(viewer, [comment.id for comment, _ in tops])
    [count] = await stores.comments.counts(viewer, [seen])

    assert [(comment.id, comment.state) for comment in thread.nodes] == expected
    assert back.nodes == thread.nodes
    assert {(comment.id, comment.state) for comment in by_id.values()} == set(expected)
    assert count == sum(
        record.state is ContentState.PUBLISHED
        and can_see(viewer, Placed(record.author_id, owner, record.audience, record.state))
        for record in [top for top, _ in tops] + answers
    )
    for comment in thread.nodes:
        if comment.state is ContentState.UNAVAILABLE:
            assert (comment.author_id, comment.body, comment.edited_at, comment.byline) == (None, None, None, ())
