"""A small schema and a server for it: what the endpoint's tests ask, without engines."""

from collections.abc import Awaitable, Callable
from datetime import date

import strawberry
from aiohttp import web

from domain.clock_and_random import SystemRandom
from domain.errors import PublicFault
from web.graphql_http import graphql_routes


def parse_day(text: str) -> date:
    return date.fromisoformat(text)


Day = strawberry.scalar(name="Day", serialize=str, parse_value=parse_day)


@strawberry.type
class Member:
    handle: str = "ann"

    @strawberry.field
    def posts(self, first: int | None = None) -> "PostConnection":
        return PostConnection(nodes=[Post(id=strawberry.ID(str(n))) for n in range(first or 20)])


@strawberry.type
class Post:
    id: strawberry.ID
    title: str = "Hello"

    @strawberry.field
    async def author(self) -> Member:
        return Member()


@strawberry.type
class PostConnection:
    nodes: list[Post]


@strawberry.input(one_of=True)
class Target:
    handle: str | None = strawberry.UNSET
    audience: str | None = strawberry.UNSET


@strawberry.input
class SignInInput:
    login: str
    password: str


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "世界"

    @strawberry.field
    async def feed(self, first: int | None = None, last: int | None = None) -> PostConnection:
        return PostConnection(nodes=[Post(id=strawberry.ID(str(n))) for n in range(first or last or 20)])

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Post | None]:
        return [Post(id=node_id) for node_id in ids]

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def tomorrow(self, day: date) -> str:
        return day.isoformat()

    @strawberry.field
    def view_as(self, target: Target) -> str:
        return target.handle or "audience"

    @strawberry.field
    def boom(self) -> str | None:
        raise ValueError("the password is hunter2")

    @strawberry.field
    def must_boom(self) -> str:
        raise ValueError("the password is hunter2")

    @strawberry.field
    def count(self) -> int | None:
        return "hunter2"  # type: ignore[return-value]

    @strawberry.field
    def away(self) -> str | None:
        raise PublicFault("UNAVAILABLE", "Search is away for a moment.")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def sign_in(self, info: strawberry.Info, input: SignInInput) -> str:  # noqa: A002 (the API's convention)
        info.context.cookie = input.login
        return "signed in"


class ToyContext:
    """A context that sets a cookie where a resolver asked for one."""

    cookie: str | None = None

    def finish(self, response: web.StreamResponse) -> None:
        if self.cookie:
            response.set_cookie("session", self.cookie)


async def toy_context(_request: web.Request) -> ToyContext:
    return ToyContext()


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    config=strawberry.schema.config.StrawberryConfig(scalar_map={date: Day}),
)


def toy_app(context_for: Callable[[web.Request], Awaitable[ToyContext]] = toy_context) -> web.Application:
    app = web.Application()
    app.add_routes(graphql_routes(schema, context_for, SystemRandom()))
    return app
