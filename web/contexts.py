"""Who asks: from the session cookie or a bearer token to an operation's context, and the cookie back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from domain.viewer import ANONYMOUS
from policy.limits import SESSION_LIFETIME
from resolvers.context import Context, Desks
from web.language import language_of

COOKIE = "veranda_session"
#: Bound to this host and to https by the browser itself (RFC 6265bis).
SECURE_COOKIE = "__Host-veranda_session"
_BEARER = "Bearer "


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


def contexts(desks: Desks, *, uses_https: bool) -> Callable[[web.Request], Awaitable[RequestContext]]:
    """A function from requests to contexts."""

    async def context_for(request: web.Request) -> RequestContext:
        token = _token(request, cookie_name(uses_https=uses_https))
        viewer = await desks.house.stores.sessions.viewer(token, desks.house.now()) if token else ANONYMOUS
        return RequestContext(
            desks=desks,
            viewer=viewer,
            language=language_of(request.headers.get("Accept-Language")),
            token=token,
            address=request.remote or "",
            uses_https=uses_https,
        )

    return context_for


def cookie_name(*, uses_https: bool) -> str:
    """The session cookie's name."""
    return SECURE_COOKIE if uses_https else COOKIE


def _token(request: web.Request, cookie: str) -> str | None:
    authorization = request.headers.get("Authorization", "")
    if authorization.startswith(_BEARER):
        return authorization.removeprefix(_BEARER).strip() or None
    return request.cookies.get(cookie) or None
