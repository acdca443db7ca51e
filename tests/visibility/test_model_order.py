"""The model keeps the rules of keeping order, each on a world of its own."""

from dataclasses import replace

import pytest

from tests.visibility.model import view
from tests.visibility.test_model import EVERYONE, post, with_person, world
from tests.visibility.world import NOW, Case, Decision, Note, Report

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
