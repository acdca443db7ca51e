"""What people wrote keeps its meaning: a browser reads it before and after, and finds the same.

``python -m pytest -rP tests/markup/test_benign.py`` prints the figures.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from content.links import Site
from content.rendering import render_html, render_markdown
from content.site_placeholder import served_html
from tests.browser import needs_browser
from tests.conftest import SITE
from tests.markup.stage import open_page

SCRIPT: Final = Path(__file__).with_name("meaning.js")
DATA: Final = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real texts are not here: {DATA} is missing")

OWN: Final = (
    "<p>你好，<b>世界</b>！</p>\n<p>第二段<br>换行<br/>再换</p>",
    "<p>没有结束<p>又一段<ul><li>一<li>二<ol start=3><li>三<li>四</ol></ul>",
    "<h1>题</h1><h2>二</h2><h3>三</h3><h4>四</h4><h5>五</h5><h6>六</h6><hr>",
    "<blockquote><p>引<blockquote>再引</blockquote></p></blockquote>",
    '<pre><code>  if a &lt; b &amp;&amp; c:\n\treturn  "x"\n\n</code></pre><p><code>a  b</code></p>',
    "<table><thead><tr><th>甲<th>乙<tbody><tr><td>一<td>二</table>",
    "<table><tr><td><p>格</p></td><td></td></tr></table>",
    "<p>H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>, <del>旧</del><ins>新</ins>, <em>a</em><strong>b</strong></p>",
    "<p><s>a</s><strike>b</strike><u>c</u><i>d</i><b>e</b></p>",
    "<dl><dt>词<dd>意<dt>字<dd>形</dl>",
    "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>",
    "<p>a &amp; b &lt;i&gt; &copy; &nbsp; &hellip; &#20013; &amp;amp; &quot;x&quot; ' </p>",
    "<p>👩‍👧 é ﷽ abc \u200b 　全角　空格</p>",
    "<p>交<b>错<i>的</b>标</i>签</p>",
    "<div><div>一</div>二<div><p>三</p></div></div>",
    '<p><a href="https://example.com/a?b=1&amp;c=2#d">外</a> <a href="HTTP://Example.COM/%7Ea b">大写</a></p>',
    '<p><a href="https://例子.中国/路径?问=答" title="题" rel="nofollow" class="x">中文</a></p>',
    '<p><a href="/a/../b?c#d">内</a> <a href="https://veranda.example/x">内</a> <a href="//example.com">无协议</a></p>',
    '<p><a href="mailto:ann@example.com?subject=hi">信</a> <a name="here">锚</a> <a href="#here">回</a></p>',
    '<p><img src="https://example.com/a.png" alt=" 猫 " width=10> <img src="https://example.com/b c.png"></p>',
    '<p><a href="https://example.com/"><img src="https://example.com/a.png" alt="猫"></a></p>',
    '<p id="x" class="y" style="color:red" lang="zh" dir="ltr">有样式</p><!-- 注 -->',
    "<ul><li><p>一</p><pre>a\n b</pre></li><li><blockquote>二</blockquote></li></ul>",
    "  前后有空格  \n",
    "纯文字，没有标签。\n换行也在。",
)

INLINE_LINK: Final = re.compile(r"\[([^\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)")
LIST_NUMBER: Final = re.compile(r"^\s*\d+[.)]\s")

#: Why the letters of a text written as Markdown may differ from those shown, and how it is seen in them.
MARKS: Final[Mapping[str, re.Pattern[str]]] = {
    "a backslash takes the meaning from what follows": re.compile(r"\\[!-/:-@\[-`{-~]"),
    "an entity is the letter it names": re.compile(r"&#?\w+;"),
    "a link shows its words": INLINE_LINK,
    "an address in angle brackets is a link": re.compile(r"<(https?|mailto):"),
    "code between backticks": re.compile(r"`"),
    "stars and underscores stress": re.compile(r"[*_]"),
    "waves strike out": re.compile(r"~~"),
    "a number starts a list": LIST_NUMBER,
    "a sign starts a list, a heading or a quotation": re.compile(r"^\s*([-+>]|#+\s)"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A text before and after, as the browser reads it once what is changed on purpose is left aside."""

    where: str
    was: str
    is_now: str
    changed: list[str]


@needs_browser
async def test_own_examples_keep_their_meaning():
    reads = await read({f"example {number}": html for number, html in enumerate(OWN)})

    assert [one for one in reads if one.was != one.is_now] == []
    assert len({change for one in reads for change in one.changed}) == 4


