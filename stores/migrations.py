"""Migrations: what changes stored data from one version to the next, in order, each once, by one process at a time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import CollectionInvalid

from domain.audience import Audience
from domain.clock_and_random import Clock, RandomSource, SystemRandom
from domain.hosts import HostEntry, HostScope
from domain.ids import Kind, MemberId, kind_of, new_case_id
from domain.rich_text import HostVerdict
from policy.boards import message_board
from policy.case_priority import SEVERITY_HOURS, accuracy
from policy.permissions import NEEDED_FOR, Privilege
from stores.boards import board_document
from stores.cases import Cases, Matter
from stores.codecs import Document
from stores.hosts import Hosts
from stores.indexes import INDEXES, create_indexes
from stores.leases import OWNER_BYTES, Lease
from stores.reports import Reports
from stores.transactions import Transaction, Transactions
from stores.transparency import TransparencyLog

RECORDS = "migrations"
LOCK = "migrations"

#: Longer than the clocks of processes differ. A runner that crashed keeps the next one waiting no longer than this.
LEASE = timedelta(seconds=30)
RENEWAL_SECONDS = 10.0


logger = structlog.get_logger()

Step = Callable[[AsyncDatabase[Document]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Migration:
    """A change of stored data. A crash may come between ``run`` and its record, so running twice is as good as once."""

    id: str
    description: str
    run: Step


#: Without indexes of their own, but written in transactions, where making a collection gets in each other's way.
_PLAIN_COLLECTIONS = ("credentials", "hosts")


async def lay_out(database: AsyncDatabase[Document]) -> None:
    """Make every collection of the first version, with its indexes; what is there stays."""
    for name in _PLAIN_COLLECTIONS:
        try:
            await database.create_collection(name)
        except CollectionInvalid:  # it is there
            continue
    await create_indexes(database)


#: Of keys that lists no longer look up by.
_INDEXES_BEFORE_MESSAGE_BOARDS = {"posts": ("author_newest", "board_friends"), "comments": ("ancestors",)}


async def give_message_boards(database: AsyncDatabase[Document]) -> None:
    """Give every member their board, and boards from before that the audience that they had all along."""
    await database["boards"].update_many(
        {"audience": {"$exists": False}}, {"$set": {"audience": Audience.PUBLIC.value}}
    )
    await database["boards"].update_many({"owner": None}, {"$unset": {"owner": True}})
    async for member in database["members"].find({}, {"handle": 1, "createdAt": 1}):
        board = board_document(message_board(member["_id"], member["handle"], member["createdAt"]))
        await database["boards"].update_one({"_id": board["_id"]}, {"$setOnInsert": board}, upsert=True)
    await _drop_indexes(database, _INDEXES_BEFORE_MESSAGE_BOARDS)


async def put_on_shelves(database: AsyncDatabase[Document]) -> None:
    """Give each post that was written before there were shelves its own (``stores.following_feed.shelf``)."""
    shelf = {"$concat": ["$place", ":", "$author"]}
    await database["posts"].update_many({"shelf": {"$exists": False}}, [{"$set": {"shelf": shelf}}])


async def gather_reports(database: AsyncDatabase[Document]) -> None:
    """Give each report that still waits its case; decided ones need none, for a case is what waits."""
    cases = Cases(database["cases"], database["posts"], database["comments"])
    await database["cases"].create_indexes(list(INDEXES["cases"]))
    await database["reports"].create_indexes(list(INDEXES["reports"]))
    async for report in Reports(database["reports"], database["members"]).without_case():
        subject = await _subject_of(database, report.target_id)
        if subject is None:
            continue
        severity, reach, weight = SEVERITY_HOURS[report.reason], 0, accuracy(0, 0)
        case_id = new_case_id(SystemRandom())
        matter = Matter(case_id, report.target_id, subject, report.created_at, severity, reach, weight)
        case = await cases.join(matter, None, reports=0)
        if case:
            await database["reports"].update_one({"_id": report.id}, {"$set": {"case": case}})
    # Counted at the end, so that a run that is cut off and begun anew counts no report twice.
    async for case_row in database["cases"].find({}, {"_id": 1}):
        reports = await database["reports"].count_documents({"case": case_row["_id"]})
        await database["cases"].update_one(case_row, {"$set": {"reports": reports}})


async def give_verdicts_a_scope(database: AsyncDatabase[Document]) -> None:
    """Make of each verdict about a host, once named by its _id, an entry about that host alone."""
    await database["hosts"].create_indexes(list(INDEXES["hosts"]))
    random = SystemRandom()
    async for row in database["hosts"].find({"scope": {"$exists": False}}):
        verdict = HostVerdict(row["verdict"])
        entry = HostEntry(
            random.token(12), row["_id"], HostScope.HOST, verdict, row["reason"], None, decided_at=row["decidedAt"]
        )
        # What was decided about it since the new version runs is the later word.
        if not await database["hosts"].find_one({"host": entry.host, "scope": entry.scope.value}, {"_id": 1}):
            await Hosts(database["hosts"]).put(entry)
        await database["hosts"].delete_one({"_id": row["_id"]})


#: Of the order in which cases waited, and of an outbox that nobody read by kind.
_INDEXES_BEFORE_QUEUE = {"cases": ("state_oldest",), "outbox": ("oldest",)}


async def put_in_order(database: AsyncDatabase[Document]) -> None:
    """Give cases from before there was a queue what it is ordered by: they waited since they were opened."""
    await database["cases"].create_indexes(list(INDEXES["cases"]))
    new = {"version": 1, "severityHours": 0, "reachHours": 0, "weight": 0, "dueAt": "$openedAt", "decision": None}
    await database["cases"].update_many({"dueAt": {"$exists": False}}, [{"$set": new}])
    await _drop_indexes(database, _INDEXES_BEFORE_QUEUE)


async def _drop_indexes(database: AsyncDatabase[Document], names: Mapping[str, Sequence[str]]) -> None:
    for collection, old in names.items():
        kept = await database[collection].index_information()
        for name in old:
            if name in kept:
                await database[collection].drop_index(name)


async def make_room_for_edits(database: AsyncDatabase[Document]) -> None:
    """Make the collection of edits that wait; and let boards from before them say that none do there."""
    await database["edits"].create_indexes(list(INDEXES["edits"]))
    await database["boards"].update_many({"reviewEdits": {"$exists": False}}, {"$set": {"reviewEdits": False}})


async def name_boards(database: AsyncDatabase[Document]) -> None:
    """Say of cases, decisions and appeals about posts and comments where these stand."""
    for name in ("cases", "appeals"):
        await database[name].create_indexes(list(INDEXES[name]))
    about_content = [action.value for action, needed in NEEDED_FOR.items() if needed is Privilege.MODERATE]
    written = {"target": {"$regex": f"^({Kind.POST.value}|{Kind.COMMENT.value})"}}
    await _fill_in_board(database["cases"], written, _OF_TARGET)
    await _fill_in_board(database["decisions"], {**written, "action": {"$in": about_content}}, _OF_TARGET)
    await _fill_in_board(database["appeals"], {}, [_joined("decisions", "decision")])


async def _fill_in_board(collection: AsyncCollection[Document], which: Document, lookups: Sequence[Document]) -> None:
    """Give those that have none the board of what was found by ``lookups``, if it is there still."""
    stages: list[Document] = [
        {"$match": {"board": {"$exists": False}, **which}},
        *lookups,
        {"$match": {"found.board": {"$exists": True}}},
        {"$project": {"board": {"$first": "$found.board"}}},
        {"$merge": {"into": collection.name, "whenMatched": "merge", "whenNotMatched": "discard"}},
    ]
    await (await collection.aggregate(stages)).to_list()


def _joined(collection: str, by: str) -> Document:
    return {"$lookup": {"from": collection, "localField": by, "foreignField": "_id", "as": "found"}}


_OF_TARGET: Sequence[Document] = [
    _joined("comments", "target"),
    {"$set": {"post": {"$ifNull": [{"$first": "$found.post"}, "$target"]}}},
    _joined("posts", "post"),
]


#: Of an order in which whoever looked for what is free walked by all that others had claimed.
_INDEXES_BEFORE_FREE_CASES = {"cases": ("state_due_until", "board_state_due_until")}


async def set_free_cases_apart(database: AsyncDatabase[Document]) -> None:
    """Let cases that are nobody's stand together in the index."""
    await database["cases"].create_indexes(list(INDEXES["cases"]))
    await _drop_indexes(database, _INDEXES_BEFORE_FREE_CASES)


