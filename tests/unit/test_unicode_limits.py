"""Signs that climb, hide or turn a line around: bounded, while every living script and emoji stays as it is."""

import unicodedata

import pytest

from accounts.registration import to_display_name
from content.links import Site
from content.rendering import render_html, render_markdown
from domain.errors import Refused
from domain.messages import Message
from importer.names import to_shown_name
from text.input_text import optional_line, optional_text, required_line, required_text, single_line, text_as_typed
from text.unicode_limits import limit_unicode

SITE = Site.at("https://veranda.example")

LEGIT = (
    "ที่นี่ น้ำ ผู้ใหญ่",  # Thai: vowel and tone on one letter
    unicodedata.normalize("NFD", "Tiếng Việt: ngữ nghĩa, Nguyễn, ở ẵm"),
    "ٱلْحَمْدُ لِلَّٰهِ رَبِّ ٱلْعَٰلَمِينَ",  # Arabic with all its vowels
    "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",  # Hebrew with vowels and cantillation
    "क्षत्रिय र्‍य ক্ষ தமிழ் ಕನ್ನಡ ශ්‍රී ລາວ ខ្មែរ မြန်မာ བོད་ཡིག བསྒྲུབས",
    "می‌خواهم",  # Persian, with a joiner
    "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 1️⃣ 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤️",
    "e\u0301a\u0308\u0304o\u0302\u0301",
    "\u202bעברית\u202c abc \u2067ערב\u2069",
)


@pytest.mark.parametrize("text", LEGIT)
def test_every_living_script_and_emoji_stays(text: str) -> None:
    assert limit_unicode(text) == text
    assert render_markdown(text, SITE).html == f"<p>{text}</p>\n"
    assert render_markdown(text, SITE).text == text


@pytest.mark.parametrize(
    ("html", "calm"),
    [
        # Towers: at most four marks on a letter, also across markup and signs that cannot be seen.
        ("Z" + "\u0335\u0301" * 50 + "a", "Z\u0335\u0301\u0335\u0301a"),
        ("ก" + "็" * 30, "ก" + "็" * 4),
        ("a\u0301\u0301<b>\u0301\u0301\u0301</b>\u0301b\u0301", "a\u0301\u0301<b>\u0301\u0301</b>b\u0301"),
        ("a" + "\u0301\u200d" * 9, "a" + "\u0301\u200d" * 4 + "\u200d\u200d"),
        ("a" + "\u200b" * 100, "a" + "\u200b" * 6),
        # Overrides go, with what closed them.
        ("a\u202ecba\u202cd", "acbad"),
        ("&#x202e;abc", "abc"),
        # What is open closes with its block; what closes nothing goes.
        ("<p>\u2067a</p><p>b\u2069</p>", "<p>\u2067a\u2069</p><p>b</p>"),
        ("\u202a\u2066a\u202b", "\u202a\u2066a\u202b\u202c\u2069\u202c"),
        ("\u2067a\u202bb\u2069c\u202c", "\u2067a\u202bb\u2069c"),
        ("\u2067a\u202cb", "\u2067ab\u2069"),
        ("<td>\u2067a<td>b", "\u2067ab\u2069"),
        ("<pre>\u2067a\nb\u2069</pre>", "<pre>\u2067a\u2069\nb</pre>"),
        ("<p>\u2067a\nb\u2069</p>", "<p>\u2067a\nb\u2069</p>"),
        ("\u2067" * 20, "\u2067" * 8 + "\u2069" * 8),
    ],
)
def test_what_reaches_into_its_neighbours_is_bounded(html: str, calm: str) -> None:
    body = render_html(html, SITE)

    assert body.html == calm
    assert limit_unicode(body.text) == body.text


def test_a_link_s_words_are_calm_by_themselves() -> None:
    body = render_markdown("\u2067[a\u2069\u2067b](https://example.com)\u2069", SITE)

    assert [link.text for link in body.links] == ["a\u2067b\u2069"]


