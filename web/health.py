"""Whether the service lives, and whether its engines answer."""

from aiohttp import web

from stores.connections import Stores


def health_routes(stores: Stores) -> list[web.RouteDef]:
    """GET /healthz: alive. GET /readyz: 503 naming the engines that do not answer."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_request: web.Request) -> web.Response:
        missing = await stores.unreachable()
        if missing:
            return web.json_response({"status": "unavailable", "unreachable": missing}, status=503)
        return web.json_response({"status": "ready"})

    return [web.get("/healthz", alive), web.get("/readyz", ready)]
