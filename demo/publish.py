"""Lets the demo's people write, answer and react, each at the story's time.

Texts find out by their idempotency key whether they were written before, actions as doing.py says; reacting twice is as
good as once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from accounts.capability_check import require_signed_in
from content.comments import NewComment, create_comment
from content.posts import NewPost, create_post
from content.reactions import Reaction, react
from content.services import ContentServices
from demo.actions import Action
from demo.model import Comment, Post
from demo.perform import Told, do
from domain.ids import BoardId, CommentId, PostId
from domain.viewer import Viewer
from stores.idempotency import IdempotentRequest
from stores.unique_keys import UniqueKey


@dataclass
class StoryClock:
    """Stands where the story has come to."""

    begun: datetime
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def turn(self, *, hours_ago: float, minutes_later: int = 0) -> None:
        """Go to ``minutes_later`` than ``hours_ago`` before the telling began."""
        self.moment = self.begun - timedelta(hours=hours_ago) + timedelta(minutes=minutes_later)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is said: under a post, in answer to a comment if there is one, under an idempotency key."""

    post: Post
    post_id: PostId
    parent_id: CommentId | None
    key: str


@dataclass(frozen=True)
class Stage:
    """Where everyone gets their turn."""

    clock: StoryClock
    content: ContentServices
    people: Mapping[str, Viewer]
    boards: dict[str, BoardId] = field(default_factory=dict)

    async def publish(self, post: Post, key: str) -> None:
        """Publish ``post``, with all that is said under it and done to it."""
        self.clock.turn(hours_ago=post.hours_ago)
        author = self.people[post.by]
        new = NewPost(self.boards[post.board], post.title, post.body, post.audience, post.byline, key)
        post_id = PostId(await self._made(author, key) or await create_post(self.content, author, new))
        await self._go_on(post, post.comments, _Place(post, post_id, None, key))

    async def _comment(self, comment: Comment, place: _Place) -> None:
        """Say ``comment``, with all that is answered to it and done to it."""
        author = self.people[comment.by]
        new = NewComment(place.post_id, place.parent_id, comment.body, comment.byline, place.key)
        comment_id = await self._made(author, place.key) or await create_comment(self.content, author, new)
        await self._go_on(comment, comment.replies, replace(place, parent_id=CommentId(comment_id)))

    async def _go_on(self, text: Post | Comment, answers: tuple[Comment, ...], place: _Place) -> None:
        """Answers and actions as they came, for what waits takes no answers, and what is deleted neither."""
        target = place.parent_id or place.post_id
        coming: list[tuple[Comment | Action, str]] = [(action, place.key) for action in text.actions]
        coming += [(answer, f"{place.key}.{number}") for number, answer in enumerate(answers)]
        for event, key in sorted(coming, key=lambda came: came[0].minutes):
            self.clock.turn(hours_ago=place.post.hours_ago, minutes_later=event.minutes)
            if isinstance(event, Action):
                await do(self.content, self.people[event.by], event, Told(target, key))
            else:
                await self._comment(event, replace(place, key=key))
        for kind, people in text.reactions.items():
            for by in people:
                await react(self.content, self.people[by], Reaction(target, kind))

    async def _made(self, viewer: Viewer, key: str) -> str | None:
        """What an earlier attempt made under ``key``.

        Asked first, for by now it may no longer be possible: nobody can answer a removed comment.
        """
        claim = IdempotentRequest(require_signed_in(viewer), key, ()).claim
        claimed = await self.content.core.stores.unique_keys.find(UniqueKey.RETRY, claim)
        return claimed.holder if claimed else None
