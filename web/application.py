"""Puts all routes together."""

from pathlib import Path

from aiohttp import web

from content.host_lists import standings
from domain.text import HostStanding
from domain.viewer import Viewer
from graph.schema import SCHEMA
from resolvers.context import Desks
from settings import Settings
from web.contexts import contexts
from web.graphiql import graphiql_routes
from web.graphql_http import graphql_routes
from web.health import health_routes
from web.leaving import leaving_routes
from web.link_reports import link_report_routes

GRAPHIQL_BUILD = Path(__file__).parents[1] / "client" / "dist"


def build_application(settings: Settings, desks: Desks) -> web.Application:
    """The service as aiohttp serves it."""

    async def standing_of(ascii_host: str) -> HostStanding:
        return (await standings(desks.content, [ascii_host]))[ascii_host]

    context_for = contexts(settings, desks)

    async def viewer_of(request: web.Request) -> Viewer:
        return (await context_for(request)).viewer

    application = web.Application()
    application.add_routes(graphql_routes(SCHEMA, context_for, desks.house.random))
    application.add_routes(leaving_routes(desks.content.site, standing_of, viewer_of))
    application.add_routes(link_report_routes(desks.content, viewer_of))
    application.add_routes(graphiql_routes(GRAPHIQL_BUILD))
    application.add_routes(health_routes(desks.house.stores))
    return application
