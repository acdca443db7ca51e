"""Who may do what, as tables."""

from collections.abc import Mapping
from enum import Enum

from domain.cases import Case
from domain.content import ContentState
from domain.ids import BoardId, MemberId
from domain.members import Role
from domain.moderation import Decision, ModerationAction
from domain.sanctions import AccountStatus
from domain.viewer import Viewer


class Privilege(Enum):
    """What members are trusted with: by their role everywhere, or on the boards that are theirs to moderate."""

    CREATE_BOARD = "make a discussion board"
    UPDATE_BOARD = "change how a discussion board introduces itself"
    MODERATE = "remove, restore and lock content"
    SANCTION = "decide about members: warn, mute, suspend or ban them, or free them"
    WORK_ON_CASES = "read what was reported, wherever it stands, and by whom"
    DECIDE_APPEALS = "read what members say against others' decisions, and decide anew"
    EDIT_TEMPLATES = "change what explanations of decisions may begin with"
    LIST_HOSTS = "keep the lists of trusted hosts, blocked ones and shorteners"
    READ_HIDDEN_FIELDS = "read a field that a member hid, for a case about that member, on the record"


ROLES: Mapping[Privilege, frozenset[Role]] = {
    Privilege.CREATE_BOARD: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.UPDATE_BOARD: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.MODERATE: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.SANCTION: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.WORK_ON_CASES: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.DECIDE_APPEALS: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.EDIT_TEMPLATES: frozenset({Role.ADMIN}),
    Privilege.LIST_HOSTS: frozenset({Role.MODERATOR, Role.ADMIN}),
    Privilege.READ_HIDDEN_FIELDS: frozenset({Role.MODERATOR, Role.ADMIN}),
}

#: What moderators of named boards are trusted with there. Whatever reaches beyond a board, and all that is about
#: members and not about what they wrote, is for those who moderate everywhere.
ON_THEIR_BOARDS = frozenset(
    {Privilege.UPDATE_BOARD, Privilege.MODERATE, Privilege.WORK_ON_CASES, Privilege.DECIDE_APPEALS}
)

#: The roles that members may have on named boards alone.
ROLES_ON_BOARDS = frozenset({Role.MODERATOR})

#: What it takes to decide so, and to take that back.
NEEDED_FOR: Mapping[ModerationAction, Privilege] = {
    ModerationAction.APPROVE: Privilege.MODERATE,
    ModerationAction.REMOVE: Privilege.MODERATE,
    ModerationAction.RESTORE: Privilege.MODERATE,
    ModerationAction.LOCK: Privilege.MODERATE,
    ModerationAction.UNLOCK: Privilege.MODERATE,
    ModerationAction.WARN: Privilege.SANCTION,
    ModerationAction.MUTE: Privilege.SANCTION,
    ModerationAction.SUSPEND: Privilege.SANCTION,
    ModerationAction.BAN: Privilege.SANCTION,
    ModerationAction.LIFT: Privilege.SANCTION,
    ModerationAction.REQUIRE_VERIFICATION: Privilege.SANCTION,
    ModerationAction.DISMISS: Privilege.MODERATE,
    ModerationAction.REOPEN: Privilege.MODERATE,
}


class Capability(Enum):
    """What members do here, as far as a sanction may end it."""

    ENTER = "join, sign in and out"
    LOOK = "read, look at what others see, export what is theirs"
    APPEAL = "answer a decision about themselves"
    WITHDRAW = "take back what they said, shared or follow; narrow or block"
    REPORT = "tell moderators what does not belong here"
    MEET = "follow members and boards, react"
    INTRODUCE = "change their profile and their message board"
    WRITE = "write to a member by e-mail"
    PUBLISH = "publish and change posts and comments"
    KEEP_ORDER = "approve and hide on their own message board; moderate, where their role is trusted with it"


_ALWAYS = frozenset({Capability.ENTER, Capability.LOOK, Capability.APPEAL, Capability.WITHDRAW})
_ALL = frozenset(Capability)

#: What each account status leaves open. Reading, export and appeal stay open always, and so does whatever shows less.
#: Section 2.3 of the privacy statement: who does not verify themselves loses publishing, and nothing else.
OPEN_TO: Mapping[AccountStatus, frozenset[Capability]] = {
    AccountStatus.ACTIVE: _ALL,
    AccountStatus.WARNED: _ALL,
    AccountStatus.VERIFICATION_REQUIRED: _ALL - {Capability.PUBLISH, Capability.WRITE},
    AccountStatus.MUTED: _ALL - {Capability.PUBLISH, Capability.WRITE},
    AccountStatus.SUSPENDED: _ALWAYS | {Capability.REPORT},
    AccountStatus.BANNED: _ALWAYS,
    AccountStatus.ERASED: frozenset(),
}


def may(viewer: Viewer, capability: Capability) -> bool:
    """Return whether the viewer's account status leaves ``capability`` open."""
    return capability in OPEN_TO[viewer.account_status]


#: The states in which authors may still change or delete their own words.
AUTHOR_MAY_UPDATE = frozenset({ContentState.PUBLISHED, ContentState.HELD})
AUTHOR_MAY_DELETE = frozenset({ContentState.PUBLISHED, ContentState.HELD, ContentState.REMOVED})

