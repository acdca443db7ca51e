"""What a long queue costs: a page of it and the next case, by index, also where others have claimed all before it.

Neither goes by what is claimed, nor by what was.
"""

from datetime import timedelta

import pytest

from domain.cases import CaseState
from domain.ids import BoardId, MemberId
from domain.members import Role
from domain.paging import Key, Page
from domain.viewer import Viewer
from moderation.notification_worker import Notifier
from stores.leased_worker import Turn
from tests.clock_and_random import START
from tests.queues import claim_first, fill_queue, moderator

QUEUE, CLAIMED, PAGE = 20_000, 19_000, 20
OTHER = MemberId("mbr_other_moderator")
PAGES = """query ($filter: CaseFilter) { cases(filter: $filter, first: 20) { nodes { id state version reportCount
  target { ... on Post { id title } } } } }"""
CLAIM_NEXT = "case { id state }"
#: Keys of the index for a page, which may be looked for in two ranges.
KEYS = 2 * (PAGE + 1)
#: Who asks, the page, and what its cases are about; of free ones those come apart whose claim has just ended.
READS = {"OPEN": 2, "CLAIMED": 1, None: 1}


@pytest.fixture
async def queue(stores):
    yield await fill_queue(stores, QUEUE)
    await stores.database["cases"].drop()
    await stores.prepare()


@pytest.fixture
async def mo(community, stores):
    mo = community.visitor()
    mo.token, mo.handle = "mo's token", "mo"
    mo.id = await moderator(stores, mo.handle, mo.token)
    return mo


async def test_a_page_and_the_next_case_of_a_long_queue_cost_what_they_show(mo, stores, app_services, queue, reads):
    """Whether nobody, or others, have claimed what comes first, and also when their claims have ended."""
    first, later = queue[:CLAIMED], queue[CLAIMED:]

    await shows(mo, stores, reads, {"OPEN": first, "CLAIMED": [], None: first})

    await claim_first(stores, first, OTHER, START + timedelta(hours=1))
    await shows(mo, stores, reads, {"OPEN": later, "CLAIMED": first, None: first})

    await claim_first(stores, first, OTHER, START - timedelta(hours=1))
    await claim_first(stores, later, OTHER, START + timedelta(hours=1))
    reads.forget()
    assert await page_of(mo, "OPEN") == first[:PAGE]
    [by_keys] = [read for read in reads.all if read.command.get("aggregate") == "cases"]
    assert (await by_keys.explained(stores.database)).docs_examined == 0
    await Notifier(app_services.core).notify_waiting(Turn())
    await shows(mo, stores, reads, {"OPEN": first, "CLAIMED": later, None: first})


@pytest.mark.parametrize("is_of_a_board", [False, True])
async def test_what_is_free_is_paged_in_its_order_whether_or_not_its_last_claim_is_cleared_away(
    stores, community, is_of_a_board
):
    """Of three cases in turn one was never claimed, one is, and of one the claim has ended in this moment."""
    cases = await fill_queue(stores, 30)
    await stores.database["cases"].update_many({}, {"$set": {"board": "brd_a"}})
    await claim_first(stores, cases[1::3], OTHER, START + timedelta(hours=1))
    await claim_first(stores, cases[2::3], OTHER, START)
    of_all, of_one = (
        Viewer(MemberId("mbr_me"), Role.MODERATOR),
        Viewer(MemberId("mbr_me"), Role.MEMBER, moderates=frozenset({BoardId("brd_a")})),
    )
    viewer = of_one if is_of_a_board else of_all
    free = [case for case in cases if case not in cases[1::3]]

    async def listed(page):
        return await stores.queue.listed(viewer, CaseState.OPEN, START, page)

    forward: list[str] = []
    after = None
    while after or not forward:
        found = await listed(Page(size=6, after=after))
        forward += [case.id for case in found.nodes]
        after = Key(found.nodes[-1].due_at, found.nodes[-1].id) if found.has_next else None
        last = found.nodes[-1]
    back = await listed(Page(size=6, before=Key(last.due_at, last.id), is_backward=True))

    assert forward == free
    assert ([case.id for case in back.nodes], back.has_previous) == (free[-7:-1], True)
    assert [case.state_at(START) for case in back.nodes] == [CaseState.OPEN] * 6


async def page_of(mo, state) -> list[str]:
    return [each["id"] for each in (await mo.asks(PAGES, filter={"state": state}))["cases"]["nodes"]]


async def shows(mo, stores, reads, lists) -> None:
    """Each list begins as it should, and the next case is the first open one; neither fetches more than it shows."""
    for state, cases in lists.items():
        reads.forget()

        assert await page_of(mo, state) == cases[:PAGE]

        about = ["posts"] if cases else []
        assert sorted(reads.collections) == ["cases"] * READS[state] + about + ["sessions"]
        for read in list(reads.all):
            plan = await read.explained(stores.database)
            assert not plan.stages & {"COLLSCAN", "SORT"}, (state, read)
            assert plan.docs_examined <= 5 * await read.brings(stores.database), (state, read, plan)
            assert plan.keys_examined <= KEYS, (state, read, plan)

    reads.forget()
    assert (await mo.manages("claimCase", CLAIM_NEXT))["case"] == {"id": lists["OPEN"][0], "state": "CLAIMED"}
    await mo.manages("releaseCase", caseId=lists["OPEN"][0])
    [command] = [each for each in reads.changes if each["findAndModify"] == "cases"]
    answer = await stores.database.command({"explain": command, "verbosity": "executionStats"})
    assert answer["executionStats"]["totalDocsExamined"] == 1
    assert answer["executionStats"]["totalKeysExamined"] <= 2
