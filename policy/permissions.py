"""Who may do what, as tables."""

from collections.abc import Mapping
from enum import Enum

from domain.content import ContentState
from domain.ids import MemberId
from domain.members import Role
from domain.viewer import Viewer


class Privilege(Enum):
    """What a role is trusted with."""

    CREATE_BOARD = "make a discussion board"
    MODERATE = "remove and restore content"


ROLES: Mapping[Privilege, frozenset[Role]] = {
    Privilege.CREATE_BOARD: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.MODERATE: frozenset({Role.MODERATOR, Role.ADMIN}),
}

#: The states in which authors may still change or delete their own words.
AUTHOR_MAY_UPDATE = frozenset({ContentState.PUBLISHED, ContentState.HELD})
AUTHOR_MAY_DELETE = frozenset({ContentState.PUBLISHED, ContentState.HELD, ContentState.REMOVED})


def has(viewer: Viewer, privilege: Privilege) -> bool:
    """Whether the viewer's role is trusted with ``privilege``."""
    return viewer.role in ROLES[privilege]


def may_update(viewer: Viewer, author: MemberId | None, state: ContentState) -> bool:
    return author is not None and author == viewer.member_id and state in AUTHOR_MAY_UPDATE


def may_delete(viewer: Viewer, author: MemberId | None, state: ContentState) -> bool:
    return author is not None and author == viewer.member_id and state in AUTHOR_MAY_DELETE


def may_moderate(viewer: Viewer, author: MemberId | None) -> bool:
    """Nobody decides about their own words; a tombstone has no author to decide about."""
    return has(viewer, Privilege.MODERATE) and author is not None and author != viewer.member_id
