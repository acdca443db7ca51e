"""Beginnings of texts: cut between signs, at the end of a word, and never in the middle of what is one."""

import time

import pytest

from content.excerpts import excerpt

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "length", "beginning"),
    [
        ("", 5, ""),
        ("你好", 2, "你好"),
        ("你好，世界", 4, "你好，世…"),
        ("标题\n正文  在这里", 20, "标题 正文 在这里"),
        ("标题\n正文在这里", 5, "标题 正文…"),
        # Words stay whole, unless one is most of it.
        ("Hello wonderful world", 12, "Hello…"),
        ("Hello wonderful world", 15, "Hello wonderful…"),
        ("Hello wonderful world", 16, "Hello wonderful…"),
        ("Donaudampfschifffahrt", 5, "Donau…"),
        ("it's don't", 7, "it's…"),
        ("看this thing", 8, "看this…"),
        ("你好this", 4, "你好…"),
        # Signs stay whole.
        ("ae\u0301o\u0308u", 3, "ae\u0301o\u0308…"),
        (FAMILY * 3, 2, FAMILY * 2 + "…"),
        ("🇨🇳🇫🇷🇩🇪", 2, "🇨🇳🇫🇷…"),
        ("क्षि क्षि", 1, "क्षि…"),
        ("👍🏽👍🏽", 1, "👍🏽…"),
        ("๑ก็ก็", 2, "๑ก็…"),
        # A quote that is cut closes what it has turned.
        ("\u2067אבג דהו\u2069 abc", 5, "\u2067אבג\u2069…"),
    ],
)
def test_where_a_text_is_cut(text: str, length: int, beginning: str) -> None:
    assert excerpt(text, length) == beginning


def test_every_length_of_a_text_is_its_beginning() -> None:
    text = f"Ann 说：{FAMILY} e\u0301, 🇨🇳! " * 3

    for length in range(1, 60):
        cut = excerpt(text, length)
        assert " ".join(text.split()).startswith(cut.removesuffix("…"))
        cut.encode()  # no half of a pair


@pytest.mark.parametrize("piece", ["\u200d", "👩\u200d", "\u1100", "a\u0301", "🇨", "क\u094d", "a", " ", "字"])
def test_no_sign_is_so_long_that_an_excerpt_is(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()

    cut = excerpt(text, 140)

    assert len(cut) <= 141 * 16 + 1
    assert time.process_time() - started < 0.1
