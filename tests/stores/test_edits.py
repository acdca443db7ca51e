"""The queue of edits: what MongoDB finds is what the policy says, in the order of an index."""

import pytest

from domain.audience import Audience
from domain.content import ContentState
from domain.edits import EditState, PendingEdit, Place, Said
from domain.ids import message_board_of
from domain.members import Role
from domain.paging import Page
from domain.viewer import Viewer
from policy.edits import may_review
from tests import factories
from tests.clock_and_random import START

ALL = Page(100)


async def waits(stores, author, reviewer, shown_to, state=EditState.WAITING) -> PendingEdit:
    post = (await factories.post(stores, author)).id
    board = message_board_of(reviewer) if reviewer else factories.A_BOARD
    place = Place(post, post, board, author, reviewer)
    said = Said(None, factories.text(), shown_to, ())
    edit = PendingEdit(place, reviewer, said, shown_to, START, state)
    await stores.transactions.run(lambda transaction: stores.edits.keep(edit, transaction))
    return edit


@pytest.fixture
async def members(stores):
    await stores.transactions.run(lambda transaction: stores.boards.insert(factories.DISCUSSION, transaction))
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
    viewers = [Viewer()] + [
        Viewer(member, role, blocked=frozenset({members[blocked]}) if blocked else frozenset())
        for member in members.values()
        for role in Role
        for blocked in (None, "bob", "eve")
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


async def test_a_page_of_a_long_queue_is_read_in_the_order_of_its_index(stores, members, reads):
    """A host's: asked to explain a union of two ways, mongod 6.0.5 falls over."""
    edit = await waits(stores, members["bob"], members["ann"], Audience.PUBLIC)
    row = await stores.database["edits"].find_one({"_id": edit.id})
    rows = [{**row, "_id": f"{edit.id[:-4]}{n:04}", "post": edit.id} for n in range(2_000)]
    await stores.database["edits"].insert_many(rows)
    reads.forget()

    found = await stores.edits.to_review(Viewer(members["ann"], Role.MEMBER), Page(20))

    assert len(found.nodes) == 20
    [read] = reads.all
    explained = await read.explained(stores.database)
    # MongoDB reads ahead up to 4 MB of edits; of those the page takes 21, each looked up with its post and its board.
    assert "SORT" not in explained.stages
    assert explained.docs_examined <= 2_001 + 2 * 21
