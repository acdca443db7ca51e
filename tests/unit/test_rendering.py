"""What becomes of a member's text: safe HTML whose links lead out through our own page, plain text, and its links."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ada_url import URL
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from content.html_sanitizer import ALLOWED_TAGS, EXTERNAL_REL
from content.links import Site
from content.markdown import HELPERS
from content.rendering import render_html, render_markdown
from content.site_placeholder import SITE_MARK, served_html, served_link
from domain.rich_text import Link, LinkRiskReason, RichText
from policy.limits import MAX_NESTING
from text.unicode_limits import FORBIDDEN

SITE = Site.at("https://veranda.example")
PAYLOADS = Path(__file__).parents[2].parent / "shared" / "corpora" / "dompurify-expect.json"

OUT = f'rel="{EXTERNAL_REL}"'
TO_EXAMPLE = f'href="{SITE_MARK}/leave?to=https%3A%2F%2Fexample.com%2F" {OUT}'


def markdown(source: str) -> RichText:
    return render_markdown(source, SITE)


def imported(html: str) -> RichText:
    return render_html(html, SITE)


# ---------------------------------------------------------------- markdown


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("", "", ""),
        (" \n\t\n", "", ""),
        ("你好，**世界**", "<p>你好，<strong>世界</strong></p>\n", "你好，世界"),
        ("# 标题\n\n一\n二\n\n- 三\n- 四", None, "标题\n一 二\n三\n四"),
        ("~~a~~", "<p><s>a</s></p>\n", "a"),
        ("|a|b|\n|-|:-:|\n|c|d|", None, "a b\nc d"),
        ("```py\na\n  b\n```", "<pre><code>a\n  b\n</code></pre>\n", "a\nb"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n', "a\nb"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n", "<b onclick=x>a</b>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n", "[a](javascript:alert(1))"),
        ("[a](ftp://example.com)", "<p><a>a</a></p>\n", "a"),
        ("a&nbsp;&lt;b&gt; \u3000c", None, "a <b> c"),
    ],
)
def test_markdown_becomes_html_and_plain_text(source: str, html: str | None, text: str) -> None:
    body = markdown(source)

    assert html is None or body.html == html
    assert body.text == text
    assert body.source == source
    assert body.links == ()


def test_external_link_leads_through_the_leaving_page() -> None:
    assert markdown("[看](HTTPS://example.com)") == RichText(
        html=f"<p><a {TO_EXAMPLE}>看</a></p>\n",
        text="看",
        links=(
            Link(
                "https://example.com/",
                "看",
                "example.com",
                "example.com",
                is_external=True,
                reasons=(LinkRiskReason.EXTERNAL,),
            ),
        ),
        source="[看](HTTPS://example.com)",
    )


def test_internal_link_goes_straight_on_and_keeps_no_host() -> None:
    body = markdown("[a](/b/../c?d#e) [f](https://veranda.example/g)")

    assert body.html == f'<p><a href="{SITE_MARK}/c?d#e">a</a> <a href="{SITE_MARK}/g">f</a></p>\n'
    assert [(link.url, link.is_external) for link in body.links] == [
        (f"{SITE_MARK}/c?d#e", False),
        (f"{SITE_MARK}/g", False),
    ]


def test_site_may_move_without_rendering_again() -> None:
    stored = markdown("[a](/b) [c](https://example.com)").html

    assert served_html(stored, "http://127.0.0.1:9000") == (
        '<p><a href="http://127.0.0.1:9000/b">a</a> '
        f'<a href="http://127.0.0.1:9000/leave?to=https%3A%2F%2Fexample.com%2F" {OUT}>c</a></p>\n'
    )


def test_address_in_chinese_text_ends_at_the_full_width_comma() -> None:
    body = markdown("看这里https://example.com/路径，很好")

    assert body.text == "看这里https://example.com/路径，很好"
    assert [(link.url, link.text) for link in body.links] == [
        ("https://example.com/%E8%B7%AF%E5%BE%84", "https://example.com/路径")
    ]


@pytest.mark.parametrize(
    ("source", "urls"),
    [
        ("**https://example.com/__a__**", ["https://example.com/__a__"]),
        ("https://example.com/*a*b", ["https://example.com/*a*b"]),
        ("<https://example.com/a>", ["https://example.com/a"]),
        ("[a][1]\n\n[1]: https://example.com/a", ["https://example.com/a"]),
        ("<ann@example.com>", ["mailto:ann@example.com"]),
        ("[https://example.com](https://example.org)", ["https://example.org/"]),
        ("`https://example.com`", []),
        ("http\\://example.com/", []),
    ],
)
def test_links_are_found_where_markdown_allows_them(source: str, urls: list[str]) -> None:
    assert [link.url for link in markdown(source).links] == urls


def test_links_stand_in_document_order_with_the_text_the_reader_sees() -> None:
    body = markdown("[一 **二**](https://a.cn) [](https://b.cn) https://c.cn\n\n> [`四`](/d)")

    assert [(link.text, link.host) for link in body.links] == [
        ("一 二", "a.cn"),
        ("", "b.cn"),
        ("https://c.cn", "c.cn"),
        ("四", "veranda.example"),
    ]


def test_text_that_names_another_host_is_seen_in_the_rendered_link() -> None:
    link = markdown("[**https://bank**.com](https://example.com)").links[0]

    assert link.reasons == (LinkRiskReason.EXTERNAL, LinkRiskReason.TEXT_HOST_MISMATCH)


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (markdown("![猫](https://example.com/cat.png)"), [("https://example.com/cat.png", "猫")]),
        (
            markdown("![](https://example.com/cat.png)"),
            [("https://example.com/cat.png", "https://example.com/cat.png")],
        ),
        (markdown("[![猫](https://a.cn/cat.png)](https://b.cn/)"), [("https://b.cn/", "猫")]),
        (imported('<img src="https://a.cn/b" alt="&lt;i&gt;" onerror=x>'), [("https://a.cn/b", "<i>")]),
        (imported("<a href=https://b.cn/>x<img src=https://a.cn/ alt=y></a>"), [("https://b.cn/", "xy")]),
        (imported("<img src=data:image/png;base64,AA alt=z>"), []),
        (imported("<img alt=z>"), []),
    ],
)
def test_picture_becomes_a_link(body: RichText, links: list[tuple[str, str]]) -> None:
    assert "<img" not in body.html
    assert [(link.url, link.text) for link in body.links] == links


# ---------------------------------------------------------------- imported HTML


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ('<p style="x" class="y" id="z" title="t" lang="en" onclick="a()">b</p>', "<p>b</p>"),
        ("<script>a</script><style>b</style>c", "c"),
        ("<svg><a href=https://a.cn>b</a></svg><math><mi>c</mi></math>d", "d"),
        ("<font color=red>a</font><center>b</center>", "ab"),
        ("<a href='java&#10;script:a()'>b</a>", "<a>b</a>"),
        ("<a name=b href=https://example.com rel=opener target=_blank>c</a>", f"<a {TO_EXAMPLE}>c</a>"),
        ("<a>b</a><a href=/c>d</a>", f'<a>b</a><a href="{SITE_MARK}/c">d</a>'),
        ('<ol start="1e3" type=a><li>b</ol>', "<ol><li>b</li></ol>"),
        ("<blockquote cite=javascript:a()>b</blockquote>", "<blockquote>b</blockquote>"),
        ("<form action=https://a.cn><input name=b><button>c</button></form>", "c"),
        ("a<!-- b -->c", "ac"),
    ],
)
def test_only_what_is_allowed_comes_through(html: str, stored: str) -> None:
    body = imported(html)

    assert body.html == stored
    assert body.source is None


def test_link_inside_a_link_is_listed_too() -> None:
    body = imported("<a href=https://a.cn>b<table><tr><td><a href=https://c.cn>d</a></td></tr></table></a>")

    assert [link.host for link in body.links] == ["a.cn", "c.cn"]


# ---------------------------------------------------------------- forbidden characters


@pytest.mark.parametrize("mark", [SITE_MARK, "&#xFDD0;", "&#64976;", "\x00", "\ufffe", "\U0010ffff", "\ud800", "\x07"])
def test_nobody_can_write_the_mark_or_its_kin(mark: str) -> None:
    for body in (markdown(f"a{mark}b [c]({mark}/leave?to=d)"), imported(f"a{mark}b <a href='{mark}/x'>c</a>")):
        visible = body.html.replace(f'href="{SITE_MARK}', "")

        assert not FORBIDDEN.search(visible)
        assert not FORBIDDEN.search(body.text + (body.source or ""))


def test_white_space_and_every_script_stay() -> None:
    kept = "a\t中文 👩\u200d👧 é \u202e \u00a0"

    assert markdown(kept).source == kept


# ---------------------------------------------------------------- hostile input


def assert_harmless(body: RichText) -> None:
    """As another parser reads it: allowed elements, three attributes, and links that stay on this site."""
    html = served_html(body.html, SITE.url)
    for element in etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(huge_tree=True)).iter(etree.Element):
        assert element.tag in ALLOWED_TAGS | {"html", "body", "div"}
        assert set(element.attrib) <= {"href", "rel", "start"}
        href = str(element.get("href", SITE.url))
        assert URL(href).origin == SITE.url
        assert element.get("rel") == (EXTERNAL_REL if href.startswith(SITE.url + "/leave?to=") else None)
    assert html.count("<a href=") == len(body.links)
    served = [served_link(link, SITE) for link in body.links]
    assert all(URL(link.url).protocol in {"http:", "https:", "mailto:"} for link in served)


@pytest.mark.skipif(not PAYLOADS.exists(), reason=f"no DOMPurify payloads at {PAYLOADS}")
def test_no_dompurify_payload_survives() -> None:
    payloads = [case["payload"] for case in json.loads(PAYLOADS.read_text(encoding="utf-8"))]

    for payload in payloads:
        assert_harmless(imported(payload))
        assert_harmless(markdown(payload))
        assert_harmless(imported(served_html(imported(payload).html, SITE.url)))

    assert len(payloads) == 223


PIECES = st.sampled_from(
    [
        *"<>\"'&=/ \n[]()!`*_",
        "<a href=", "<img src=", "<table>", "<td>", "</a>", "<svg>", "<math>", "<style>", "<!--", "-->", "<p>", "<b>",
        "javascript:a()", "https://a.cn", "/leave?to=", "//b.cn", "&#xFDD0;", SITE_MARK, "onclick=a()", "，", "中", "x",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_mixture_of_hostile_pieces_comes_through(text: str) -> None:
    assert_harmless(markdown(text))
    assert_harmless(imported(text))


def test_final_html_is_what_the_sanitiser_wrote() -> None:
    """Rendering what was served changes nothing: no step after the sanitiser spoils its work."""
    run_idempotent = imported("<p>a &amp; b<a href=https://example.com/?a=1&b=2>c</a><img src=/d></p>").html

    assert imported(served_html(run_idempotent, SITE.url)).html == run_idempotent


def test_deeply_nested_html_loses_no_text() -> None:
    class Text(HTMLParser):
        seen = ""

        def handle_data(self, data: str) -> None:
            self.seen += data

    body = imported("<div>" * 2_000 + "深" + "</div>" * 2_000)
    text = Text()
    text.feed(body.html)

    assert (body.text, text.seen.strip()) == ("深", "深")


_BRACKETS = (*"[]()`*\\x\n", "](b)", "![", "[a]", "[a](b)", "[r]", "[r][", "<b:c>", "&lt;")


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(_BRACKETS), max_size=40).map("".join))
def test_links_end_where_markdown_it_says(text: str) -> None:
    theirs, ours = (MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING + 2}) for _ in range(2))
    ours.helpers = HELPERS
    text += "\n\n[r]: /r\n"

    assert ours.render(text) == theirs.render(text)


def test_a_link_inside_a_link_has_its_words_for_itself() -> None:
    """A browser lets one stand there across a table's cell; whoever clicks its words follows it, not the outer one."""
    body = imported("<a href=https://a.example/>one <table><td><a href=https://b.example/>two</a></table> three</a>")

    assert [(link.url, link.text) for link in body.links] == [
        ("https://a.example/", "one three"),
        ("https://b.example/", "two"),
    ]
