"""Puts all routes together."""

from pathlib import Path

from aiohttp import web

from content.host_lists import host_reputations
from domain.rich_text import HostReputation
from domain.viewer import Viewer
from graph.schema import SCHEMA
from resolvers.context import AppServices
from settings import Settings
from web.contexts import contexts
from web.graphiql import graphiql_routes
from web.graphql_http import graphql_routes
from web.health import health_routes
from web.leave import leaving_routes
from web.link_reports import link_report_routes
from web.request_ids import identifying, send_request_id

GRAPHIQL_BUILD = Path(__file__).parents[1] / "client" / "dist"


def build_application(settings: Settings, services: AppServices) -> web.Application:
    """The service as aiohttp serves it."""

    async def reputation_of(ascii_host: str) -> HostReputation:
        return (await host_reputations(services.content, [ascii_host]))[ascii_host]

    context_for = contexts(settings, services)

    async def viewer_of(request: web.Request) -> Viewer:
        return (await context_for(request)).viewer

    application = web.Application(middlewares=[identifying(services.core.random)])
    application.on_response_prepare.append(send_request_id)
    application.add_routes(graphql_routes(SCHEMA, context_for, services.core.random))
    application.add_routes(leaving_routes(services.content.site, reputation_of, viewer_of))
    application.add_routes(link_report_routes(services.content, viewer_of))
    application.add_routes(graphiql_routes(GRAPHIQL_BUILD))
    application.add_routes(health_routes(services.core.stores))
    return application
