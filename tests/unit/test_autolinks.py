"""Which addresses in running text become links, and where each begins and ends."""

import re
import time
from pathlib import Path
from typing import Final

import pytest

from content.autolinks import ADDRESSES
from content.links import Site
from content.rendering import render_markdown
from domain.rich_text import MAX_URL_LENGTH

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"


def written(text: str) -> list[str]:
    return [found.text for found in ADDRESSES.match(text)]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("看这里https://example.com/路径，很好", ["https://example.com/路径"]),
        ("访问example.com吧", ["http://example.com"]),
        ("（见www.example.com/a）。", ["http://www.example.com/a"]),
        ("https://例子.中国/a 和 例子.中国", ["https://例子.中国/a", "http://例子.中国"]),
        ("a https://b.cn/(c) d.cn/e?f=g. h", ["https://b.cn/(c)", "http://d.cn/e?f=g"]),
        ('["https://a.cn/b","HTTPS://c.cn"]', ["https://a.cn/b", "HTTPS://c.cn"]),
        ("（https://a.example/x)，“b.example”", ["https://a.example/x", "http://b.example"]),
        ("main.py README.md node.js e.g. v1.2.3 1.5.0 file.txt", []),
        ("ftp://b.cn //b.cn /a/b.cn a:b.cn @b.cn", []),
        ("b.cn:500000 https://b.cn:65536 https://用户@b.cn", []),
        ("https://b.cn/" + "a" * MAX_URL_LENGTH + "/c.cn", []),
        ("https://" + "a." * 127 + "cn", []),
        # the host ends where Chinese begins ...
        ("https://example.com很好，b.cn很好.谢谢", ["https://example.com", "http://b.cn"]),
        ("https://a.cn.很好 b.cn.很好 https://c.cn...很好", ["https://a.cn", "http://b.cn", "https://c.cn"]),
        ("https://localhost:8000。https://localhost很好", ["https://localhost:8000", "https://localhost"]),
        ("https://a.cn" + "很好" * 200, ["https://a.cn"]),
        ("https://a.cn👈 👉b.cn👈", ["https://a.cn", "http://b.cn"]),
        ("https://例子.中国abc", ["https://例子.中国"]),
        # ... unless a root is yet to come
        ("https://qq邮箱.com/很好", ["https://qq邮箱.com/很好"]),
        ("看https://a.b例子c.com吧", ["https://a.b例子c.com"]),
        ("http://नहीं.com/x https://ไทย.ไทย/", ["http://नहीं.com/x", "https://ไทย.ไทย/"]),
        # without a scheme Chinese stands alone and ends in what is no plain word
        ("「例子.中国」淘宝.com", ["http://例子.中国", "http://淘宝.com"]),
        ("请看例子.中国吧 qq邮箱.com 他说.好的 他说.公司 main.py.很好", []),
        ("www.例子.公司 例子.公司/a", ["http://www.例子.公司", "http://例子.公司/a"]),
        # the path ends where Chinese begins ...
        ("https://a.cn/b很好 https://a.cn/b_(c)很好", ["https://a.cn/b", "https://a.cn/b_(c)"]),
        ("https://a.cn/b,很好 c.cn/d.很好 'e.cn/f'很好", ["https://a.cn/b", "http://c.cn/d", "http://e.cn/f"]),
        ("https://a.cn/b(很好) https://a.cn/b: https://a.cn?很好", ["https://a.cn/b"] * 2 + ["https://a.cn"]),
        ("https://a.cn/b😀很好 https://a.cn/b\u200b很好 https://a.cn/b\u202ec", ["https://a.cn/b"] * 3),
        # ... unless a part of it begins there
        ("https://a.cn/维基:首页?q=中文&b#题", ["https://a.cn/维基:首页?q=中文&b#题"]),
        # no user name reaches back over Chinese
        ("https://a.cn，找ann@b.cn https://c.cn很好@d.cn", ["https://a.cn", "https://c.cn"]),
        ("https://me:x@a.cn/", ["https://me:x@a.cn/"]),
    ],
)
def test_addresses_are_found_also_where_chinese_leaves_no_space(text: str, urls: list[str]) -> None:
    found = ADDRESSES.match(text)

    assert [address.url for address in found] == urls
    assert [text[address.index : address.last_index] for address in found] == [address.text for address in found]
    assert [ADDRESSES.match_at(text, address.index) for address in found] == found


