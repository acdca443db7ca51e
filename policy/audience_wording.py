"""Who would read a text, from what its author may know, and what of the author's profile would go along.

Told to the author, so nothing here depends on what others keep from them: not on blocks, nor on who is whose friend but
their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.audience import Audience, narrower
from domain.ids import MemberId
from domain.messages import Message
from domain.viewer import Viewer
from policy.visibility import REACH, Relation


@dataclass(frozen=True, slots=True)
class Readers:
    """Those for whom a text is meant: ``owner``'s ``audience``, as far as the board is open to them, and the host."""

    owner: MemberId
    """The post's author."""
    audience: Audience
    board_owner: MemberId | None = None
    board: Audience = Audience.PUBLIC
    """Whom the host lets onto the message board."""


#: Whom a text of one's own reaches; of what is said under another's post; and below what a host opens to.
_OWN = {
    Audience.ONLY_ME: Message.READ_BY_YOU,
    Audience.FRIENDS: Message.READ_BY_FRIENDS,
    Audience.MEMBERS: Message.READ_BY_MEMBERS,
    Audience.PUBLIC: Message.READ_BY_ALL,
}
_UNDER_ANOTHER_S = _OWN | {
    Audience.ONLY_ME: Message.READ_BY_AUTHOR,
    Audience.FRIENDS: Message.READ_BY_AUTHOR_S_FRIENDS,
}
_ON_ANOTHER_S_BOARD = _OWN | {
    Audience.ONLY_ME: Message.READ_BY_HOST,
    Audience.FRIENDS: Message.READ_BY_FRIENDS_AND_HOST,
}
_OPEN_TO = _OWN | {Audience.ONLY_ME: Message.READ_BY_HOST, Audience.FRIENDS: Message.READ_BY_HOST_S_FRIENDS}


def in_words(author: Viewer, readers: Readers) -> Message:
    """Who reads it, as part of a sentence."""
    is_elsewhere = readers.board_owner is not None and readers.board_owner != author.member_id
    if is_elsewhere and readers.audience.is_wider_than(readers.board):
        return _OPEN_TO[readers.board]
    crowd = narrower(readers.audience, readers.board)
    if is_elsewhere:
        return _ON_ANOTHER_S_BOARD[crowd]
    return (_OWN if readers.owner == author.member_id else _UNDER_ANOTHER_S)[crowd]


def field_readers(author: Viewer, readers: Readers, field: Audience) -> Message | None:
    """Who reads, with the text, a field of ``author``'s that is for ``field``; None where nobody else does."""
    if field is Audience.ONLY_ME:
        return None
    crowd = narrower(readers.audience, readers.board)
    if crowd is not Audience.ONLY_ME:
        is_narrower = field is Audience.FRIENDS or crowd.is_wider_than(field)
        return _OWN[field] if is_narrower else in_words(author, readers)
    others = {readers.owner, readers.board_owner} - {author.member_id, None}
    reached = [other for other in others if other and field in REACH[_standing(author, other)]]
    return in_words(author, readers) if reached else None


def _standing(author: Viewer, other: MemberId) -> Relation:
    return Relation.FRIEND if other in author.friends else Relation.MEMBER


#: People by the narrowest audience that reaches them, one layer or several that lie around each other.
_LAYERS_IN_WORDS: Mapping[tuple[Audience, ...], Message] = {
    (Audience.FRIENDS,): Message.READ_BY_FRIENDS,
    (Audience.FRIENDS, Audience.MEMBERS): Message.READ_BY_MEMBERS,
    (Audience.FRIENDS, Audience.MEMBERS, Audience.PUBLIC): Message.READ_BY_ALL,
    (Audience.MEMBERS,): Message.READ_BY_OTHER_MEMBERS,
    (Audience.MEMBERS, Audience.PUBLIC): Message.READ_BY_OTHER_MEMBERS_AND_VISITORS,
    (Audience.PUBLIC,): Message.READ_BY_VISITORS,
}


def layers(beyond: Audience, to: Audience) -> tuple[Audience, ...]:
    """The layers of people in ``to`` who are not in ``beyond``."""
    return tuple(layer for layer in Audience if layer.is_wider_than(beyond) and not layer.is_wider_than(to))


def layers_in_words(layers: tuple[Audience, ...]) -> Message:
    """The people in ``layers``, as part of a sentence."""
    return _LAYERS_IN_WORDS[layers]