#: Of numbers that counted decisions, and not whom they were about.
_INDEXES_BEFORE_MEMBERS_COUNTED = {"decisions": ("public_day",)}


async def count_members_in_log(database: AsyncDatabase[Document]) -> None:
    """Leave in the transparency log what is over enough members, as the report has it."""
    await database["decisions"].create_indexes(list(INDEXES["decisions"]))
    await TransparencyLog(database["publicDecisions"], database["decisions"]).forget_small_groups()
    await _drop_indexes(database, _INDEXES_BEFORE_MEMBERS_COUNTED)


async def _subject_of(database: AsyncDatabase[Document], target: str) -> MemberId | None:
    """The member whom a report is about."""
    kind = kind_of(target)
    collection, field = _SUBJECTS.get(kind, ("members", "_id"))
    row = await database[collection].find_one({"_id": target}, {field: 1})
    return MemberId(row[field]) if row else None


_SUBJECTS: Mapping[Kind | None, tuple[str, str]] = {
    Kind.POST: ("posts", "author"),
    Kind.COMMENT: ("comments", "author"),
}

MIGRATIONS: Sequence[Migration] = (
    Migration("0001-layout", "Every collection, with its indexes", lay_out),
    Migration("0002-message-boards", "A message board for every member", give_message_boards),
    Migration("0003-shelves", "Posts by place and author as one name, for feeds of followed members", put_on_shelves),
    Migration("0004-cases", "A case for every target whose reports still wait", gather_reports),
    Migration("0005-host-lists", "Verdicts about hosts with a scope, found by look-alikes too", give_verdicts_a_scope),
    Migration("0006-queue", "How urgent each case is", put_in_order),
    Migration("0007-boards", "Where what cases, decisions and appeals are about stands", name_boards),
    Migration("0008-edits", "Edits that wait for review", make_room_for_edits),
    Migration("0009-free-cases", "Cases that are nobody's together in the index", set_free_cases_apart),
    Migration("0010-log-of-members", "In the transparency log what is over enough members", count_members_in_log),
)


