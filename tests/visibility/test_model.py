"""The model keeps the rules that are easiest to get wrong, each on a world of its own."""

from dataclasses import replace
from typing import Any

import pytest

from tests.visibility.model import view
from tests.visibility.moderation import Decision, Report
from tests.visibility.world import Comment, MessageBoard, Person, Post, World

PEOPLE = {
    "ann": Person("ann", "Ann"),
    "bob": Person("bob", "Bob"),
    "cai": Person("cai", "Cai"),
    "dora": Person("dora", "Dora"),
    "mo": Person("mo", "Mo", role="MODERATOR"),
}
EVERYONE = (None, *PEOPLE)
ANN_AND_BOB = {("ann", "bob"): 1, ("bob", "ann"): 2}


def world(*said: Post | Comment, **more: Any) -> World:
    return World(
        PEOPLE,
        ("cinema",),
        posts={each.key: each for each in said if isinstance(each, Post)},
        comments={each.key: each for each in said if isinstance(each, Comment)},
        **more,
    )


def post(author: str = "ann", board: str = "cinema", audience: str = "PUBLIC", **more: Any) -> Post:
    return Post("p", author, board, "words", audience, **{"minute": 10, **more})


def comment(author: str, key: str = "c", audience: str = "PUBLIC", **more: Any) -> Comment:
    return Comment(
        key, "p", **{"parent": None, "author": author, "body": key, "audience": audience, "minute": 20} | more
    )


def with_person(before: World, handle: str, **changes: Any) -> World:
    return replace(before, people={**before.people, handle: replace(before.people[handle], **changes)})


def states(seen: World, viewer: str | None) -> dict[str, Any]:
    """By key, of the post and the comments below it, as far as they stand for the viewer."""
    entry = view(seen, viewer)["posts"].get("p")
    return {} if entry is None else {"p": entry["state"]} | _states_below(entry["comments"])


def _states_below(comments: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in comments:
        found |= {each["key"]: each["state"]} | _states_below(each["replies"])
    return found


def who_sees(seen: World) -> set[str | None]:
    """In full."""
    return {viewer for viewer in EVERYONE if "author" in view(seen, viewer)["posts"].get("p", {})}


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("ONLY_ME", {"ann"}),
        ("FRIENDS", {"ann", "bob"}),
        ("MEMBERS", {"ann", "bob", "cai", "dora", "mo"}),
        ("PUBLIC", {None, "ann", "bob", "cai", "dora", "mo"}),
    ],
)
def test_a_post_shows_to_its_audience(audience, readers):
    posted = world(post(audience=audience), follows=ANN_AND_BOB | {("cai", "ann"): 3})

    assert who_sees(posted) == readers


@pytest.mark.parametrize(
    ("state", "seers"),
    [
        ("HELD", {"bob", "ann", "mo"}),
        ("REMOVED", {"bob", "mo"}),
        ("DELETED", set()),
    ],
)
def test_what_is_not_published_shows_to_those_who_keep_order(state, seers):
    assert who_sees(world(post("bob", "@ann", "MEMBERS", state=state))) == seers


def test_a_moderator_sees_what_is_removed_only_where_its_audience_reaches():
    assert who_sees(world(post(audience="FRIENDS", state="REMOVED"))) == {"ann"}


def test_the_owner_of_a_board_sees_what_was_not_meant_for_them():
    assert who_sees(world(post("bob", "@ann", "ONLY_ME"))) == {"bob", "ann"}


def test_an_entry_shows_to_its_author_s_and_the_board_s_audience():
    entry = world(post("bob", "@ann", "MEMBERS"), follows={**ANN_AND_BOB, ("cai", "ann"): 3})

    closed = with_person(entry, "ann", board=MessageBoard(audience="FRIENDS"))

    assert who_sees(entry) == {"ann", "bob", "cai", "dora", "mo"}
    assert who_sees(closed) == {"ann", "bob"}


def test_on_a_closed_board_authors_keep_their_words_alone():
    entry = world(post("bob", "@ann"), comment("cai"), comment("bob", "d"), reactions=frozenset({("p", "LIKE", "cai")}))
    closed = with_person(entry, "ann", board=MessageBoard(audience="ONLY_ME"))

    kept = view(closed, "bob")["posts"]["p"]

    assert (kept["body"], kept["board"]) == ("words", "CLOSED")
    assert (kept["comments"], kept["comment_count"], kept["reactions"]) == ([], 0, [])
    assert view(closed, "bob")["members"]["bob"]["posts"] == ["p"]
    assert view(closed, "cai")["posts"] == {}


@pytest.mark.parametrize("block", [("ann", "bob"), ("bob", "ann")])
def test_a_block_holds_for_everyone_what_a_guest_left(block):
    entry = world(post("bob", "@ann"), comment("cai"), blocks={block: 3})

    assert states(entry, "mo") == {"p": "HELD", "c": "PUBLISHED"}
    assert states(entry, "bob") == {"p": "HELD"}
    assert [states(entry, viewer) for viewer in ("ann", "cai", None)] == [{}, {}, {}]


