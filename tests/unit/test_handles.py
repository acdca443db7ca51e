"""Handles: what may be one, and which look alike."""

import unicodedata

import pytest

from accounts.handles import to_handle
from domain.errors import Refused
from policy.confusables import skeleton


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("ann", "ann"),
        ("  Ann ", "ann"),
        ("ＡＮＮ", "ann"),
        ("林小雨", "林小雨"),
        ("林_ann", "林_ann"),
        ("さくら桜", "さくら桜"),
        ("анна", "анна"),
        ("a1", "a1"),
        ("x" * 24, "x" * 24),
    ],
)
def test_a_handle_is_kept_in_one_form(typed, handle):
    assert to_handle(typed) == handle


@pytest.mark.parametrize(
    "typed", ["", "a", "x" * 25, "two words", "a-b", "a.b", "bob😀", "аnn", "ann\u200b", "a\u202eb", "a\nb", "αnn"]
)
def test_what_cannot_be_read_safely_is_no_handle(typed):
    with pytest.raises(Refused):
        to_handle(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ann\u3164",
        "ann\u115f",
        "ann\ufe0f",
        "ann\u034f",
        "ann\U000e0100",
        "ann" + "\u0301" * 6,
        "\u0301nn",
        "\u3164\ufe0f",
    ],
)
def test_a_handle_holds_nothing_that_cannot_be_seen_and_no_tower_of_marks(typed):
    with pytest.raises(Refused):
        to_handle(typed)


@pytest.mark.parametrize("name", ["ผู้ใหญ่", "नमस्ते", "한글", "שָׁלוֹם"])
def test_a_handle_keeps_the_marks_that_a_script_needs(name):
    assert to_handle(name) == unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("alice", "аlice"), ("modern", "modem"), ("paypal", "paypa1"), ("b0b", "bob"), ("人人", "⼈⼈"), ("i1", "il")],
)
def test_look_alikes_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("ann", "anna"), ("林", "森"), ("bob", "rob"), ("ann_1", "ann_2")])
def test_different_names_do_not(one, other):
    assert skeleton(one) != skeleton(other)