#: The states in which hosts keep order among what others left on their message boards: what moderators have removed is
#: theirs no more.
BOARD_OWNER_MAY_DELETE = frozenset({ContentState.PUBLISHED, ContentState.HELD})


class Kept(Enum):
    """What is kept and shows to no audience."""

    REVISION = "what a post or comment said before an edit"
    REPORTER = "who made a report"


class Reader(Enum):
    """Who may read what is kept."""

    WRITER = "the member who wrote it"
    CASE_MODERATOR = "a moderator who works on a case about it"


#: Being trusted with removing alone is no licence to read along: on a case moderators read who complained, and nowhere
#: else. What was said before an edit they do not read there yet.
READERS: Mapping[Kept, frozenset[Reader]] = {
    Kept.REVISION: frozenset({Reader.WRITER}),
    Kept.REPORTER: frozenset({Reader.WRITER, Reader.CASE_MODERATOR}),
}


#: The decisions that their subjects don't read: that something was looked at and left alone would tell who complained.
TOLD_TO_SUBJECT = frozenset(ModerationAction) - {
    ModerationAction.APPROVE,
    ModerationAction.DISMISS,
    ModerationAction.REOPEN,
}


def has(viewer: Viewer, privilege: Privilege, board: BoardId | None = None) -> bool:
    """Whether the viewer is trusted with ``privilege`` on ``board``, and no sanction has ended that trust.

    ``board`` None: with what stands on none. Whoever is suspended for reading along would else go on reading: who
    complained, what was hidden, what was appealed.
    """
    boards = boards_of(viewer, privilege)
    return boards is None or board in boards


def boards_of(viewer: Viewer, privilege: Privilege) -> frozenset[BoardId] | None:
    """The boards on which the viewer is trusted with ``privilege``; None: everywhere."""
    if not may(viewer, Capability.KEEP_ORDER):
        return frozenset()
    if viewer.role in ROLES[privilege]:
        return None
    return viewer.moderates if privilege in ON_THEIR_BOARDS else frozenset()


def has_anywhere(viewer: Viewer, privilege: Privilege) -> bool:
    """Whether the viewer is trusted with ``privilege`` on some board, or on all."""
    return boards_of(viewer, privilege) != frozenset()


def may_update(viewer: Viewer, author: MemberId | None, state: ContentState) -> bool:
    return author is not None and author == viewer.member_id and state in AUTHOR_MAY_UPDATE


def may_delete(
    viewer: Viewer, author: MemberId | None, state: ContentState, board_owner: MemberId | None = None
) -> bool:
    if author is not None and author == viewer.member_id:
        return state in AUTHOR_MAY_DELETE
    return is_board_owner(viewer, author, board_owner) and state in BOARD_OWNER_MAY_DELETE


def may_moderate(
    viewer: Viewer, author: MemberId | None, board_owner: MemberId | None = None, board: BoardId | None = None
) -> bool:
    """Moderators remove and restore, hosts hide and approve.

    Nobody decides about their own words; a tombstone has no author to decide about.
    """
    is_others = author is not None and author != viewer.member_id
    return is_others and (has(viewer, Privilege.MODERATE, board) or is_board_owner(viewer, author, board_owner))


def may_sanction(own: Role, theirs: Role) -> bool:
    """Whether one in the role ``own`` decides about members in the role ``theirs``: admins about all others."""
    return theirs in {Role.MODERATOR: {Role.MEMBER}, Role.ADMIN: set(Role)}.get(own, set())


def is_board_owner(viewer: Viewer, author: MemberId | None, board_owner: MemberId | None) -> bool:
    """Whether ``author``'s words, which still stand, were left on the viewer's own message board."""
    return author is not None and viewer.is_signed_in and board_owner == viewer.member_id


def may_work_on_case(viewer: Viewer, subject: MemberId | None, board: BoardId | None = None) -> bool:
    """Whether a case about ``subject``, or what they wrote on ``board``, is there for the viewer: for no moderator one
    about themselves."""
    return has(viewer, Privilege.WORK_ON_CASES, board) and subject != viewer.member_id


def may_read_decision(viewer: Viewer, decision: Decision) -> bool:
    """Whether it is the viewer's to read as a moderator, with who made it: never about themselves."""
    return may_work_on_case(viewer, decision.subject_id, decision.board_id)


def may_undo(viewer: Viewer, decision: Decision) -> bool:
    """Whether it is the viewer's own, about what they are trusted with still."""
    is_own = viewer.is_signed_in and decision.decided_by == viewer.member_id
    return is_own and has(viewer, NEEDED_FOR[decision.action], decision.board_id)


def may_read(viewer: Viewer, kept: Kept, writer: MemberId | None, case: Case | None = None) -> bool:
    """Whether ``kept``, which ``writer`` wrote, shows to the viewer; a tombstone has no writer.

    ``case``: the one on which it is read, if it is read on one.
    """
    readers = set()
    if writer is not None and writer == viewer.member_id:
        readers.add(Reader.WRITER)
    if case is not None and may_work_on_case(viewer, case.subject_id, case.board_id):
        readers.add(Reader.CASE_MODERATOR)
    return not readers.isdisjoint(READERS[kept])
