"""Leaks as they are made: a patch of the service each, to see that the proof finds it without knowing of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
import structlog

import content.comments
import graph.connections
import policy.visibility
import resolvers.context
import resolvers.members
import resolvers.view_as
import stores.content_lookup
import stores.members
import stores.post_documents
import stores.posts
import stores.relationships
from domain.audience import Audience
from domain.content import PostView
from domain.errors import ErrorCode, refusal
from domain.members import NOTHING_SHOWN, Profile, ProfileField
from domain.messages import Message
from domain.paging import Slice
from domain.viewer import Viewer
from policy.visibility import FieldRule, Relation
from stores.posts import Posts
from stores.sessions import Sessions
from tests.visibility.planting import around, forgetting, leak
from tests.visibility.stages import Stage


@leak
def lists_in_an_order_by_activity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts with more comments first, hidden ones counted."""

    async def feed(original: Any, posts: Any, viewer: Viewer, page: Any) -> Slice[PostView]:
        found = await original(posts, viewer, page)
        totals = {}
        async for row in posts._collection.find({}, {"comments": 1}):
            totals[row["_id"]] = sum(row["comments"].values())
        return replace(found, nodes=sorted(found.nodes, key=lambda post: -totals[post.id]))

    around(monkeypatch, Posts, "feed", feed)


@leak
def lists_filtered_by_a_hidden_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only posts by members who have given an e-mail address."""

    async def feed(original: Any, posts: Any, viewer: Viewer, page: Any) -> Slice[PostView]:
        found = await original(posts, viewer, page)
        members = posts._collection.database["members"]
        with_mail = set(await members.distinct("_id", {"emailIndex": {"$exists": True}}))
        return replace(found, nodes=[post for post in found.nodes if post.author_id in with_mail])

    around(monkeypatch, Posts, "feed", feed)


@leak
def counts_of_everything_on_a_board(monkeypatch: pytest.MonkeyPatch) -> None:
    async def counted(original: Any, posts: Any, viewer: Viewer, boards: Any) -> Mapping[Any, int]:
        counts = await original(posts, viewer, boards)
        return {board: await posts._collection.count_documents({"board": board}) for board in counts}

    around(monkeypatch, Posts, "counts_on_boards", counted)


@leak
def a_next_page_of_hidden_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    async def by_author(original: Any, posts: Any, viewer: Viewer, author: Any, page: Any) -> Slice[PostView]:
        found = await original(posts, viewer, author, page)
        everything = await posts._collection.count_documents({"author": author, "place": "DISCUSSION"})
        return replace(found, has_next=everything > len(found.nodes))

    around(monkeypatch, Posts, "by_author", by_author)


@leak
def cursors_that_hold_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    """As lists that skip and limit do; what is hidden was counted before."""
    totals: dict[str, int] = {}

    def view_of(original: Any, document: Any, viewer: Viewer) -> Any:
        totals[document["_id"]] = len(document["comments"])
        return original(document, viewer)

    def cursor_of(original: Any, node: Any) -> str:
        return f"{original(node)}.{totals.get(node.id, 0)}"

    around(monkeypatch, stores.posts, "view_of", view_of)
    around(monkeypatch, graph.connections, "cursor_of", cursor_of)


@leak
def an_error_that_knows_what_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    async def post_to_write_under(original: Any, services: Any, viewer: Viewer, post_id: Any) -> PostView:
        if await services.core.stores.posts.placed([post_id]):
            found: PostView | None = (await services.core.stores.posts.seen_by(viewer, [post_id])).get(post_id)
            if found is None:
                raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "postId")
        return await original(services, viewer, post_id)

    around(monkeypatch, content.comments, "_post_to_write_under", post_to_write_under)


@leak
def a_cache_that_forgets_whose_answer_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[Any, Any] = {}
    around(monkeypatch, Stage, "play", forgetting(kept))

    async def seen_by(original: Any, members: Any, viewer: Viewer, ids: Iterable[Any]) -> Mapping[Any, Any]:
        missing = [one for one in ids if (id(members), one) not in kept]
        for one, seen in (await original(members, viewer, missing)).items():
            kept[id(members), one] = seen
        return {one: kept[id(members), one] for one in ids if (id(members), one) in kept}

    around(monkeypatch, stores.members.Members, "seen_by", seen_by)


@leak
def a_loader_that_outlives_its_request(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[Any, Any] = {}
    around(monkeypatch, Stage, "play", forgetting(kept))

    async def posts(original: Any, context: Any, ids: Sequence[Any]) -> list[Any]:
        found = await original(context, ids)
        shared = kept.setdefault(id(context.services), {})
        for one, seen in zip(ids, found, strict=True):
            shared.setdefault(one, seen)
        return [shared[one] for one in ids]

    around(monkeypatch, resolvers.context.Context, "posts", posts)


@leak
def blocks_that_hide_in_one_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is blocked goes on seeing the blocker."""

    async def viewer(original: Any, sessions: Any, token: str, at: Any) -> Viewer:
        found: Viewer = await original(sessions, token, at)
        ties = sessions._collection.database["ties"]
        blocked = await ties.distinct("other", {"owner": found.member_id, "blocks": True})
        return replace(found, blocked=frozenset(blocked))

    around(monkeypatch, Sessions, "viewer", viewer)


