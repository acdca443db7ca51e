"""What clients ask for."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
from policy.limits import MAX_NODES
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


async def node_of(context: Context, node_id: str) -> object | None:
    """What ``node_id`` names for this viewer; hidden, missing and malformed are all None."""
    kind = kind_of(node_id)
    found: object | None = await context.load(_FINDERS[kind], node_id) if kind else None
    return found


async def _node(info: Info, id: strawberry.ID) -> object | None:  # noqa: A002 - Relay's name
    return await node_of(info.context, id)


async def _nodes(info: Info, ids: list[strawberry.ID]) -> list[object | None]:
    if len(ids) > MAX_NODES:
        raise PublicFault(BAD_INPUT, f"Ask for at most {MAX_NODES} nodes at once.")
    return await asyncio.gather(*(node_of(info.context, node_id) for node_id in ids))


async def _viewer(info: Info) -> ViewerView | None:
    return await viewer_view(info.context)


async def _member(info: Info, handle: str) -> Any:
    return await info.context.load(members.by_handle, handle)


async def _board(info: Info, slug: str) -> Any:
    return await info.context.load(content.boards_by_slug, slug)


async def _inspect_link(info: Info, url: str) -> texts.LinkView | None:
    link = classify(url, info.context.services.content.site)
    return (await texts.link_views(info.context, [link]))[0] if link else None


def _privacy_statement(info: Info, version: str | None = None) -> privacy_statement.PrivacyStatement:
    found = privacy_statement.statement(version, info.context.language)
    if found is None:
        raise PublicFault(BAD_INPUT, "There is no such version of the privacy statement.")
    return found


@strawberry.type(description="The privacy statement in the reader's language.")
class PrivacyStatement:
    """accounts.privacy_statement.PrivacyStatement."""

    version: str = attribute("The day it was published, YYYY-MM-DD.")
    published_at: datetime = attribute()
    text: Markdown = attribute()
    sha256: str = attribute("Of the text in UTF-8, in hexadecimal.")


@strawberry.type
class Query:
    """Every query; what a viewer may not see is missing from all of them."""

    node: Node | None = asked(_node, "Anything by its id; null where there is no such thing for this viewer.")
    nodes: list[Node | None] = asked(_nodes, "Several by id, at most 100, in order; null for each that is not there.")
    viewer: Viewer | None = asked(_viewer, "The signed-in member's own side; null when signed out.")
    member: Member | None = asked(_member, "A member by handle.")
    view_as: ViewAs | None = asked(
        view_as,
        "What others see of what the caller owns; null when signed out, and where there is no such member for the "
        "caller.",
    )
    boards: Connection[Board] = paged(
        content.discussion_boards, "Discussion boards, oldest first. Message boards are reached through their member."
    )
    board: Board | None = asked(_board, "A board by its name in addresses.")
    feed: Connection[Post] = paged(content.feed, "All discussion-board posts the viewer may see, newest first.")
    transparency_log: Connection[PublicDecision] = paged(
        reports.transparency_log,
        "What moderators decided about public targets, counted by day, action and reason; newest day first. "
        "Groups of fewer than 10 are not shown.",
    )
    cases: Connection[Case] = CASES
    appeals: Connection[Appeal] = APPEALS
    host_verdicts: Connection[JudgedHost] = HOST_VERDICTS
    explanation_templates: list[ExplanationTemplate] = EXPLANATION_TEMPLATES
    inspect_link: Link | None = asked(
        _inspect_link, "What this service makes of a URL; null = not followable as http, https or mailto."
    )
    field_policies: list[FieldPolicy] = asked(
        field_policies, "Who gets each field of a type, or of all types. Empty where there is no such type."
    )
    privacy_statement: PrivacyStatement = asked(_privacy_statement, "The given version, or the one in force.")
