"""What staff read of the viewer's own."""

from collections.abc import Sequence

from domain.disclosures import Disclosure
from domain.paging import Page, Slice
from resolvers.context import Context


async def about_viewer(context: Context, viewers: Sequence[object], page: Page) -> Sequence[Slice[Disclosure]]:
    return [await context.stores.disclosures.about(context.viewer, page)] * len(viewers)
