"""Notifications, each read by the member whom it tells."""

from collections.abc import Iterable

from pymongo import UpdateOne
from pymongo.asynchronous.collection import AsyncCollection

from domain.ids import DecisionId, MemberId
from domain.notifications import Notification, NotificationKind
from domain.paging import Page, Slice
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from stores.codecs import Document
from stores.indexes import NOTIFICATIONS_BY_MEMBER
from stores.keyset import NEWEST_FIRST, key_range, sort_order, to_slice
from stores.transactions import Transaction


class Notifications:
    """The ``notifications`` collection. It holds ids and kinds alone: no name, no words, no outcome."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def told_to(self, viewer: Viewer, page: Page) -> Slice[Notification]:
        """The viewer's own, newest first."""
        if viewer.member_id is None:
            return Slice([], has_next=False, has_previous=False)
        found = (
            self._collection.find({"member": viewer.member_id, **key_range(page, NEWEST_FIRST)})
            .sort(sort_order(page, NEWEST_FIRST))
            .limit(page.size + 1)
            .hint(NOTIFICATIONS_BY_MEMBER)
        )
        return to_slice([_notification(row) async for row in found], page)

    async def add(self, notifications: Iterable[Notification], transaction: Transaction) -> None:
        """Keep those that are not there yet."""
        updates = [UpdateOne({"_id": each.id}, {"$setOnInsert": _row(each)}, upsert=True) for each in notifications]
        if updates:
            await self._collection.bulk_write(updates, ordered=False, session=transaction)


def _row(notification: Notification) -> Document:
    row = {
        "member": notification.member_id,
        "kind": notification.kind.value,
        "createdAt": notification.created_at,
        "decision": notification.decision_id,
        "report": notification.report_id,
        "standing": notification.account_status.value if notification.account_status else None,
        "content": notification.content_id,
    }
    return {name: value for name, value in row.items() if value is not None}


def _notification(row: Document) -> Notification:
    return Notification(
        row["_id"],
        MemberId(row["member"]),
        NotificationKind(row["kind"]),
        row["createdAt"],
        DecisionId(row["decision"]) if "decision" in row else None,
        row.get("report"),
        AccountStatus(row["standing"]) if "standing" in row else None,
        row.get("content"),
    )
