"""No text at all takes long to render: it is rendered quickly, or refused, or loses what is nested too deep."""

import time
from collections.abc import Callable

import pytest

from content.complexity import TooComplex
from content.links import Site
from content.rendering import render_html, render_markdown
from domain.rich_text import RichText
from policy.limits import BODY_LENGTH

SITE = Site.at("https://veranda.example")
LONGEST_HTML = 100_000
ORDINARY = "这是一个普通的段落，说的是今天的天气和昨天的晚饭。大家好！\n\n"
#: The most that a hostile text may take beside an ordinary one of the longest kind, which takes about 15 ms.
TIMES_AN_ORDINARY_ONE = 5

MARKDOWN = (
    # Nested without end.
    ">", "> ", "- ", "* * ", "[", "![", "[^", "*", "_", "~~", "> - ", "1. ",
    # Many of a kind.
    "- a\n", "1. a\n", "  - a\n", "-   a\n\n  b\n", "> a\n", "> > > > > a\n", "# \n", "---\n", "=\n", "`\n", "a\n",
    "a\n\n", "- a\n\n", "> a\n\nb\n\n",
    "a  \n", "|-|\n", "|a|b|\n|-|-|\n", "|", "|\n", "*a*", "**a** ", "_a_", "~~a~~", "a*", ")*", "`a`", "`", "``` \n",
    "\\*", "\\",
    # Links, by all ways to one.
    "[a](b) ", "![a](b) ", "[a](", "[a]: /b\n[a] ", "[a][b]", "[a]: <", "<a@b.cn> ", "https://a", "http://a.cn/中 ",
    "www.a.cn ", "$a.com", "a@b.cn ", "a@", "看a.cn", "[a]: b 'c'\n",
    # What every rule looks at, and what takes others' time by standing beside it.
    "&", "&lt;", "<", ":", "@", "&lt;:", ")&lt;:", "_a_&lt;:", "[@ann `a`_a_", "[^中~>>\r", "</b></b>@<b>![a  \n",
    # Quotes that end sooner than they are looked for.
    "> # x\na\n", "> ---\na\n", "> ``` \na\n", ">     c\na\n", "> [a]: b\na\n", "> # x\n> a\n> b\nc\n", "~~~\n",
    "> > > > > a\n- a\n", "_a_@ann `a`:", "<!--", "</b>", "[。_a_", "**a** ![![a]: b 'c'\n", "`\u3000",
    # Signs that climb, hide and turn, and names.
    "\u0301", "a\u0301", "\u200d", "\u2067a", "\u202e", "@ann ", "@中а ", "👩\u200d",
)  # fmt: skip
HTML = (
    "<ul><li>", "<div>", "<b>", "<b></p>", "<b><p>", "<p>", "<li>", "<li><dd>", "<b><i></b></i>",
    "<div><b><i></div><p>x",
    "<table>", "<table><tr><td>", "<table><tr>x", "<td>x", "<table>x", "<a href=//a.cn>", "<a href=//a.cn>x</a>",
    "<img src=x>", "<br>", "</br>", "</p>", "<b>x</b>", "<font color=a>", "<p><button>", "<svg><b>", "<math><mi>",
    "<select><b>", "<template>", "<form>", "<ruby><rt>", "<code>", "<pre>\n", "<h1>", "<<b>div>",
    "<a " + "x=1 " * 20 + ">",
    "<", ">", "&", "&amp;", "&lt;", "&nbsp;", "&#xFDD0;", "&#768;", "<!--", "<!---->", "<x ", "<a href='",
    # Links inside links, and what is left out.
    "<p>&#768;<font color=a><a href=//a.cn><select><b></p>",
    "中<td>x&#768;<a href=//a.cn>&<table><tr><td>", "\u200d<b><b>",
    "\u200d", "中", "<b><i><u><s><em><code>" * 4 + "<p>x" * 200,
)  # fmt: skip


def markdown(source: str) -> RichText:
    return render_markdown(source, SITE)


def imported(html: str) -> RichText:
    return render_html(html, SITE)


def milliseconds(render: Callable[[str], RichText], text: str) -> float:
    """CPU of the quicker of two tries."""
    tries = []
    for _ in range(2):
        started = time.process_time()
        render(text)
        tries.append((time.process_time() - started) * 1_000)
    return min(tries)


