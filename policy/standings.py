"""Whose standing hides what: of a member from others, and of others from that member.

ERASED is not stored yet; erasure brings it, and finds its row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.ids import MemberId
from domain.members import ProfileField
from domain.sanctions import AccountStatus
from policy.visibility import Relation


@dataclass(frozen=True, slots=True)
class StandingRule:
    """What others get of a member in a standing, and what the member gets of others."""

    is_named: bool
    """Whether posts and comments say who wrote them."""
    shows_profile: bool
    """Whether profile and byline show what the member let show."""
    keeps_words: bool
    """Whether posts and comments stand as they stood."""
    reads_as: Relation | None
    """How the member stands to everyone; None: by their ties, as ever."""


_AS_EVER = StandingRule(is_named=True, shows_profile=True, keeps_words=True, reads_as=None)

#: Sanctions end writing (policy/permissions.py says which ends what) and hide nothing. What stood before was allowed to
#: stand, and goes by a decision of its own, with its reason; what was said in answer must not lose its place.
#: An erased account has nobody to name and nothing to show, and nobody signs in to it.
MEMBER_STANDINGS: Mapping[AccountStatus, StandingRule] = {
    AccountStatus.ACTIVE: _AS_EVER,
    AccountStatus.WARNED: _AS_EVER,
    AccountStatus.MUTED: _AS_EVER,
    AccountStatus.VERIFICATION_REQUIRED: _AS_EVER,
    AccountStatus.SUSPENDED: _AS_EVER,
    AccountStatus.BANNED: _AS_EVER,
    AccountStatus.ERASED: StandingRule(
        is_named=False, shows_profile=False, keeps_words=True, reads_as=Relation.ANONYMOUS
    ),
}


def author_shown(standing: AccountStatus, author: MemberId) -> MemberId | None:
    """Whom the words of ``author``, who is in ``standing``, name as their author."""
    return author if MEMBER_STANDINGS[standing].is_named else None


def fields_shown(standing: AccountStatus, visible: frozenset[ProfileField]) -> frozenset[ProfileField]:
    """Those of the ``visible`` fields that still show of a member in ``standing``."""
    return visible if MEMBER_STANDINGS[standing].shows_profile else frozenset()


def words_shown(standing: AccountStatus, *, visible: bool) -> bool:
    """Whether ``visible`` words still show of a member in ``standing``."""
    return visible and MEMBER_STANDINGS[standing].keeps_words


def relation_in(standing: AccountStatus, relation: Relation) -> Relation:
    """What ``relation`` counts as for a reader in ``standing``."""
    return MEMBER_STANDINGS[standing].reads_as or relation