@leak
def bylines_that_stay_after_the_profile_has_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def bylines(context: Any, contents: Sequence[Any]) -> Sequence[Any]:
        found = await context.members([content.author_id for content in contents if content.author_id])
        records = {one.id: await context.stores.members.record_by_handle(one.handle) for one in found if one}
        return [
            records[content.author_id].profile.only(content.byline) if content.author_id in records else NOTHING_SHOWN
            for content in contents
        ]

    # Fields hold on to the function itself, so its code is exchanged.
    monkeypatch.setattr(resolvers.members, "_leaking", bylines, raising=False)
    monkeypatch.setattr(resolvers.members.bylines, "__code__", _call_leaking.__code__)


async def _call_leaking(context: Any, contents: Sequence[Any]) -> Any:
    return await _leaking(context, contents)  # type: ignore[name-defined]  # noqa: F821 - runs as resolvers.members


@leak
def an_attribute_in_rendered_html(monkeypatch: pytest.MonkeyPatch) -> None:
    def view_of(original: Any, document: Any, viewer: Viewer) -> Any:
        view = original(document, viewer)
        told = sum(document["comments"].values())
        return (
            view.body and replace(view, body=replace(view.body, html=f'<p data-n="{told}">{view.body.html}'))
        ) or view

    around(monkeypatch, stores.posts, "view_of", view_of)
    around(monkeypatch, stores.post_documents, "view_of", view_of)


@leak
def follow_lists_with_whoever_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list itself passes over nobody, so its pages end where hidden followers are."""

    async def page(original: Any, ties: Any, query: dict[str, Any], *more: Any) -> Any:
        return await original(ties, {name: value for name, value in query.items() if name != "kind"}, *more)

    around(monkeypatch, stores.relationships.Relationships, "_page", page)


@leak
def a_line_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    log = structlog.get_logger()

    def view_with_board(original: Any, document: Any, viewer: Viewer) -> Any:
        log.info("post read", comments=document["comments"])
        return original(document, viewer)

    around(monkeypatch, stores.posts, "view_with_board", view_with_board)


@leak
def another_default_than_the_table_has(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = FieldRule(default=Audience.MEMBERS, widest=Audience.PUBLIC)
    fields = MappingProxyType({**policy.visibility.PROFILE_FIELDS, ProfileField.LOCATION: rule})
    monkeypatch.setattr(policy.visibility, "PROFILE_FIELDS", fields)


@leak
def an_audience_that_is_off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    wider = {**policy.visibility.REACH, Relation.MEMBER: policy.visibility.REACH[Relation.FRIEND]}
    monkeypatch.setattr(policy.visibility, "REACH", wider)


@leak
def others_things_as_a_target_sees_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who views as somebody gets what that one sees of others' things, too."""

    async def seen_as(original: Any, context: Any, view_as: Any) -> Any:
        ties = context.stores.relationships
        if view_as.target.member_id is not None and view_as.target != context.viewer:
            kinds = {
                kind: frozenset(
                    await ties._collection.distinct("other", {"owner": view_as.target.member_id, "kind": kind})
                )
                for kind in ("FRIEND", "BLOCKED")
            }
            reader = replace(view_as.target, friends=kinds["FRIEND"], blocked=kinds["BLOCKED"])
            view_as = replace(view_as, reader=reader)
        return await original(context, view_as)

    around(monkeypatch, resolvers.view_as, "_seen_as", seen_as)


@leak
def whatever_is_asked_for_as_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Served also where the caller does not own it."""

    async def own_words(_original: Any, seen: Any, content_id: str) -> Any:
        return await stores.content_lookup.content_seen_by(seen.caller.stores, seen.view_as.target, content_id)

    around(monkeypatch, resolvers.view_as, "_own_words", own_words)


@leak
def birthdays_to_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Profile, "at", lambda profile, _precision: profile)


@leak
def mentions_of_those_who_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is named in a text is looked up as if nobody blocked anybody."""

    async def members_named(_original: Any, context: Any, handles: Sequence[str]) -> list[Any]:
        found = await context.stores.members.seen_by_handles(context.viewer.ignoring_blocks(), handles)
        return [found.get(handle) for handle in handles]

    around(monkeypatch, resolvers.context.Context, "members_named", members_named)
