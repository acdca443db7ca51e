"""Lets the demo's people move in: members, their profiles, and who follows whom."""

from collections.abc import Mapping
from dataclasses import replace

from accounts.create_members import create_members
from accounts.follows import follow
from accounts.handles import to_handle
from accounts.passwords import check_password
from accounts.phones import to_e164
from accounts.privacy_statement import CURRENT_VERSION
from accounts.registration import claim_names, to_display_name
from accounts.services import AccountServices
from content.profiles import AudienceChoices, ProfileChanges, update_field_audiences, update_profile
from content.services import ContentServices
from demo.data.people import PEOPLE
from demo.model import Person
from domain.ids import MemberId, new_member_id
from domain.members import MemberRecord, Profile, Relationship
from domain.viewer import Viewer
from stores.services import Services
from stores.transactions import Transaction
from stores.unique_keys import UniqueKey


async def settle(accounts: AccountServices, content: ContentServices) -> Mapping[str, Viewer]:
    """Return the viewers of the demo by handle, with the follows that the demo gives them."""
    services = content.core
    members = {person.handle: await _member(accounts, person) for person in PEOPLE}
    for person in PEOPLE:
        viewer = Viewer(members[person.handle], person.role)
        await _fill_in(content, viewer, person)
        for other in person.follows:
            await follow(services, viewer, members[other])
    return {person.handle: await _with_friends(services, members, person) for person in PEOPLE}


async def _member(accounts: AccountServices, person: Person) -> MemberId:
    """Who holds the person's phone; if nobody does, the person joins."""
    index = accounts.core.stores.members.phone_index(person.phone)
    claimed = await accounts.core.stores.unique_keys.find(UniqueKey.PHONE, index)
    return MemberId(claimed.holder) if claimed else await _join(accounts, person)


async def _join(accounts: AccountServices, person: Person) -> MemberId:
    """What accounts.registration does once a code has proved the phone; nobody has this phone, so no code is sent."""
    services = accounts.core
    member = MemberRecord(
        id=new_member_id(services.random),
        handle=to_handle(person.handle),
        display_name=to_display_name(person.name),
        role=person.role,
        profile=Profile(phone=to_e164(person.phone)),
        audiences={},
        birthday_precision=person.birthday_precision,
        default_byline=(),
        created_at=services.now(),
        accepted_statement=CURRENT_VERSION,
    )
    password_hash = await _password_hash(accounts, person)

    async def write(transaction: Transaction) -> MemberId:
        await claim_names(accounts, member, transaction)
        await create_members(services.stores, [member], transaction)
        if password_hash:
            await services.stores.credentials.insert(member.id, password_hash, transaction)
        return member.id

    return await services.stores.transactions.run(write)


async def _password_hash(accounts: AccountServices, person: Person) -> str | None:
    if person.password is None:
        return None
    check_password(person.password, person.handle, person.phone)
    return await accounts.passwords.hash(person.password)


async def _fill_in(content: ContentServices, viewer: Viewer, person: Person) -> None:
    changes = ProfileChanges(person.profile, default_byline=tuple(person.byline))
    await update_profile(content, viewer, changes)
    choices = AudienceChoices(tuple(person.audiences.items()), person.birthday_precision)
    await update_field_audiences(content, viewer, choices)


async def _with_friends(services: Services, members: Mapping[str, MemberId], person: Person) -> Viewer:
    viewer = Viewer(members[person.handle], person.role)
    ties = await services.stores.relationships.relationships(viewer, members.values())
    return replace(viewer, friends=frozenset(other for other, tie in ties.items() if tie is Relationship.FRIEND))