# ---------------------------------------------------------------- Chinese punctuation

MARKS: Final = (
    "，。、；：？！…⋯—–―～〜·・‧•「」『』﹁﹂﹃﹄“”‘’〝〞（）《》〈〉【】〔〕〖〗〘〙〚〛｛｝［］｟｠﹏＿＂＇／＼｜＠＃＄￥％＆＊＋－＝"
    "＜＞＾｀．｡､｢｣･﹐﹑﹒﹔﹕﹖﹗︰⸺※§°→★●▶☆　"
)
SHAPES: Final = (
    "https://a.example",
    "HTTP://A.EXAMPLE",
    "https://a.example/",
    "https://a.example/x",
    "https://a.example/x.html",
    "https://a.example/x/",
    "https://a.example/x_(y)",
    "https://a.example/x-",
    "https://a.example/~me",
    "https://a.example/x?y=1&z=%E8%B7%AF",
    "https://a.example/?y=路",
    "https://a.example?y=1,2",
    "https://a.example#y",
    "https://a.example/x#路",
    "https://a.example/路径",
    "https://a.example/路/径.html",
    "https://a.example:8443",
    "https://a.example:8443/x",
    "https://me@a.example/x",
    "https://127.0.0.1/x",
    "http://localhost:8000",
    "https://xn--fsqu00a.xn--fiqs8s",
    "https://例子.中国",
    "https://例子.中国/路",
    "https://qq邮箱.com",
    "https://www.中国abc.cn/x",
    "a.example",
    "www.a.example",
    "a.cn/x",
    "sub.a-b.com.cn:8443/x?y#z",
    "例子.中国",
    "例子.中国/路径",
)
BEFORE: Final = ("", "看", "请看，", "see ", "(", "https://b.cn/c ")
AFTER: Final = ("", "很好", "abc", "1", "。", ")", " x", "https://b.cn/c")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_chinese_mark_is_taken_into_an_address_or_hides_one(shape: str) -> None:
    mistakes = [
        text
        for mark in MARKS
        for before in BEFORE
        for after in AFTER
        for text in (before + mark + shape + mark + after,)
        if [address for address in written(text) if "b.cn" not in address] != [shape]
    ]

    assert mistakes == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if "://" in shape])
def test_scheme_needs_no_mark_before_it(shape: str) -> None:
    mistakes = [
        text for mark in MARKS for text in (f"看{shape}{mark}很好", f"{shape}{mark}") if written(text) != [shape]
    ]

    assert mistakes == []


# ---------------------------------------------------------------- e-mail addresses

SITE = Site.at("https://veranda.example")


@pytest.mark.parametrize(
    ("source", "urls"),
    [
        ("ann@example.com", []),
        ("邮箱ann@example.com，或者bob@mail.example.org吧", []),
        ("test@http://a.cn ann@b.cn吧https://c.cn", ["http://a.cn/", "https://c.cn/"]),
        ("<ann@example.com>", ["mailto:ann@example.com"]),
        ("[写信](mailto:ann@example.com)", ["mailto:ann@example.com"]),
        ("写信到mailto:ann@example.com。", ["mailto:ann@example.com"]),
        ("MAILTO:ann@例子.中国", ["mailto:ann@%E4%BE%8B%E5%AD%90.%E4%B8%AD%E5%9B%BD"]),
    ],
)
def test_mail_address_is_a_link_only_where_its_author_wrote_one(source: str, urls: list[str]) -> None:
    body = render_markdown(source, SITE)

    assert [link.url for link in body.links] == urls


