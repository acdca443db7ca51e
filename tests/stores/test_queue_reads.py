"""What a long queue costs: a page of it and the next case, by index, also where others have claimed all before it."""

from datetime import timedelta

import pytest

from domain.ids import MemberId
from tests.queues import claim_first, fill_queue, moderator
from tests.sources import START

QUEUE, CLAIMED, PAGE = 20_000, 19_000, 20
PAGES = """query ($filter: CaseFilter) { cases(filter: $filter, first: 20) { nodes { id state version reportCount
  target { ... on Post { id title } } } } }"""
CLAIM_NEXT = "case { id state }"
#: Who asks, the page, and what its cases are about.
READS = ["cases", "posts", "sessions"]


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


async def test_a_page_and_the_next_case_of_a_long_queue_cost_what_they_show(mo, stores, queue, reads):
    """Whether nobody, or others, have claimed what comes first, and also when their claims have ended."""
    first, later = queue[:CLAIMED], queue[CLAIMED:]

    await shows(mo, stores, reads, {"OPEN": first, "CLAIMED": [], None: first})

    await claim_first(stores, first, MemberId("mbr_other_moderator"), START + timedelta(hours=1))
    await shows(mo, stores, reads, {"OPEN": later, "CLAIMED": first, None: first})

    await claim_first(stores, first, MemberId("mbr_other_moderator"), START - timedelta(hours=1))
    await claim_first(stores, later, MemberId("mbr_other_moderator"), START + timedelta(hours=1))
    await shows(mo, stores, reads, {"OPEN": first, "CLAIMED": later, None: first})


async def shows(mo, stores, reads, lists) -> None:
    """Each list begins as it should, and the next case is the first open one; neither fetches more than it shows."""
    for state, cases in lists.items():
        reads.forget()

        page = (await mo.asks(PAGES, filter={"state": state}))["cases"]["nodes"]

        assert [each["id"] for each in page] == cases[:PAGE]
        assert sorted(reads.collections) == (READS if page else ["cases", "sessions"])
        for read in list(reads.all):
            plan = await read.explained(stores.database)
            assert not plan.stages & {"COLLSCAN", "SORT"}, (state, read)
            assert plan.docs_examined <= 5 * await read.brings(stores.database), (state, read, plan)

    reads.forget()
    assert (await mo.manages("claimCase", CLAIM_NEXT))["case"] == {"id": lists["OPEN"][0], "state": "CLAIMED"}
    await mo.manages("releaseCase", caseId=lists["OPEN"][0])
    [command] = [each for each in reads.changes if each["findAndModify"] == "cases"]
    answer = await stores.database.command({"explain": command, "verbosity": "executionStats"})
    assert answer["executionStats"]["totalDocsExamined"] == 1
