"""Lets the demo's people move in: members, their profiles, and who follows whom."""

from collections.abc import Mapping
from dataclasses import replace

from accounts.desk import Desk
from accounts.following import follow
from accounts.handles import to_handle
from accounts.moving_in import move_in
from accounts.passwords import check_password
from accounts.phones import to_e164
from accounts.registering import claim_names, to_display_name
from accounts.statements import CURRENT_VERSION
from content.demo.people import PEOPLE
from content.demo.story import Person
from content.desk import ContentDesk
from content.profiles import AudienceChoices, set_default_byline, update_field_audiences, update_profile
from domain.ids import MemberId, new_member_id
from domain.members import MemberRecord, Profile, Relationship
from domain.viewer import Viewer
from stores.claims import Claim
from stores.house import House
from stores.transactions import Transaction


async def settle(accounts: Desk, content: ContentDesk) -> Mapping[str, Viewer]:
    """Everyone by handle, as the house sees them once they follow whom they follow."""
    house = content.house
    members = {person.handle: await _member(accounts, person) for person in PEOPLE}
    for person in PEOPLE:
        viewer = Viewer(members[person.handle], person.role)
        await _fill_in(content, viewer, person)
        for other in person.follows:
            await follow(house, viewer, members[other])
    return {person.handle: await _with_friends(house, members, person) for person in PEOPLE}


async def _member(accounts: Desk, person: Person) -> MemberId:
    """Who holds the person's phone; if nobody does, the person joins."""
    index = accounts.house.stores.members.phone_index(person.phone)
    claimed = await accounts.house.stores.claims.find(Claim.PHONE, index)
    return MemberId(claimed.holder) if claimed else await _join(accounts, person)


async def _join(accounts: Desk, person: Person) -> MemberId:
    """What accounts.registering does once a code has proved the phone; nobody has this phone, so no code is sent."""
    house = accounts.house
    member = MemberRecord(
        id=new_member_id(house.random),
        handle=to_handle(person.handle),
        display_name=to_display_name(person.name),
        role=person.role,
        profile=Profile(phone=to_e164(person.phone)),
        audiences={},
        birthday_precision=person.birthday_precision,
        default_byline=(),
        created_at=house.now(),
        accepted_statement=CURRENT_VERSION,
    )
    password_hash = await _password_hash(accounts, person)

    async def write(transaction: Transaction) -> MemberId:
        await claim_names(accounts, member, transaction)
        await move_in(house.stores, [member], transaction)
        if password_hash:
            await house.stores.credentials.insert(member.id, password_hash, transaction)
        return member.id

    return await house.stores.transactions.run(write)


async def _password_hash(accounts: Desk, person: Person) -> str | None:
    if person.password is None:
        return None
    check_password(person.password, person.handle, person.phone)
    return await accounts.passwords.hash(person.password)


async def _fill_in(content: ContentDesk, viewer: Viewer, person: Person) -> None:
    await update_profile(content, viewer, person.profile, None)
    choices = AudienceChoices(tuple(person.audiences.items()), person.birthday_precision)
    await update_field_audiences(content, viewer, choices)
    await set_default_byline(content, viewer, person.byline)


async def _with_friends(house: House, members: Mapping[str, MemberId], person: Person) -> Viewer:
    viewer = Viewer(members[person.handle], person.role)
    ties = await house.stores.ties.relationships(viewer, members.values())
    return replace(viewer, friends=frozenset(other for other, tie in ties.items() if tie is Relationship.FRIEND))
