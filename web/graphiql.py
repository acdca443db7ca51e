"""Serves GraphiQL, built from ``client/``, under a policy that lets it reach this origin alone."""

import re
from pathlib import Path
from typing import Final

from aiohttp import web

#: What the page needs and nothing else; each looser word has its reason.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Monaco writes its theme and every line's place as inline styles
        "worker-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",  # Monaco's underlines and the empty icon
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
    )
)

#: Sent with assets too: a worker obeys the policy that came with its own script.
SAFE_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

PAGE_HEADERS: Final = {**SAFE_HEADERS, "Cache-Control": "no-cache"}
ASSET_HEADERS: Final = {**SAFE_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}

#: Names that Vite gives: no slash of either kind and no dot in front, so none leads out of the folder;
#: short enough for every file system.
ASSET_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")

NOT_BUILT: Final = """\
GraphiQL is not built yet. Run `make client`, then load this page again.

The API works without it: send a POST request to /graphql.
"""


def graphiql_routes(dist: Path) -> list[web.RouteDef]:
    """The page at /graphiql and its assets, read from ``dist`` at each request: a new build needs no restart."""

    async def page(_request: web.Request) -> web.StreamResponse:
        built = dist / "graphiql.html"
        if not _is_file(built):
            return web.Response(status=503, text=NOT_BUILT, headers=SAFE_HEADERS | {"Cache-Control": "no-store"})
        return web.FileResponse(built, headers=PAGE_HEADERS)

    async def asset(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if not ASSET_NAME.fullmatch(name) or not _is_file(dist / "assets" / name):
            return web.Response(status=404, text="There is no such file.\n", headers=SAFE_HEADERS)
        return web.FileResponse(dist / "assets" / name, headers=ASSET_HEADERS)

    return [web.get("/graphiql", page), web.get("/graphiql/assets/{name}", asset)]


def _is_file(path: Path) -> bool:
    return path.is_file()
