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


class Kept(Enum):
    """What is kept and shows to no audience."""

    REVISION = "what a post or comment said before an edit"
    REPORTER = "who made a report"


class Reader(Enum):
    """Who may read what is kept."""

    WRITER = "the member who wrote it"
    CASE_MODERATOR = "a moderator who works on a case about it"


#: CASE_MODERATOR joins both rows when there are cases; being trusted with removing alone is no licence to read along.
READERS: Mapping[Kept, frozenset[Reader]] = {
    Kept.REVISION: frozenset({Reader.WRITER}),
    Kept.REPORTER: frozenset({Reader.WRITER}),
}


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


def may_read(viewer: Viewer, kept: Kept, writer: MemberId | None) -> bool:
    """Whether ``kept``, which ``writer`` wrote, shows to the viewer; a tombstone has no writer."""
    is_writer = writer is not None and writer == viewer.member_id
    return is_writer and Reader.WRITER in READERS[kept]
