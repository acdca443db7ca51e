"""Writes a world into empty collections, as the service itself would have left them, in one transaction."""

import base64
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from pymongo import ReplaceOne, UpdateOne

from accounts.moving_in import move_in
from content.links import Site, classify
from content.rendering import render_markdown
from domain.audience import Audience
from domain.content import Board, BoardKind, CommentRecord, ContentState, PostRecord
from domain.ids import BoardId, CommentId, DecisionId, Kind, MemberId, PostId, comment_ids_under, message_board_of
from domain.members import Birthday, BirthdayPrecision, Gender, MemberRecord, Profile, ProfileField, Role
from domain.moderation import Decision, ModerationAction, Report, ReportOutcome, ReportReason
from domain.text import RichText
from policy.boards import message_board
from policy.letters import skeleton
from stores.boards import board_document
from stores.claims import Claim, Claimed
from stores.connections import Stores
from stores.documents import Document, text_document
from stores.post_documents import document_of
from stores.reactions import BUCKETS
from stores.reports import report_id
from stores.revisions import Revision
from stores.transactions import Transaction
from tests.sources import START
from tests.visibility import world as worlds
from tests.visibility.world import World

SITE = "https://veranda.example"
FAR = START + timedelta(days=3650)


def token_of(handle: str) -> str:
    """The session token by which ``handle`` is signed in."""
    return f"token-of-{hashlib.sha256(handle.encode()).hexdigest()[:32]}"


def _random_part(key: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:12]).decode()


def member_id(handle: str) -> MemberId:
    return MemberId(Kind.MEMBER.value + _random_part(f"member {handle}"))


def board_id(slug: str) -> BoardId:
    """Of a discussion board by its slug, or of a message board by ``@`` and its owner's handle."""
    if slug.startswith("@"):
        return message_board_of(member_id(slug[1:]))
    return BoardId(Kind.BOARD.value + _random_part(f"board {slug}"))


def post_id(key: str) -> PostId:
    return PostId(Kind.POST.value + _random_part(f"post {key}"))


def comment_id(post: str, key: str) -> CommentId:
    return CommentId(comment_ids_under(post_id(post)) + _random_part(f"comment {key}"))


def decision_id(key: str) -> DecisionId:
    return DecisionId(Kind.DECISION.value + _random_part(f"decision {key}"))


def content_id(world: World, key: str) -> str:
    """Of a post or comment by its key, or of a member by their handle."""
    if key in world.posts:
        return post_id(key)
    if key in world.comments:
        return comment_id(world.comments[key].post, key)
    return member_id(key)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@lru_cache(maxsize=4096)
def _text(source: str) -> RichText:
    return render_markdown(source, Site.at(SITE))


async def settle(world: World, stores: Stores) -> None:
    """Empty every collection and let ``world`` be all that there is."""
    names = [name for name in await stores.database.list_collection_names() if not name.startswith("system.")]

    async def write(transaction: Transaction) -> None:
        for name in names:
            await stores.database[name].delete_many({}, session=transaction)
        await _settle_people(world, stores, transaction)
        await _settle_boards(world, stores, transaction)
        await _settle_content(world, stores, transaction)
        await _settle_staff_rows(world, stores, transaction)

    await stores.transactions.run(write)


async def _insert(stores: Stores, name: str, rows: Iterable[Document], transaction: Transaction) -> None:
    documents = list(rows)
    if documents:
        await stores.database[name].insert_many(documents, session=transaction)


async def _settle_people(world: World, stores: Stores, transaction: Transaction) -> None:
    await move_in(stores, [_member(person) for person in world.people.values()], transaction)
    handles = {skeleton(person.handle): Claimed(member_id(person.handle)) for person in world.people.values()}
    await stores.claims.take_many(Claim.HANDLE, handles, transaction)
    counts = [
        UpdateOne({"_id": member_id(handle)}, {"$set": {"following": following, "blocking": blocking}})
        for handle in world.people
        for following, blocking in [(_outgoing(world.follows, handle), _outgoing(world.blocks, handle))]
    ]
    await stores.database["members"].bulk_write(counts, session=transaction)
    for handle in world.people:
        await stores.sessions.insert(token_of(handle), member_id(handle), START, FAR, transaction)
    await _insert(stores, "ties", _ties(world), transaction)


