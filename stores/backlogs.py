"""How much waits in a collection, and since when."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from stores.codecs import Document


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the one does that has waited longest."""

    count: int
    since: datetime | None


async def backlog(collection: AsyncCollection[Document], waiting: Document, at: str, index: str) -> Backlog:
    """Of the documents ``waiting``; ``index`` has them in the order of the time ``at``, whose name may have dots."""
    count = await collection.count_documents(waiting, hint=index)
    stages: list[Document] = [
        {"$match": waiting},
        {"$sort": {at: 1}},
        {"$limit": 1},
        {"$project": {"since": f"${at}"}},
    ]
    first = await (await collection.aggregate(stages, hint=index)).to_list()
    return Backlog(count, first[0]["since"] if first else None)
