"""Members named in a text: where they stand, and what is no name."""

import time

import pytest

from content.links import Site
from content.rendering import render_html, render_markdown
from domain.rich_text import Mention, RichText
from policy.limits import MAX_MENTION_TRIES

SITE = Site.at("https://veranda.example")


def markdown(source: str) -> RichText:
    return render_markdown(source, SITE)


def names(body: RichText) -> list[str]:
    """The handles, each checked to stand where it is said to stand."""
    units = body.text.encode("utf-16-le")
    for named in body.mentions:
        written = units[2 * named.start : 2 * named.end].decode("utf-16-le")
        assert written[0] == "@"
        assert written[1:].casefold() == named.handle
    return [named.handle for named in body.mentions]


@pytest.mark.parametrize(
    ("source", "handles"),
    [
        ("@ann", ["ann"]),
        ("你好@ann，看", ["ann"]),
        ("你好@小明 看", ["小明"]),
        ("（@ann）、@bob。", ["ann", "bob"]),
        ("@Ann and @ann", ["ann", "ann"]),
        ("@ann's, .@bob: @carl. @dora!", ["ann", "bob", "carl", "dora"]),
        ("👩‍👧 @ann @ผู้ใหญ่ @हिन्दी", ["ann", "ผู้ใหญ่", "हिन्दी"]),
        ("**@ann** _@bob_ ~~@carl~~", ["ann", "bob", "carl"]),
        ("# @ann\n\n- @bob\n\n|@carl|b|\n|-|-|\n|@dora|e|", ["ann", "bob", "carl", "dora"]),
        ("> a\n> b   @ann\n\n  @bob", ["ann", "bob"]),
        ("&#64;ann", ["ann"]),
        # Chinese goes on with the handle where nothing parts them.
        ("@ann看", ["ann看"]),
        # Not in code or links, and no e-mail address or name elsewhere.
        ("`@ann` <kbd>", []),
        ("```\n@ann\n```", []),
        ("    @ann", []),
        ("[@ann](https://example.com) https://example.com/@ann", []),
        ("ann@example.com a.b@example b-@ann 1@ann _x@ann", []),
        ("@ann@example.social @example.com @ann-x", []),
        ("@@ann /@ann", []),
        # What no handle can be: too short, too long, of scripts that do not stand together.
        ("@a @ @" + "a" * 25, []),
        ("@аnn", []),
        ("@ann\u0301\u0301\u0301\u0301\u0301\u0301", ["anń\u0301\u0301\u0301"]),
    ],
)
def test_who_is_named(source: str, handles: list[str]) -> None:
    body = markdown(source)

    assert [named.handle for named in body.mentions] == handles


def test_a_place_counts_as_browsers_count() -> None:
    body = markdown("👩\n\n  你好  @Ann")

    assert body.text == "👩\n你好 @Ann"
    assert body.mentions == (Mention("ann", 6, 10),)
    assert names(body) == ["ann"]


def test_naming_leaves_the_html_as_it_is() -> None:
    assert markdown("你好@ann，`@bob`").html == "<p>你好@ann，<code>@bob</code></p>\n"
    assert render_html("<p>@ann <a href=/x>@bob</a></p>", SITE).mentions == (Mention("ann", 0, 4),)


def test_nobody_can_write_the_marks_of_a_mention() -> None:
    body = render_html("a&#xFDD1;@ann&#xFDD2;\ufdd1b", SITE)

    assert (body.text, names(body)) == ("a@annb", [])


def test_looking_for_names_ends() -> None:
    started = time.process_time()
    body = render_html("@аnn @ann " * 4_000, SITE)

    assert len(body.mentions) == MAX_MENTION_TRIES // 2
    assert time.process_time() - started < 1
