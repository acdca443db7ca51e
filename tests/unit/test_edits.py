"""Whose edits are read first, by whom, and what an edit adds or takes away: every cell."""

from dataclasses import replace

import pytest

from domain.audience import Audience
from domain.content import Board
from domain.edits import Edit, EditState, PendingEdit, Place, Said
from domain.ids import BoardId, MemberId, PostId
from domain.members import ProfileField, Role
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from policy.boards import message_board
from policy.edits import STANDING_ASKS, is_read_first, may_have_edit_to_read, may_read_edit, may_review, reviewer_of
from tests.clock_and_random import START
from tests.factories import DISCUSSION, text
from tests.unit.standings import BOARD_OWNER, FRIEND, OWNER, VIEWERS

BIO, EMAIL = ProfileField.BIO, ProfileField.EMAIL
BOARD, OTHER_BOARD = BoardId("brd_1"), BoardId("brd_2")
AUTHOR = Viewer(OWNER, Role.MEMBER, friends=frozenset({FRIEND}))
THEIRS = message_board(BOARD_OWNER, "host", START)
OWN = message_board(OWNER, "owner", START)

#: The board, its host, and whether an edit of OWNER's waits there that would show to ONLY_ME, FRIENDS, MEMBERS, PUBLIC;
#: first of one in good standing, then of one under warning.
BOARDS = {
    "discussion": (DISCUSSION, None, "....", "..xx"),
    "reviewed discussion": (replace(DISCUSSION, review_edits=True), None, "..xx", "..xx"),
    "another's": (THEIRS, BOARD_OWNER, "....", "xxxx"),
    "another's, reviewed": (replace(THEIRS, review_first=True), BOARD_OWNER, "xxxx", "xxxx"),
    "another's, not theirs to write on": (replace(THEIRS, write_policy=Audience.FRIENDS), BOARD_OWNER, "xxxx", "xxxx"),
    "another's, closed": (None, BOARD_OWNER, "xxxx", "xxxx"),
    "their own": (OWN, OWNER, "....", "..xx"),
    "their own, reviewed": (replace(OWN, review_first=True), OWNER, "....", "..xx"),
}

#: Which standings ask for it.
ASKING = {
    AccountStatus.ACTIVE: False,
    AccountStatus.WARNED: True,
    AccountStatus.VERIFICATION_REQUIRED: True,
    AccountStatus.MUTED: True,
    AccountStatus.SUSPENDED: True,
    AccountStatus.BANNED: True,
    AccountStatus.ERASED: True,
}

#: Who reviews what OWNER wrote for ONLY_ME, FRIENDS, MEMBERS, PUBLIC, where HOST does, and where moderators do.
REVIEWERS = {
    "owner": ("....", "...."),
    "friend": ("....", "...."),
    "stranger": ("....", "...."),
    "moderator": ("....", "..xx"),
    "admin": ("....", "..xx"),
    "enemy": ("....", "...."),
    "friendly enemy": ("....", "...."),
    "moderating enemy": ("....", "...."),
    "anonymous": ("....", "...."),
    "host": ("xxxx", "...."),
    "moderating host": ("xxxx", "..xx"),
    "host and enemy": ("....", "...."),
}

#: Those who moderate single boards, as members who are no more than that.
BOARD_MODERATORS = {
    "moderator of the board": Viewer(MemberId("keeper"), Role.MEMBER, moderates=frozenset({BOARD, OTHER_BOARD})),
    "moderator of another board": Viewer(MemberId("keeper"), Role.MEMBER, moderates=frozenset({OTHER_BOARD})),
    "author and moderator of the board": Viewer(OWNER, Role.MEMBER, moderates=frozenset({BOARD})),
    "enemy and moderator of the board": Viewer(
        MemberId("keeper"), Role.MEMBER, blocked=frozenset({OWNER}), moderates=frozenset({BOARD})
    ),
    "suspended moderator of the board": Viewer(
        MemberId("keeper"), Role.MEMBER, account_status=AccountStatus.SUSPENDED, moderates=frozenset({BOARD})
    ),
}
#: As in REVIEWERS.
BOARD_REVIEWERS = {
    "moderator of the board": ("....", "..xx"),
    "moderator of another board": ("....", "...."),
    "author and moderator of the board": ("....", "...."),
    "enemy and moderator of the board": ("....", "...."),
    "suspended moderator of the board": ("....", "...."),
}
#: Whether an edit of OWNER's on BOARD could show to them, for posts and comments that no host has.
LOOKED_FOR = {
    "moderator of the board": True,
    "moderator of another board": False,
    "author and moderator of the board": True,
    "enemy and moderator of the board": True,
    "suspended moderator of the board": False,
}


def marks(*answers: bool) -> str:
    return "".join("x" if answer else "." for answer in answers)


def said(body: str = "Old", audience: Audience = Audience.MEMBERS, *byline: ProfileField) -> Said:
    return Said("Title", text(body), audience, byline)


def edit_of(reviewer: MemberId | None, shown_to: Audience, state: EditState = EditState.WAITING) -> PendingEdit:
    place = Place("pst_1", PostId("pst_1"), BOARD, OWNER, None)
    return PendingEdit(place, reviewer, said(), shown_to, START, state)