@needs_browser
@pytest.mark.parametrize(
    ("original", "served"),
    [
        ("<p><b>a</b></p>", "<p>a</p>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<ol start=3><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<a href=https://a.cn/b>c</a>", "<a>c</a>"),
        ("<a href=https://a.cn/b>c</a>", f'<a href="{SITE}/leave?to=https%3A%2F%2Fa.cn%2F">c</a>'),
        ("<a href=https://a.cn/b>c</a>", f'<a href="{SITE}/leave?to=https%3A%2F%2Fa.cn%2Fb">c</a>'),
        ("<a href=https://a.cn/b>c</a>", '<a href="https://a.cn/b" rel="noopener">c</a>'),
        ("<img src=https://a.cn/b alt=c>", "c"),
    ],
)
async def test_a_lost_meaning_is_noticed(original, served):
    """What is served is asked to be the same but for the changes on purpose; here it is neither."""
    (one,) = await compared({"here": (original, served)})

    assert one.was != one.is_now


@needs_data
@needs_browser
async def test_of_real_texts_999_in_1000_keep_their_meaning():
    texts = {f"{file} {number}": html for file, number, html in real_texts(("Posts", "Body"), ("Users", "AboutMe"))}

    reads = await read(texts)

    different = [one for one in reads if one.was != one.is_now]
    for one in different:
        print(f"{one.where}\n  was {one.was!r}\n  is  {one.is_now!r}")  # noqa: T201 - for -rP
    share = 1 - len(different) / len(reads)
    print(f"{len(reads)} texts in HTML, {share:.2%} unchanged but for what is changed on purpose:")  # noqa: T201 - for -rP
    for change, times in Counter(change for one in reads for change in one.changed).most_common():
        print(f"  {times} texts: {change}")  # noqa: T201 - for -rP
    assert len(reads) == 355
    assert share >= 0.999


@needs_data
def test_real_markdown_keeps_every_letter_but_for_its_marks():
    texts = [text for _, _, text in real_texts(("Comments", "Text"))] + chinese_comments()

    different = [text for text in texts if spaced(text) != spaced(shown(text))]

    reasons = Counter(reason_of(text) for text in different)
    share = 1 - len(different) / len(texts)
    print(f"{len(texts)} texts in Markdown, {share:.2%} kept letter by letter; the others:")  # noqa: T201 - for -rP
    for reason, times in reasons.most_common():
        print(f"  {times} texts: {reason}")  # noqa: T201 - for -rP
    assert len(texts) == 230 + 5_323
    assert None not in reasons


# ---------------------------------------------------------------- the texts, and how they are read


async def read(texts: Mapping[str, str]) -> list[Read]:
    """Each text, by where it stands, and what is served of it."""
    site = Site.at(SITE)
    return await compared(
        {where: (html, served_html(render_html(html, site).html, SITE)) for where, html in texts.items()}
    )


async def compared(pairs: Mapping[str, tuple[str, str]]) -> list[Read]:
    async with open_page(SCRIPT) as page:
        told = await page.evaluate("pairs => compare(pairs)", list(pairs.values()))
    return [Read(where, **one) for where, one in zip(pairs, told, strict=True)]


def real_texts(*columns: tuple[str, str]) -> list[tuple[str, str, str]]:
    """File, number and text of every row of a dump that has one."""
    found = []
    for file, attribute in columns:
        rows = etree.parse(DATA / "conlang-meta" / f"{file}.xml").getroot()
        found += [(file, str(row.get("Id")), str(row.get(attribute))) for row in rows if row.get(attribute)]
    return found


def chinese_comments() -> list[str]:
    with (DATA / "zh-comments" / "cold-test.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["TEXT"] for row in csv.DictReader(file)]


def shown(source: str) -> str:
    """All letters of what a reader is shown, by another parser than ours."""
    return "".join(map(str, etree.HTML(render_markdown(source, Site.at(SITE)).html).itertext()))


def spaced(text: str) -> str:
    """As HTML shows it: white space of any length is one space."""
    return " ".join(text.split())


def reason_of(source: str) -> str | None:
    """The first mark in ``source`` that explains why it is shown otherwise; none does where letters are missing."""
    if letters(unmarked(source)) != letters(shown(source)):
        return None
    return next((reason for reason, mark in MARKS.items() if mark.search(source)), None)


def unmarked(source: str) -> str:
    """``source`` without the letters that are marks and not shown."""
    return unescape(LIST_NUMBER.sub("", INLINE_LINK.sub(r"\1", source)))


def letters(text: str) -> str:
    """Letters and digits alone."""
    return "".join(letter for letter in text if letter.isalnum())
