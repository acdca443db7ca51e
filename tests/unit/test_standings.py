"""Whose standing hides what, and as what each onlooker counts: every cell."""

import pytest

from domain.members import ProfileField, Relationship, Role
from domain.sanctions import AccountStatus
from domain.viewer import ANONYMOUS
from policy.sample_viewers import BOARD_OWNER, BOARD_OWNER_ID, OWNER, SAMPLE_VIEWERS
from policy.standings import (
    MEMBER_STANDINGS,
    author_shown,
    fields_shown,
    relation_in,
    words_shown,
)
from policy.visibility import STANDS_AS, Relation, relation

ACTIVE, BANNED, ERASED = AccountStatus.ACTIVE, AccountStatus.BANNED, AccountStatus.ERASED
FILLED = frozenset({ProfileField.BIO, ProfileField.PHONE})

#: Whether words name their author, the profile shows, words stay.
OF_THEM = {standing: (standing is not ERASED, standing is not ERASED, True) for standing in AccountStatus}

#: What each relation counts as for a reader who is active, banned, erased.
TO_THEM = {
    Relation.SELF: (Relation.SELF, Relation.SELF, Relation.ANONYMOUS),
    Relation.BOARD_OWNER: (Relation.BOARD_OWNER, Relation.BOARD_OWNER, Relation.ANONYMOUS),
    Relation.FRIEND: (Relation.FRIEND, Relation.FRIEND, Relation.ANONYMOUS),
    Relation.MEMBER: (Relation.MEMBER, Relation.MEMBER, Relation.ANONYMOUS),
    Relation.ANONYMOUS: (Relation.ANONYMOUS, Relation.ANONYMOUS, Relation.ANONYMOUS),
    Relation.BLOCKED: (Relation.BLOCKED, Relation.BLOCKED, Relation.ANONYMOUS),
}

#: What each tie counts as.
TIES = {
    Relationship.SELF: Relation.SELF,
    Relationship.FRIEND: Relation.FRIEND,
    Relationship.FOLLOWING: Relation.MEMBER,
    Relationship.FOLLOWER: Relation.MEMBER,
    Relationship.BLOCKED: Relation.BLOCKED,
    Relationship.NONE: Relation.MEMBER,
}

#: Everyone the page has a row for: as what they count, and their role.
LOOKING_ON = [
    ("the member", Relation.SELF, Role.MEMBER),
    ("a friend (they follow each other)", Relation.FRIEND, Role.MEMBER),
    ("a follower", Relation.MEMBER, Role.MEMBER),
    ("someone the member follows", Relation.MEMBER, Role.MEMBER),
    ("any other member", Relation.MEMBER, Role.MEMBER),
    ("blocked, by either", Relation.BLOCKED, Role.MEMBER),
    ("signed out", Relation.ANONYMOUS, None),
    ("a moderator", Relation.MEMBER, Role.MODERATOR),
    ("an admin", Relation.MEMBER, Role.ADMIN),
    ("a banned member", Relation.MEMBER, Role.MEMBER),
    ("whose account is erased", Relation.ANONYMOUS, None),
    ("the owner of the message board", Relation.BOARD_OWNER, Role.MEMBER),
]


@pytest.mark.parametrize("standing", AccountStatus)
def test_a_standing_hides_of_its_member_exactly_what_the_table_says(standing):
    shown = (
        author_shown(standing, OWNER) == OWNER,
        fields_shown(standing, FILLED) == FILLED,
        words_shown(standing, visible=True),
    )

    assert shown == OF_THEM[standing]


@pytest.mark.parametrize("standing", AccountStatus)
def test_no_standing_shows_what_is_hidden(standing):
    assert fields_shown(standing, frozenset()) == frozenset()
    assert words_shown(standing, visible=False) is False


def test_an_erased_account_names_nobody_and_shows_nothing():
    assert author_shown(ERASED, OWNER) is None
    assert fields_shown(ERASED, FILLED) == frozenset()


@pytest.mark.parametrize("standing_to_owner", Relation)
def test_a_reader_counts_as_what_their_standing_leaves(standing_to_owner):
    counts_as = tuple(relation_in(standing, standing_to_owner) for standing in (ACTIVE, BANNED, ERASED))

    assert counts_as == TO_THEM[standing_to_owner]


def test_every_standing_and_tie_has_its_row():
    assert set(MEMBER_STANDINGS) == set(AccountStatus)
    assert set(STANDS_AS) == set(Relationship)


@pytest.mark.parametrize("tie", Relationship)
def test_a_tie_counts_as_what_the_table_says(tie):
    assert STANDS_AS[tie] is TIES[tie]


def test_everyone_who_may_look_on_has_a_row():
    rows = [
        (one.name, relation(one.viewer, OWNER, BOARD_OWNER_ID), one.viewer.role)
        for one in (*SAMPLE_VIEWERS, BOARD_OWNER)
    ]

    assert rows == LOOKING_ON
    assert ANONYMOUS in [one.viewer for one in SAMPLE_VIEWERS]
