"""Fills an empty database with a community to read: the same one every time but for its random ids."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from accounts.create_members import create_members
from content.links import Site
from content.rendering import render_markdown
from domain.audience import Audience
from domain.clock_and_random import SystemRandom
from domain.content import BoardKind, CommentRecord, ContentState, PostRecord
from domain.ids import BoardId, MemberId, new_board_id, new_comment_id, new_member_id, new_post_id
from domain.members import Birthday, BirthdayPrecision, Gender, MemberRecord, Profile, ProfileField, Role
from domain.rich_text import HostVerdict
from stores.connections import Stores
from stores.transactions import Transaction
from tests.factories import judge, tie

AUTHORS = 50
FRIENDS = 8
BLOCKED = 4
POSTS = 1_000
POSTS_AT_ONCE = 100
SHORTEST_THREAD = 3
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
RANDOM = SystemRandom()
SITE = Site.at("https://veranda.example")

#: Two of three posts are for all; the rest asks who is looking.
AUDIENCES = (Audience.PUBLIC, Audience.PUBLIC, Audience.PUBLIC, Audience.PUBLIC, Audience.MEMBERS, Audience.FRIENDS)
TEXT = """周末我们去了[西湖](https://zh.wikipedia.org/wiki/西湖)，走了第 {n} 段路，拍了不少照片。

路线和时间都写在 <http://routes.example.org/walk/{n}>，也可以看 https://short.example/{n}；
上一次的记录在[这里](/posts/{n})。**下次一起来！**"""
ANSWERS = ("好漂亮的照片！", "下次**一定**叫上我。", "路线很清楚，多谢。", "上周我也去了，人不多。", "相机是哪一款？")
OPENED = (ProfileField.GENDER, ProfileField.LOCATION, ProfileField.BIRTHDAY, ProfileField.EMAIL)
OPEN_TO_MEMBERS = dict.fromkeys(OPENED, Audience.MEMBERS)


async def fill(stores: Stores) -> MemberId:
    """Members, posts, comments, friends and blocks; answers the member who reads them."""
    people = [_member(n) for n in range(AUTHORS + 1)]
    reader, *authors = [person.id for person in people]

    async def settle(transaction: Transaction) -> None:
        await create_members(stores, people, transaction)

    await stores.transactions.run(settle)
    for n, author in enumerate(authors[: FRIENDS + BLOCKED]):
        await tie(stores, reader, author, "FRIEND" if n < FRIENDS else "BLOCKED")
    await judge(stores, "zh.wikipedia.org", HostVerdict.TRUSTED)
    await judge(stores, "short.example", HostVerdict.BLOCKED)
    board = new_board_id(RANDOM)
    for first in range(0, POSTS, POSTS_AT_ONCE):
        await _publish(stores, [_post(n, board, authors) for n in range(first, first + POSTS_AT_ONCE)], authors)
    return reader


async def _publish(stores: Stores, posts: Sequence[PostRecord], authors: Sequence[MemberId]) -> None:
    comments = [
        _comment(post, authors[(n * 7 + k * 3) % AUTHORS], k)
        for n, post in enumerate(posts)
        for k in range(_length_of_thread(n))
    ]
    counts = {(post.id, post.audience): _length_of_thread(n) for n, post in enumerate(posts)}

    async def write(transaction: Transaction) -> None:
        await stores.posts.insert_many(posts, transaction)
        await stores.comments.insert_many(comments, transaction)
        await stores.posts.count_comments(counts, transaction)

    await stores.transactions.run(write)


def _length_of_thread(n: int) -> int:
    return SHORTEST_THREAD + n % (len(ANSWERS) - SHORTEST_THREAD + 1)


def _member(n: int) -> MemberRecord:
    profile = Profile(
        avatar=f"{SITE.url}/avatars/{n}.png",
        bio=render_markdown(f"第 {n} 位摄影爱好者，住在湖边。", SITE),
        gender=Gender.FEMALE,
        location="杭州",
        birthday=Birthday(1990, 1 + n % 12, 1 + n % 28),
        email=f"member{n}@example.org",
        phone=f"+86138{n:08}",
    )
    return MemberRecord(
        id=new_member_id(RANDOM),
        handle=f"member{n}",
        display_name=f"成员{n}",
        role=Role.MEMBER,
        profile=profile,
        audiences=OPEN_TO_MEMBERS if n % 2 else {ProfileField.LOCATION: Audience.PUBLIC},
        birthday_precision=BirthdayPrecision.MONTH_AND_DAY,
        default_byline=(),
        created_at=START,
        accepted_statement=None,
    )


def _post(n: int, board: BoardId, authors: Sequence[MemberId]) -> PostRecord:
    return PostRecord(
        id=new_post_id(RANDOM),
        board_id=board,
        board_kind=BoardKind.DISCUSSION,
        author_id=authors[n * 11 % AUTHORS],
        title=f"周末散步，第 {n} 次",
        body=render_markdown(TEXT.format(n=n), SITE),
        audience=AUDIENCES[n % len(AUDIENCES)],
        state=ContentState.PUBLISHED,
        created_at=START + timedelta(hours=n),
        byline=(ProfileField.LOCATION, ProfileField.BIO),
    )


def _comment(post: PostRecord, author: MemberId, place: int) -> CommentRecord:
    return CommentRecord(
        id=new_comment_id(post.id, RANDOM),
        post_id=post.id,
        post_author_id=post.author_id,
        author_id=author,
        ancestors=(),
        body=render_markdown(ANSWERS[place], SITE),
        audience=post.audience,
        state=ContentState.PUBLISHED,
        created_at=post.created_at + timedelta(minutes=1 + place),
        byline=(),
    )