async def pending(database: AsyncDatabase[Document], migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """Those of ``migrations`` that are not recorded, in their order; changes nothing."""
    recorded = {row["_id"] async for row in database[RECORDS].find({}, {"_id": 1})}
    return [migration for migration in migrations if migration.id not in recorded]


async def migrate(
    database: AsyncDatabase[Document],
    clock: Clock,
    random: RandomSource,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> list[str]:
    """Run what is pending, in order, and record each; answers the ids of those that ran here.

    Waits while another runner is at it. What a migration raises ends the run: neither it nor a later one is recorded.
    """
    lease = Lease(database, clock, LOCK, random.token(OWNER_BYTES), LEASE, RENEWAL_SECONDS)
    done = []
    async with lease.held():
        for migration in await pending(database, migrations):
            await migration.run(database)
            await _record(lease, migration)
            done.append(migration.id)
            logger.info("migrated", migration=migration.id)
    return done


async def _record(lease: Lease, migration: Migration) -> None:
    """Only while the lease is ours, and both at once: who took it over runs the migration anew."""
    row = {"_id": migration.id, "description": migration.description, "at": lease.clock.now()}

    async def write(transaction: Transaction) -> None:
        await lease.renew(transaction)
        await lease.database[RECORDS].insert_one(row, session=transaction)

    await Transactions(lease.database.client).run(write)