# ---------------------------------------------------------------- markdown-it's own cases

LINKS = CORPORA / "linkify-it-links.txt"
NOT_LINKS = CORPORA / "linkify-it-not_links.txt"
needs_corpora = pytest.mark.skipif(not LINKS.exists(), reason=f"no cases at {LINKS}")

NO_SCHEME = "`//` opens a comment oftener than a link"
FTP = "browsers no longer open it"
VERSION = "four numbers are a version's oftener than a host's"
POINTING = "a symbol before a host points at it: 👉example.com"
MAIL = "an e-mail address stays text (docs/decisions/0010-email-links.md)"

UNLIKE_LINKIFY: Final = {
    "//localhost": NO_SCHEME,
    "//test.123": NO_SCHEME,
    "//example.com": NO_SCHEME,
    "ftp://example.com": FTP,
    "4.4.4.4": VERSION,
    "192.168.1.1/abc": VERSION,
    "➡.ws/䨹": POINTING,
    "user@domain.com": MAIL,
    'test."foo".bar@gmail.co.uk': MAIL,
    "test@example.com": MAIL,
    "name@example.com": MAIL,
    "foo+bar@gmail.com": MAIL,
    "192.168.1.1@gmail.com": MAIL,
    "email@example.com": MAIL,
    "test@google.com": MAIL,
}


def linkify_cases() -> list[tuple[str, str]]:
    """Each text with the address expected first in it: on the next line, or the text itself."""
    lines = "\n".join(re.sub("^%.*", "", line) for line in LINKS.read_text(encoding="utf-8").split("\n"))
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", lines.strip())]
    return [(block[0], block[-1]) for block in blocks]


@needs_corpora
def test_linkify_finds_nothing_that_we_miss_but_what_is_listed() -> None:
    cases = linkify_cases()

    missed = {expected for text, expected in cases if written(text)[:1] != [expected]}

    assert missed == set(UNLIKE_LINKIFY)
    assert len(cases) == 117


@needs_corpora
def test_what_linkify_leaves_alone_we_leave_alone() -> None:
    lines = [line for line in NOT_LINKS.read_text(encoding="utf-8").split("\n") if line and not line.startswith("%")]

    assert [(line, written(line)) for line in lines if written(line)] == []
    assert len(lines) == 38


# ---------------------------------------------------------------- time

LONG: Final = 100_000
BENIGN: Final = "今天天气很好，we read https://example.com/路径?q=1 and a.cn。晚上再见. "


def seconds(piece: str) -> float:
    text = (piece * LONG)[:LONG]
    started = time.process_time()
    ADDRESSES.match(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    "piece",
    [
        *".:@[(中a\"'`-_/?#。",
        "$a.com", "https://", "https://a", "https://x:x@", "https://-", "https://用户@", "http", "www.", "xn--", "a@",
        "a.b@", "mailto:", "mailto:a@", "a.", "中.", "中a", "a-", "-a", "a:1", "a中.cn", "a.cn中", "a.cn ", "，a.cn",
        "a.cn👈", "例子.中国 ", "a.cn.很好.", "a.cn:500000", "a.cn/)", "a.cn/(", "a.cn/[", "a.cn/{", "a.cn/'", 'a.cn/"',
        "a.cn/(b.cn/[c.cn/{", "a.cn/'a'", "a.cn/(a)", "a.cn/!", "a.cn/..", "a.cn?", "a.cn/,", "https://a.cn/",
        "https://a.cn/)", "https://a.cn/x,很好", "https://a.cn中", "https://中a", "https://a.cn-中.b",
        "https://a.cn/" + "(" * 50, "https://" + "a中" * 100 + ".cn/", "." * 253 + "a@",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_whatever_is_repeated(piece: str) -> None:
    """Against a harmless text as long: the slowest took 2.9 times its 0.05 s, and one of these took 20 times once."""
    benign = min(seconds(BENIGN) for _ in range(3))

    assert min(seconds(piece) for _ in range(2)) < 10 * benign
