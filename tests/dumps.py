"""All that is kept, as it was at a moment: to compare what came of something, and to let all be as it was."""

import asyncio
from collections.abc import Mapping
from typing import Any

from stores.codecs import Document
from stores.connections import Stores

Dump = Mapping[tuple[str, Any], Document]
"""Every document by its collection and id."""
Changes = dict[tuple[str, Any], Mapping[str, Any]]
"""What differs of each document; None where a field is gone."""

#: Signing in and asking are no changes of what is decided about.
_LEFT_OUT = ("sessions",)
_FIRST = "members"


async def dump(stores: Stores, left_out: tuple[str, ...] = _LEFT_OUT) -> Dump:
    """In one answer: hundreds are compared."""
    names = set(await stores.database.list_collection_names()) - {*left_out, _FIRST}
    others = [{"$unionWith": {"coll": name, "pipeline": [_named(name)]}} for name in sorted(names)]
    rows = await (await stores.database[_FIRST].aggregate([_named(_FIRST), *others])).to_list()
    return {(row["name"], row["_id"]): row["row"] for row in rows}


async def put_back(stores: Stores, before: Dump, now: Dump) -> None:
    """Let everything that is as ``now`` be as it was ``before``."""
    changed = [each for each in now.keys() | before.keys() if now.get(each) != before.get(each)]
    await asyncio.gather(*(_put_back(stores, name, key, before.get((name, key))) for name, key in changed))


def changes(before: Dump, after: Dump) -> Changes:
    """Of documents that are new, all fields."""
    found: Changes = {}
    for each in before.keys() | after.keys():
        was, now = before.get(each, {}), after.get(each, {})
        differs = {name: now.get(name) for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
        if differs:
            found[each] = differs
    return found


async def _put_back(stores: Stores, name: str, key: Any, row: Document | None) -> None:
    if row is None:
        await stores.database[name].delete_one({"_id": key})
    else:
        await stores.database[name].replace_one({"_id": key}, row, upsert=True)


def _named(collection: str) -> Document:
    return {"$project": {"name": {"$literal": collection}, "row": "$$ROOT"}}
