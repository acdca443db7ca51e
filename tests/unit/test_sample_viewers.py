"""As what each sample viewer of docs/visibility.md counts: every cell."""

import pytest

from domain.members import Relationship, Role
from domain.sanctions import AccountStatus
from domain.viewer import ANONYMOUS
from policy.sample_viewers import BOARD_OWNER, BOARD_OWNER_ID, OWNER, SAMPLE_VIEWERS
from policy.visibility import STANDS_AS, Relation, relation

#: What each tie counts as.
TIES = {
    Relationship.SELF: Relation.SELF,
    Relationship.FRIEND: Relation.FRIEND,
    Relationship.FOLLOWING: Relation.MEMBER,
    Relationship.FOLLOWER: Relation.MEMBER,
    Relationship.BLOCKED: Relation.BLOCKED,
    Relationship.NONE: Relation.MEMBER,
}

#: Everyone the page has a row for: as what they count, their role, and their account status.
LOOKING_ON = [
    ("the member", Relation.SELF, Role.MEMBER, AccountStatus.ACTIVE),
    ("a friend (they follow each other)", Relation.FRIEND, Role.MEMBER, AccountStatus.ACTIVE),
    ("a follower", Relation.MEMBER, Role.MEMBER, AccountStatus.ACTIVE),
    ("someone the member follows", Relation.MEMBER, Role.MEMBER, AccountStatus.ACTIVE),
    ("any other member", Relation.MEMBER, Role.MEMBER, AccountStatus.ACTIVE),
    ("blocked, by either", Relation.BLOCKED, Role.MEMBER, AccountStatus.ACTIVE),
    ("signed out", Relation.ANONYMOUS, None, AccountStatus.ACTIVE),
    ("a moderator", Relation.MEMBER, Role.MODERATOR, AccountStatus.ACTIVE),
    ("an admin", Relation.MEMBER, Role.ADMIN, AccountStatus.ACTIVE),
    ("a suspended moderator", Relation.MEMBER, Role.MODERATOR, AccountStatus.SUSPENDED),
    ("a banned member", Relation.MEMBER, Role.MEMBER, AccountStatus.BANNED),
    ("the owner of the message board", Relation.BOARD_OWNER, Role.MEMBER, AccountStatus.ACTIVE),
]


def test_every_tie_has_its_row():
    assert set(STANDS_AS) == set(Relationship)


@pytest.mark.parametrize("tie", Relationship)
def test_a_tie_counts_as_what_the_table_says(tie):
    assert STANDS_AS[tie] is TIES[tie]


def test_everyone_who_may_look_on_has_a_row():
    viewers = {one.name: one.viewer for one in (*SAMPLE_VIEWERS, BOARD_OWNER)}
    rows = [
        (name, relation(viewer, OWNER, BOARD_OWNER_ID), viewer.role, viewer.account_status)
        for name, viewer in viewers.items()
    ]

    assert rows == LOOKING_ON
    assert ANONYMOUS in [one.viewer for one in SAMPLE_VIEWERS]
