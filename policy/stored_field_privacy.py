"""Which stored fields are personal (section 1 of the privacy statement): those are sealed before they are stored.

Names, ID numbers, birth dates, phone numbers, IP addresses and e-mail addresses are personal. IP addresses and ID
numbers are not stored; a member's name here is the one chosen for others to see.
"""

from collections.abc import Mapping
from enum import Enum


class Privacy(Enum):
    """How a stored value is kept."""

    SEALED = "personal: encrypted, opened only for those who may see it"
    INDEXED = "a keyed digest of a personal value, to find it by"
    SECRET = "a digest of a secret; the secret itself is not kept"  # noqa: S105 - the class of a field, no password
    SHOWN = "shown by the member's choice, under an audience"
    PLAIN = "not personal"


MEMBER_FIELDS: Mapping[str, Privacy] = {
    "_id": Privacy.PLAIN,
    "handle": Privacy.PLAIN,
    "displayName": Privacy.PLAIN,
    "role": Privacy.PLAIN,
    "bio": Privacy.SHOWN,
    "gender": Privacy.SHOWN,
    "location": Privacy.SHOWN,
    "website": Privacy.SHOWN,
    "birthday": Privacy.SEALED,
    "email": Privacy.SEALED,
    "phone": Privacy.SEALED,
    "audiences": Privacy.PLAIN,
    "birthdayPrecision": Privacy.PLAIN,
    "defaultByline": Privacy.PLAIN,
    "contactPolicy": Privacy.PLAIN,
    "createdAt": Privacy.PLAIN,
    "acceptedStatement": Privacy.PLAIN,
    "acceptedAt": Privacy.PLAIN,
    "phoneIndex": Privacy.INDEXED,
    "emailIndex": Privacy.INDEXED,
    "following": Privacy.PLAIN,
    "blocking": Privacy.PLAIN,
    "followingBoards": Privacy.PLAIN,
    "importedFrom": Privacy.PLAIN,
}
DISCLOSURE_FIELDS: Mapping[str, Privacy] = {
    "_id": Privacy.PLAIN,
    "member": Privacy.PLAIN,
    "field": Privacy.PLAIN,
    "purpose": Privacy.PLAIN,
    "ground": Privacy.PLAIN,
    "readerRole": Privacy.PLAIN,
    "case": Privacy.PLAIN,
    "readAt": Privacy.PLAIN,
}
CODE_FIELDS: Mapping[str, Privacy] = {
    "_id": Privacy.INDEXED,
    "digest": Privacy.SECRET,
    "triesLeft": Privacy.PLAIN,
    "expiresAt": Privacy.PLAIN,
}
SESSION_FIELDS: Mapping[str, Privacy] = {
    "_id": Privacy.SECRET,
    "member": Privacy.PLAIN,
    "createdAt": Privacy.PLAIN,
    "expiresAt": Privacy.PLAIN,
}
LETTER_FIELDS: Mapping[str, Privacy] = {
    "_id": Privacy.PLAIN,
    "kind": Privacy.PLAIN,
    "at": Privacy.PLAIN,
    "dueAt": Privacy.PLAIN,
    "tries": Privacy.PLAIN,
    "from": Privacy.PLAIN,
    "to": Privacy.PLAIN,
    "text": Privacy.SEALED,
}
