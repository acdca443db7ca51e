"""Members: read as views trimmed for one viewer, written by accounts and by profile edits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pymongo.asynchronous.collection import AsyncCollection

from domain.audience import Audience
from domain.ids import BoardId, MemberId
from domain.members import (
    BirthdayPrecision,
    MemberRecord,
    MemberView,
    OwnSettings,
    Profile,
    ProfileField,
    Role,
)
from domain.viewer import Viewer
from policy.direct_messages import DEFAULT_POLICY, may_contact
from policy.visibility import PROFILE_FIELDS, Relation, relation, visible_fields
from stores.codecs import AUDIENCES, FIELDS, Document, fields_of
from stores.profiles import ProfileCodec
from stores.transactions import Transaction
from stores.vault import Vault


class Tally(Enum):
    """What of a member's own is bounded, and so counted."""

    FOLLOWING = "following"
    BLOCKING = "blocking"
    FOLLOWING_BOARDS = "followingBoards"


@dataclass(frozen=True, slots=True)
class ProfileEdit:
    """What an edit puts in the place of what was; None leaves a part as it is."""

    fields: Mapping[ProfileField, object]
    """None clears one; what is absent stays."""
    display_name: str | None = None
    default_byline: Sequence[ProfileField] | None = None
    contact_policy: Audience | None = None

    def choices_to_set(self) -> Document:
        """What changes in the document besides the profile's fields."""
        changes: Document = {}
        if self.display_name is not None:
            changes["displayName"] = self.display_name
        if self.default_byline is not None:
            changes["defaultByline"] = [field.value for field in self.default_byline]
        if self.contact_policy is not None:
            changes["contactPolicy"] = self.contact_policy.value
        return changes


