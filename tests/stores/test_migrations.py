"""Migrations run in order, each once, and one process at a time; on a real MongoDB."""

import asyncio
from datetime import timedelta

import pytest

from domain.content import BoardKind
from domain.hosts import HostEntry, HostScope
from domain.ids import MemberId
from domain.rich_text import HostVerdict
from policy.host_lists import keys_about
from stores import migrations
from stores.following_feed import place_author
from stores.hosts import Hosts
from stores.indexes import POSTS_BY_BOARD
from stores.leases import LOCKS, LeaseLost
from stores.migrations import LEASE, LOCK, MIGRATIONS, RECORDS, Migration, migrate, pending
from tests.clock_and_random import START, SeededRandom, SteppingClock


class Work:
    """Keeps what was done, in its order."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def migration(self, name: str, seconds: float = 0.0) -> Migration:
        async def run(database) -> None:
            await asyncio.sleep(seconds)
            self.done.append(name)
            await database["migrated"].update_one({"_id": name}, {"$inc": {"times": 1}}, upsert=True)

        return Migration(name, f"Does {name}", run)

    def failing(self, name: str) -> Migration:
        async def run(_database) -> None:
            self.done.append(name)
            raise ZeroDivisionError(name)

        return Migration(name, "Fails", run)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def database(stores):
    return stores.database


async def recorded(database) -> list[str]:
    return [row["_id"] async for row in database[RECORDS].find({}).sort("at", 1)]


async def test_migrations_run_in_the_order_of_the_table_and_are_recorded(database, work):
    clock = SteppingClock()
    table = [work.migration("b"), work.migration("a"), work.migration("c")]

    done = await migrate(database, clock, SeededRandom(), table)

    assert done == work.done == await recorded(database) == ["b", "a", "c"]
    row = await database[RECORDS].find_one({"_id": "a"})
    assert row["description"] == "Does a"
    assert START < row["at"] <= clock.moment
    assert await database[LOCKS].count_documents({}) == 0


async def test_what_is_recorded_does_not_run_again(database, work):
    table = [work.migration("first")]
    await migrate(database, SteppingClock(), SeededRandom(), table)

    done = await migrate(database, SteppingClock(), SeededRandom(), [*table, work.migration("second")])

    assert done == ["second"]
    assert work.done == ["first", "second"]


async def test_asking_what_is_pending_changes_nothing(database, work):
    """That is what the dry run shows."""
    table = [work.migration("first"), work.migration("second")]
    await migrate(database, SteppingClock(), SeededRandom(), table[:1])

    waiting = await pending(database, table)

    assert [migration.id for migration in waiting] == ["second"]
    assert work.done == ["first"]
    assert await recorded(database) == ["first"]
    assert await database[LOCKS].count_documents({}) == 0


async def test_a_failing_migration_stops_the_run_and_is_not_recorded(database, work):
    table = [work.migration("good"), work.failing("bad"), work.migration("later")]

    with pytest.raises(ZeroDivisionError):
        await migrate(database, SteppingClock(), SeededRandom(), table)

    assert work.done == ["good", "bad"]
    assert await recorded(database) == ["good"]
    assert await database[LOCKS].count_documents({}) == 0


async def test_after_a_failure_the_next_run_goes_on_where_it_stopped(database, work):
    with pytest.raises(ZeroDivisionError):
        await migrate(database, SteppingClock(), SeededRandom(), [work.migration("good"), work.failing("mended")])

    done = await migrate(database, SteppingClock(), SeededRandom(), [work.migration("good"), work.migration("mended")])

    assert done == ["mended"]
    assert await recorded(database) == ["good", "mended"]


async def test_of_many_runners_at_once_each_migration_runs_in_exactly_one(database, work):
    clock, random = SteppingClock(), SeededRandom()
    table = [work.migration("a", 0.05), work.migration("b", 0.05), work.migration("c", 0.05)]

    ran = await asyncio.gather(*(migrate(database, clock, random, table) for _ in range(4)))

    assert sorted(ran) == [[], [], [], ["a", "b", "c"]]
    assert work.done == ["a", "b", "c"]
    assert [row["times"] async for row in database["migrated"].find()] == [1, 1, 1]


async def test_a_lease_that_ran_out_is_taken_over(database, work):
    """Its owner crashed and will not give it back."""
    clock = SteppingClock()
    await database[LOCKS].insert_one({"_id": LOCK, "owner": "crashed", "expiresAt": START})

    done = await asyncio.wait_for(migrate(database, clock, SeededRandom(), [work.migration("a")]), 5)

    assert done == ["a"]


async def test_a_lease_that_stands_is_waited_for(database, work):
    clock = SteppingClock()
    await database[LOCKS].insert_one({"_id": LOCK, "owner": "busy", "expiresAt": START + LEASE})
    waiting = asyncio.create_task(migrate(database, clock, SeededRandom(), [work.migration("a")]))

    await asyncio.sleep(0.3)
    done_early = list(work.done)
    clock.advance(seconds=LEASE.total_seconds())
    done = await asyncio.wait_for(waiting, 5)

    assert (done_early, done) == ([], ["a"])


async def test_a_long_migration_keeps_its_lease(database, work, monkeypatch):
    monkeypatch.setattr(migrations, "RENEWAL_SECONDS", 0.02)
    clock = SteppingClock()
    lent: list = []

    async def run(database) -> None:
        for _ in range(3):
            lent.append((await database[LOCKS].find_one({"_id": LOCK}))["expiresAt"])
            clock.advance(seconds=1)
            await asyncio.sleep(0.2)

    await migrate(database, clock, SeededRandom(), [Migration("long", "Takes its time", run)])

    assert lent[1] >= lent[0] + timedelta(seconds=1)
    assert lent[2] >= lent[1] + timedelta(seconds=1)


async def test_who_lost_the_lease_stops_and_records_nothing(database, work, monkeypatch):
    """A paused process comes back after another one took over."""
    monkeypatch.setattr(migrations, "RENEWAL_SECONDS", 0.02)
    finished = False

    async def run(database) -> None:
        nonlocal finished
        await database[LOCKS].update_one({"_id": LOCK}, {"$set": {"owner": "another"}})
        await asyncio.sleep(5)
        finished = True

    with pytest.raises(LeaseLost):
        await migrate(database, SteppingClock(), SeededRandom(), [Migration("slow", "Pauses", run)])

    assert not finished
    assert await recorded(database) == []
    assert (await database[LOCKS].find_one({"_id": LOCK}))["owner"] == "another"


async def test_the_lease_is_checked_once_more_with_the_record(database):
    async def run(database) -> None:
        await database[LOCKS].update_one({"_id": LOCK}, {"$set": {"owner": "another"}})

    with pytest.raises(LeaseLost):
        await migrate(database, SteppingClock(), SeededRandom(), [Migration("quick", "Loses its lease", run)])

    assert await recorded(database) == []


async def test_the_first_migration_lays_out_an_empty_database_and_may_run_again(stores):
    empty = stores.database.client["veranda_migrated"]
    try:
        await migrate(empty, SteppingClock(), SeededRandom())
        await MIGRATIONS[0].run(empty)

        names = set(await empty.list_collection_names())
        assert {"members", "credentials", "hosts", "posts", "comments", "claims", RECORDS} <= names
        assert POSTS_BY_BOARD in await empty["posts"].index_information()
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_members_from_before_message_boards_get_theirs_and_keep_what_they_chose(stores):
    """As a database stood before: boards without an audience, indexes of other keys; then run twice."""
    old = stores.database.client["veranda_migrated"]
    try:
        await old["members"].insert_one({"_id": "mbr_ann", "handle": "ann", "createdAt": START})
        await old["boards"].insert_one({"_id": "brd_tea", "slug": "tea", "owner": None})
        await old["posts"].create_index([("author", 1), ("state", 1)], name="author_newest")
        await MIGRATIONS[1].run(old)
        await old["boards"].update_one({"_id": "brd_ann"}, {"$set": {"audience": "ONLY_ME"}})

        await MIGRATIONS[1].run(old)

        tea, board = await old["boards"].find_one({"_id": "brd_tea"}), await old["boards"].find_one({"_id": "brd_ann"})
        assert tea == {"_id": "brd_tea", "slug": "tea", "audience": "PUBLIC"}
        assert (board["slug"], board["owner"], board["audience"]) == ("@ann", "mbr_ann", "ONLY_ME")
        assert await old["boards"].count_documents({}) == 2
        assert "author_newest" not in await old["posts"].index_information()
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_posts_from_before_shelves_get_theirs_and_later_ones_keep_theirs(stores):
    old = stores.database.client["veranda_migrated"]
    try:
        await old["posts"].insert_many(
            [
                {"_id": "pst_1", "place": "DISCUSSION", "author": "mbr_ann"},
                {"_id": "pst_2", "place": "MESSAGES", "author": "mbr_bob", "shelf": "MESSAGES:mbr_bob"},
            ]
        )

        for _ in range(2):
            await MIGRATIONS[2].run(old)

        shelves = [post["shelf"] async for post in old["posts"].find().sort("_id", 1)]
        assert shelves == [place_author(BoardKind.DISCUSSION, MemberId("mbr_ann")), "MESSAGES:mbr_bob"]
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_reports_that_wait_get_their_cases_and_decided_ones_none(stores):
    """Two wait about one post, one about a member; of one the post is decided about, of one it is deleted."""
    old = stores.database.client["veranda_migrated"]
    try:
        await old["posts"].insert_many(
            [post(n, state) for n, state in enumerate(("PUBLISHED", "PUBLISHED", "DELETED"))]
        )
        await old["members"].insert_one({"_id": "mbr_ann"})
        targets = ("pst_0", "pst_0", "pst_1", "pst_2", "mbr_ann")
        await old["reports"].insert_many([report(n, target) for n, target in enumerate(targets)])
        decision = {"target": "pst_1", "action": "RESTORE", "decidedAt": START + timedelta(hours=1)}
        await old["decisions"].insert_one(decision)

        for _ in range(2):
            await MIGRATIONS[3].run(old)

        cases = {case["target"]: case async for case in old["cases"].find()}
        assert {target: (case["subject"], case["state"], case["reports"]) for target, case in cases.items()} == {
            "pst_0": ("mbr_author0", "OPEN", 2),
            "mbr_ann": ("mbr_ann", "OPEN", 1),
        }
        assert cases["pst_0"]["openedAt"] == START
        assert len({case["_id"] for case in cases.values() if case["_id"].startswith("cse_")}) == 2
        gathered = [row.get("case") async for row in old["reports"].find().sort("createdAt", 1)]
        assert gathered == [cases["pst_0"]["_id"]] * 2 + [None, None] + [cases["mbr_ann"]["_id"]]
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_cases_decisions_and_appeals_from_before_scopes_learn_where_their_targets_stand(stores):
    """What is about a member stands nowhere, also where a post of theirs gave cause; of one the post is gone."""
    old = stores.database.client["veranda_migrated"]
    try:
        await old["posts"].insert_one({"_id": "pst_1", "board": "brd_a"})
        await old["comments"].insert_one({"_id": "cmt_1", "post": "pst_1"})
        targets = ("pst_1", "cmt_1", "pst_gone", "mbr_ann")
        await old["cases"].insert_many([{"_id": f"cse_{target}", "target": target} for target in targets])
        await old["decisions"].insert_many(
            [
                {"_id": "dcn_1", "target": "cmt_1", "action": "REMOVE"},
                {"_id": "dcn_2", "target": "pst_1", "action": "WARN"},
                {"_id": "dcn_3", "target": "pst_1", "action": "LOCK", "board": "brd_as_written_since"},
            ]
        )
        decisions = [f"dcn_{n}" for n in (1, 2, 3)]
        await old["appeals"].insert_many([{"_id": f"apl_{each}", "decision": each} for each in decisions])

        for _ in range(2):
            await MIGRATIONS[6].run(old)

        async def boards(name: str) -> list[str | None]:
            return [row.get("board") async for row in old[name].find().sort("_id", 1)]

        assert await old["cases"].find_one({"_id": "cse_cmt_1"}) == {
            "_id": "cse_cmt_1",
            "target": "cmt_1",
            "board": "brd_a",
        }
        assert await boards("cases") == ["brd_a", None, "brd_a", None]
        assert await boards("decisions") == ["brd_a", None, "brd_as_written_since"]
        assert await boards("appeals") == ["brd_a", None, "brd_as_written_since"]
    finally:
        await stores.database.client.drop_database("veranda_migrated")


def post(n: int, state: str) -> dict:
    return {"_id": f"pst_{n}", "author": f"mbr_author{n}", "state": state}


def report(n: int, target: str) -> dict:
    made = {"target": target, "reporter": f"mbr_{n}", "reason": "SPAM", "note": None}
    return {"_id": f"{target}:mbr_{n}", "createdAt": START + timedelta(minutes=n), **made}


def test_no_two_migrations_share_an_id_and_they_are_listed_in_its_order():
    ids = [migration.id for migration in MIGRATIONS]

    assert ids == sorted(set(ids))


async def test_verdicts_from_before_scopes_become_entries_about_their_hosts_alone(stores):
    """One was judged anew by the new version before its old row was moved: the later word stands."""
    old = stores.database.client["veranda_migrated"]
    hosts = Hosts(old["hosts"])
    try:
        await old["hosts"].insert_many(
            [
                {"_id": host, "verdict": verdict, "reason": "said so", "decidedAt": START}
                for host, verdict in [("teahouse.cn", "TRUSTED"), ("b.example", "BLOCKED"), ("c.example", "BLOCKED")]
            ]
        )
        await MIGRATIONS[0].run(old)
        await hosts.put(HostEntry("later", "c.example", HostScope.HOST, HostVerdict.TRUSTED, "looked", None, START))

        for _ in range(2):
            await MIGRATIONS[4].run(old)

        found = await hosts.in_force([f"HOST:{host}" for host in ("teahouse.cn", "b.example", "c.example")], START)
        assert {(entry.host, entry.verdict.value, entry.reason) for entry in found} == {
            ("teahouse.cn", "TRUSTED", "said so"),
            ("b.example", "BLOCKED", "said so"),
            ("c.example", "TRUSTED", "looked"),
        }
        assert await old["hosts"].count_documents({}) == 3
        # And who imitates a trusted one is found by its look.
        assert [entry.host for entry in await hosts.in_force(keys_about("teah0use.cn"), START)] == ["teahouse.cn"]
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_indexes_from_before_the_queue_are_dropped(stores):
    old = stores.database.client["veranda_migrated"]
    try:
        await old["outbox"].create_index([("at", 1), ("_id", 1)], name="oldest")
        await old["cases"].create_index([("state", 1), ("openedAt", 1)], name="state_oldest")

        for _ in range(2):
            await MIGRATIONS[5].run(old)

        assert "oldest" not in await old["outbox"].index_information()
        assert "state_oldest" not in await old["cases"].index_information()
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_indexes_from_before_free_cases_stood_together_are_dropped(stores):
    [step] = [migration for migration in MIGRATIONS if migration.id == "0009-free-cases"]
    old = stores.database.client["veranda_migrated"]
    try:
        for name in ("state_due_until", "board_state_due_until"):
            await old["cases"].create_index([("state", 1), (name, 1)], name=name)

        for _ in range(2):
            await step.run(old)

        kept = await old["cases"].index_information()
        assert not {"state_due_until", "board_state_due_until"} & kept.keys()
        assert {"state_until_due", "board_state_until_due", "state_due", "board_state_due"} <= kept.keys()
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_the_log_keeps_what_is_over_enough_members(stores):
    """Both have fifteen decisions: one about as many members, the other about nine."""
    [step] = [migration for migration in MIGRATIONS if migration.id == "0010-log-of-members"]
    old = stores.database.client["veranda_migrated"]
    day = START.replace(hour=0, minute=0)
    made = {"action": "REMOVE", "audience": "PUBLIC", "decidedAt": day + timedelta(hours=1)}
    try:
        await old["decisions"].create_index([("audience", 1)], name="public_day")
        await old["decisions"].insert_many(
            [
                {**made, "_id": f"dcn_{reason}{n}", "reason": reason, "subject": f"mbr_{n % members}"}
                for reason, members in (("SPAM", 15), ("ABUSE", 9))
                for n in range(15)
            ]
        )
        row = {"day": day, "action": "REMOVE", "count": 15}
        await old["publicDecisions"].insert_many([{**row, "_id": each, "reason": each} for each in ("SPAM", "ABUSE")])

        for _ in range(2):
            await step.run(old)

        assert [(each["reason"], each["count"]) async for each in old["publicDecisions"].find()] == [("SPAM", 15)]
        assert "public_day" not in await old["decisions"].index_information()
    finally:
        await stores.database.client.drop_database("veranda_migrated")


async def test_boards_from_before_edits_were_reviewed_let_none_wait(stores):
    [step] = [migration for migration in MIGRATIONS if migration.id == "0008-edits"]
    old = stores.database.client["veranda_migrated"]
    try:
        await old["boards"].insert_many([{"_id": "brd_1"}, {"_id": "brd_2", "reviewEdits": True}])

        for _ in range(2):
            await step.run(old)

        found = {row["_id"]: row["reviewEdits"] async for row in old["boards"].find()}
        assert found == {"brd_1": False, "brd_2": True}
        assert "reviewer_newest" in await old["edits"].index_information()
    finally:
        await stores.database.client.drop_database("veranda_migrated")
