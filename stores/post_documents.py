"""How posts are written as documents, and what of a document one viewer gets to see."""

from dataclasses import replace

from domain.audience import Audience
from domain.content import ContentState, PostRecord, PostView
from domain.ids import MemberId
from domain.viewer import Viewer
from policy.visibility import SHOWN_TO_AUTHOR, Placed, can_see, circle, is_moderator, is_open, reach, reach_beneath
from stores.codecs import AUDIENCES, STATES, Document, count_in, fields_of, text_document, text_of
from stores.following_feed import place_author

#: Adds the one board on which the post is, as it is open in this moment.
WITH_BOARD: Document = {
    "$lookup": {
        "from": "boards",
        "localField": "board",
        "foreignField": "_id",
        "pipeline": [{"$project": {"audience": 1}}],
        "as": "onBoard",
    }
}


def view_of(document: Document, viewer: Viewer) -> PostView:
    """The post in full: for what ``viewer`` may see, on a board that is open to them."""
    author: MemberId = document["author"]
    board_owner = document.get("host")
    return PostView(
        id=document["_id"],
        board_id=document["board"],
        author_id=author,
        owner_id=author,
        board_owner_id=board_owner,
        title=document["title"],
        body=text_of(document["body"], with_source=author == viewer.member_id),
        audience=AUDIENCES[document["audience"]],
        state=STATES[document["state"]],
        created_at=document["createdAt"],
        edited_at=document["editedAt"],
        byline=fields_of(document["byline"]),
        comments_in_reach=count_in(document["comments"], reach(viewer, author, board_owner)),
        is_locked=document.get("isLocked", False),
    )


def view_with_board(document: Document, viewer: Viewer) -> PostView | None:
    """What shows of a post that ``viewer`` may see once its board is looked at too (see ``WITH_BOARD``).

    Authors keep their own words on a board that is closed to them, and moderators read what was handed over to them and
    does not reach them otherwise; of what hangs below they get nothing.
    """
    view, placed = view_of(document, viewer), placed_of(document)
    if has_open_board(document, viewer) and can_see(viewer, replace(placed, is_handed_over=False)):
        return view
    is_for_staff = placed.is_handed_over and is_moderator(viewer) and placed.board_owner not in viewer.blocked
    is_kept = placed.author == viewer.member_id or is_for_staff
    return replace(view, is_open=False, comments_in_reach=0) if is_kept else None


def has_open_board(document: Document, viewer: Viewer) -> bool:
    """Whether the post's board (see ``WITH_BOARD``) is there for ``viewer``."""
    board_owner, board = document.get("host"), document["onBoard"]
    return board_owner is None or bool(board and is_open(viewer, board_owner, AUDIENCES[board[0]["audience"]]))


def tombstone_of(document: Document, viewer: Viewer) -> PostView:
    """What others see of a post that is gone and holds what they may see: its place alone, all alike."""
    author, board_owner = document["author"], document.get("host")
    return PostView(
        id=document["_id"],
        board_id=document["board"],
        author_id=None,
        owner_id=author,
        board_owner_id=board_owner,
        title=None,
        body=None,
        # Not its own, which its author may change unseen.
        audience=Audience.PUBLIC,
        state=ContentState.UNAVAILABLE,
        created_at=document["createdAt"],
        edited_at=None,
        byline=(),
        comments_in_reach=count_in(document["comments"], reach_beneath(viewer, author, board_owner)),
    )


def view_on_case(document: Document, viewer: Viewer) -> PostView:
    """The post for one who works on a case about it, whatever hides it; of what is deleted its place."""
    if STATES[document["state"]] not in SHOWN_TO_AUTHOR:
        return place_of(document, viewer)
    return replace(view_of(document, viewer), is_open=False, comments_in_reach=0)


def place_of(document: Document, viewer: Viewer) -> PostView:
    """As ``tombstone_of``, with nothing below."""
    return replace(tombstone_of(document, viewer), is_open=False, comments_in_reach=0)


def placed_of(document: Document) -> Placed:
    """What decides who sees the post."""
    return Placed(
        author=document["author"],
        owner=document["author"],
        audience=AUDIENCES[document["audience"]],
        state=STATES[document["state"]],
        board_owner=document.get("host"),
        is_handed_over=document.get("isHandedOver", False),
    )


def document_of(record: PostRecord) -> Document:
    return {
        "_id": record.id,
        "board": record.board_id,
        "place": record.board_kind.value,
        # Absent on discussion boards, so that the indexes of message boards hold no more than their entries.
        **({"host": record.board_owner_id} if record.board_owner_id else {}),
        "author": record.author_id,
        "shelf": place_author(record.board_kind, record.author_id),
        "title": record.title,
        "body": text_document(record.body),
        **audience_fields(record.author_id, record.audience),
        "state": record.state.value,
        "createdAt": record.created_at,
        "editedAt": record.edited_at,
        "writtenAt": record.edited_at or record.created_at,
        "byline": [field.value for field in record.byline],
        "comments": {},
    }


def audience_fields(author: MemberId, audience: Audience) -> Document:
    """An audience in every form that lists look it up by; ``friendsOf`` names whose friends are meant, or nobody."""
    friends_of = author if audience is Audience.FRIENDS else None
    return {"audience": audience.value, "circle": circle(author, audience), "friendsOf": friends_of}
