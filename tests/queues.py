"""Long queues of cases, written past the API: it would take an hour to report so much."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from domain.ids import CaseId, MemberId, PostId, new_case_id
from domain.members import Role
from stores.codecs import Document
from stores.connections import Stores
from tests import factories
from tests.clock_and_random import START

AUTHORS = 50
BATCH = 1_000


async def fill_queue(stores: Stores, size: int, tell: Callable[[int], object] = lambda _: None) -> list[CaseId]:
    """Open ``size`` cases about as many posts, a second apart; the most urgent first. ``tell`` hears of each batch.

    Of the posts those of the first and the last thousand are there: nobody looks for others.
    """
    authors = [await factories.member(stores, f"author{n}") for n in range(AUTHORS)]
    ids: list[CaseId] = []
    for first in range(0, size, BATCH):
        posts = [factories.post_record(authors[n % AUTHORS]) for n in range(min(BATCH, size - first))]
        rows = [_case(post.id, post.author_id, first + n) for n, post in enumerate(posts)]
        if not ids or first + BATCH >= size:
            await stores.transactions.run(partial(stores.posts.insert_many, posts))
        await stores.database["cases"].insert_many(rows)
        ids += [row["_id"] for row in rows]
        tell(len(rows))
    return ids


async def claim_first(stores: Stores, ids: list[CaseId], by: MemberId, until: datetime) -> None:
    """Let each of ``ids`` be another moderator's."""
    for first in range(0, len(ids), BATCH):
        batch = {"_id": {"$in": ids[first : first + BATCH]}}
        await stores.database["cases"].update_many(batch, {"$set": {"claim": {"by": by, "until": until}}})


async def moderator(stores: Stores, handle: str, token: str) -> MemberId:
    """One with a session."""
    member = await factories.member(stores, handle)
    await stores.members.set_role(handle, Role.MODERATOR)
    await stores.sessions.insert(token, member, START, START + timedelta(days=1))
    return member


def _case(post: PostId, author: MemberId, n: int) -> Document:
    at = START - timedelta(days=10) + timedelta(seconds=n)
    return {
        "_id": new_case_id(factories.RANDOM),
        "target": post,
        "subject": author,
        "state": "OPEN",
        "reports": 1,
        "weight": 0.5,
        "severityHours": 12,
        "reachHours": 12,
        "openedAt": at,
        "dueAt": at,
        "decidedAt": None,
        "decision": None,
        "version": 1,
    }
