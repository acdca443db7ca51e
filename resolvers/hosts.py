"""The lists of hosts, as moderators read them."""

from domain.errors import PublicFault
from domain.hosts import HostEntry
from domain.messages import Message
from domain.paging import Page, Slice
from domain.rich_text import HostVerdict
from policy.host_names import readable
from policy.permissions import Privilege, has
from resolvers.context import Context


async def listed(context: Context, verdict: HostVerdict | None, page: Page) -> Slice[HostEntry]:
    """Refused before anything is read."""
    if not context.viewer.is_signed_in:
        raise PublicFault("NOT_SIGNED_IN", Message.SIGN_IN_FIRST.in_language(context.language, {}))
    if not has(context.viewer, Privilege.LIST_HOSTS):
        raise PublicFault("FORBIDDEN", Message.NOT_ALLOWED.in_language(context.language, {}))
    return await context.stores.hosts.listed(context.viewer, verdict, context.services.core.now(), page)


def host(_context: Context, entry: HostEntry) -> str:
    return readable(entry.host)


def ascii_host(_context: Context, entry: HostEntry) -> str:
    return entry.host
