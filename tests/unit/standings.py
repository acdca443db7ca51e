"""Viewers in every relation to OWNER, and what each sees of OWNER's words wherever they stand."""

from domain.ids import MemberId
from domain.members import Role
from domain.viewer import ANONYMOUS, Viewer

OWNER, FRIEND, STRANGER, ENEMY, GUEST = (MemberId(name) for name in ("owner", "friend", "stranger", "enemy", "guest"))
BOARD_OWNER = MemberId("host")

#: As each stands to OWNER. To HOST all of them are strangers, but those who are HOST themselves.
VIEWERS = {
    "owner": Viewer(OWNER, Role.MEMBER, friends=frozenset({FRIEND})),
    "friend": Viewer(FRIEND, Role.MEMBER, friends=frozenset({OWNER})),
    "stranger": Viewer(STRANGER, Role.MEMBER),
    "moderator": Viewer(MemberId("moderator"), Role.MODERATOR),
    "admin": Viewer(MemberId("admin"), Role.ADMIN),
    "enemy": Viewer(ENEMY, Role.MEMBER, blocked=frozenset({OWNER})),
    "friendly enemy": Viewer(ENEMY, Role.MEMBER, friends=frozenset({OWNER}), blocked=frozenset({OWNER})),
    "moderating enemy": Viewer(ENEMY, Role.MODERATOR, blocked=frozenset({OWNER})),
    "anonymous": ANONYMOUS,
    "host": Viewer(BOARD_OWNER, Role.MEMBER),
    "moderating host": Viewer(BOARD_OWNER, Role.MODERATOR),
    "host and enemy": Viewer(BOARD_OWNER, Role.MEMBER, blocked=frozenset({OWNER})),
}

#: Who sees a field or published post of OWNER under ONLY_ME, FRIENDS, MEMBERS, PUBLIC.
AUDIENCES = {
    "owner": (True, True, True, True),
    "friend": (False, True, True, True),
    "stranger": (False, False, True, True),
    "moderator": (False, False, True, True),
    "admin": (False, False, True, True),
    "enemy": (False, False, False, False),
    "friendly enemy": (False, False, False, False),
    "moderating enemy": (False, False, False, False),
    "anonymous": (False, False, False, True),
    "host": (False, False, True, True),
    "moderating host": (False, False, True, True),
    "host and enemy": (False, False, False, False),
}

#: Who sees a PUBLIC post of OWNER that is PUBLISHED, HELD, REMOVED, DELETED, UNAVAILABLE.
STATES = {
    "owner": (True, True, True, False, False),
    "friend": (True, False, False, False, False),
    "stranger": (True, False, False, False, False),
    "moderator": (True, True, True, False, False),
    "admin": (True, True, True, False, False),
    "enemy": (False, False, False, False, False),
    "friendly enemy": (False, False, False, False, False),
    "moderating enemy": (False, False, False, False, False),
    "anonymous": (True, False, False, False, False),
    "host": (True, False, False, False, False),
    "moderating host": (True, True, True, False, False),
    "host and enemy": (False, False, False, False, False),
}
