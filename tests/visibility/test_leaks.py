"""Leaks are planted one at a time; the proof, which knows none of them, finds each."""

import pytest

from tests.visibility.comparing import SCENES, open_theatre
from tests.visibility.documents import generated_documents
from tests.visibility.finding import LEAKS, find
from tests.visibility.stages import Servers

#: The first pair of worlds, counted from 1, and the scene in it, counted from 0, that showed each leak: ``make
#: prove-leaks`` says it anew where worlds or surfaces have changed.
FOUND_IN = {
    "a_cache_that_forgets_whose_answer_it_was": (1, 26),
    "a_line_of_the_log": (1, 16),
    "a_loader_that_outlives_its_request": (1, 16),
    "a_next_page_of_hidden_posts": (1, 20),
    "an_attribute_in_rendered_html": (2, 36),
    "an_audience_that_is_off_by_one": (1, 2),
    "an_error_that_knows_what_is_hidden": (1, 10),
    "another_default_than_the_table_has": (2, 23),
    "appeals_that_are_read_by_who_had_decided": (3, 0),
    "birthdays_to_the_day": (16, 31),
    "blocks_that_hide_in_one_direction": (2, 15),
    "board_moderators_who_find_every_appeal": (4, 6),
    "board_moderators_who_find_every_case": (14, 19),
    "board_moderators_who_find_every_edit_in_their_list": (22, 15),
    "board_moderators_who_review_every_edit": (22, 5),
    "boards_that_never_close": (3, 11),
    "bylines_that_stay_after_the_profile_has_closed": (1, 2),
    "cases_for_whoever_knows_their_id": (1, 13),
    "comments_of_hidden_authors_counted": (3, 3),
    "comments_republished_with_their_post": (2, 48),
    "counts_of_everything_on_a_board": (1, 0),
    "cursors_that_hold_an_offset": (2, 14),
    "decisions_that_name_the_moderator": (8, 14),
    "edits_that_everybody_reads_before_they_show": (5, 4),
    "follow_lists_with_whoever_blocks": (5, 22),
    "hosts_to_whom_a_block_is_nothing": (5, 4),
    "hosts_who_see_their_guests_words_elsewhere": (4, 13),
    "lists_filtered_by_a_hidden_field": (37, 1),
    "lists_in_an_order_by_activity": (2, 14),
    "mentions_of_those_who_block": (2, 15),
    "moderators_who_find_cases_about_themselves": (1, 18),
    "moderators_who_read_on_while_they_are_suspended": (13, 25),
    "moderators_who_see_everything": (1, 10),
    "names_that_say_who_is_muted": (2, 5),
    "others_things_as_a_target_sees_them": (2, 10),
    "reactions_of_hidden_members": (2, 10),
    "reports_that_show_on_what_was_reported": (2, 1),
    "revisions_for_everyone": (15, 23),
    "subjects_who_read_that_they_were_looked_at": (2, 1),
    "tombstones_that_keep_the_audience": (26, 0),
    "whatever_is_asked_for_as_somebody_else": (1, 14),
}
#: Searched where the service has changed since, and a world shows its leak no more.
SEARCHED = range(1, 41)


#: Played before a scene that showed a leak: what shows may have been kept from one of them.
BEFORE = 3


@pytest.fixture(scope="module")
async def theatre(engines):
    servers = Servers(engines.mongodb_uri, engines.redis_url)
    async with open_theatre(servers, generated_documents(60, 1)) as opened:
        yield opened


@pytest.mark.parametrize("name", LEAKS)
async def test_a_planted_leak_is_found(theatre, name):
    world, scene = FOUND_IN[name]
    known = world, range(max(0, scene - BEFORE), scene + 1)

    found = await find(theatre, name, (known, *((seed, range(SCENES)) for seed in SEARCHED)))

    assert found.seed is not None, f"{name} was missed in {found.worlds} pairs of worlds"