def test_a_block_holds_a_guest_s_comments_too():
    entry = world(post("cai", "@ann"), comment("bob"), comment("dora", "d", parent="c"), blocks={("ann", "bob"): 3})

    assert states(entry, "mo") == {"p": "PUBLISHED", "c": "HELD", "d": "PUBLISHED"}
    assert states(entry, "bob") == {}
    assert states(entry, "ann") == {"p": "PUBLISHED", "c": "UNAVAILABLE", "d": "PUBLISHED"}
    assert view(entry, "dora")["posts"]["p"]["comment_count"] == 1


def test_on_discussion_boards_a_block_holds_nothing_for_others():
    posted = world(post(), comment("bob"), blocks={("ann", "bob"): 3})

    assert states(posted, "cai") == {"p": "PUBLISHED", "c": "PUBLISHED"}
    assert states(posted, "ann") == {"p": "PUBLISHED"}


@pytest.mark.parametrize("state", ["REMOVED", "DELETED"])
def test_what_is_gone_stands_above_what_others_said(state):
    gone = world(post(audience="MEMBERS", state=state), comment("bob", audience="MEMBERS"))

    assert view(gone, "cai")["posts"]["p"].keys() == {"state", "board", "minute", "comments", "comment_count"}
    assert states(gone, "cai") == {"p": "UNAVAILABLE", "c": "PUBLISHED"}
    assert view(gone, "cai")["feed"] == []
    assert states(gone, None) == {}


def test_what_is_gone_is_missing_where_no_answer_shows():
    gone = world(post(state="DELETED"), comment("bob", audience="FRIENDS"), comment("cai", "d", state="REMOVED"))

    assert states(gone, "dora") == {}


def test_what_is_held_leaves_no_tombstone():
    assert states(world(post("bob", "@ann", state="HELD"), comment("cai")), "cai") == {}


@pytest.mark.parametrize(
    ("audience", "stands"),
    [("FRIENDS", {}), ("MEMBERS", {"p": "UNAVAILABLE", "c": "PUBLISHED"})],
)
def test_a_blocked_author_s_post_stands_for_a_former_friend_as_for_any_member(audience, stands):
    parted = world(
        post(audience=audience), comment("cai", audience=audience), follows=ANN_AND_BOB, blocks={("ann", "bob"): 3}
    )

    assert states(parted, "bob") == stands


def test_a_comment_shows_to_the_narrower_of_its_audience_and_its_post_s():
    """Of the post's author, whoever wrote it: cai's comment under ann's post is for ann's friends."""
    widened = world(post(), comment("cai", audience="FRIENDS"), follows=ANN_AND_BOB)
    narrowed = world(post(audience="FRIENDS"), comment("cai"), follows=ANN_AND_BOB)

    assert {viewer for viewer in EVERYONE if "c" in states(widened, viewer)} == {"ann", "bob", "cai"}
    assert {viewer for viewer in EVERYONE if "c" in states(narrowed, viewer)} == {"ann", "bob"}


def test_counts_are_of_published_comments_that_show():
    posted = world(
        post(),
        comment("bob"),
        comment("cai", "d", parent="c", minute=21),
        comment("bob", "e", audience="FRIENDS", minute=22),
        comment("bob", "f", state="REMOVED", minute=23),
    )

    counts = {viewer: view(posted, viewer)["posts"]["p"]["comment_count"] for viewer in EVERYONE}

    assert counts == {None: 2, "ann": 3, "bob": 3, "cai": 2, "dora": 2, "mo": 2}
    assert view(posted, "dora")["posts"]["p"]["comments"][0]["reply_count"] == 1


def test_reactions_are_numbers_less_the_parted():
    reacted = world(post(), reactions=frozenset({("p", "LOVE", "bob"), ("p", "LIKE", "bob"), ("p", "LIKE", "cai")}))
    parted = replace(reacted, blocks={("dora", "bob"): 3})

    assert view(parted, "cai")["posts"]["p"]["reactions"] == [
        {"kind": "LIKE", "count": 2, "mine": True},
        {"kind": "LOVE", "count": 1, "mine": False},
    ]
    assert view(parted, "dora")["posts"]["p"]["reactions"] == [{"kind": "LIKE", "count": 1, "mine": False}]


@pytest.mark.parametrize("state", ["PUBLISHED", "HELD", "REMOVED"])
def test_handing_over_shows_an_entry_to_moderators_whatever_its_audience(state):
    entry = world(post("bob", "@ann", "ONLY_ME", state=state, handed_over=True), comment("ann", audience="ONLY_ME"))

    assert states(entry, "mo") == {"p": state}
    assert view(entry, "mo")["own"]["to_review"] == ([] if state == "REMOVED" else ["p"])
    assert states(entry, "cai") == {}


def test_a_block_keeps_what_was_handed_over_from_a_moderator():
    entry = world(post("bob", "@ann", handed_over=True))

    assert states(replace(entry, blocks={("mo", "bob"): 3}), "mo") == {}
    assert states(replace(entry, blocks={("ann", "mo"): 3}), "mo") == {}


