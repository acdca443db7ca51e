"""What clients ask for."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from accounts import privacy_statement
from content.links import classify
from domain.errors import PublicFault
from domain.ids import Kind, kind_of
from graph.appeals import APPEALS, Appeal
from graph.boards import Board
from graph.cases import CASES, Case
from graph.connections import Connection
from graph.content import Post
from graph.cursors import BAD_INPUT
from graph.explanation_templates import EXPLANATION_TEMPLATES, ExplanationTemplate
from graph.field_policies import FieldPolicy, field_policies
from graph.fields import Info, asked, attribute, paged
from graph.hosts import HOST_VERDICTS, JudgedHost
from graph.members import Member
from graph.node import Node
from graph.reports import PublicDecision
from graph.scalars import Markdown
from graph.texts import Link
from graph.view_as import ViewAs, view_as
from graph.viewer import Viewer, ViewerView, viewer_view
from policy.limits import MAX_NODES, SMALLEST_GROUP
from resolvers import appeals, cases, content, decisions, members, reports, texts
from resolvers.context import Batch, Context

_FINDERS: Mapping[Kind, Batch] = {
    Kind.MEMBER: members.by_id,
    Kind.BOARD: content.boards_by_id,
    Kind.POST: content.posts_by_id,
    Kind.COMMENT: content.comments_by_id,
    Kind.DECISION: decisions.by_id,
    Kind.CASE: cases.by_id,
    Kind.APPEAL: appeals.by_id,
}

_Id = Annotated[strawberry.ID, strawberry.argument(description="The id of the object.")]
_Ids = Annotated[list[strawberry.ID], strawberry.argument(description=f"The ids of the objects, {MAX_NODES} at most.")]
_Handle = Annotated[str, strawberry.argument(description="The handle of the member, in any case.")]
_Slug = Annotated[str, strawberry.argument(description="The name of the board in addresses.")]
_Url = Annotated[str, strawberry.argument(description="The URL to inspect, as somebody typed it.")]
_Version = Annotated[
    str | None,
    strawberry.argument(description="The version to return, such as 2026-11-24. Null or absent: the one in force."),
]


async def node_of(context: Context, node_id: str) -> object | None:
    """What ``node_id`` names for this viewer; hidden, missing and malformed are all None."""
    kind = kind_of(node_id)
    found: object | None = await context.load(_FINDERS[kind], node_id) if kind else None
    return found


async def _node(info: Info, id: _Id) -> object | None:  # noqa: A002 - Relay's name
    return await node_of(info.context, id)


async def _nodes(info: Info, ids: _Ids) -> list[object | None]:
    if len(ids) > MAX_NODES:
        raise PublicFault(BAD_INPUT, f"Ask for at most {MAX_NODES} nodes at once.")
    return await asyncio.gather(*(node_of(info.context, node_id) for node_id in ids))


async def _viewer(info: Info) -> ViewerView | None:
    return await viewer_view(info.context)


async def _member(info: Info, handle: _Handle) -> Any:
    return await info.context.load(members.by_handle, handle)


async def _board(info: Info, slug: _Slug) -> Any:
    return await info.context.load(content.boards_by_slug, slug)


async def _inspect_link(info: Info, url: _Url) -> texts.LinkView | None:
    link = classify(url, info.context.services.content.site)
    return (await texts.link_views(info.context, [link]))[0] if link else None


def _privacy_statement(info: Info, version: _Version = None) -> privacy_statement.PrivacyStatement:
    found = privacy_statement.statement(version, info.context.language)
    if found is None:
        raise PublicFault(BAD_INPUT, "There is no such version of the privacy statement.")
    return found


@strawberry.type(description="A version of the privacy statement, in the viewer's language.")
class PrivacyStatement:
    """accounts.privacy_statement.PrivacyStatement."""

    version: str = attribute("The version: the day it was published, as YYYY-MM-DD.")
    published_at: datetime = attribute("When the version was published.")
    text: Markdown = attribute("The statement in Markdown.")
    sha256: str = attribute("The SHA-256 digest of the text in UTF-8, in hexadecimal.")


@strawberry.type
class Query:
    """All queries. Objects that the viewer cannot see are missing from every answer, as if they did not exist."""

    node: Node | None = asked(_node, "An object by its id. Null if it does not exist for the viewer.")
    nodes: list[Node | None] = asked(
        _nodes,
        "Several objects by id, in the order of `ids`. Null in place of each that does not exist for the viewer.",
    )
    viewer: Viewer | None = asked(
        _viewer, "The signed-in member, with their settings and lists. Null if nobody is signed in."
    )
    member: Member | None = asked(_member, "A member by handle. Null if there is none, or the viewer cannot see them.")
    view_as: ViewAs | None = asked(
        view_as,
        "The viewer's own content as somebody else sees it. Null if nobody is signed in, or the viewer cannot see that "
        "member.",
    )
    boards: Connection[Board] = paged(
        content.discussion_boards, "The discussion boards, oldest first. `Member.messageBoard` has the message boards."
    )
    board: Board | None = asked(
        _board, "A board by its name in addresses. Null if there is none, or the viewer cannot see it."
    )
    feed: Connection[Post] = paged(
        content.feed, "The posts on all discussion boards that the viewer can see, newest first."
    )
    transparency_log: Connection[PublicDecision] = paged(
        reports.transparency_log,
        "The number of decisions about public targets by day, action and reason, newest day first. Groups of fewer "
        "than "
        f"{SMALLEST_GROUP} members are left out.",
    )
    cases: Connection[Case] = CASES
    appeals: Connection[Appeal] = APPEALS
    host_verdicts: Connection[JudgedHost] = HOST_VERDICTS
    explanation_templates: list[ExplanationTemplate] = EXPLANATION_TEMPLATES
    inspect_link: Link | None = asked(
        _inspect_link,
        "The risk of a link, before it is followed. Null if the URL cannot be followed as http, https or mailto.",
    )
    field_policies: list[FieldPolicy] = asked(
        field_policies, "The access rules of the fields of a type, or of all types. Empty if there is no such type."
    )
    privacy_statement: PrivacyStatement = asked(
        _privacy_statement, "The privacy statement, in the given version or the one in force."
    )
