"""Everything that can be left on message boards: by each with each, under every audience, in every state."""

import itertools
from dataclasses import dataclass, field

from domain.audience import Audience
from domain.content import CommentRecord, ContentState, PostRecord
from domain.ids import MemberId
from domain.members import Role
from domain.viewer import ANONYMOUS, Viewer
from policy.visibility import Placed
from stores.connections import Stores
from tests import factories

STORED_STATES = [state for state in ContentState if state is not ContentState.UNAVAILABLE]


@dataclass(frozen=True)
class Entry:
    """An entry as it was left, and by whom and how it was answered."""

    post: PostRecord
    is_handed_over: bool
    answer: CommentRecord | None

    @property
    def placed(self) -> Placed:
        author, board_owner = self.post.author_id, self.post.board_owner_id
        return Placed(author, author, self.post.audience, self.post.state, board_owner, self.is_handed_over)


@dataclass
class World:
    """Entries by and with the viewer, a friend, a stranger and a blocked member, in every audience and state."""

    people: list[MemberId] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    threads: dict[str, list[tuple[CommentRecord, CommentRecord | None]]] = field(default_factory=dict)
    """Under a public entry by each with each: all comments at the top, and what answers them."""

    def viewer(self, who: str) -> Viewer:
        viewer, friend, _, blocked = self.people
        role = {"member": Role.MEMBER, "moderator": Role.MODERATOR}.get(who)
        return Viewer(viewer, role, frozenset({friend}), frozenset({blocked})) if role else ANONYMOUS


async def fill(world: World, stores: Stores) -> None:
    """Leave everything there."""
    _, _, stranger, blocked = world.people
    answers = (None, (stranger, Audience.PUBLIC), (stranger, Audience.ONLY_ME), (blocked, Audience.PUBLIC))
    kinds = itertools.product(world.people, world.people, Audience, STORED_STATES, (False, True), answers)
    for minutes, (author, board_owner, audience, state, is_handed_over, answer) in enumerate(kinds):
        post = factories.post_record(author, audience=audience, state=state, minutes=minutes, board_owner=board_owner)
        said = factories.comment_record(post, answer[0], audience=answer[1]) if answer else None
        world.entries.append(Entry(post, is_handed_over, said))
    await stores.transactions.run(
        lambda transaction: stores.posts.insert_many([entry.post for entry in world.entries], transaction)
    )
    handed_over = [entry.post.id for entry in world.entries if entry.is_handed_over]
    await stores.database["posts"].update_many({"_id": {"$in": handed_over}}, {"$set": {"isHandedOver": True}})
    answered = [entry.answer for entry in world.entries if entry.answer]
    await stores.transactions.run(lambda transaction: stores.comments.insert_many(answered, transaction))
    for entry in public_entries(world):
        tops = _thread(world, entry.post, answers)
        await factories.keep_comments(stores, entry.post, [one for pair in tops for one in pair if one])
        world.threads[entry.post.id] = tops


def _thread(world: World, post: PostRecord, answers) -> list[tuple[CommentRecord, CommentRecord | None]]:
    kinds = itertools.product(world.people, Audience, STORED_STATES, answers)
    tops = []
    for minutes, (author, audience, state, answer) in enumerate(kinds):
        top = factories.comment_record(post, author, audience=audience, state=state, minutes=minutes)
        below = answer and factories.comment_record(post, answer[0], answering=top, audience=answer[1])
        tops.append((top, below))
    return tops


def public_entries(world: World) -> list[Entry]:
    """One published entry for all by each with each, without an answer beforehand."""
    return [
        entry
        for entry in world.entries
        if (entry.post.audience, entry.post.state) == (Audience.PUBLIC, ContentState.PUBLISHED)
        and not entry.is_handed_over
        and entry.answer is None
    ]
