"""The model keeps the rules of appeals, each on a world of its own."""

from dataclasses import replace

from tests.visibility.model import view
from tests.visibility.moderation import Appeal, Decision, Message
from tests.visibility.test_model import EVERYONE, post, with_person, world

APPEAL = Appeal("a", "d", "but why", 40)


def removed(by="mo", **more):
    return world(post(state="REMOVED"), decisions=(Decision("d", "p", "REMOVE", "SPAM", "why", by, 30),), **more)


def appealed(before, **more):
    return replace(before, appeals={"a": replace(APPEAL, **more)})


def readers(seen):
    """Who is told of the appeal."""
    return {viewer for viewer in EVERYONE if viewer and "a" in view(seen, viewer)["own"]["order"]["appeals"]}


def test_an_appeal_is_for_its_subject_and_for_others_than_who_decided():
    before = with_person(removed(), "dora", role="MODERATOR")

    assert readers(appealed(before)) == {"ann", "dora"}
    assert {viewer for viewer in EVERYONE if view(before, viewer) != view(appealed(before), viewer)} == {"ann", "dora"}


def test_moderators_of_a_board_decide_appeals_about_what_stands_there():
    appointed = frozenset({("cai", "cinema"), ("dora", "tea-house")})

    assert readers(appealed(removed(appointed=appointed))) == {"ann", "cai"}


def test_an_appeal_of_a_moderator_against_a_sanction_is_for_admins():
    people = with_person(with_person(world(), "dora", role="ADMIN"), "cai", role="MODERATOR")
    before = replace(people, decisions=(Decision("d", "mo", "WARN", "SPAM", "why", "dora", 30),))
    promoted = with_person(before, "bob", role="ADMIN")

    assert readers(appealed(promoted)) == {"mo", "bob"}


def test_nobody_is_told_which_moderator_spoke():
    before = with_person(with_person(removed(), "dora", role="MODERATOR"), "cai", role="MODERATOR")
    spoken = [appealed(before, messages=(Message(by, "well", 41),)) for by in ("dora", "cai")]

    assert view(spoken[0], "ann") == view(spoken[1], "ann")
    assert view(spoken[0], "dora") != view(spoken[1], "dora")
