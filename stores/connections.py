"""Opens the engines and hands out the collections as one record."""

from collections.abc import Sequence
from dataclasses import dataclass

from pymongo import AsyncMongoClient, ReadPreference
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError
from pymongo.monitoring import CommandListener
from pymongo.read_concern import ReadConcern
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError

from stores.appeals import Appeals
from stores.audit import Audit
from stores.board_entries import BoardEntries
from stores.board_follows import BoardFollows
from stores.boards import Boards
from stores.case_notes import CaseNotes
from stores.case_queue import CaseQueue
from stores.cases import Cases
from stores.codecs import Document
from stores.codes import Codes
from stores.comments import Comments
from stores.content_text import ContentText
from stores.credentials import Credentials
from stores.decisions import Decisions
from stores.direct_messages import DirectMessages
from stores.disclosures import Disclosures
from stores.edits import Edits
from stores.explanation_templates import ExplanationTemplates
from stores.hosts import Hosts
from stores.indexes import create_indexes
from stores.members import Members
from stores.notifications import Notifications
from stores.outbox import Outbox
from stores.posts import Posts
from stores.rate_limits import RateLimits
from stores.reactions import NUMBERS, ROWS, Reactions
from stores.relationships import Relationships
from stores.reports import Reports
from stores.revisions import Revisions
from stores.sanctions import Sanctions
from stores.sessions import Sessions
from stores.statistics import Statistics
from stores.transactions import DURABLE, Transactions
from stores.transparency import TransparencyLog
from stores.unique_keys import UniqueKeys
from stores.vault import Vault

DEFAULT_DATABASE = "veranda"
#: A call waits this long for Redis at most, retry included: what it holds may be lost, waiting for it may not.
REDIS_TIMEOUT = 1.0
REDIS_RETRIES = 1
MONGODB_SELECTION_TIMEOUT_MS = 5_000


@dataclass(frozen=True, slots=True)
class Stores:
    """Every collection, and the engines beneath them."""

    database: AsyncDatabase[Document]
    redis: Redis
    transactions: Transactions
    members: Members
    relationships: Relationships
    credentials: Credentials
    codes: Codes
    sessions: Sessions
    unique_keys: UniqueKeys
    boards: Boards
    board_follows: BoardFollows
    posts: Posts
    board_entries: BoardEntries
    comments: Comments
    reactions: Reactions
    content_text: ContentText
    edits: Edits
    revisions: Revisions
    reports: Reports
    cases: Cases
    queue: CaseQueue
    case_notes: CaseNotes
    disclosures: Disclosures
    decisions: Decisions
    sanctions: Sanctions
    appeals: Appeals
    transparency_log: TransparencyLog
    explanation_templates: ExplanationTemplates
    statistics: Statistics
    audit: Audit
    outbox: Outbox
    notifications: Notifications
    direct_messages: DirectMessages
    hosts: Hosts
    rate_limits: RateLimits

    async def prepare(self) -> None:
        """Create the indexes that are missing."""
        await create_indexes(self.database)

    async def unreachable(self) -> list[str]:
        """The names of the engines that do not answer now."""
        missing = []
        try:
            await self.database.command("ping")
        except PyMongoError:
            missing.append("mongodb")
        try:
            await self.redis.ping()
        except RedisError:
            missing.append("redis")
        return missing

    async def close(self) -> None:
        await self.redis.aclose()
        await self.database.client.close()


def open_stores(mongodb_uri: str, redis_url: str, secret: str, listeners: Sequence[CommandListener] = ()) -> Stores:
    """Connect lazily to both engines. ``secret`` seals personal values; ``listeners`` hear every command."""
    client: AsyncMongoClient[Document] = AsyncMongoClient(
        mongodb_uri,
        tz_aware=True,
        serverSelectionTimeoutMS=MONGODB_SELECTION_TIMEOUT_MS,
        event_listeners=list(listeners),
    )
    # Below majority, acknowledged writes are lost when a primary steps down.
    database = client.get_default_database(DEFAULT_DATABASE).with_options(
        write_concern=DURABLE, read_concern=ReadConcern("local"), read_preference=ReadPreference.PRIMARY
    )
    redis = Redis.from_url(
        redis_url,
        socket_timeout=REDIS_TIMEOUT,
        socket_connect_timeout=REDIS_TIMEOUT,
        retry=Retry(ExponentialBackoff(cap=0.1, base=0.01), REDIS_RETRIES),
    )
    return bind(database, redis, Vault(secret))


def bind(database: AsyncDatabase[Document], redis: Redis, vault: Vault) -> Stores:
    """The collections of one database."""
    boards = Boards(database["boards"])
    return Stores(
        database=database,
        redis=redis,
        transactions=Transactions(database.client),
        members=Members(database["members"], vault),
        relationships=Relationships(database["ties"]),
        credentials=Credentials(database["credentials"]),
        codes=Codes(database["codes"], vault),
        sessions=Sessions(database["sessions"]),
        unique_keys=UniqueKeys(database["claims"]),
        boards=boards,
        board_follows=BoardFollows(database["boardFollows"], boards),
        posts=Posts(database["posts"]),
        board_entries=BoardEntries(database["posts"], database["comments"]),
        comments=Comments(database["comments"]),
        reactions=Reactions(database[ROWS], database[NUMBERS]),
        content_text=ContentText(database["posts"], database["comments"]),
        edits=Edits(database["edits"]),
        revisions=Revisions(database["revisions"]),
        reports=Reports(database["reports"], database["members"], vault),
        cases=Cases(database["cases"], database["posts"], database["comments"]),
        queue=CaseQueue(database["cases"]),
        case_notes=CaseNotes(database["caseNotes"]),
        disclosures=Disclosures(database["disclosures"]),
        decisions=Decisions(database["decisions"]),
        sanctions=Sanctions(database["members"]),
        appeals=Appeals(database["appeals"]),
        transparency_log=TransparencyLog(database["publicDecisions"], database["decisions"]),
        explanation_templates=ExplanationTemplates(database["explanationTemplates"]),
        statistics=Statistics(database["decisions"], database["appeals"], database["reports"]),
        audit=Audit(database["audit"]),
        outbox=Outbox(database["outbox"]),
        notifications=Notifications(database["notifications"]),
        direct_messages=DirectMessages(database["outbox"], vault),
        hosts=Hosts(database["hosts"]),
        rate_limits=RateLimits(redis, vault),
    )
