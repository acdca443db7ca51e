"""Lets the demo's people say and decide what their story says, through the use cases that real members go through.

Each step finds out by itself whether it was done before: boards by their slug, texts and decisions by the idempotency
key, and (see settling.py) members by the claim on their phone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from accounts.desk import Desk
from content.boards import NewBoard, create_board
from content.comments import NewComment, create_comment
from content.demo.people import MODERATOR
from content.demo.places import BOARDS, VERDICTS
from content.demo.posts import POSTS
from content.demo.settling import settle
from content.demo.story import STORY_HOURS, Comment, Post, Removal
from content.desk import ContentDesk
from content.links import Site
from content.posts import NewPost, create_post
from domain.ids import BoardId, CommentId, PostId
from domain.moderation import ModerationAction
from domain.viewer import ANONYMOUS, Viewer
from moderation.deciding import Ruling, decide
from stores.claims import Claim
from stores.retries import Retry


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


async def tell(accounts: Desk, site: Site, begun: datetime) -> None:
    """The whole story, which ends at ``begun``; what its people do carries the story's times."""
    clock = StoryClock(begun, begun)
    clock.turn(hours_ago=STORY_HOURS + 1)
    house = replace(accounts.house, clock=clock)
    content = ContentDesk(house, site)
    people = await settle(replace(accounts, house=house), content)
    await _Teller(clock, content, people).tell()


@dataclass(frozen=True)
class _Teller:
    """Gives everyone their turn to speak."""

    clock: StoryClock
    content: ContentDesk
    people: Mapping[str, Viewer]
    boards: dict[str, BoardId] = field(default_factory=dict)

    async def tell(self) -> None:
        """Boards, texts with what is decided about them, then verdicts: a blocked host was not blocked when written."""
        for number, board in enumerate(BOARDS):
            self.clock.turn(hours_ago=STORY_HOURS + 1, minutes_later=number)
            self.boards[board.slug] = await self._board(board)
        for number, post in enumerate(POSTS):
            await self._publish(post, f"demo/{number}")
        for judged in VERDICTS:
            self.clock.turn(hours_ago=judged.hours_ago)
            hosts = self.content.house.stores.hosts
            await hosts.set_verdict(judged.host, judged.verdict, judged.reason, self.clock.now())

    async def _board(self, board: NewBoard) -> BoardId:
        there = await self.content.house.stores.boards.seen_by_slug(ANONYMOUS, board.slug)
        return there.id if there else await create_board(self.content, self.people[MODERATOR.handle], board)

    async def _publish(self, post: Post, key: str) -> None:
        """Publish ``post``, with all that is said and decided about it."""
        self.clock.turn(hours_ago=post.hours_ago)
        author = self.people[post.by]
        new = NewPost(self.boards[post.board], post.title, post.body, post.audience, post.byline, key)
        post_id = PostId(await self._made(author, key) or await create_post(self.content, author, new))
        for number, comment in enumerate(post.comments):
            new_comment = NewComment(post_id, None, comment.body, comment.byline, f"{key}.{number}")
            await self._comment(comment, new_comment, post)
        if post.removal:
            await self._remove(post_id, post.removal, post, key)

    async def _comment(self, comment: Comment, new: NewComment, post: Post) -> None:
        """Say ``comment`` under ``post``, with what is answered to it and decided about it."""
        self.clock.turn(hours_ago=post.hours_ago, minutes_later=comment.minutes)
        author, key = self.people[comment.by], str(new.idempotency_key)
        comment_id = CommentId(await self._made(author, key) or await create_comment(self.content, author, new))
        for number, reply in enumerate(comment.replies):
            answer = NewComment(new.post_id, comment_id, reply.body, reply.byline, f"{key}.{number}")
            await self._comment(reply, answer, post)
        if comment.removal:
            await self._remove(comment_id, comment.removal, post, key)

    async def _remove(self, target: PostId | CommentId, removal: Removal, post: Post, key: str) -> None:
        self.clock.turn(hours_ago=post.hours_ago, minutes_later=removal.minutes)
        moderator, key = self.people[MODERATOR.handle], f"{key}/removed"
        if not await self._made(moderator, key):
            ruling = Ruling(target, ModerationAction.REMOVE, removal.reason, removal.explanation, key)
            await decide(self.content.house, moderator, ruling)

    async def _made(self, viewer: Viewer, key: str) -> str | None:
        """What an earlier attempt made under ``key``.

        Asked first, for by now it may no longer be possible: nobody can answer a removed comment.
        """
        if viewer.member_id is None:
            return None
        claimed = await self.content.house.stores.claims.find(Claim.RETRY, Retry(viewer.member_id, key, ()).claim)
        return claimed.holder if claimed else None
