"""What the visibility tables say of message boards, and of what others say below, every cell.

OWNER's words are left on HOST's board.
"""

import pytest

from domain.audience import Audience
from domain.content import ContentState
from domain.members import Role
from domain.viewer import Viewer
from policy.visibility import Placed, Relation, can_see, circle, circles_beneath, is_open, reach_beneath, relation
from tests.unit.standings import AUDIENCES, BOARD_OWNER, FRIEND, GUEST, OWNER, STATES, VIEWERS

#: On HOST's message board these see otherwise; everyone else as anywhere.
AUDIENCES_ON_A_BOARD = AUDIENCES | {
    "host": (True, True, True, True),
    "moderating host": (True, True, True, True),
}
STATES_ON_A_BOARD = STATES | {
    "host": (True, True, False, False, False),
}

#: Who sees OWNER's ONLY_ME entry on HOST's board that HOST has handed over, in each of those states.
HANDED_OVER = {
    "owner": (True, True, True, False, False),
    "friend": (False, False, False, False, False),
    "stranger": (False, False, False, False, False),
    "moderator": (True, True, True, False, False),
    "admin": (True, True, True, False, False),
    "enemy": (False, False, False, False, False),
    "friendly enemy": (False, False, False, False, False),
    "moderating enemy": (False, False, False, False, False),
    "anonymous": (False, False, False, False, False),
    "host": (True, True, False, False, False),
    "moderating host": (True, True, True, False, False),
    "host and enemy": (False, False, False, False, False),
}

#: Which of OWNER's audiences reach whom below what OWNER wrote: a block hides OWNER's words, nobody else's.
BENEATH = AUDIENCES | {
    "enemy": (False, False, True, True),
    "friendly enemy": (False, False, True, True),
    "moderating enemy": (False, False, True, True),
    "host and enemy": (False, False, True, True),
}
#: Hosts keep order about what is said on their boards, whoever began it.
BENEATH_ON_A_BOARD = BENEATH | {
    "host": (True, True, True, True),
    "moderating host": (True, True, True, True),
    "host and enemy": (True, True, True, True),
}

#: How each stands to what OWNER wrote, anywhere and on HOST's message board.
RELATIONS = {
    "owner": (Relation.SELF, Relation.SELF),
    "friend": (Relation.FRIEND, Relation.FRIEND),
    "stranger": (Relation.MEMBER, Relation.MEMBER),
    "moderator": (Relation.MEMBER, Relation.MEMBER),
    "admin": (Relation.MEMBER, Relation.MEMBER),
    "enemy": (Relation.BLOCKED, Relation.BLOCKED),
    "friendly enemy": (Relation.BLOCKED, Relation.BLOCKED),
    "moderating enemy": (Relation.BLOCKED, Relation.BLOCKED),
    "anonymous": (Relation.ANONYMOUS, Relation.ANONYMOUS),
    "host": (Relation.MEMBER, Relation.BOARD_OWNER),
    "moderating host": (Relation.MEMBER, Relation.BOARD_OWNER),
    "host and enemy": (Relation.BLOCKED, Relation.BLOCKED),
}


@pytest.mark.parametrize("name", VIEWERS)
def test_a_viewer_stands_to_the_author_first_and_to_the_host_of_the_board_second(name):
    viewer = VIEWERS[name]

    assert (relation(viewer, OWNER), relation(viewer, OWNER, BOARD_OWNER)) == RELATIONS[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_on_a_message_board_an_audience_reaches_its_host_too(name):
    seen = tuple(
        can_see(VIEWERS[name], Placed(OWNER, OWNER, audience, ContentState.PUBLISHED, BOARD_OWNER))
        for audience in Audience
    )

    assert seen == AUDIENCES_ON_A_BOARD[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_on_a_message_board_what_waits_shows_to_its_host_too(name):
    seen = tuple(
        can_see(VIEWERS[name], Placed(OWNER, OWNER, Audience.PUBLIC, state, BOARD_OWNER)) for state in ContentState
    )

    assert seen == STATES_ON_A_BOARD[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_handing_over_opens_an_entry_to_moderators_and_to_nobody_else(name):
    seen = tuple(
        can_see(VIEWERS[name], Placed(OWNER, OWNER, Audience.ONLY_ME, state, BOARD_OWNER, is_handed_over=True))
        for state in ContentState
    )

    assert seen == HANDED_OVER[name]


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("state", ContentState)
def test_a_comment_shows_by_its_post_s_audience_and_its_own_author_s_block(state, audience):
    """GUEST comments under OWNER's post: OWNER's friends are meant, and only those who block GUEST are left out."""
    comment = Placed(GUEST, OWNER, audience, state)
    apart = Viewer(FRIEND, Role.MEMBER, friends=frozenset({OWNER}), blocked=frozenset({GUEST}))
    reached = {
        "owner": True,
        "friend": audience is not Audience.ONLY_ME,
        "enemy": audience in (Audience.MEMBERS, Audience.PUBLIC),
        "anonymous": audience is Audience.PUBLIC,
    }

    for name, is_reached in reached.items():
        assert can_see(VIEWERS[name], comment) is (is_reached and state is ContentState.PUBLISHED), name
    assert can_see(apart, comment) is False
    own = Viewer(GUEST, Role.MEMBER, blocked=frozenset({OWNER}))
    assert can_see(own, comment) is (state in (ContentState.PUBLISHED, ContentState.HELD, ContentState.REMOVED))


@pytest.mark.parametrize("name", VIEWERS)
def test_a_message_board_is_open_to_exactly_its_audience(name):
    """OWNER's own board: there is no host but them."""
    assert tuple(is_open(VIEWERS[name], OWNER, audience) for audience in Audience) == AUDIENCES[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_below_an_author_s_words_a_block_hides_nobody_else(name):
    viewer = VIEWERS[name]

    beneath, on_a_board = reach_beneath(viewer, OWNER), reach_beneath(viewer, OWNER, BOARD_OWNER)

    assert tuple(audience in beneath for audience in Audience) == BENEATH[name]
    assert tuple(audience in on_a_board for audience in Audience) == BENEATH_ON_A_BOARD[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_the_circles_below_an_author_s_words_are_those_that_reach_below_them(name):
    viewer, is_board_owner = VIEWERS[name], "host" in name

    elsewhere = circles_beneath(viewer, [OWNER], on_own_board=False)
    on_the_board = circles_beneath(viewer, [OWNER], on_own_board=is_board_owner)

    assert tuple(circle(OWNER, audience) in elsewhere for audience in Audience) == BENEATH[name]
    assert tuple(circle(OWNER, audience) in on_the_board for audience in Audience) == BENEATH_ON_A_BOARD[name]
    assert not [one for one in {*elsewhere, *on_the_board} if one.endswith(f":{GUEST}")]