class Members:
    """The ``members`` collection."""

    def __init__(self, collection: AsyncCollection[Document], vault: Vault) -> None:
        self._collection = collection
        self._codec = ProfileCodec(vault)
        self._vault = vault

    async def seen_by(self, viewer: Viewer, ids: Iterable[MemberId]) -> Mapping[MemberId, MemberView]:
        """Those of ``ids`` who are there for ``viewer``, each with what they let the viewer see."""
        found = await self._collection.find({"_id": {"$in": list(ids)}}).to_list()
        return {view.id: view for document in found if (view := self._view(document, viewer))}

    async def seen_by_handle(self, viewer: Viewer, handle: str) -> MemberView | None:
        """The member who goes by ``handle``, if there is one for ``viewer``."""
        document = await self._collection.find_one({"handle": handle})
        return self._view(document, viewer) if document else None

    async def seen_by_handles(self, viewer: Viewer, handles: Iterable[str]) -> Mapping[str, MemberView]:
        """By handle: those of ``handles`` who are there for ``viewer``."""
        found = await self._collection.find({"handle": {"$in": list(handles)}}).to_list()
        return {view.handle: view for document in found if (view := self._view(document, viewer))}

    async def own_settings(self, member_id: MemberId) -> OwnSettings:
        """What ``member_id`` may read about themselves."""
        document = await self._collection.find_one({"_id": member_id})
        if document is None:
            raise LookupError(member_id)
        profile = self._codec.read(document, frozenset({ProfileField.PHONE}), with_source=False)
        return OwnSettings(
            profile.phone,
            _audiences(document),
            BirthdayPrecision(document["birthdayPrecision"]),
            fields_of(document["defaultByline"]),
            document["acceptedStatement"],
            _contact_policy(document),
        )

    async def record_by_handle(self, handle: str) -> MemberRecord | None:
        """The whole record: for accounts/ and moderation/ only."""
        document = await self._collection.find_one({"handle": handle})
        return self._record(document) if document else None

    async def record_by_phone(self, phone: str) -> MemberRecord | None:
        """The whole record: for accounts/ and moderation/ only."""
        document = await self._collection.find_one({"phoneIndex": self.phone_index(phone)})
        return self._record(document) if document else None

    async def field_record(self, member_id: MemberId, field: ProfileField) -> object:
        """One field as it is stored, whoever it is shown to, and no other opened: for moderation/ only."""
        document = await self._collection.find_one({"_id": member_id}, {field.value.lower(): 1})
        if document is None:
            return None
        return _value(self._codec.read(document, frozenset({field}), with_source=False), field)

    async def role_of(self, member_id: MemberId) -> Role | None:
        """What a member is trusted with, whoever asks; None where there is none: for moderation/ only."""
        document = await self._collection.find_one({"_id": member_id}, {"role": 1})
        return Role(document["role"]) if document else None

    async def is_empty(self) -> bool:
        """Whether nobody lives here yet."""
        return await self._collection.find_one({}, {"_id": 1}) is None

    def phone_index(self, phone: str) -> str:
        """The keyed digest by which ``phone`` is found and claimed."""
        return self._vault.blind_index("phone", phone)

    async def insert_many(self, records: Sequence[MemberRecord], transaction: Transaction) -> None:
        """Write new members; accounts.create_members gives each their board in the same transaction."""
        if records:
            await self._collection.insert_many([self._document(record) for record in records], session=transaction)

    async def update_profile(self, member_id: MemberId, edit: ProfileEdit, transaction: Transaction) -> None:
        """Put ``edit`` in the place of what was."""
        fields = {**self._codec.changes(member_id, edit.fields), **edit.choices_to_set()}
        if fields:
            await self._collection.update_one({"_id": member_id}, {"$set": fields}, session=transaction)

    async def update_audiences(
        self,
        member_id: MemberId,
        audiences: Mapping[ProfileField, Audience],
        precision: BirthdayPrecision | None,
        transaction: Transaction | None = None,
    ) -> None:
        """Set the audience of each given field."""
        fields: dict[str, Any] = {f"audiences.{field.value}": audience.value for field, audience in audiences.items()}
        if precision is not None:
            fields["birthdayPrecision"] = precision.value
        if fields:
            await self._collection.update_one({"_id": member_id}, {"$set": fields}, session=transaction)

    async def set_role(self, handle: str, role: Role, transaction: Transaction | None = None) -> MemberId | None:
        """Give the member a role; who that is, None where there is no such member."""
        return await self._change_office(handle, {"$set": {"role": role.value}}, transaction)

    async def give_boards(
        self, handle: str, boards: Sequence[BoardId], transaction: Transaction | None = None
    ) -> MemberId | None:
        """Let the member moderate ``boards`` too; who that is, None where there is no such member."""
        return await self._change_office(handle, {"$addToSet": {"moderates": {"$each": list(boards)}}}, transaction)

    async def take_boards(
        self, handle: str, boards: Sequence[BoardId], transaction: Transaction | None = None
    ) -> MemberId | None:
        """Let the member moderate ``boards`` no more; who that is, None where there is no such member."""
        return await self._change_office(handle, {"$pullAll": {"moderates": list(boards)}}, transaction)

    async def boards_record_of(self, member_id: MemberId, transaction: Transaction) -> frozenset[BoardId]:
        """The boards that are ``member_id``'s to moderate, whatever their role: for moderation/ only."""
        document = await self._collection.find_one({"_id": member_id}, {"moderates": 1}, session=transaction)
        return frozenset((document or {}).get("moderates", ()))

    async def count(
        self, member_id: MemberId, tally: Tally, change: int, at_most: int, transaction: Transaction
    ) -> bool:
        """Change how many ``member_id`` follows or blocks, unless that passes ``at_most``; whether it was changed."""
        room = {tally.value: {"$not": {"$gt": at_most - change}}} if change > 0 else {}
        result = await self._collection.update_one(
            {"_id": member_id, **room}, {"$inc": {tally.value: change}}, session=transaction
        )
        return result.matched_count == 1

    async def _change_office(self, handle: str, change: Document, transaction: Transaction | None) -> MemberId | None:
        row = await self._collection.find_one_and_update({"handle": handle}, change, {"_id": 1}, session=transaction)
        return MemberId(row["_id"]) if row else None

    def _view(self, document: Document, viewer: Viewer) -> MemberView | None:
        owner: MemberId = document["_id"]
        viewer_relation = relation(viewer, owner)
        if viewer_relation is Relation.BLOCKED:
            return None
        shown = visible_fields(viewer, owner, _chosen(document))
        profile = self._codec.read(document, shown, with_source=viewer_relation is Relation.SELF)
        if profile.birthday and viewer_relation is not Relation.SELF:
            profile = profile.at(BirthdayPrecision(document["birthdayPrecision"]))
        takes_direct_messages = may_contact(viewer, owner, _contact_policy(document))
        return MemberView(
            owner, document["handle"], document["displayName"], Role(document["role"]), profile, takes_direct_messages
        )

    def _record(self, document: Document) -> MemberRecord:
        return MemberRecord(
            id=document["_id"],
            handle=document["handle"],
            display_name=document["displayName"],
            role=Role(document["role"]),
            profile=self._codec.read(document, frozenset(ProfileField), with_source=True),
            audiences=_audiences(document),
            birthday_precision=BirthdayPrecision(document["birthdayPrecision"]),
            default_byline=fields_of(document["defaultByline"]),
            created_at=document["createdAt"],
            accepted_statement=document["acceptedStatement"],
        )

    def _document(self, record: MemberRecord) -> Document:
        present = {field: value for field in ProfileField if (value := _value(record.profile, field)) is not None}
        return {
            "_id": record.id,
            "handle": record.handle,
            "displayName": record.display_name,
            "role": record.role.value,
            "audiences": {field.value: audience.value for field, audience in record.audiences.items()},
            "birthdayPrecision": record.birthday_precision.value,
            "defaultByline": [field.value for field in record.default_byline],
            "createdAt": record.created_at,
            "acceptedStatement": record.accepted_statement,
            "following": 0,
            **self._codec.changes(record.id, present),
        }


def _value(profile: Profile, field: ProfileField) -> object:
    return getattr(profile, field.value.lower())


def _contact_policy(document: Document) -> Audience:
    return AUDIENCES[document.get("contactPolicy", DEFAULT_POLICY.value)]


def _audiences(document: Document) -> Mapping[ProfileField, Audience]:
    return {field: rule.default for field, rule in PROFILE_FIELDS.items()} | _chosen(document)


def _chosen(document: Document) -> dict[ProfileField, Audience]:
    """The audiences that the owner has chosen."""
    return {FIELDS[field]: AUDIENCES[audience] for field, audience in document["audiences"].items()}