def _outgoing(ties: Iterable[tuple[str, str]], handle: str) -> int:
    return sum(one == handle for one, _ in ties)


def _member(person: worlds.Person) -> MemberRecord:
    return MemberRecord(
        id=member_id(person.handle),
        handle=person.handle,
        display_name=person.name,
        role=Role(person.role),
        profile=_profile(person.values),
        audiences={ProfileField(name): Audience(audience) for name, audience in person.audiences.items()},
        birthday_precision=BirthdayPrecision(person.precision),
        default_byline=_fields(person.default_byline),
        created_at=START,
        accepted_statement="2026-11-01",
    )


def _fields(names: Iterable[str]) -> tuple[ProfileField, ...]:
    return tuple(ProfileField(name) for name in names)


def _profile(values: dict[str, str]) -> Profile:
    day = date.fromisoformat(values["BIRTHDAY"]) if "BIRTHDAY" in values else None
    return Profile(
        avatar=values.get("AVATAR"),
        bio=_text(values["BIO"]) if "BIO" in values else None,
        gender=Gender(values["GENDER"]) if "GENDER" in values else None,
        location=values.get("LOCATION"),
        birthday=Birthday(day.year, day.month, day.day) if day else None,
        website=classify(values["WEBSITE"], Site.at(SITE)) if "WEBSITE" in values else None,
        email=values.get("EMAIL"),
        phone=values.get("PHONE"),
    )


def _ties(world: World) -> Iterable[Document]:
    pairs = {*world.follows, *world.blocks}
    for one, other in sorted(pairs | {(other, one) for one, other in pairs}):
        yield _tie(world, one, other)


def _tie(world: World, one: str, other: str) -> Document:
    """As stores.ties writes it: one's own row about the other."""
    row: dict[str, Any] = {
        "_id": f"{member_id(one)}:{member_id(other)}",
        "owner": member_id(one),
        "other": member_id(other),
        "kind": _kind(world, one, other),
    }
    if (one, other) in world.follows:
        row |= {"follows": True, "followedAt": at(world.follows[one, other])}
    if (other, one) in world.follows:
        row |= {"followedBy": True, "followedByAt": at(world.follows[other, one])}
    if (one, other) in world.blocks:
        row |= {"blocks": True, "blockedAt": at(world.blocks[one, other]), "blockedHandle": other}
    if (other, one) in world.blocks:
        row |= {"blockedBy": True}
    return row


def _kind(world: World, one: str, other: str) -> str:
    if world.parted(one, other):
        return "BLOCKED"
    if world.friends(one, other):
        return "FRIEND"
    return "FOLLOWING" if (one, other) in world.follows else "FOLLOWER" if (other, one) in world.follows else "NONE"


async def _settle_boards(world: World, stores: Stores, transaction: Transaction) -> None:
    discussions = [
        Board(
            board_id(slug),
            slug,
            BoardKind.DISCUSSION,
            slug.title(),
            None,
            None,
            Audience.PUBLIC,
            Audience.MEMBERS,
            review_first=False,
            review_edits=False,
            created_at=at(number),
        )
        for number, slug in enumerate(world.discussions)
    ]
    await stores.boards.insert_many(discussions, transaction)
    boards = []
    for person in world.people.values():
        chosen = person.board
        board = board_document(message_board(member_id(person.handle), person.handle, START))
        board |= {
            "audience": chosen.audience,
            "writePolicy": chosen.write_policy,
            "reviewFirst": chosen.review_first,
            "title": chosen.title,
            "description": text_document(_text(chosen.description)) if chosen.description else None,
        }
        boards.append(ReplaceOne({"_id": board["_id"]}, board))
    await stores.database["boards"].bulk_write(boards, session=transaction)
    rows = (
        {
            "_id": f"{member_id(who)}:{board_id(slug)}",
            "member": member_id(who),
            "board": board_id(slug),
            "followedAt": at(minute),
        }
        for (who, slug), minute in world.board_follows.items()
    )
    await _insert(stores, "boardFollows", rows, transaction)


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