def test_what_waits_is_for_the_owner_of_the_board():
    waiting = world(post("bob", "@ann", "ONLY_ME", state="HELD"))

    assert view(waiting, "ann")["own"]["to_review"] == ["p"]
    assert view(waiting, "mo")["own"]["to_review"] == []


def test_a_byline_lets_go_no_more_than_the_profile_shows_now():
    posted = world(post(byline=("LOCATION", "BIO", "EMAIL")), follows=ANN_AND_BOB)
    filled = with_person(posted, "ann", values={"BIO": "b", "LOCATION": "杭州"}, audiences={"LOCATION": "FRIENDS"})

    bylines = {viewer: view(filled, viewer)["posts"]["p"]["byline"] for viewer in (None, "cai", "bob")}

    assert bylines == {None: [], "cai": ["BIO"], "bob": ["BIO", "LOCATION"]}


def test_authors_know_what_they_chose_to_show_also_while_it_is_empty():
    chosen, not_chosen = world(post(byline=("LOCATION",))), world(post())

    assert view(chosen, "ann") != view(not_chosen, "ann")
    assert view(chosen, "bob") == view(not_chosen, "bob")


@pytest.mark.parametrize(
    ("precision", "shown"), [("FULL_DATE", "1990-01-02"), ("MONTH_AND_DAY", "01-02"), ("YEAR", "1990")]
)
def test_a_birthday_is_as_precise_as_chosen_and_whole_for_oneself(precision, shown):
    born = with_person(
        world(), "ann", values={"BIRTHDAY": "1990-01-02"}, audiences={"BIRTHDAY": "PUBLIC"}, precision=precision
    )

    assert view(born, None)["members"]["ann"]["profile"] == {"BIRTHDAY": shown}
    assert view(born, "ann")["members"]["ann"]["profile"] == {"BIRTHDAY": "1990-01-02"}


def test_no_field_is_wider_than_it_may_be():
    phoned = with_person(world(), "ann", values={"PHONE": "+1202"}, audiences={"PHONE": "PUBLIC"})

    assert view(phoned, "bob")["members"]["ann"]["profile"] == {}


def test_the_blocked_do_not_learn_who_blocked_them():
    before = world(follows=ANN_AND_BOB)
    parted = replace(before, blocks={("ann", "bob"): 3})

    assert "ann" not in view(parted, "bob")["members"]
    assert view(parted, "bob")["own"] == view(world(), "bob")["own"]
    assert view(parted, "ann")["own"]["blocks"] == [["bob", 3]]
    assert view(parted, "cai") == view(before, "cai")


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        ((), "PENDING"),
        ((("REMOVE", 40),), "ACTION_TAKEN"),
        ((("REMOVE", 40), ("RESTORE", 41)), "NO_ACTION"),
        ((("APPROVE", 40),), "NO_ACTION"),
        ((("REMOVE", 20), ("RESTORE", 21)), "PENDING"),
    ],
)
def test_the_latest_decision_settles_a_report(decided, outcome):
    decisions = tuple(Decision(f"d{minute}", "p", action, "SPAM", "why", "mo", minute) for action, minute in decided)

    reported = world(post(), decisions=decisions, reports=(Report("bob", "p", "SPAM", 30),))

    assert [report["outcome"] for report in view(reported, "bob")["own"]["reports"]] == [outcome]


def test_authors_learn_what_was_decided_and_not_who_decided_nor_that_it_was_handed_over():
    decided = world(
        post(),
        decisions=(
            Decision("d1", "p", "REMOVE", "SPAM", "why", "mo", 30),
            Decision("d2", "p", "RESTORE", "SPAM", "sorry", "mo", 31),
            Decision("d3", "p", "APPROVE", "SPAM", "fine", "mo", 32),
        ),
    )

    told = view(decided, "ann")["own"]["decisions"]

    assert [(each["key"], each["by"]) for each in told] == [("d2", None), ("d1", None)]
    assert view(decided, "ann")["posts"]["p"]["decisions"] == told
    assert [each["by"] for each in view(decided, "mo")["posts"]["p"]["decisions"]] == ["mo"] * 3
    assert view(decided, "bob")["posts"]["p"]["decisions"] == []


def test_the_followed_feed_holds_what_followed_members_and_boards_show():
    posted = world(post(), follows={("bob", "ann"): 1}, board_follows={("cai", "cinema"): 2})

    feeds = {viewer: view(posted, viewer)["followed_feed"] for viewer in EVERYONE}

    assert feeds == {None: [], "ann": [], "bob": ["p"], "cai": ["p"], "dora": [], "mo": []}


def test_entries_on_message_boards_are_in_no_feed_and_only_in_their_author_s_own_list():
    entry = world(post("bob", "@ann"), follows={("cai", "bob"): 1})

    assert (view(entry, "cai")["feed"], view(entry, "cai")["followed_feed"]) == ([], [])
    assert view(entry, "cai")["members"]["bob"]["posts"] == []
    assert view(entry, "bob")["members"]["bob"]["posts"] == ["p"]
    assert view(entry, "cai")["members"]["ann"]["board"]["posts"] == ["p"]
