"""Which states follow which, of content and of members; a pair that is not listed is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.content import ContentState
from domain.ids import CommentId, Kind, PostId, kind_of
from domain.moderation import ModerationAction
from domain.sanctions import AccountStatus
from policy.permissions import AUTHOR_MAY_DELETE, BOARD_OWNER_MAY_DELETE
from stores.connections import Stores
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Transition:
    """From where, and to where."""

    sources: frozenset[ContentState]
    target: ContentState | None
    """None: back to where it was removed from."""


class Move(Enum):
    """What can be done to a post or comment that stands."""

    APPROVE = "APPROVE"
    HIDE = "HIDE"
    REMOVE = "REMOVE"
    RESTORE = "RESTORE"
    DELETE = "DELETE"
    TAKE_AWAY = "TAKE_AWAY"
    """As DELETE, by the owner of the message board."""


TRANSITIONS: Mapping[Move, Transition] = {
    Move.APPROVE: Transition(frozenset({ContentState.HELD}), ContentState.PUBLISHED),
    Move.HIDE: Transition(frozenset({ContentState.PUBLISHED}), ContentState.HELD),
    Move.REMOVE: Transition(frozenset({ContentState.PUBLISHED, ContentState.HELD}), ContentState.REMOVED),
    # What waited for a board's owner when it was removed waits again.
    Move.RESTORE: Transition(frozenset({ContentState.REMOVED}), None),
    # Authors may take back what was removed too: the decision about it stays on record.
    Move.DELETE: Transition(AUTHOR_MAY_DELETE, ContentState.DELETED),
    # What moderators have removed they alone may let stand again.
    Move.TAKE_AWAY: Transition(BOARD_OWNER_MAY_DELETE, ContentState.DELETED),
}


@dataclass(frozen=True, slots=True)
class MemberTransition:
    """From which standings, and to which."""

    sources: frozenset[AccountStatus]
    target: AccountStatus
    is_timed: bool = False
    """Whether it needs an end."""


_S = AccountStatus
_MEMBERS = frozenset(AccountStatus) - {_S.ERASED}

#: A sanction takes the place of the one before, which holds again where it ends later. None is made lighter or shorter
#: by another: that is what LIFT is for.
MEMBER_TRANSITIONS: Mapping[ModerationAction, MemberTransition] = {
    ModerationAction.WARN: MemberTransition(frozenset({_S.ACTIVE, _S.WARNED}), _S.WARNED),
    ModerationAction.MUTE: MemberTransition(frozenset({_S.ACTIVE, _S.WARNED, _S.MUTED}), _S.MUTED, is_timed=True),
    ModerationAction.REQUIRE_VERIFICATION: MemberTransition(
        frozenset({_S.ACTIVE, _S.WARNED, _S.MUTED}), _S.VERIFICATION_REQUIRED
    ),
    ModerationAction.SUSPEND: MemberTransition(_MEMBERS - {_S.BANNED}, _S.SUSPENDED, is_timed=True),
    ModerationAction.BAN: MemberTransition(_MEMBERS - {_S.BANNED}, _S.BANNED),
    ModerationAction.LIFT: MemberTransition(_MEMBERS - {_S.ACTIVE}, _S.ACTIVE),
}


async def move(stores: Stores, content: str, how: Move, transaction: Transaction) -> bool:
    """Move a post or comment on, with the counts that hang on it; whether it stood where that is possible.

    What is deleted loses its text, all that it said before, and what it was to say.
    """
    transition = TRANSITIONS[how]
    if kind_of(content) is Kind.COMMENT:
        moved = await _move_comment(stores, CommentId(content), transition, transaction)
    else:
        moved = await stores.posts.move(PostId(content), transition.sources, transition.target, transaction)
    if moved and transition.target is ContentState.DELETED:
        await stores.revisions.erase(content, transaction)
        await stores.edits.drop(content, transaction)
    return moved


async def _move_comment(stores: Stores, comment: CommentId, transition: Transition, transaction: Transaction) -> bool:
    moved = await stores.comments.move(comment, transition.sources, transition.target, transaction)
    if moved is None:
        return False
    if moved.change:
        await stores.comments.count_reply(moved, transaction)
        await stores.posts.count_comment(moved.post_id, moved.audience, moved.change, transaction)
    return True
