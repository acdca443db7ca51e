"""Disclosures: a row for each time that staff read what a member hid, for that member to see."""

from pymongo.asynchronous.collection import AsyncCollection

from domain.disclosures import Disclosure, DisclosureGround
from domain.members import Role
from domain.paging import Page, Slice
from domain.viewer import Viewer
from stores.codecs import FIELDS, Document
from stores.indexes import DISCLOSURES_BY_MEMBER
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class Disclosures:
    """The ``disclosures`` collection. It holds neither what was read nor who read it: the audit log says who."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def about(self, viewer: Viewer, page: Page) -> Slice[Disclosure]:
        """What was read of the viewer's own, newest first."""
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        found = (
            self._collection.find({"member": viewer.member_id, **key_range(page, NEWEST_FIRST, "readAt")})
            .sort(sort_order(page, NEWEST_FIRST, "readAt"))
            .limit(page.size + 1)
            .hint(DISCLOSURES_BY_MEMBER)
        )
        return to_slice([_disclosure(row) async for row in found], page)

    async def add(self, disclosure: Disclosure, transaction: Transaction) -> None:
        row = {
            "_id": disclosure.id,
            "member": disclosure.member_id,
            "field": disclosure.field.value,
            "purpose": disclosure.purpose,
            "ground": disclosure.ground.value,
            "readerRole": disclosure.reader_role.value,
            "case": disclosure.case_id,
            "readAt": disclosure.read_at,
        }
        await self._collection.insert_one(row, session=transaction)


def _disclosure(row: Document) -> Disclosure:
    return Disclosure(
        row["_id"],
        row["member"],
        FIELDS[row["field"]],
        row["purpose"],
        DisclosureGround(row["ground"]),
        Role(row["readerRole"]),
        row["case"],
        row["readAt"],
    )
