"""The queue of edits: what MongoDB finds is what the policy says, in the order of an index."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audience import Audience
from domain.content import ContentState
from domain.edits import EditState, PendingEdit, Place, Said
from domain.ids import BoardId, message_board_of
from domain.members import Role
from domain.paging import Key, Page
from domain.viewer import Viewer
from policy.edits import may_review
from tests import factories
from tests.clock_and_random import START

ALL = Page(100)
ELSEWHERE = BoardId("brd_elsewhere_board")


async def insert_board(stores, board):
    await stores.transactions.run(lambda transaction: stores.boards.insert(board, transaction))


async def waits(stores, author, reviewer, shown_to, state=EditState.WAITING, on=factories.A_BOARD) -> PendingEdit:
    post = (await factories.post(stores, author)).id
    board = message_board_of(reviewer) if reviewer else on
    place = Place(post, post, board, author, reviewer)
    said = Said(None, factories.text(), shown_to, ())
    edit = PendingEdit(place, reviewer, said, shown_to, START, state)
    await stores.transactions.run(lambda transaction: stores.edits.keep(edit, transaction))
    return edit


@pytest.fixture
async def members(stores):
    elsewhere = replace(factories.DISCUSSION, id=ELSEWHERE, slug="elsewhere")
    for board in (factories.DISCUSSION, elsewhere):
        await insert_board(stores, board)
    return {name: await factories.member(stores, name) for name in ("ann", "bob", "eve", "mod")}


async def test_the_queue_finds_what_the_policy_says(stores, members):
    authors, reviewers = ("ann", "bob", "mod"), (None, "ann", "bob")
    edits = [
        await waits(stores, members[author], members[reviewer] if reviewer else None, audience)
        for author in authors
        for reviewer in reviewers
        if author != reviewer
        for audience in Audience
    ]
    await waits(stores, members["bob"], None, Audience.PUBLIC, EditState.REJECTED)
    await waits(stores, members["bob"], members["ann"], Audience.PUBLIC, EditState.APPROVED)
    edits.append(await waits(stores, members["bob"], None, Audience.PUBLIC, on=ELSEWHERE))
    viewers = [Viewer()] + [
        Viewer(member, role, blocked=frozenset({members[blocked]}) if blocked else frozenset(), moderates=boards)
        for member in members.values()
        for role in Role
        for blocked in (None, "bob", "eve")
        for boards in (frozenset(), frozenset({factories.A_BOARD}), frozenset({ELSEWHERE}))
    ]

    for viewer in viewers:
        found = await stores.edits.to_review(viewer, ALL)

        assert {edit.id for edit in found.nodes} == {edit.id for edit in edits if may_review(viewer, edit)}, viewer


@pytest.mark.parametrize("state", ContentState)
async def test_only_what_still_stands_is_reviewed(stores, members, state):
    edit = await waits(stores, members["bob"], None, Audience.PUBLIC)
    await stores.database["posts"].update_one({"_id": edit.id}, {"$set": {"state": state.value}})

    found = await stores.edits.to_review(Viewer(members["mod"], Role.MODERATOR), ALL)

    assert len(found.nodes) == (state in {ContentState.PUBLISHED, ContentState.HELD})


async def fill(stores, edit, number, minutes=0, **more):
    """Keep ``number`` copies of ``edit``, the first one the newest."""
    row = await stores.database["edits"].find_one({"_id": edit.id})
    rows = [
        {**row, "_id": f"{edit.id[:-4]}{n:04}", "post": edit.id, "writtenAt": START - timedelta(minutes=minutes + n)}
        | more
        for n in range(number)
    ]
    await stores.database["edits"].insert_many(rows)


@pytest.fixture
async def docs_examined(stores):
    """Return how many documents MongoDB examined for each aggregate of ``edits``, as its profile says."""
    profile = stores.database["system.profile"]
    await stores.database.command("profile", 2)

    async def examined():
        rows = await profile.find({"command.aggregate": "edits"}).to_list()
        await stores.database.command("profile", 0)
        await profile.drop()
        return [row["docsExamined"] for row in rows]

    yield examined
    await stores.database.command("profile", 0)
    await profile.drop()


def moderator_of(members, *boards):
    return Viewer(members["mod"], Role.MEMBER, moderates=frozenset(boards))


#: Who reads a page of 20 of a queue of 2,000.
QUEUES = {
    "the owner of the message board": ("ann", lambda members: Viewer(members["ann"], Role.MEMBER)),
    "a moderator": (None, lambda members: Viewer(members["mod"], Role.MODERATOR)),
    "a moderator of the board": (None, lambda members: moderator_of(members, factories.A_BOARD)),
    "a moderator of two boards": (None, lambda members: moderator_of(members, ELSEWHERE, factories.A_BOARD)),
}


@pytest.mark.parametrize("who", QUEUES)
async def test_a_page_of_a_long_queue_looks_at_no_more_than_it_shows(stores, members, docs_examined, who):
    reviewer, viewer_of = QUEUES[who]
    edit = await waits(stores, members["bob"], reviewer and members[reviewer], Audience.PUBLIC)
    await fill(stores, edit, 2_000)
    # None of these is the viewer's to review.
    await fill(stores, await waits(stores, members["bob"], members["eve"], Audience.PUBLIC), 50)
    await fill(stores, await waits(stores, members["bob"], None, Audience.FRIENDS), 50)
    await fill(stores, await waits(stores, members["mod"], None, Audience.PUBLIC), 50)

    found = await stores.edits.to_review(viewer_of(members), Page(20))

    assert len(found.nodes) == 20
    # Each edit with its post and its board, and one edit more that tells whether the list goes on.
    assert await docs_examined() == [3 * 21]


async def test_the_queue_of_a_message_board_is_read_in_the_order_of_its_index(stores, members, reads):
    """A host's: asked to explain a union of two ways, mongod 6.0.5 falls over."""
    await fill(stores, await waits(stores, members["bob"], members["ann"], Audience.PUBLIC), 100)
    reads.forget()

    await stores.edits.to_review(Viewer(members["ann"], Role.MEMBER), Page(20))

    [read] = reads.all
    explained = await read.explained(stores.database)
    assert explained.stages.isdisjoint({"SORT", "COLLSCAN"})


