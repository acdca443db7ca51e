"""The model keeps the rules of keeping order, each on a world of its own."""

from dataclasses import replace

import pytest

from tests.visibility.model import view
from tests.visibility.moderation import Case, Decision, Edit, Note, Report
from tests.visibility.test_model import EVERYONE, post, with_person, world
from tests.visibility.world import NOW, MessageBoard

REPORTED = {"reports": (Report("bob", "p", "SPAM", 30, case="k"),), "cases": {"k": Case("k", "p", 30, 12)}}


def cases(seen, viewer):
    """By key, those that are there for the viewer."""
    return view(seen, viewer)["own"]["order"]["cases"]


def who_finds_a_case(seen):
    return {viewer for viewer in EVERYONE if viewer and cases(seen, viewer)}


def test_a_case_is_there_for_moderators_and_for_the_moderators_of_its_board():
    reported = world(post(), **REPORTED, appointed=frozenset({("cai", "cinema"), ("dora", "tea-house")}))

    assert who_finds_a_case(reported) == {"mo", "cai"}


def test_a_case_about_what_stands_on_a_message_board_or_about_a_member_is_for_those_who_moderate_everywhere():
    appointed = frozenset({("cai", "cinema")})
    about_bob = {"reports": (Report("dora", "bob", "SPAM", 30, case="k"),), "cases": {"k": Case("k", "bob", 30, 12)}}

    assert who_finds_a_case(world(post("bob", "@ann"), **REPORTED, appointed=appointed)) == {"mo"}
    assert who_finds_a_case(world(**about_bob, appointed=appointed)) == {"mo"}


def test_no_moderator_finds_a_case_about_themselves():
    assert who_finds_a_case(world(post("mo"), **REPORTED)) == set()


def test_a_report_is_known_to_who_made_it_and_to_moderators():
    posted = world(post(audience="MEMBERS"))
    reported = world(post(audience="MEMBERS"), **REPORTED)

    assert {viewer for viewer in EVERYONE if view(reported, viewer) != view(posted, viewer)} == {"bob", "mo"}


def test_on_a_case_is_read_what_is_hidden_from_the_moderator_everywhere_else():
    reported = world(post(audience="ONLY_ME"), **REPORTED)

    assert cases(reported, "mo")["k"]["target"]["body"] == "words"
    assert view(reported, "mo")["posts"] == {}


@pytest.mark.parametrize("block", [("mo", "bob"), ("bob", "mo")])
def test_whoever_stands_behind_a_block_has_no_name_on_a_case(block):
    reported = world(post(), **REPORTED, blocks={block: 3})

    assert cases(reported, "mo")["k"]["reports"][0]["by"] is None


def test_a_claim_is_told_until_it_ends():
    claimed = world(post(), **REPORTED)

    told = {
        until: cases(replace(claimed, cases={"k": Case("k", "p", 30, 12, claimed=("mo", until))}), "mo")["k"]["claimed"]
        for until in (NOW - 1, NOW + 1)
    }

    assert told == {NOW - 1: None, NOW + 1: ["mo", NOW + 1]}


def test_notes_and_what_was_let_go_are_for_moderators_alone():
    reported = world(post(), **REPORTED)
    noted = replace(reported, cases={"k": Case("k", "p", 30, 12, notes=(Note("mo", "hm", 31),))})
    let_go = noted.decided(Decision("d", "p", "DISMISS", "SPAM", "fine", "mo", 32))

    assert cases(let_go, "mo")["k"]["version"] == 3
    assert cases(let_go, "mo")["k"]["closed"] == 32
    assert view(noted, "ann") == view(reported, "ann") == view(let_go, "ann")
    assert view(let_go, "bob")["own"]["reports"][0]["outcome"] == "NO_ACTION"


def test_moderators_of_a_board_read_what_they_decided_there_and_no_more():
    decided = world(
        post(),
        decisions=(
            Decision("d1", "p", "REMOVE", "SPAM", "why", "mo", 30),
            Decision("d2", "p", "RESTORE", "SPAM", "sorry", "cai", 31),
        ),
        appointed=frozenset({("cai", "cinema"), ("dora", "cinema")}),
    )

    records = {viewer: [each["key"] for each in view(decided, viewer)["own"]["record"]] for viewer in ("cai", "dora")}

    assert records == {"cai": ["d2"], "dora": []}


def test_templates_are_for_those_who_moderate_everywhere():
    templates = world(templates={("REMOVE", "SPAM"): "Please don't."}, appointed=frozenset({("cai", "cinema")}))
    promoted = with_person(templates, "bob", role="ADMIN")

    told = {viewer for viewer in EVERYONE if viewer and view(promoted, viewer)["own"]["order"]["templates"]}

    assert told == {"mo", "bob"}


