"""A profile's fields as they are stored: personal ones sealed, opened only for those who may see them."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from domain.ids import MemberId
from domain.members import Birthday, Gender, Profile, ProfileField
from domain.rich_text import Link, RichText
from stores.codecs import Document, link_document, link_of, text_document, text_of
from stores.vault import Vault

Encode = Callable[[Any, MemberId], Document]
Decode = Callable[[Any, MemberId], Any]

_NAMES = {field: field.value.lower() for field in ProfileField}


class ProfileCodec:
    """Turns profile fields into documents and back, field by field."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._encoders: Mapping[ProfileField, Encode] = {
            ProfileField.AVATAR: lambda value, _: {"avatar": value},
            ProfileField.BIO: lambda value, _: {"bio": value and text_document(cast("RichText", value))},
            ProfileField.GENDER: lambda value, _: {"gender": value and value.value},
            ProfileField.LOCATION: lambda value, _: {"location": value},
            ProfileField.BIRTHDAY: self._encode_birthday,
            ProfileField.WEBSITE: lambda value, _: {"website": value and link_document(cast("Link", value))},
            ProfileField.EMAIL: lambda value, owner: self._encode_address("email", value, owner),
            ProfileField.PHONE: lambda value, owner: self._encode_address("phone", value, owner),
        }
        self._decoders: Mapping[ProfileField, Decode] = {
            ProfileField.AVATAR: _as_stored,
            ProfileField.BIO: lambda stored, _: text_of(stored, with_source=False),
            ProfileField.GENDER: lambda stored, _: Gender(stored),
            ProfileField.LOCATION: _as_stored,
            ProfileField.BIRTHDAY: lambda stored, owner: _birthday_of(vault.open(stored, _place("birthday", owner))),
            ProfileField.WEBSITE: lambda stored, _: link_of(stored),
            ProfileField.EMAIL: lambda stored, owner: vault.open(stored, _place("email", owner)),
            ProfileField.PHONE: lambda stored, owner: vault.open(stored, _place("phone", owner)),
        }

    def changes(self, owner: MemberId, values: Mapping[ProfileField, object]) -> Document:
        """The document fields to set so that ``values`` stand; None clears one."""
        return {
            name: part for field, value in values.items() for name, part in self._encoders[field](value, owner).items()
        }

    def read(self, document: Document, shown: frozenset[ProfileField], *, with_source: bool) -> Profile:
        """The fields ``shown`` of the profile in ``document``; no other is opened, let alone answered."""
        owner: MemberId = document["_id"]
        values = {
            name: self._decoders[field](stored, owner)
            for field in shown
            if (stored := document.get(name := _NAMES[field])) is not None
        }
        if with_source and (bio := document.get("bio")):
            values["bio"] = text_of(bio, with_source=True)
        return Profile(**values)

    def _encode_birthday(self, value: Birthday | None, owner: MemberId) -> Document:
        if value is None:
            return {"birthday": None}
        written = "-".join("" if part is None else str(part) for part in (value.year, value.month, value.day))
        return {"birthday": self._vault.seal(written, _place("birthday", owner))}

    def _encode_address(self, name: str, value: str | None, owner: MemberId) -> Document:
        if value is None:
            return {name: None, f"{name}Index": None}
        return {
            name: self._vault.seal(value, _place(name, owner)),
            f"{name}Index": self._vault.blind_index(name, value),
        }


def _as_stored(stored: Any, _owner: MemberId) -> Any:
    return stored


def _place(field: str, owner: MemberId) -> str:
    return f"members/{field}/{owner}"


def _birthday_of(written: str) -> Birthday:
    year, month, day = (int(part) if part else None for part in written.split("-"))
    return Birthday(year, month, day)