def test_the_source_stays_as_written() -> None:
    assert render_markdown("a\u202eb", SITE).source == "a\u202eb"


# ---------------------------------------------------------------- names

UNSEEN = (
    "\u200b",
    "\u2060\ufeff",
    "\u3164",
    "\u115f\u1160",
    "\u2800",
    "\u0301",
    "\ufe0f",
    "\u200d",
    "\u00ad",
    "\u202e",
)


@pytest.mark.parametrize("typed", UNSEEN)
def test_a_name_or_text_that_cannot_be_seen_is_refused_with_that_reason(typed: str) -> None:
    for refuse in (
        lambda: to_display_name(typed),
        lambda: optional_line(typed, 200, "title"),
        lambda: required_line(typed, 200, "title"),
        lambda: required_text(typed, 200, "explanation"),
        lambda: text_as_typed(typed, 200, "body"),
    ):
        with pytest.raises(Refused) as refused:
            refuse()
        assert [problem.message for problem in refused.value.errors] == [Message.NOTHING_SEEN]
    assert to_shown_name(typed) is None
    assert optional_text(typed, 200, "note") is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  安  妮 ", "安 妮"),
        ("a\u202eb\u200bc", "abc"),
        ("\u0301ann", "ann"),
        ("Z" + "\u0301" * 20, "Z" + "\u0301" * 4),
        ("ann\u3164\u3164b", "ann b"),
        ("\u200dann\u200d", "ann"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("♥️", "♥️"),
        ("1️⃣", "1️⃣"),
        ("ผู้ใหญ่", "ผู้ใหญ่"),
        ("می‌خواهم", "می‌خواهم"),
        ("…", "…"),
    ],
)
def test_a_name_keeps_all_that_can_be_seen(typed: str, name: str) -> None:
    assert single_line(typed) == name
    assert to_display_name(typed) == name


def test_no_title_is_none_and_a_blank_one_too() -> None:
    assert optional_line(None, 200, "title") is None
    assert optional_line(" \u3000\t", 200, "title") is None


# ---------------------------------------------------------------- plain texts


@pytest.mark.parametrize("text", [*LEGIT, "a\n\n\tb", "#1 <b>*plain*</b>"])
def test_a_plain_text_keeps_every_living_script_and_its_lines(text: str) -> None:
    assert required_text(text, 1_000, "note") == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" \u3000a\r\nb\rc\fd\n ", "a\nb\nc\nd"),
        ("\u202e a\u202c", "a"),
        ("\u2067a\nb", "\u2067a\u2069\nb"),
        ("a\x00\x1b[2J\x85\ufffe\ud800", "a[2J"),
        ("Z" + "\u0301" * 20, "Z" + "\u0301" * 4),
    ],
)
def test_a_plain_text_is_kept_within_the_limits_and_is_the_same_when_checked_again(typed: str, kept: str) -> None:
    assert required_text(typed, 1_000, "note") == kept
    assert required_text(kept, 1_000, "note") == kept
    assert optional_text(typed, 1_000, "note") == kept


@pytest.mark.parametrize("typed", ["x" * 9, " x" * 5 + "  "])
def test_a_plain_text_may_be_as_long_as_its_limit_without_the_space_around_it(typed: str) -> None:
    assert required_text(typed, 9, "note") == typed.strip()


@pytest.mark.parametrize("typed", ["x" * 10, "\u2067x\n" * 3])
def test_a_plain_text_that_is_longer_as_typed_or_as_kept_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        required_text(typed, 9, "note")

    assert [(problem.message, problem.path) for problem in refused.value.errors] == [(Message.TOO_LONG, ("note",))]


@pytest.mark.parametrize("typed", [None, "", " ", "\u200b\u200b", "\u200b" * 2_000])
def test_an_optional_text_of_which_nothing_is_seen_is_absent(typed: str | None) -> None:
    assert optional_text(typed, 1_000, "note") is None
