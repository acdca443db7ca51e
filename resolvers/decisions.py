"""Decisions by their ids."""

from collections.abc import Sequence

from domain.ids import DecisionId
from domain.moderation import Decision
from domain.paging import Page, Slice
from resolvers.context import Context


async def by_id(context: Context, ids: Sequence[DecisionId]) -> Sequence[Decision | None]:
    found = await context.stores.decisions.seen_by(context.viewer, ids)
    return [found.get(decision_id) for decision_id in ids]


async def about_viewer(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[Decision]]:
    return [await context.stores.decisions.about(context.viewer, page)] * len(viewers)
