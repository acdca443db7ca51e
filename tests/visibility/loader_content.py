"""Writes the posts, comments, edits and reactions of a world, as the service itself would have left them."""

import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from pymongo import UpdateOne

from content.links import Site
from content.rendering import render_markdown
from domain.audience import Audience
from domain.content import BoardKind, CommentRecord, ContentState, PostRecord
from domain.members import ProfileField
from domain.rich_text import RichText
from stores.codecs import Document
from stores.connections import Stores
from stores.post_documents import document_of
from stores.reactions import BUCKETS
from stores.revisions import Revision
from stores.transactions import Transaction
from tests.visibility import world as worlds
from tests.visibility.naming import at, board_id, comment_id, content_id, member_id, post_id, random_part
from tests.visibility.world import World

SITE = "https://veranda.example"


@lru_cache(maxsize=4096)
def text_of(source: str) -> RichText:
    return render_markdown(source, Site.at(SITE))


async def insert(stores: Stores, name: str, rows: Iterable[Document], transaction: Transaction) -> None:
    documents = list(rows)
    if documents:
        await stores.database[name].insert_many(documents, session=transaction)


def fields_of(names: Iterable[str]) -> tuple[ProfileField, ...]:
    return tuple(ProfileField(name) for name in names)


def _is_held_by_block(world: World, host: str | None, author: str) -> bool:
    return host is not None and host != author and world.parted(host, author)


def _standing(state: str, *, is_held: bool, was_held: bool = False) -> Document:
    """How a state is stored, with what brings it back."""
    if state == "REMOVED":
        is_marked = is_held and not was_held
        return {"state": state, "removedFrom": "HELD" if is_held or was_held else "PUBLISHED"} | _mark(is_marked)
    if state == "PUBLISHED" and is_held:
        return {"state": "HELD"} | _mark(is_held)
    gone = {"body": None, "removedFrom": "HELD" if was_held else "PUBLISHED"}
    return {"state": state} | (gone if state == "DELETED" else {})


def _mark(is_held: bool) -> Document:
    return {"isHeldByBlock": True} if is_held else {}


async def settle_content(world: World, stores: Stores, transaction: Transaction) -> None:
    counted = [comment for comment in world.comments.values() if _is_counted(world, comment)]
    under = Counter((comment.post, comment.audience) for comment in counted)
    await insert(stores, "posts", (_post(world, post, under) for post in world.posts.values()), transaction)
    records = [_comment(world, comment) for comment in world.comments.values()]
    await stores.comments.insert_many(records, transaction)
    answers = Counter((comment.parent, comment.audience) for comment in counted if comment.parent)
    stand = [
        UpdateOne({"_id": comment_id(comment.post, comment.key)}, {"$set": _stands(world, comment, answers)})
        for comment in world.comments.values()
    ]
    if stand:
        await stores.database["comments"].bulk_write(stand, session=transaction)
    for revision in _revisions(world):
        await stores.revisions.keep(revision, transaction)
    await _settle_reactions(world, stores, transaction)


def _stands(world: World, comment: worlds.Comment, answers: Counter[tuple[str, str]]) -> Document:
    replies = {audience: answers[comment.key, audience] for audience in worlds.AUDIENCES}
    standing = _standing(comment.state, is_held=_is_held_by_block(world, _host(world, comment), comment.author))
    shown = {name: times for name, times in replies.items() if times}
    return {**standing, "replies": shown, **_reported(world, comment.key)}


def _reported(world: World, key: str) -> Document:
    """How often."""
    times = sum(report.target == key for report in world.reports)
    return {"reports": times} if times else {}


def _host(world: World, comment: worlds.Comment) -> str | None:
    return world.posts[comment.post].host


def _is_counted(world: World, comment: worlds.Comment) -> bool:
    is_held = _is_held_by_block(world, _host(world, comment), comment.author)
    return comment.state == "PUBLISHED" and not is_held


def _post(world: World, post: worlds.Post, under: Counter[tuple[str, str]]) -> Document:
    record = PostRecord(
        id=post_id(post.key),
        board_id=board_id(post.board),
        board_kind=BoardKind.MESSAGES if post.host else BoardKind.DISCUSSION,
        author_id=member_id(post.author),
        title=post.title,
        body=text_of(post.body),
        audience=Audience(post.audience),
        state=ContentState.PUBLISHED,
        created_at=at(post.minute),
        byline=fields_of(post.byline),
        edited_at=None if post.edited is None else at(post.edited),
        board_owner_id=member_id(post.host) if post.host else None,
    )
    comments = {name: under[post.key, name] for name in worlds.AUDIENCES if under[post.key, name]}
    gone = {"title": None} if post.state == "DELETED" else {}
    handed_over = {"isHandedOver": True} if post.handed_over else {}
    is_held = _is_held_by_block(world, post.host, post.author)
    standing = _standing(post.state, is_held=is_held, was_held=post.was_held)
    return document_of(record) | {"comments": comments} | standing | gone | handed_over | _reported(world, post.key)


def _comment(world: World, comment: worlds.Comment) -> CommentRecord:
    post = world.posts[comment.post]
    return CommentRecord(
        id=comment_id(comment.post, comment.key),
        post_id=post_id(comment.post),
        post_author_id=member_id(post.author),
        author_id=member_id(comment.author),
        ancestors=tuple(comment_id(comment.post, key) for key in _ancestors(world, comment)),
        body=text_of(comment.body),
        audience=Audience(comment.audience),
        state=ContentState.PUBLISHED,
        created_at=at(comment.minute),
        byline=fields_of(comment.byline),
        edited_at=None if comment.edited is None else at(comment.edited),
        board_owner_id=member_id(post.host) if post.host else None,
    )


def _ancestors(world: World, comment: worlds.Comment) -> tuple[str, ...]:
    if comment.parent is None:
        return ()
    return (*_ancestors(world, world.comments[comment.parent]), comment.parent)


def _revisions(world: World) -> Iterable[Revision]:
    contents: list[worlds.Post | worlds.Comment] = [*world.posts.values(), *world.comments.values()]
    for content in contents:
        # What is deleted has lost all that it ever said.
        said = content.said_before if content.state != "DELETED" else ()
        for number, body in enumerate(said):
            yield Revision(
                random_part(f"revision {content.key} {number}"),
                content_id(world, content.key),
                member_id(content.author),
                None,
                text_of(body),
                at(content.minute) + timedelta(seconds=number),
            )


async def _settle_reactions(world: World, stores: Stores, transaction: Transaction) -> None:
    rows, numbers = [], Counter[tuple[str, int, str]]()
    for key, kind, who in world.reactions:
        target, member = content_id(world, key), member_id(who)
        rows.append({"_id": f"{target}:{kind}:{member}", "target": target, "kind": kind, "member": member})
        numbers[target, zlib.crc32(member.encode()) % BUCKETS, kind] += 1
    await insert(stores, "reactions", rows, transaction)
    buckets: dict[str, Document] = {}
    for (target, bucket, kind), times in numbers.items():
        row = buckets.setdefault(f"{target}:{bucket}", {"_id": f"{target}:{bucket}", "target": target})
        row[kind] = times
    await insert(stores, "reaction_numbers", buckets.values(), transaction)
