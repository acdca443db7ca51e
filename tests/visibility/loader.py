"""Writes a world into empty collections, as the service itself would have left them, in one transaction."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pymongo import ReplaceOne, UpdateOne

from accounts.create_members import create_members
from content.links import Site, classify
from domain.audience import Audience
from domain.content import Board, BoardKind
from domain.members import Birthday, BirthdayPrecision, Gender, MemberRecord, Profile, ProfileField, Role
from policy.boards import message_board
from policy.confusables import skeleton
from stores.boards import board_document
from stores.codecs import Document, text_document
from stores.connections import Stores
from stores.transactions import Transaction
from stores.unique_keys import TakenKey, UniqueKey
from tests.clock_and_random import START
from tests.visibility import world as worlds
from tests.visibility.loader_content import SITE, fields_of, insert, settle_content, text_of
from tests.visibility.loader_moderation import settle_order
from tests.visibility.naming import at, board_id, member_id, token_of
from tests.visibility.world import World

FAR = START + timedelta(days=3650)


async def settle(world: World, stores: Stores) -> None:
    """Empty every collection and let ``world`` be all that there is."""
    names = [name for name in await stores.database.list_collection_names() if not name.startswith("system.")]

    async def write(transaction: Transaction) -> None:
        for name in names:
            await stores.database[name].delete_many({}, session=transaction)
        await _settle_people(world, stores, transaction)
        await _settle_boards(world, stores, transaction)
        await settle_content(world, stores, transaction)
        await settle_order(world, stores, transaction)

    await stores.transactions.run(write)


async def _settle_people(world: World, stores: Stores, transaction: Transaction) -> None:
    await create_members(stores, [_member(person) for person in world.people.values()], transaction)
    handles = {skeleton(person.handle): TakenKey(member_id(person.handle)) for person in world.people.values()}
    await stores.unique_keys.take_many(UniqueKey.HANDLE, handles, transaction)
    counts = [
        UpdateOne({"_id": member_id(handle)}, {"$set": {"following": following, "blocking": blocking}})
        for handle in world.people
        for following, blocking in [(_outgoing(world.follows, handle), _outgoing(world.blocks, handle))]
    ]
    await stores.database["members"].bulk_write(counts, session=transaction)
    for who, slug in sorted(world.appointed):
        await stores.members.give_boards(who, [board_id(slug)], transaction)
    for handle in world.people:
        await stores.sessions.insert(token_of(handle), member_id(handle), START, FAR, transaction)
    await insert(stores, "ties", _ties(world), transaction)


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
        default_byline=fields_of(person.default_byline),
        created_at=START,
        accepted_statement="2026-11-01",
    )


def _profile(values: dict[str, str]) -> Profile:
    day = date.fromisoformat(values["BIRTHDAY"]) if "BIRTHDAY" in values else None
    return Profile(
        avatar=values.get("AVATAR"),
        bio=text_of(values["BIO"]) if "BIO" in values else None,
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
    """As stores.relationships writes it: one's own row about the other."""
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
            "description": text_document(text_of(chosen.description)) if chosen.description else None,
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
    await insert(stores, "boardFollows", rows, transaction)
