"""Records for tests that need many of them, or ones that no client could make."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.create_members import create_members
from domain.audience import Audience
from domain.content import Board, BoardKind, CommentRecord, ContentState, PostRecord
from domain.hosts import HostEntry, HostScope
from domain.ids import (
    RANDOM_BYTES,
    BoardId,
    MemberId,
    PostId,
    message_board_of,
    new_comment_id,
    new_member_id,
    new_post_id,
)
from domain.members import BirthdayPrecision, MemberRecord, Profile, ProfileField, Role
from domain.rich_text import HostVerdict, RichText
from stores.boards import BoardEdit
from stores.comments import Moved
from stores.connections import Stores
from tests.clock_and_random import START, SeededRandom

RANDOM = SeededRandom(7)
A_BOARD = BoardId("brd_factory_board__")
DISCUSSION = Board(
    A_BOARD,
    "factory",
    BoardKind.DISCUSSION,
    "Factory",
    None,
    None,
    Audience.PUBLIC,
    Audience.MEMBERS,
    review_first=False,
    review_edits=False,
    created_at=START,
)


async def judge(stores: Stores, board_owner: str, verdict: HostVerdict, scope: HostScope = HostScope.HOST) -> None:
    """Have moderators' verdict about ``host`` stand from now on, whoever gave it."""
    await stores.hosts.put(HostEntry(RANDOM.token(RANDOM_BYTES), board_owner, scope, verdict, "said so", None, START))


def text(written: str = "你好") -> RichText:
    return RichText(f"<p>{written}</p>", written, (), written)


async def member(
    stores: Stores, handle: str, profile: Profile | None = None, audiences: dict[ProfileField, Audience] | None = None
) -> MemberId:
    record = member_record(handle, profile, audiences)
    await stores.transactions.run(lambda transaction: create_members(stores, [record], transaction))
    return record.id


def member_record(
    handle: str, profile: Profile | None = None, audiences: dict[ProfileField, Audience] | None = None
) -> MemberRecord:
    return MemberRecord(
        id=new_member_id(RANDOM),
        handle=handle,
        display_name=handle.title(),
        role=Role.MEMBER,
        profile=profile or Profile(),
        audiences=audiences or {},
        birthday_precision=BirthdayPrecision.FULL_DATE,
        default_byline=(),
        created_at=START,
        accepted_statement=None,
    )


def post_record(
    author: MemberId,
    *,
    audience: Audience = Audience.PUBLIC,
    state: ContentState = ContentState.PUBLISHED,
    minutes: int = 0,
    board: BoardId = A_BOARD,
    board_owner: MemberId | None = None,
) -> PostRecord:
    """On ``board``, or on the message board of ``board_owner`` if it is given."""
    return PostRecord(
        id=new_post_id(RANDOM),
        board_id=message_board_of(board_owner) if board_owner else board,
        board_kind=BoardKind.MESSAGES if board_owner else BoardKind.DISCUSSION,
        author_id=author,
        title=None,
        body=text(),
        audience=audience,
        state=state,
        created_at=_at(minutes),
        byline=(ProfileField.LOCATION,),
        board_owner_id=board_owner,
    )


async def post(
    stores: Stores,
    author: MemberId,
    *,
    audience: Audience = Audience.PUBLIC,
    state: ContentState = ContentState.PUBLISHED,
    minutes: int = 0,
    board: BoardId = A_BOARD,
    board_owner: MemberId | None = None,
) -> PostRecord:
    record = post_record(author, audience=audience, state=state, minutes=minutes, board=board, board_owner=board_owner)
    await stores.posts.insert(record)
    return record


async def comment(
    stores: Stores,
    under: PostRecord,
    author: MemberId,
    *,
    answering: CommentRecord | None = None,
    audience: Audience | None = None,
    state: ContentState = ContentState.PUBLISHED,
    minutes: int = 0,
) -> CommentRecord:
    record = comment_record(under, author, answering=answering, audience=audience, state=state, minutes=minutes)
    await keep_comments(stores, under, [record])
    return record


def comment_record(
    under: PostRecord,
    author: MemberId,
    *,
    answering: CommentRecord | None = None,
    audience: Audience | None = None,
    state: ContentState = ContentState.PUBLISHED,
    minutes: int = 0,
) -> CommentRecord:
    return CommentRecord(
        id=new_comment_id(under.id, RANDOM),
        post_id=under.id,
        post_author_id=under.author_id,
        author_id=author,
        ancestors=(*answering.ancestors, answering.id) if answering else (),
        body=text(),
        audience=audience or under.audience,
        state=state,
        created_at=_at(minutes),
        byline=(),
        board_owner_id=under.board_owner_id,
    )


async def keep_comments(stores: Stores, under: PostRecord, records: Sequence[CommentRecord]) -> None:
    """Write comments of any state, and count the published ones."""
    published = [record for record in records if record.state is ContentState.PUBLISHED]
    counts = Counter((under.id, record.audience) for record in published)
    # All are counted as answers where they are written.
    too_many = Counter(
        (record.ancestors[-1], record.audience)
        for record in records
        if record.ancestors and record.state is not ContentState.PUBLISHED
    )

    async def write(transaction) -> None:
        await stores.comments.insert_many(records, transaction)
        await stores.posts.count_comments(counts, transaction)
        for (answered, audience), number in too_many.items():
            await stores.comments.count_reply(Moved(under.id, answered, audience, -number), transaction)

    await stores.transactions.run(write)


async def hand_over(stores: Stores, entry: PostId) -> None:
    """As its host does by reporting it, in any state."""
    await stores.database["posts"].update_one({"_id": entry}, {"$set": {"isHandedOver": True}})


async def opens_board(stores: Stores, board_owner: MemberId, audience: Audience) -> None:
    """Let ``board_owner``'s message board be for ``audience`` from now on."""
    await stores.boards.update(message_board_of(board_owner), BoardEdit(audience=audience))


async def tie(stores: Stores, one: MemberId, other: MemberId, kind: str) -> None:
    """Let two stand in a relation both ways, as stores.relationships writes it."""
    flags = {"FRIEND": {"follows": True, "followedBy": True}, "BLOCKED": {"blocks": True}}[kind]
    mirrored = {"FRIEND": flags, "BLOCKED": {"blockedBy": True}}[kind]
    for owner, subject, row in ((one, other, flags), (other, one, mirrored)):
        document = {"_id": f"{owner}:{subject}", "owner": owner, "other": subject, "kind": kind, **row}
        await stores.database["ties"].insert_one(document)


def _at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)
