"""A large community: a thread of 20,000 comments, half of them hidden from Ann, who follows 5,000 and blocks 200."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from accounts.create_members import create_members
from domain.audience import Audience
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import MemberId
from domain.members import Relationship
from policy.limits import MAX_FOLLOWS
from stores.connections import Stores
from tests import factories
from tests.clock_and_random import START

TOKEN = "ann's token"
#: Half of those whom Ann follows follow her too.
PEOPLE = {
    Relationship.FRIEND: MAX_FOLLOWS // 2,
    Relationship.FOLLOWING: MAX_FOLLOWS // 2,
    Relationship.FOLLOWER: 500,
    Relationship.BLOCKED: 200,
}
COMMENTS, REPLIES = 9_000, 4_400
POSTS = 1_000
#: Comments of a kind stand together, as where one person floods a thread.
STRETCH = 20
BATCH = 1_000

FRIEND, STRANGER, BLOCKED = Relationship.FRIEND, Relationship.FOLLOWING, Relationship.BLOCKED


@dataclass(frozen=True)
class Kind:
    """How a comment came to stand where it stands, and how Ann should find it."""

    shows_as: ContentState | None
    by: Relationship
    audience: Audience = Audience.PUBLIC
    state: ContentState = ContentState.PUBLISHED
    answered_by: Relationship | None = None


PUBLISHED, UNAVAILABLE = ContentState.PUBLISHED, ContentState.UNAVAILABLE
KINDS = (
    Kind(PUBLISHED, FRIEND, Audience.FRIENDS),
    Kind(None, STRANGER, state=ContentState.REMOVED),
    Kind(UNAVAILABLE, FRIEND, state=ContentState.DELETED, answered_by=STRANGER),
    Kind(None, BLOCKED),
    Kind(PUBLISHED, STRANGER, Audience.MEMBERS),
    Kind(None, FRIEND, Audience.ONLY_ME),
    Kind(UNAVAILABLE, BLOCKED, answered_by=FRIEND),
    Kind(None, STRANGER, state=ContentState.DELETED, answered_by=BLOCKED),
    Kind(PUBLISHED, STRANGER, answered_by=STRANGER),
    Kind(UNAVAILABLE, STRANGER, Audience.ONLY_ME, answered_by=FRIEND),
)


@dataclass
class Thread:
    """What is said under a post or comment, and what of it Ann finds."""

    records: list[CommentRecord] = field(default_factory=list)
    shown: list[tuple[CommentRecord, ContentState]] = field(default_factory=list)


@dataclass
class LargeCommunity:
    """Everything in it, made in a few seconds."""

    stores: Stores
    people: dict[Relationship, list[MemberId]] = field(default_factory=dict)
    posts: list[PostRecord] = field(default_factory=list)
    feed: list[PostRecord] = field(default_factory=list)
    """What of the posts Ann finds, newest first."""

    async def fill(self) -> "LargeCommunity":
        await self._settle()
        await self._follow()
        self.post = factories.post_record(self.people[FRIEND][0], minutes=POSTS)
        self.comments = self._thread(COMMENTS, None)
        self.answered = self.comments.records[0]
        self.replies = self._thread(REPLIES, self.answered)
        await self._publish()
        for batch in _batches([*self.comments.records, *self.replies.records]):
            await factories.keep_comments(self.stores, self.post, batch)
        return self

    async def _settle(self) -> None:
        ann = factories.member_record("ann")
        self.ann = ann.id
        records = [ann]
        for relationship, number in PEOPLE.items():
            others = [factories.member_record(f"{relationship.value.lower()}{n}") for n in range(number)]
            self.people[relationship] = [other.id for other in others]
            records += others
        for batch in _batches(records):
            await self._write(create_members, self.stores, batch)
        await self.stores.sessions.insert(TOKEN, ann.id, START, START + timedelta(days=1))

    async def _follow(self) -> None:
        rows = [
            {"_id": f"{self.ann}:{other}", "owner": self.ann, "other": other, "kind": kind.value, **_tie(kind, n)}
            for kind, others in self.people.items()
            for n, other in enumerate(others)
        ]
        await self.stores.database["ties"].insert_many(rows)
        self.following = _latest(rows, "followedAt")
        self.followers = _latest(rows, "followedByAt")

    async def _publish(self) -> None:
        for n in range(POSTS):
            kind = KINDS[n // STRETCH % len(KINDS)]
            author = self._someone(kind.by, n)
            post = factories.post_record(author, minutes=n, audience=kind.audience, state=kind.state)
            self.posts.append(post)
            if kind.shows_as is PUBLISHED:
                self.feed.append(post)
        for batch in _batches([*self.posts, self.post]):
            await self._write(self.stores.posts.insert_many, batch)
        self.feed = [self.post, *reversed(self.feed)]

    async def _write(self, change: Callable[..., Awaitable[None]], *given: Any) -> None:
        await self.stores.transactions.run(lambda transaction: change(*given, transaction))

    def _thread(self, size: int, answering: CommentRecord | None) -> Thread:
        thread = Thread()
        for n in range(size):
            kind = KINDS[n // STRETCH % len(KINDS)]
            comment = self._comment(kind.by, n, answering, audience=kind.audience, state=kind.state)
            thread.records.append(comment)
            if kind.shows_as:
                thread.shown.append((comment, kind.shows_as))
            if kind.answered_by:
                thread.records.append(self._comment(kind.answered_by, n, comment))
        return thread

    def _comment(self, by: Relationship, n: int, answering: CommentRecord | None, **more: Any) -> CommentRecord:
        author = self._someone(by, n)
        return factories.comment_record(self.post, author, answering=answering, minutes=n, **more)

    def _someone(self, relationship: Relationship, n: int) -> MemberId:
        people = self.people[relationship]
        return people[n % len(people)]


def _tie(kind: Relationship, n: int) -> dict[str, Any]:
    """A row as stores.relationships writes it. Whom Ann blocks she followed before, and would follow again."""
    at = START + timedelta(minutes=n)
    follows = {"follows": True, "followedAt": at}
    followed = {"followedBy": True, "followedByAt": at}
    blocks = {"blocks": True, "blockedAt": at, "blockedHandle": f"blocked{n}"}
    return {FRIEND: follows | followed, STRANGER: follows, BLOCKED: follows | blocks}.get(kind, followed)


def _latest(rows: Sequence[dict[str, Any]], at: str) -> list[MemberId]:
    """Whom Ann finds in a list of ties, in its order."""
    listed = [row for row in rows if at in row and row["kind"] != BLOCKED.value]
    return [row["other"] for row in sorted(listed, key=lambda row: (row[at], row["_id"]), reverse=True)]


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]