def test_where_a_member_stands_is_for_them_and_for_moderators():
    calm = world(post())
    muted = calm.decided(Decision("d", "ann", "MUTE", "SPAM", "why", "mo", 30, until=NOW + 1))

    assert {viewer for viewer in EVERYONE if view(muted, viewer) != view(calm, viewer)} == {"ann", "mo"}
    assert view(muted, "ann")["own"]["order"]["standing"][0] == "MUTED"
    assert view(muted, "ann")["own"]["decisions"][0]["by"] is None


@pytest.mark.parametrize(("until", "standing"), [(None, "BANNED"), (NOW + 1, "BANNED"), (NOW - 1, "ACTIVE")])
def test_a_sanction_ends_by_itself(until, standing):
    banned = world(post()).decided(Decision("d", "ann", "BAN", "SPAM", "why", "mo", 30, until=until))

    assert banned.account_status_of("ann") == standing


def test_who_is_suspended_has_no_office():
    reported = world(post(), **REPORTED, appointed=frozenset({("cai", "cinema")}))
    promoted = with_person(reported, "dora", role="ADMIN")
    suspended = promoted.decided(Decision("d1", "mo", "SUSPEND", "SPAM", "why", "dora", 30, until=NOW + 1))
    suspended = suspended.decided(Decision("d2", "cai", "BAN", "SPAM", "why", "dora", 31))

    assert who_finds_a_case(promoted) == {"mo", "cai", "dora"}
    assert who_finds_a_case(suspended) == {"dora"}


def test_a_sanction_answers_those_who_reported_the_member_and_freeing_them_does_not():
    reported = world(reports=(Report("bob", "ann", "SPAM", 30),))
    warned = reported.decided(Decision("d1", "ann", "WARN", "SPAM", "why", "mo", 31))
    freed = warned.decided(Decision("d2", "ann", "LIFT", "SPAM", "well", "mo", 32))

    outcomes = [view(each, "bob")["own"]["reports"][0]["outcome"] for each in (reported, warned, freed)]

    assert outcomes == ["PENDING", "ACTION_TAKEN", "ACTION_TAKEN"]


def edited(seen, shown_to="PUBLIC", **more):
    return replace(seen, edits={"p": Edit("p", "other words", "PUBLIC", shown_to, 40, **more)})


def who_learns_of(before, after):
    return {viewer for viewer in EVERYONE if view(before, viewer) != view(after, viewer)}


def test_an_edit_that_waits_is_for_its_author_and_for_moderators():
    posted = world(post())

    assert who_learns_of(posted, edited(posted)) == {"ann", "mo"}
    assert who_learns_of(posted, edited(posted, shown_to="FRIENDS")) == {"ann"}


def test_an_edit_that_waits_is_for_the_moderators_of_its_board_and_not_for_another_board_s():
    posted = world(post(), appointed=frozenset({("cai", "cinema"), ("dora", "kitchen")}))

    assert who_learns_of(posted, edited(posted)) == {"ann", "mo", "cai"}
    assert who_learns_of(posted, edited(posted, shown_to="FRIENDS")) == {"ann"}
    assert view(edited(posted), "cai")["own"]["order"]["edits"]["p"]["is_listed"]


def test_nobody_reviews_their_own_edit_on_a_board_that_they_moderate():
    posted = world(post(), appointed=frozenset({("ann", "cinema")}))
    edits = view(edited(posted), "ann")["own"]["order"]["edits"]

    assert not edits["p"]["is_listed"]


def test_no_edit_waits_for_a_suspended_moderator_of_its_board():
    posted = world(post(), appointed=frozenset({("cai", "cinema")}))
    suspended = posted.decided(Decision("d", "cai", "SUSPEND", "SPAM", "why", "mo", 31, until=NOW + 1))

    assert who_learns_of(suspended, edited(suspended)) == {"ann", "mo"}


def test_an_edit_of_an_entry_is_for_its_author_and_the_owner_of_the_board():
    entry = world(post("bob", "@ann"))

    assert who_learns_of(entry, edited(entry)) == {"bob", "ann"}
    assert who_learns_of(replace(entry, blocks={("ann", "bob"): 3}), edited(entry)) >= {"bob"}


def test_why_an_edit_was_rejected_its_author_alone_reads():
    posted = world(post())

    assert who_learns_of(edited(posted, rejected="no"), edited(posted, rejected="not so")) == {"ann"}


def test_an_edit_is_in_the_list_while_its_place_is_for_many():
    entry = edited(world(post("ann", "@ann")))
    closed = with_person(entry, "ann", board=MessageBoard(audience="FRIENDS"))

    listed = [view(each, "mo")["own"]["order"]["edits"]["p"]["is_listed"] for each in (entry, closed)]

    assert listed == [True, False]
