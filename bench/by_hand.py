"""The feed page without GraphQL: loops that build the answer to PAGE from the same reads."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from aiohttp import web

from content.host_lists import host_reputations
from content.links import leave_path, speaking_text
from content.site_placeholder import served_link
from domain.content import CommentView, PostView
from domain.ids import MemberId
from domain.language import Language
from domain.members import MemberView
from domain.paging import Page, Slice
from domain.rich_text import HostReputation, Link, RichText
from domain.viewer import ANONYMOUS, Viewer
from graph.cursors import cursor_of
from policy.link_risk import reasons_of, risk_of, warning_for, with_reputation
from resolvers.context import AppServices
from resolvers.texts import shown_html
from web.graphql_http import HEADERS
from web.language import language_of
from web.request_ids import REQUEST_ID_HEADER, new_request_id

PAGE = """query ($first: Int!) { feed(first: $first) { pageInfo { hasNextPage endCursor } nodes {
  id title audience createdAt editedAt commentCount
  author { id handle displayName role profile { avatarUrl location birthday { month day } } }
  byline { location bio { text } }
  body { html links { url text host isExternal risk reasons leaveUrl warning { title message canContinue } } }
  comments(first: 3) { nodes { id createdAt author { handle displayName } body { html text } } }
} } }"""
COMMENTS = Page(3)

Json = dict[str, Any]


class Found(NamedTuple):
    """All that the page needs."""

    posts: Slice[PostView]
    people: Mapping[MemberId, MemberView]
    threads: Sequence[Slice[CommentView]]
    counts: Sequence[int]
    hosts: Mapping[str, HostReputation]
    language: Language


class ByHand:
    """The handler that GraphQL is compared with."""

    def __init__(self, app_services: AppServices) -> None:
        self._stores = app_services.core.stores
        self._now = app_services.core.now
        self._random = app_services.core.random
        self._desk = app_services.content
        self._site = app_services.content.site

    async def page(self, request: web.Request) -> web.Response:
        """What PAGE asks for."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        viewer = await self._stores.sessions.viewer(token, self._now()) if token else ANONYMOUS
        language = language_of(request.headers.get("Accept-Language"))
        found = await self._find(viewer, Page(int(request.query["first"])), language)
        body = orjson.dumps({"data": {"feed": self._feed(found)}})
        headers = {REQUEST_ID_HEADER: new_request_id(self._random), **HEADERS}
        return web.Response(body=body, content_type="application/json", charset="utf-8", headers=headers)

    async def _find(self, viewer: Viewer, page: Page, language: Language) -> Found:
        stores = self._stores
        posts = await stores.posts.feed(viewer, page)
        links = [link for post in posts.nodes if post.body for link in post.body.links]
        people, threads, counts, hosts = await asyncio.gather(
            stores.members.seen_by(viewer, {post.owner_id for post in posts.nodes}),
            stores.comments.threads(viewer, posts.nodes, COMMENTS),
            self._counts(viewer, posts.nodes),
            host_reputations(self._desk, {link.ascii_host for link in links if link.is_external}),
        )
        talkers = {comment.author_id for thread in threads for comment in thread.nodes if comment.author_id}
        others = await stores.members.seen_by(viewer, talkers.difference(people))
        return Found(posts, {**people, **others}, threads, counts, hosts, language)

    async def _counts(self, viewer: Viewer, posts: Sequence[PostView]) -> Sequence[int]:
        if not viewer.is_signed_in:
            return [post.comments_in_reach for post in posts]
        return await self._stores.comments.counts(viewer, posts)

    def _feed(self, found: Found) -> Json:
        posts = found.posts
        end = cursor_of(posts.nodes[-1]) if posts.nodes else None
        nodes = [
            self._post(post, thread, count, found)
            for post, thread, count in zip(posts.nodes, found.threads, found.counts, strict=True)
        ]
        return {"pageInfo": {"hasNextPage": posts.has_next, "endCursor": end}, "nodes": nodes}

    def _post(self, post: PostView, thread: Slice[CommentView], count: int, found: Found) -> Json:
        author = found.people.get(post.owner_id)
        byline = author.profile.only(post.byline) if author else None
        return {
            "id": post.id,
            "title": post.title,
            "audience": post.audience.value,
            "createdAt": _written(post.created_at),
            "editedAt": _written(post.edited_at) if post.edited_at else None,
            "commentCount": count,
            "author": author and _author(author),
            "byline": {
                "location": byline and byline.location,
                "bio": {"text": byline.bio.text} if byline and byline.bio else None,
            },
            "body": post.body and self._body(post.body, found),
            "comments": {"nodes": [self._comment(comment, found) for comment in thread.nodes]},
        }

    def _body(self, body: RichText, found: Found) -> Json:
        links = [self._link(link, found) for link in body.links]
        return {"html": shown_html(body, self._site), "links": links}

    def _link(self, link: Link, found: Found) -> Json:
        reputation = found.hosts.get(link.ascii_host) or HostReputation()
        link, verdict = with_reputation(served_link(link, self._site), reputation), reputation.verdict
        warning = warning_for(link, verdict, found.language)
        return {
            "url": link.url,
            "text": link.text,
            "host": link.host,
            "isExternal": link.is_external,
            "risk": risk_of(link, verdict).value,
            "reasons": [reason.value for reason in reasons_of(link, verdict)],
            "leaveUrl": self._site.url + leave_path(link.url, speaking_text(link)) if link.is_external else None,
            "warning": warning
            and {"title": warning.title, "message": warning.message, "canContinue": warning.can_continue},
        }

    def _comment(self, comment: CommentView, found: Found) -> Json:
        author = found.people.get(comment.author_id) if comment.author_id else None
        body = comment.body
        return {
            "id": comment.id,
            "createdAt": _written(comment.created_at),
            "author": author and {"handle": author.handle, "displayName": author.display_name},
            "body": body and {"html": shown_html(body, self._site), "text": body.text},
        }


def _author(author: MemberView) -> Json:
    profile, birthday = author.profile, author.profile.birthday
    return {
        "id": author.id,
        "handle": author.handle,
        "displayName": author.display_name,
        "role": author.role.value,
        "profile": {
            "avatarUrl": profile.avatar,
            "location": profile.location,
            "birthday": birthday and {"month": birthday.month, "day": birthday.day},
        },
    }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
