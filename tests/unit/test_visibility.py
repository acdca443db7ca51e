"""The visibility tables, every cell."""

import pytest

from domain.audience import Audience, narrower
from domain.content import ContentState
from domain.members import ProfileField
from policy import visibility
from policy.visibility import (
    PROFILE_FIELDS,
    Placed,
    VisibleTo,
    can_see,
    circle,
    circles,
    states_visible_to,
    visible_fields,
)
from tests.unit.standings import AUDIENCES, OWNER, STATES, VIEWERS

#: The states that show to whom the table of states names.
SEERS = {
    VisibleTo.ITS_AUDIENCE: (ContentState.PUBLISHED,),
    VisibleTo.AUTHOR_BOARD_OWNER_AND_MODERATORS: (ContentState.HELD,),
    VisibleTo.AUTHOR_AND_MODERATORS: (ContentState.REMOVED,),
    VisibleTo.NOBODY: (ContentState.DELETED, ContentState.UNAVAILABLE),
}


@pytest.mark.parametrize("name", VIEWERS)
def test_an_audience_reaches_exactly_those_it_names(name):
    seen = tuple(
        can_see(VIEWERS[name], Placed(OWNER, OWNER, audience, ContentState.PUBLISHED)) for audience in Audience
    )

    assert seen == AUDIENCES[name]


@pytest.mark.parametrize("name", VIEWERS)
def test_a_state_shows_to_exactly_those_it_names(name):
    seen = tuple(can_see(VIEWERS[name], Placed(OWNER, OWNER, Audience.PUBLIC, state)) for state in ContentState)

    assert seen == STATES[name]


def test_each_state_shows_to_whom_the_table_names():
    assert {seers: states_visible_to(seers) for seers in VisibleTo} == SEERS


@pytest.mark.parametrize("field", ProfileField)
@pytest.mark.parametrize("name", VIEWERS)
def test_a_profile_field_shows_to_exactly_those_its_owner_chose(name, field):
    for audience, expected in zip(Audience, AUDIENCES[name], strict=True):
        shown = visible_fields(VIEWERS[name], OWNER, {field: audience})

        assert (field in shown) is expected


@pytest.mark.parametrize("name", VIEWERS)
def test_a_field_that_nobody_chose_for_shows_to_its_default(name):
    shown = visible_fields(VIEWERS[name], OWNER, {})

    assert shown == {field for field, rule in PROFILE_FIELDS.items() if AUDIENCES[name][rule.default.width]}


@pytest.mark.parametrize(
    ("field", "default", "widest"),
    [
        (ProfileField.AVATAR, Audience.MEMBERS, Audience.PUBLIC),
        (ProfileField.BIO, Audience.MEMBERS, Audience.PUBLIC),
        (ProfileField.GENDER, Audience.ONLY_ME, Audience.PUBLIC),
        (ProfileField.LOCATION, Audience.ONLY_ME, Audience.PUBLIC),
        (ProfileField.BIRTHDAY, Audience.ONLY_ME, Audience.PUBLIC),
        (ProfileField.WEBSITE, Audience.MEMBERS, Audience.PUBLIC),
        (ProfileField.EMAIL, Audience.ONLY_ME, Audience.MEMBERS),
        (ProfileField.PHONE, Audience.ONLY_ME, Audience.FRIENDS),
    ],
)
def test_the_privacy_statement_s_defaults_stand(field, default, widest):
    assert (PROFILE_FIELDS[field].default, PROFILE_FIELDS[field].widest) == (default, widest)


@pytest.mark.parametrize("name", VIEWERS)
def test_a_viewer_is_in_exactly_the_circles_that_reach_them(name):
    """Circles say the same as audiences; blocks are looked at apart, for PUBLIC names no owner."""
    viewer = VIEWERS[name]
    if "enemy" in name:
        assert not [one for one in circles(viewer) if one.endswith(OWNER)]
        return
    for audience, expected in zip(Audience, AUDIENCES[name], strict=True):
        assert (circle(OWNER, audience) in circles(viewer)) is expected
        assert (circle(OWNER, audience) in circles(viewer, [OWNER])) is expected


def test_every_field_and_state_has_its_row():
    assert set(PROFILE_FIELDS) == set(ProfileField)
    assert set(visibility.CONTENT_STATES) == set(ContentState)
    assert set(visibility.REACH) == set(visibility.Relation)


@pytest.mark.parametrize("one", Audience)
@pytest.mark.parametrize("other", Audience)
def test_the_narrower_of_two_audiences_reaches_fewer(one, other):
    assert narrower(one, other) == list(Audience)[min(one.width, other.width)]
