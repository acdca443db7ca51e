"""Who asks: from the session cookie or a bearer token to an operation's context, and the cookie back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from aiohttp import web

from domain.viewer import ANONYMOUS
from policy.limits import SESSION_LIFETIME
from resolvers.context import AppServices, Context
from settings import Settings
from web.language import language_of

COOKIE = "veranda_session"
#: Bound to this host and to https by the browser itself (RFC 6265bis).
SECURE_COOKIE = "__Host-veranda_session"
#: What one household or server is given of IPv6; counting single addresses would count nothing.
_IPV6_PREFIX = 64
_LONGEST_ADDRESS = 64


@dataclass(slots=True)
class RequestContext(Context):
    """An operation's context that came by HTTP."""

    uses_https: bool = False

    def finish(self, response: web.StreamResponse) -> None:
        """Hand out or take away the session cookie, where the operation signed in or out."""
        if self.set_session is None:
            return
        name = cookie_name(uses_https=self.uses_https)
        response.set_cookie(
            name,
            self.set_session,
            max_age=int(SESSION_LIFETIME.total_seconds()) if self.set_session else 0,
            httponly=True,
            secure=self.uses_https,
            samesite="Lax",
        )


def contexts(settings: Settings, services: AppServices) -> Callable[[web.Request], Awaitable[RequestContext]]:
    """A function from requests to contexts."""
    uses_https = settings.uses_https

    async def context_for(request: web.Request) -> RequestContext:
        token = _token(request, cookie_name(uses_https=uses_https))
        viewer = await services.core.stores.sessions.viewer(token, services.core.now()) if token else ANONYMOUS
        return RequestContext(
            services=services,
            viewer=viewer,
            language=language_of(request.headers.get("Accept-Language")),
            token=token,
            address=address_of(request, settings.trusted_proxies),
            uses_https=uses_https,
        )

    return context_for


def cookie_name(*, uses_https: bool) -> str:
    """The session cookie's name."""
    return SECURE_COOKIE if uses_https else COOKIE


def address_of(request: web.Request, trusted_proxies: int) -> str:
    """Where the request came from, past the proxies in front; of IPv6 the network.

    Of X-Forwarded-For only what our own proxies added counts: all before it is the client's to make up.
    """
    hops = [hop.strip() for hop in ",".join(request.headers.getall("X-Forwarded-For", ())).split(",") if hop.strip()]
    typed = hops[-trusted_proxies] if 0 < trusted_proxies <= len(hops) else request.remote or ""
    try:
        address = ip_address(typed)
    except ValueError:
        return typed[:_LONGEST_ADDRESS]
    if address.version == 4 or address.ipv4_mapped:
        return str(address if address.version == 4 else address.ipv4_mapped)
    return str(ip_network((address, _IPV6_PREFIX), strict=False))


def _token(request: web.Request, cookie: str) -> str | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    token = credentials.strip() if scheme.casefold() == "bearer" else request.cookies.get(cookie)
    return token if token and token.isascii() else None
