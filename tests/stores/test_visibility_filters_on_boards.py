"""What MongoDB is told about message boards, and what the policy says, are the same in every combination."""

import itertools
from dataclasses import replace

import pytest

from domain.audience import Audience
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import CommentId, message_board_of
from domain.paging import Page
from domain.viewer import Viewer
from policy.boards import message_board
from policy.visibility import Placed, can_see, is_moderator, is_open, reach_beneath
from tests import factories
from tests.clock_and_random import START
from tests.stores.left_on_boards import Entry, World, fill, public_entries

WHO = ("member", "moderator", "anonymous")
EVERYTHING = Page(5000)
PUBLISHED, HELD, DELETED = ContentState.PUBLISHED, ContentState.HELD, ContentState.DELETED


@pytest.fixture(scope="module")
async def world(opened_stores):
    """Filled once: nothing here changes but for whom the boards are."""
    filled = World(
        [await factories.member(opened_stores, name) for name in ("viewer", "friend", "stranger", "blocked")]
    )
    await fill(filled, opened_stores)
    yield filled
    for name in await opened_stores.database.list_collection_names():
        await opened_stores.database[name].delete_many({})


async def _open_boards(world: World, stores, audience: Audience) -> None:
    for board_owner in world.people:
        await factories.opens_board(stores, board_owner, audience)


def _is_open_to(viewer: Viewer, post: PostRecord, audience: Audience) -> bool:
    """Whether the board that ``post`` is on is there, if it is for ``audience``."""
    return post.board_owner_id is not None and is_open(viewer, post.board_owner_id, audience)


def _shows(viewer: Viewer, entry: Entry, audience: Audience) -> bool:
    """In full, on a board for ``audience``; closed, authors keep their own, and moderators what is before them."""
    is_for_staff = is_moderator(viewer) and entry.is_handed_over and entry.post.board_owner_id not in viewer.blocked
    is_kept = entry.post.author_id == viewer.member_id or is_for_staff
    return can_see(viewer, entry.placed) and (_is_open_to(viewer, entry.post, audience) or is_kept)


def _is_listed(viewer: Viewer, entry: Entry, audience: Audience) -> bool:
    """Handing over lists nothing: that moderators see it is not that it is for them."""
    is_for_viewer = can_see(viewer, replace(entry.placed, is_handed_over=False))
    return entry.post.state is PUBLISHED and is_for_viewer and _is_open_to(viewer, entry.post, audience)


def _comment_shows(viewer: Viewer, comment: CommentRecord, post: PostRecord) -> bool:
    placed = Placed(comment.author_id, post.author_id, comment.audience, comment.state, post.board_owner_id)
    return can_see(viewer, placed)