def longest_taken(render: Callable[[str], RichText], piece: str, most: int) -> str:
    """``piece`` as often as it is rendered, to within a tenth."""
    text = (piece * most)[:most]
    while True:
        try:
            render(text)
        except TooComplex:
            text = text[: len(text) * 9 // 10]
        else:
            return text


@pytest.fixture(scope="module")
def bound() -> float:
    ordinary = (ORDINARY * BODY_LENGTH)[:BODY_LENGTH]
    return TIMES_AN_ORDINARY_ONE * milliseconds(markdown, ordinary)


@pytest.mark.parametrize("piece", MARKDOWN)
def test_markdown_of_any_shape_is_quick_or_refused(piece: str, bound: float) -> None:
    assert milliseconds(markdown, longest_taken(markdown, piece, BODY_LENGTH)) < bound


@pytest.mark.parametrize("piece", HTML)
def test_html_of_any_shape_is_quick_or_refused(piece: str, bound: float) -> None:
    assert milliseconds(imported, longest_taken(imported, piece, LONGEST_HTML)) < bound


@pytest.mark.parametrize(
    "piece", ["[a](b) ", "$a.com", "- a\n", "|a|b|\n|-|-|\n", "![", "_a_&lt;:", "**a** ", "a\n", "&"]
)
def test_refusing_is_cheap(piece: str, bound: float) -> None:
    text = (piece * BODY_LENGTH)[:BODY_LENGTH]
    started = time.process_time()

    with pytest.raises(TooComplex):
        markdown(text)

    assert (time.process_time() - started) * 1_000 < bound


@pytest.mark.parametrize(
    "written",
    [
        ORDINARY * 600,
        "- 一件事，说得不长\n" * 500,
        "|名字|数量|价格|\n|-|-|-|\n" + "|苹果|三|五元|\n" * 350,
        "```\nfor name, value in fields.items(): print(f'{name}: {value[0]}')\n```\n" * 120,
        "**重点**：" * 500,
        "> 引用\n\n回答\n\n" * 600,
        "> > > 引用\n> > 回答\n> 再问\n" * 200,
        "> # 题目\n> 引用\n回答\n\n" * 300,
        "> 引用\n- 回答\n" * 250,
        "- > 引用\n" * 250,
        "[看](https://example.com/a) " * 100,
        "Call me at 5. See https://example.com/a_b for more (or not)...\n\n" * 90,
    ],
)
def test_long_texts_that_people_write_are_taken(written: str) -> None:
    assert markdown(written[:BODY_LENGTH]).text


@pytest.mark.parametrize("nested", ["> " * 21 + "深", "".join("  " * deep + "- 深\n" for deep in range(15))])
def test_what_is_nested_deeper_than_anybody_reads_is_refused_and_never_left_out(nested: str) -> None:
    with pytest.raises(TooComplex):
        markdown(nested)

    assert "深" in markdown("> " * 15 + "深").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>" * 2_000 + "深" + "</div>" * 2_000, "深"),
        ("<ul><li>一" * 100 + "</ul>" * 100, "\n".join("一" * 100)),
        ("<b>" * 3_000 + "a<p>b", "a\nb"),
        ("<div>" * 40 + "a<p>b", "a b"),
        ("<div>" * 40 + "<<b>div>深", "<div>深"),
    ],
)
def test_deeply_nested_html_loses_tags_and_no_words(html: str, text: str) -> None:
    body = imported(html)

    assert body.text.replace("< ", "<") == text
    assert max(body.html.count(f"<{name}>") for name in ("div", "ul", "b")) <= 60


@pytest.mark.parametrize(
    "html",
    ["<p>x" * 100, "<ul><li>x</ul>" * 100, "<table><tr><td>x<td>y<tr><td>z</table>" * 50, "<dl><dt>x<dd>y</dl>" * 50],
)
def test_ends_that_html_lets_out_are_not_counted_as_nesting(html: str) -> None:
    opened = html.count("<p>") + html.count("<li>") + html.count("<td>") + html.count("<dd>")

    kept = imported(html).html
    assert kept.count("</p>") + kept.count("</li>") + kept.count("</td>") + kept.count("</dd>") == opened
