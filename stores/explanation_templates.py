"""Templates of explanations that admins wrote, changed or took away; what is not here is as policy/ has it."""

from collections.abc import Mapping

from pymongo.asynchronous.collection import AsyncCollection

from domain.explanation_templates import ExplanationTemplate
from domain.moderation import ModerationAction, ReportReason
from domain.viewer import Viewer
from policy.permissions import Privilege, has
from stores.codecs import Document
from stores.transactions import Transaction

#: Written to by every change, so that of two at once one waits for the other, and the number of rows is right.
_TURN = "turn"


class ExplanationTemplates:
    """The ``explanationTemplates`` collection: few rows, read together."""

    def __init__(self, collection: AsyncCollection[Document]) -> None:
        self._collection = collection

    async def seen_by(
        self, viewer: Viewer, transaction: Transaction | None = None
    ) -> Mapping[str, ExplanationTemplate | None]:
        """All by id, None for those taken away; for others than moderators nothing is read."""
        # Without a board: templates stand on none, and are for those who moderate everywhere.
        if not has(viewer, Privilege.MODERATE):
            return {}
        found = self._collection.find({"_id": {"$ne": _TURN}}, session=transaction).sort("_id", 1)
        return {row["_id"]: _template(row) async for row in found}

    async def take_turn(self, transaction: Transaction) -> None:
        await self._collection.update_one({"_id": _TURN}, {"$inc": {"changes": 1}}, upsert=True, session=transaction)

    async def put(self, template: ExplanationTemplate, transaction: Transaction) -> None:
        row = {
            "action": template.action.value,
            "reason": template.reason.value if template.reason else None,
            "zh": template.zh,
            "en": template.en,
        }
        await self._collection.replace_one({"_id": template.id}, row, upsert=True, session=transaction)

    async def take_away(self, template: str, transaction: Transaction) -> None:
        """Keep that there is none of this id."""
        await self._collection.replace_one({"_id": template}, {"isGone": True}, upsert=True, session=transaction)

    async def forget(self, template: str, transaction: Transaction) -> None:
        """As if it had never been written."""
        await self._collection.delete_one({"_id": template}, session=transaction)


def _template(row: Document) -> ExplanationTemplate | None:
    if row.get("isGone"):
        return None
    reason = ReportReason(row["reason"]) if row["reason"] else None
    return ExplanationTemplate(row["_id"], ModerationAction(row["action"]), reason, row["zh"], row["en"])