def _said_to(viewer: Viewer, comment: CommentRecord | None, post: PostRecord) -> bool:
    return comment is not None and _comment_shows(viewer, comment, post)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_entries_by_id_are_exactly_those_the_policy_allows(opened_stores, world, who, audience):
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)

    seen = await opened_stores.posts.seen_by(viewer, [entry.post.id for entry in world.entries])

    assert set(seen) == {entry.post.id for entry in world.entries if _shows(viewer, entry, audience)}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_a_hidden_entry_stands_as_a_tombstone_where_what_is_said_below_shows(opened_stores, world, who, audience):
    """What is held leaves none, and none is left to those who are not in its audience."""
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)
    hidden = [entry for entry in world.entries if not _shows(viewer, entry, audience)]
    below = {post: [one for pair in tops for one in pair if one] for post, tops in world.threads.items()}

    found = await opened_stores.posts.tombstones(viewer, [entry.post.id for entry in hidden])

    assert set(found) == {
        entry.post.id
        for entry in hidden
        if entry.post.state is not HELD
        and entry.post.audience in reach_beneath(viewer, entry.post.author_id, entry.post.board_owner_id)
        and _is_open_to(viewer, entry.post, audience)
        and any(_said_to(viewer, one, entry.post) for one in [entry.answer, *below.get(entry.post.id, [])])
    }


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_boards_list_and_count_the_published_entries_newest_first(opened_stores, world, who, audience):
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)
    boards = [message_board(board_owner, "name", START) for board_owner in world.people]
    expected = {
        message_board_of(board_owner): [
            entry.post.id
            for entry in reversed(world.entries)
            if entry.post.board_owner_id == board_owner and _is_listed(viewer, entry, audience)
        ]
        for board_owner in world.people
    }

    listed = {board.id: await opened_stores.posts.on_board(viewer, board, EVERYTHING) for board in boards}
    counts = await opened_stores.posts.counts_on_boards(viewer, boards)

    assert {board: [post.id for post in found.nodes] for board, found in listed.items()} == expected
    assert counts == {board: len(ids) for board, ids in expected.items()}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_entries_are_in_no_feed_and_only_in_their_author_s_own_list(opened_stores, world, who, audience):
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)

    feed = await opened_stores.posts.feed(viewer, EVERYTHING)
    by_author = {
        author: [post.id for post in (await opened_stores.posts.by_author(viewer, author, EVERYTHING)).nodes]
        for author in world.people
    }

    own = [
        entry.post.id
        for entry in reversed(world.entries)
        if entry.post.author_id == viewer.member_id and entry.post.state is not DELETED
    ]
    assert feed.nodes == []
    assert by_author == {author: own if author == viewer.member_id else [] for author in world.people}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_what_waits_is_found_by_its_host_and_what_was_handed_over_by_moderators(
    opened_stores, world, who, audience
):
    """Whatever the board is for, and nobody finds their own there by having been handed over."""
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)

    waiting = await opened_stores.posts.to_review(viewer, EVERYTHING)

    assert [post.id for post in waiting.nodes] == [
        entry.post.id for entry in reversed(world.entries) if can_see(viewer, entry.placed) and _waits(viewer, entry)
    ]


def _waits(viewer: Viewer, entry: Entry) -> bool:
    if entry.post.board_owner_id == viewer.member_id:
        return entry.post.state is HELD
    is_others = entry.post.author_id != viewer.member_id and entry.post.board_owner_id not in viewer.blocked
    return entry.is_handed_over and is_moderator(viewer) and is_others and entry.post.state in (PUBLISHED, HELD)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("who", WHO)
async def test_threads_show_and_count_what_the_policy_allows(opened_stores, world, who, audience):
    """By each with each at once, with tombstones where answers show; on a closed board nothing, not even one's own."""
    viewer = world.viewer(who)
    await _open_boards(world, opened_stores, audience)
    posts = {entry.post.id: entry.post for entry in public_entries(world)}
    seen = await opened_stores.posts.seen_by(viewer, posts)
    seen = {**seen, **await opened_stores.posts.tombstones(viewer, set(posts) - set(seen))}
    tops = [top for thread in world.threads.values() for top, _ in thread]

    threads = await opened_stores.comments.threads(viewer, list(seen.values()), EVERYTHING) if seen else []
    counts = await opened_stores.comments.counts(viewer, list(seen.values())) if seen else []
    by_id = await opened_stores.comments.seen_by(viewer, [top.id for top in tops])

    expected = {post: _expected(viewer, world, posts[post], audience) for post in posts}
    found = {
        view.id: [(comment.id, comment.state) for comment in thread.nodes]
        for view, thread in zip(seen.values(), threads, strict=True)
    }
    assert found == {post: expected[post] for post in seen}
    assert {(one.id, one.state) for one in by_id.values()} == set(itertools.chain(*expected.values()))
    assert dict(zip(seen, counts, strict=True)) == {post: _count(viewer, world, posts[post], audience) for post in seen}


def _expected(
    viewer: Viewer, world: World, post: PostRecord, audience: Audience
) -> list[tuple[CommentId, ContentState]]:
    if not _is_open_to(viewer, post, audience):
        return []
    shown = []
    for top, answer in world.threads[post.id]:
        if _comment_shows(viewer, top, post):
            shown.append((top.id, top.state))
        elif _said_to(viewer, answer, post):
            shown.append((top.id, ContentState.UNAVAILABLE))
    return shown


def _count(viewer: Viewer, world: World, post: PostRecord, audience: Audience) -> int:
    if not _is_open_to(viewer, post, audience):
        return 0
    said = [one for pair in world.threads[post.id] for one in pair if one]
    return sum(one.state is PUBLISHED and _comment_shows(viewer, one, post) for one in said)