async def _settle_content(world: World, stores: Stores, transaction: Transaction) -> None:
    counted = [comment for comment in world.comments.values() if _is_counted(world, comment)]
    under = Counter((comment.post, comment.audience) for comment in counted)
    await _insert(stores, "posts", (_post(world, post, under) for post in world.posts.values()), transaction)
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
    return {**standing, "replies": {name: times for name, times in replies.items() if times}}


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
        body=_text(post.body),
        audience=Audience(post.audience),
        state=ContentState.PUBLISHED,
        created_at=at(post.minute),
        byline=_fields(post.byline),
        edited_at=None if post.edited is None else at(post.edited),
        host_id=member_id(post.host) if post.host else None,
    )
    comments = {name: under[post.key, name] for name in worlds.AUDIENCES if under[post.key, name]}
    gone = {"title": None} if post.state == "DELETED" else {}
    handed_over = {"isHandedOver": True} if post.handed_over else {}
    is_held = _is_held_by_block(world, post.host, post.author)
    standing = _standing(post.state, is_held=is_held, was_held=post.was_held)
    return document_of(record) | {"comments": comments} | standing | gone | handed_over


def _comment(world: World, comment: worlds.Comment) -> CommentRecord:
    post = world.posts[comment.post]
    return CommentRecord(
        id=comment_id(comment.post, comment.key),
        post_id=post_id(comment.post),
        post_author_id=member_id(post.author),
        author_id=member_id(comment.author),
        ancestors=tuple(comment_id(comment.post, key) for key in _ancestors(world, comment)),
        body=_text(comment.body),
        audience=Audience(comment.audience),
        state=ContentState.PUBLISHED,
        created_at=at(comment.minute),
        byline=_fields(comment.byline),
        edited_at=None if comment.edited is None else at(comment.edited),
        host_id=member_id(post.host) if post.host else None,
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
                _random_part(f"revision {content.key} {number}"),
                content_id(world, content.key),
                member_id(content.author),
                None,
                _text(body),
                at(content.minute) + timedelta(seconds=number),
            )


async def _settle_reactions(world: World, stores: Stores, transaction: Transaction) -> None:
    rows, numbers = [], Counter[tuple[str, int, str]]()
    for key, kind, who in world.reactions:
        target, member = content_id(world, key), member_id(who)
        rows.append({"_id": f"{target}:{kind}:{member}", "target": target, "kind": kind, "member": member})
        numbers[target, zlib.crc32(member.encode()) % BUCKETS, kind] += 1
    await _insert(stores, "reactions", rows, transaction)
    buckets: dict[str, Document] = {}
    for (target, bucket, kind), times in numbers.items():
        row = buckets.setdefault(f"{target}:{bucket}", {"_id": f"{target}:{bucket}", "target": target})
        row[kind] = times
    await _insert(stores, "reaction_numbers", buckets.values(), transaction)


async def _settle_staff_rows(world: World, stores: Stores, transaction: Transaction) -> None:
    for made in world.decisions:
        author = (world.posts.get(made.target) or world.comments[made.target]).author
        decision = Decision(
            id=decision_id(made.key),
            target_id=content_id(world, made.target),
            subject_id=member_id(author),
            action=ModerationAction(made.action),
            reason=ReportReason(made.reason),
            explanation=made.explanation,
            is_automated=False,
            decided_by=member_id(made.by),
            decided_at=at(made.minute),
            audience=Audience.MEMBERS,
        )
        await stores.decisions.insert(decision, transaction)
    for report in world.reports:
        target, reporter = content_id(world, report.target), member_id(report.by)
        filed = Report(
            id=report_id(target, reporter),
            target_id=target,
            reporter_id=reporter,
            reason=ReportReason(report.reason),
            note=report.note,
            created_at=at(report.minute),
            outcome=ReportOutcome.PENDING,
        )
        await stores.reports.file(filed, transaction)
