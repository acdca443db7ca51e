"""Who gets a field: the few ways in which fields are given out, and what each means.

policy/field_access_table.py says for each field which way is its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.audience import Audience
from domain.language import Language
from domain.members import ProfileField, Role
from domain.messages import Message
from policy.visibility import MODERATING_ROLES, PROFILE_FIELDS


class FieldAccess(Enum):
    """How a field is given out. A mutation's way says who may ask for it."""

    EVERYONE = "everyone"
    WITH_IT = "with it"
    """It is part of its object: whoever sees one sees the other."""
    BYLINE = "byline"
    IF_LINKED_IS = "if linked is"
    """It names another object, which decides for itself; where that is hidden, the field is null, as if unset."""
    IN_LIST = "in list"
    IN_COUNT = "in count"
    OF_ONESELF = "of oneself"
    """It is worked out from what the reader may see and who the reader is."""
    MEMBERS = "members"
    OWN_SIDE = "own side"
    OWNER = "owner"
    OWNER_AND_STAFF = "owner and staff"
    OWNER_AND_BOARD_STAFF = "owner and staff, those of single boards as well"
    STAFF = "staff"
    ADMINS = "admins"
    BOARD_STAFF = "staff, those of single boards as well"
    ANSWER = "answer"
    """What someone is told who asked for something to be done."""


Rule = FieldAccess | ProfileField
"""A profile field stands for its row of PROFILE_FIELDS: its owner chooses."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """What a way of giving out a field means."""

    sentence: Message
    audience: Audience | None = None
    """Whom it is for by itself; None where that depends on the object."""
    is_owners: bool = False
    """Whether it is kept for its owner, or for them and ``roles``."""
    roles: frozenset[Role] = frozenset()
    """The roles that it is kept for; empty where a role is not asked for."""


ACCESS_RULES: Mapping[FieldAccess, AccessRule] = {
    FieldAccess.EVERYONE: AccessRule(Message.SEEN_BY_EVERYONE, Audience.PUBLIC),
    FieldAccess.WITH_IT: AccessRule(Message.SEEN_WITH_IT),
    FieldAccess.BYLINE: AccessRule(Message.SEEN_IN_BYLINE),
    FieldAccess.IF_LINKED_IS: AccessRule(Message.SEEN_IF_LINKED_IS),
    FieldAccess.IN_LIST: AccessRule(Message.SEEN_IN_LIST),
    FieldAccess.IN_COUNT: AccessRule(Message.SEEN_IN_COUNT),
    FieldAccess.OF_ONESELF: AccessRule(Message.SEEN_OF_ONESELF),
    FieldAccess.MEMBERS: AccessRule(Message.SEEN_BY_MEMBERS, Audience.MEMBERS, roles=frozenset(Role)),
    FieldAccess.OWN_SIDE: AccessRule(Message.SEEN_BY_ONESELF, Audience.ONLY_ME, is_owners=True),
    FieldAccess.OWNER: AccessRule(Message.SEEN_BY_OWNER, Audience.ONLY_ME, is_owners=True),
    FieldAccess.OWNER_AND_STAFF: AccessRule(Message.SEEN_BY_OWNER_AND_STAFF, is_owners=True, roles=MODERATING_ROLES),
    FieldAccess.OWNER_AND_BOARD_STAFF: AccessRule(
        Message.SEEN_BY_OWNER_AND_BOARD_STAFF, is_owners=True, roles=MODERATING_ROLES
    ),
    FieldAccess.STAFF: AccessRule(Message.SEEN_BY_STAFF, roles=MODERATING_ROLES),
    FieldAccess.ADMINS: AccessRule(Message.SEEN_BY_ADMINS, roles=frozenset({Role.ADMIN})),
    FieldAccess.BOARD_STAFF: AccessRule(Message.SEEN_BY_BOARD_STAFF, roles=MODERATING_ROLES),
    FieldAccess.ANSWER: AccessRule(Message.SEEN_IN_ANSWER),
}


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """Who gets one field of one type, in one language."""

    type: str
    field: str
    default: Audience | None
    widest: Audience | None
    owner_chooses: bool
    is_owners: bool
    roles: tuple[Role, ...]
    seen_by: str


def policy_of(type_name: str, field: str, rule: Rule, language: Language) -> FieldPolicy:
    """``rule`` as it stands for ``field``, told in ``language``."""
    if isinstance(rule, ProfileField):
        return _chosen(type_name, field, rule, language)
    access = ACCESS_RULES[rule]
    roles = tuple(role for role in Role if role in access.roles)
    sentence = access.sentence.in_language(language, {})
    return FieldPolicy(type_name, field, access.audience, access.audience, False, access.is_owners, roles, sentence)


def _chosen(type_name: str, field: str, chosen: ProfileField, language: Language) -> FieldPolicy:
    row = PROFILE_FIELDS[chosen]
    values: dict[str, object] = {"default": row.default, "widest": row.widest}
    sentence = Message.SEEN_AS_CHOSEN.in_language(language, values)
    return FieldPolicy(type_name, field, row.default, row.widest, True, False, (), sentence)