@pytest.mark.parametrize("is_backward", [False, True])
async def test_edits_to_what_was_removed_leave_no_gap_in_the_queue(stores, members, reads, is_backward):
    gone = await waits(stores, members["bob"], None, Audience.PUBLIC)
    await stores.database["posts"].update_one({"_id": gone.id}, {"$set": {"state": ContentState.REMOVED.value}})
    standing = await waits(stores, members["bob"], None, Audience.PUBLIC)
    await stores.database["edits"].delete_many({})
    await stores.transactions.run(lambda transaction: stores.edits.keep(gone, transaction))
    await fill(stores, gone, 30)
    await stores.database["edits"].delete_one({"_id": gone.id})
    row = {**(await stores.database["edits"].find_one({})), "_id": standing.id, "post": standing.id}
    newest = START + timedelta(minutes=1)
    oldest = START - timedelta(minutes=100)
    first = {**row, "writtenAt": oldest if is_backward else newest}
    last = {**row, "_id": f"{standing.id[:-4]}last", "writtenAt": newest if is_backward else oldest}
    await stores.database["edits"].insert_many([first, last])
    viewer = moderator_of(members, factories.A_BOARD)
    reads.forget()

    found = await stores.edits.to_review(viewer, Page(1, is_backward))
    key = Key(first["writtenAt"], first["_id"])
    rest = Page(1, is_backward, before=key) if is_backward else Page(1, after=key)
    following = await stores.edits.to_review(viewer, rest)

    assert [edit.id for edit in found.nodes] == [first["_id"]]
    assert (found.has_previous, found.has_next) == (is_backward, not is_backward)
    assert [edit.id for edit in following.nodes] == [last["_id"]]
    assert (following.has_previous, following.has_next) == (not is_backward, is_backward)
    # Each read looks at twice as many as the one before.
    assert len(reads.all) <= 2 * 5
