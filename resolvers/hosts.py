"""The lists of hosts, as moderators read them."""

from accounts.capability_check import require_signed_in
from domain.errors import ErrorCode, refusal
from domain.hosts import HostEntry
from domain.messages import Message
from domain.paging import Page, Slice
from domain.rich_text import HostVerdict
from policy.host_names import readable
from policy.permissions import Privilege, has
from resolvers.context import Context


async def listed(context: Context, verdict: HostVerdict | None, page: Page) -> Slice[HostEntry]:
    """Refused before anything is read."""
    with context.refusals_as_faults():
        require_signed_in(context.viewer)
        if not has(context.viewer, Privilege.LIST_HOSTS):
            raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return await context.stores.hosts.listed(context.viewer, verdict, context.services.core.now(), page)


def host(_context: Context, entry: HostEntry) -> str:
    return readable(entry.host)


def ascii_host(_context: Context, entry: HostEntry) -> str:
    return entry.host
