"""People who act through the API as clients do, so that a test reads as a story."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestClient

from accounts import privacy_statement
from domain.members import Role
from resolvers.context import AppServices
from tests import factories
from tests.clock_and_random import START, KeptSms

PASSWORD = "correct horse battery"
#: Mutations whose input goes by another's name.
SHARED_INPUTS = {
    "UpdateFieldAudiences": "FieldAudiences",
    "PreviewFieldAudiences": "FieldAudiences",
    "CheckPost": "CreatePost",
}


@dataclass
class Actor:
    """Someone with a client of their own; signed out where there is no token."""

    client: TestClient
    token: str | None = None
    id: str = ""
    handle: str = ""
    phone: str = ""
    language: str = "en"

    async def responds(self, query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of what comes back."""
        headers = {"Accept-Language": self.language} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        body = {"query": query, "variables": variables or {}}
        async with self.client.post("/graphql", json=body, headers=headers) as response:
            return response.status, dict(response.headers), await response.read()

    async def gets(self, query: str, **variables: Any) -> dict[str, Any]:
        """Data and errors of the answer."""
        headers = {"Accept-Language": self.language} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        body = {"query": query, "variables": variables}
        async with self.client.post("/graphql", json=body, headers=headers) as response:
            return await response.json()

    async def asks(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = await self.gets(query, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def does(self, mutation: str, fields: str = "", **given: Any) -> Any:
        """The payload of a mutation, refused or not."""
        kind = mutation[0].upper() + mutation[1:]
        kind = SHARED_INPUTS.get(kind, kind)
        query = (
            f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) "
            f"{{ {fields} errors {{ __typename code message path }} }} }}"
        )
        return (await self.asks(query, input=given))[mutation]

    async def manages(self, mutation: str, fields: str = "", **given: Any) -> Any:
        """The payload of a mutation that was not refused."""
        payload = await self.does(mutation, fields, **given)
        assert payload["errors"] == [], payload
        return payload

    async def is_refused(self, mutation: str, **given: Any) -> str:
        """The code of the only error."""
        payload = await self.does(mutation, **given)
        assert len(payload["errors"]) == 1, payload
        return payload["errors"][0]["code"]

    async def opens(self, **audiences: str) -> None:
        """Choose audiences: ``opens(location="PUBLIC")``."""
        chosen = [{"field": name.upper(), "audience": audience} for name, audience in audiences.items()]
        await self.manages("updateFieldAudiences", audiences=chosen)

    async def publishes(self, body: str, *, on: str, audience: str = "PUBLIC", **more: Any) -> str:
        """Publish a post on a board; its id."""
        payload = await self.manages("createPost", "post { id }", boardId=on, body=body, audience=audience, **more)
        return payload["post"]["id"]

    async def comments(self, body: str, *, under: str, answering: str | None = None, **more: Any) -> str:
        """Comment; the comment's id."""
        given = {"postId": under, "body": body, "parentId": answering, **more}
        return (await self.manages("createComment", "comment { id }", **given))["comment"]["id"]

    async def befriends(self, other: "Actor") -> None:
        """Follow each other."""
        await self.manages("follow", memberId=other.id)
        await other.manages("follow", memberId=self.id)


@dataclass
class Community:
    """Where actors come from."""

    client: TestClient
    app_services: AppServices
    sms: KeptSms
    _joined: int = field(default=0)

    def visitor(self) -> Actor:
        """Someone who is not signed in."""
        return Actor(self.client)

    async def joins(self, handle: str, role: Role = Role.MEMBER) -> Actor:
        """Register as a client does, sign in for a token, and have a role."""
        self._joined += 1
        actor = Actor(self.client, handle=handle, phone=f"+86138001{self._joined:05d}")
        await actor.manages("requestCode", phone=actor.phone, purpose="REGISTER")
        await actor.manages(
            "register",
            phone=actor.phone,
            code=self.sms.last_code(actor.phone),
            handle=handle,
            password=PASSWORD,
            acceptedStatement=privacy_statement.CURRENT_VERSION,
        )
        self.client.session.cookie_jar.clear()
        if role is not Role.MEMBER:
            await self.app_services.core.stores.members.set_role(handle, role)
        signed_in = await actor.manages(
            "signIn", "token viewer { member { id } }", login=handle, password=PASSWORD, issueToken=True
        )
        actor.token, actor.id = signed_in["token"], signed_in["viewer"]["member"]["id"]
        return actor

    async def crowd(self, size: int) -> list[Actor]:
        """Members with sessions, made without the long way of registering."""
        return await asyncio.gather(*(self._one_of_the_crowd(n) for n in range(size)))

    async def _one_of_the_crowd(self, n: int) -> Actor:
        stores, handle = self.app_services.core.stores, f"crowd{n}"
        member = await factories.member(stores, handle)
        await stores.sessions.insert(f"token of {handle}", member, START, START + timedelta(days=1))
        return Actor(self.client, f"token of {handle}", member, handle)

    async def a_day_passes(self) -> None:
        """For Redis, whose windows end by its own clock: what was counted is forgotten."""
        await self.app_services.core.stores.redis.flushdb()

    async def board(self, moderator: Actor, slug: str = "talk") -> str:
        """A discussion board's id."""
        payload = await moderator.manages("createBoard", "board { id }", slug=slug, title=slug.title())
        return payload["board"]["id"]
