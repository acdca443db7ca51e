"""Sessions, and who is looking: read each time by the token's digest, so that a revoked one is gone at once."""

from datetime import datetime

from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import MemberId
from domain.members import Relationship, Role
from domain.sanctions import account_status_at
from domain.viewer import ANONYMOUS, Viewer
from stores.codecs import Document
from stores.sanctions import sanction_of
from stores.transactions import Transaction
from stores.vault import token_digest


class Sessions:
    """The ``sessions`` collection."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def insert(
        self,
        token: str,
        member_id: MemberId,
        at: datetime,
        expires_at: datetime,
        transaction: Transaction | None = None,
    ) -> None:
        """Keep a session; of the token only its digest."""
        row = {"_id": token_digest(token), "member": member_id, "createdAt": at, "expiresAt": expires_at}
        await self._collection.insert_one(row, session=transaction)

    async def delete(self, token: str) -> None:
        """End a session; ending it twice is as good as once."""
        await self._collection.delete_one({"_id": token_digest(token)})

    async def viewer(self, token: str, at: datetime) -> Viewer:
        """Who holds ``token``, with their role, friends and blocks, in one read; anonymous where it is not valid."""
        found = await (
            await self._collection.aggregate(
                [
                    {"$match": {"_id": token_digest(token), "expiresAt": {"$gt": at}}},
                    {
                        "$lookup": {
                            "from": "members",
                            "localField": "member",
                            "foreignField": "_id",
                            "pipeline": [{"$project": {"role": 1, "sanction": 1, "moderates": 1}}],
                            "as": "holder",
                        }
                    },
                    _TIES_OF_THE_HOLDER,
                ]
            )
        ).to_list()
        if not found or not found[0]["holder"]:
            return ANONYMOUS
        ties = {group["_id"]: frozenset(group["others"]) for group in found[0]["ties"]}
        return Viewer(
            member_id=found[0]["member"],
            role=Role(found[0]["holder"][0]["role"]),
            account_status=account_status_at(sanction_of(found[0]["holder"][0]), at),
            friends=ties.get(Relationship.FRIEND.value, frozenset()),
            blocked=ties.get(Relationship.BLOCKED.value, frozenset()),
            moderates=frozenset(found[0]["holder"][0].get("moderates", ())),
        )


_DECISIVE_KINDS = [Relationship.FRIEND.value, Relationship.BLOCKED.value]

_TIES_OF_THE_HOLDER: Document = {
    "$lookup": {
        "from": "ties",
        "localField": "member",
        "foreignField": "owner",
        "pipeline": [
            {"$match": {"kind": {"$in": _DECISIVE_KINDS}}},
            {"$group": {"_id": "$kind", "others": {"$push": "$other"}}},
        ],
        "as": "ties",
    }
}