def reviewed_by(viewer: Viewer) -> tuple[str, ...]:
    return tuple(
        marks(*(may_review(viewer, edit_of(reviewer, audience)) for audience in Audience))
        for reviewer in (BOARD_OWNER, None)
    )


def waits(viewer: Viewer, board: Board | None, board_owner: MemberId | None) -> str:
    return marks(*(is_read_first(viewer, board, board_owner, audience) for audience in Audience))


def test_every_standing_has_a_row():
    assert STANDING_ASKS == ASKING


@pytest.mark.parametrize("name", BOARDS)
def test_where_an_edit_waits(name):
    board, board_owner, of_active, of_warned = BOARDS[name]

    assert waits(AUTHOR, board, board_owner) == of_active
    assert waits(replace(AUTHOR, account_status=AccountStatus.WARNED), board, board_owner) == of_warned


def test_those_who_keep_order_on_a_board_are_not_read_first_there():
    reviewed = replace(DISCUSSION, review_edits=True)
    moderator = replace(AUTHOR, role=Role.MODERATOR)

    assert waits(moderator, reviewed, None) == "...."
    assert waits(replace(moderator, account_status=AccountStatus.WARNED), reviewed, None) == "..xx"


def test_a_moderator_of_a_board_is_not_read_first_there_and_is_elsewhere():
    reviewed = replace(DISCUSSION, review_edits=True)

    assert waits(replace(AUTHOR, moderates=frozenset({DISCUSSION.id})), reviewed, None) == "...."
    assert waits(replace(AUTHOR, moderates=frozenset({OTHER_BOARD})), reviewed, None) == "..xx"


@pytest.mark.parametrize("name", VIEWERS)
def test_who_reviews_an_edit(name):
    assert reviewed_by(VIEWERS[name]) == REVIEWERS[name]


@pytest.mark.parametrize("name", BOARD_MODERATORS)
def test_which_moderators_of_single_boards_review_an_edit(name):
    assert reviewed_by(BOARD_MODERATORS[name]) == BOARD_REVIEWERS[name]


@pytest.mark.parametrize("name", BOARD_MODERATORS)
def test_edits_are_looked_for_where_they_could_show(name):
    viewer = BOARD_MODERATORS[name]

    assert may_have_edit_to_read(viewer, OWNER, None, BOARD) is LOOKED_FOR[name]
    # Of a comment whose board is not known, and of an account that is erased.
    assert may_have_edit_to_read(viewer, OWNER, None, None) is (viewer.member_id == OWNER)
    assert not may_have_edit_to_read(viewer, None, None, BOARD)


@pytest.mark.parametrize("state", EditState)
def test_an_edit_that_was_decided_shows_to_no_moderator_of_its_board(state):
    edit = edit_of(None, Audience.PUBLIC, state)

    assert may_read_edit(BOARD_MODERATORS["moderator of the board"], edit) is (state is EditState.WAITING)


@pytest.mark.parametrize("name", VIEWERS)
@pytest.mark.parametrize("state", EditState)
def test_an_edit_shows_to_its_author_and_while_it_waits_to_who_reviews_it(name, state):
    edit = edit_of(None, Audience.PUBLIC, state)
    is_reviewer = REVIEWERS[name][1][-1] == "x" and state is EditState.WAITING

    assert may_read_edit(VIEWERS[name], edit) is (name == "owner" or is_reviewer)


def test_nobody_reviews_their_own():
    assert [reviewer_of(OWNER, board_owner) for board_owner in (None, BOARD_OWNER, OWNER)] == [None, BOARD_OWNER, None]


@pytest.mark.parametrize(
    ("edit", "adds", "taken"),
    [
        (Edit(), False, Edit()),
        (Edit(body=text("New")), True, Edit()),
        (Edit(body=text("Old")), False, Edit()),
        (Edit(title="Other"), True, Edit()),
        (Edit(title=""), True, Edit()),
        (Edit(audience=Audience.PUBLIC), True, Edit()),
        (Edit(audience=Audience.MEMBERS), False, Edit()),
        (Edit(audience=Audience.ONLY_ME), False, Edit(audience=Audience.ONLY_ME)),
        (Edit(byline=(BIO, EMAIL)), True, Edit()),
        (Edit(byline=()), False, Edit(byline=())),
        (Edit(byline=(EMAIL,)), True, Edit(byline=())),
        (Edit(body=text("New"), audience=Audience.FRIENDS), True, Edit(audience=Audience.FRIENDS)),
    ],
)
def test_what_an_edit_adds_and_what_it_takes_away(edit, adds, taken):
    stands = said("Old", Audience.MEMBERS, BIO)

    assert stands.after(edit).shows_more_than(stands) is adds
    assert stands.cut_down_to(stands.after(edit)) == taken


@pytest.mark.parametrize("other", [said("New"), said("Old", Audience.PUBLIC, BIO), replace(said("New"), title=None)])
def test_the_edit_that_makes_one_of_another(other):
    edit = other.as_edit_of(said())

    assert said().after(edit) == other
    assert edit.changes_words is other.has_other_words_than(said())
