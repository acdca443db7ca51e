"""Texts that attack their readers: every way known to us to run a script from markup, and every spelling of it.

Each carries a payload that calls ``alert``. Those by schemes and elements that ran in other browsers, or in older ones,
are here too: they may not pass either.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile ``source``, and what becomes of it where nobody sanitises."""

    source: str
    obeyed: str


def hostile_cases() -> list[Case]:
    """The same ones in every run, in the same order."""
    html = [*_handlers(), *_addresses(), *_mutations()]
    html += [*_nested(random.Random(5), html), *SINGLE_HTML]
    markdown = [*_markdown(random.Random(5)), *SINGLE_MARKDOWN]
    cases = [Case(source, source) for source in html] + [Case(source, OBEDIENT.render(source)) for source in markdown]
    return list(dict.fromkeys(cases))


class _Obedient(MarkdownIt):
    """Obeys HTML and follows every scheme."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True})
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - as markdown-it calls it
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url


OBEDIENT: Final = _Obedient()

# ---------------------------------------------------------------- handlers

#: Where a handler may stand; some run by themselves, some when they are touched.
HANDLED: Final = (
    "<img src=x onerror{}>", "<image src=x onerror{}>", "<svg onload{}></svg>", "<svg><g onload{}></g></svg>",
    "<svg><animate onbegin{} attributeName=x dur=1s></svg>", "<svg><a tabindex=0 onfocus{}><text>看</text></a></svg>",
    "<math onclick{}><mi>看</mi></math>", "<iframe onload{}></iframe>", "<object data=x onerror{}></object>",
    "<embed src=x onload{}>", "<video src=x onerror{}></video>", "<video><source src=x onerror{}></video>",
    "<audio src=x onerror{}></audio>", "<link rel=stylesheet href=x onerror{}>", "<script src=x onerror{}></script>",
    "<style onload{}>a{{}}</style>", "<body onload{}>", "<body onpageshow{}>", "<input autofocus onfocus{}>",
    "<textarea onfocus{}>看</textarea>", "<select onfocus{}><option>看</select>", "<button onclick{}>看</button>",
    "<form onsubmit{}><button>看</button></form>", "<details open ontoggle{}>看</details>",
    "<marquee onstart{}>看</marquee>", "<style>@keyframes k{{}}</style><i style=animation:k onanimationstart{}>看</i>",
    "<b onmouseover{}>看</b>", "<p onpointerenter{}>看</p>", "<a href=/a onclick{}>看</a>",
    "<a href=/a onfocus{}>看</a>", "<table><tr><td onmouseover{}>看</td></tr></table>",
    "<ruby onclick{}>看<rt onclick{}>kàn</rt></ruby>", "<x-看 onclick{}>看</x-看>",
    "<x-y contenteditable onfocus{}>看</x-y>",
)  # fmt: skip

#: How it may be written.
WRITTEN: Final = (
    '="alert(1)"', "='alert(1)'", "\n=\talert`1`", '="&#97;lert&lpar;1&rpar;"', "='&#x0061lert(1)'",
    '="\\u0061lert(1)"', '="/*你好，*/alert(1)//世界"', "=\"self['al'+'ert'](1)\"", "=\"eval(atob('YWxlcnQoMSk='))\"",
)  # fmt: skip


def _handlers() -> Iterator[str]:
    for number, (place, written) in enumerate(product(HANDLED, WRITTEN)):
        yield RESPELT[number % len(RESPELT)](place).replace("{}", written).replace("{{}}", "{}")


#: Of tags and attributes; the payload is put in afterwards.
RESPELT: Final = (
    lambda tag: tag,
    lambda tag: tag.upper().replace("KEYFRAMES", "keyframes"),
    lambda tag: tag.replace(" on", " /on"),
    lambda tag: tag.replace(" on", "\n\ton"),
    lambda tag: tag.replace(" on", " 看=看 on"),
    lambda tag: "<p>你好，" + tag,
    lambda tag: tag.replace(" on", "\fon"),
)

# ---------------------------------------------------------------- schemes

#: What brings a reader, or the browser by itself, to an address.
CARRIERS: Final = (
    '<a href="{}">看</a>', "你好<a\nhref='{}'\n>看</a>，世界", '<A HREF="{}" target=_self>看</A>',
    '<svg><a xlink:href="{}"><text>看</text></a></svg>', '<svg><a href="{}"><text>看</text></a></svg>',
    '<map name=m><area href="{}"></map>', '<form action="{}"><button>看</button></form>',
    '<form><button formaction="{}">看</button></form>', '<form><input type=submit formaction="{}"></form>',
    '<iframe src="{}"></iframe>',
)  # fmt: skip
#: Followed in other browsers.
OTHER_CARRIERS: Final = (
    '<object data="{}"></object>', '<embed src="{}">', '<img src="{}">', '<table background="{}">看</table>',
    '<svg><a><animate attributeName=href values="{}"/><text>看</text></a></svg>', '<math><mi href="{}">看</mi></math>',
    '<q cite="{}">看</q>',
)  # fmt: skip

#: Run in every browser where it follows them.
SCRIPTS: Final = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\tjavascript:alert(1)", "  javascript:alert(1)", "\x01javascript:alert(1)", "\x1f\x10javascript:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)",
    "java&Tab;script&colon;alert(1)", "j&#10;a&#13;v&#9;ascript:alert(1)", "java&NewLine;script:alert(1)",
    "javascript&colon;alert&lpar;1&rpar;", "javascript://%0aalert(1)", "javascript://a.cn/%0Aalert(1)//，",
    "javascript:/*你好*/alert(1)", "javascript:%61lert(1)", "&#14;javascript:alert(1)",
    "javascript:alert(1)//https://veranda.example/",
)  # fmt: skip

#: Ran once, run in frames alone, or only look the part.
OTHERS: Final = (
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22alert(1)%22/%3E", "vbscript:alert(1)",
    "view-source:javascript:alert(1)", "feed:javascript:alert(1)", "ｊavascript:alert(1)", "javascript：alert(1)",
)  # fmt: skip


def _addresses() -> Iterator[str]:
    for carriers, addresses in ((CARRIERS, SCRIPTS), (CARRIERS[:2], OTHERS), (OTHER_CARRIERS, SCRIPTS[:3])):
        for carrier, address in product(carriers, addresses):
            yield carrier.replace("{}", address)


# ---------------------------------------------------------------- mutations

#: Elements that are read by other rules than those they are written by.
FOREIGN: Final = (
    "", "<svg>", "<math>", "<svg></p>", "<math></br>", "<svg><desc>", "<svg><foreignObject>", "<math><mtext>",
    "<math><annotation-xml encoding=text/html>", "<math><mtext><table><mglyph>",
    "<form><math><mtext></form><form><mglyph>", "<svg><title><svg>", "<table><math>", "<p><svg><desc><b>",
)  # fmt: skip
RAW: Final = ("style", "title", "textarea", "noscript", "xmp", "iframe", "noembed", "noframes", "script")
HIDDEN: Final = (
    '<{raw}><a id="</{raw}><img src=x onerror=alert(1)>">看',
    "<{raw}><!--</{raw}><img src=x onerror=alert(1)>-->看",
)


def _mutations() -> Iterator[str]:
    for foreign, raw, hidden in product(FOREIGN, RAW, HIDDEN):
        yield foreign + hidden.replace("{raw}", raw)


#: What fits no table.
SINGLE_HTML: Final = (
    "<script>alert(1)</script>", "<SCRIPT >alert(1)</SCRIPT >", "<script/x>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>", "<svg><script>alert&#40;1&#41;</script></svg>",
    "<script type=module>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "<<img src=x onerror=alert(1)>",
    "<p>看<img src=x onerror=alert(1)//", "<img src=x onerror=alert(1)", "<img src='x`' onerror='alert(1)'>",
    "<p title='</p><img src=x onerror=alert(1)>'>", "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>", "<!--x--!><img src=x onerror=alert(1)>", "<?x ><img src=x onerror=alert(1)>",
    "<![CDATA[><img src=x onerror=alert(1)>]]>", "<svg><![CDATA[</svg><img src=x onerror=alert(1)>]]>",
    "</textarea><img src=x onerror=alert(1)>",
    "</title></style></noscript></template></select><img src=x onerror=alert(1)>",
    "<a href=/a><table><a href='javascript:alert(1)'>看</a></table></a>",
    "<template><img src=x onerror=alert(1)></template>",
    "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<base href='javascript:/a/'><a href=',alert(1)'>看</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<iframe srcdoc='<img src=x onerror=alert(1)>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data='/a'><img src=x onerror=alert(1)></object>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<math><mi><mglyph><svg><mtext><style><a title='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a id='</style><img src=x onerror=alert(1)>'></style>",
    *("<div>" * depth + "<img src=x onerror=alert(1)>" for depth in (100, 511, 513)),
    *("<p><b>" * depth + "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>" for depth in (9, 256)),
    *("<table><tr><td>" * depth + "<svg><desc><img src=x onerror=alert(1)>" for depth in (2, 170)),
    *("<a href=/a>看" * depth + "<img src=x onerror=alert(1)>" for depth in (2, 30)),
    "<\x00img src=x onerror=alert(1)>", "<img\x00 src=x onerror=alert(1)>", "<img src=x onerror=\x00alert(1)>",
    "<img src=x on\x00error=alert(1)>", "<a href='\x00javascript:alert(1)'>看</a>",
    "<a href='java\x00script:alert(1)'>看</a>", "＜img src=x onerror=alert(1)＞", "&lt;img src=x onerror=alert(1)&gt;",
    "\ufeff<img src=x onerror=alert(1)>",
)  # fmt: skip

NESTS: Final = (
    "<p>{}</p>", "<b>你好{}</b>", "<blockquote>{}", "<ul><li>{}</ul>", "<table><tr><td>{}</td></tr></table>",
    "<table>{}</table>", "<a href=https://a.cn/>{}</a>", "<h1>{}</h2>", "<pre>{}</pre>", "<code>{}",
    "<font color=red>{}</font>", "<div><p>{}</div>", "<ruby>看<rt>{}</ruby>", "，{}。", "<!-- 看 -->{}<!--",
    "</p></b>{}", "<dl><dt>{}<dd>", "<center><i>{}</center></i>",
)  # fmt: skip


def _nested(chance: random.Random, sources: list[str]) -> Iterator[str]:
    for source in chance.sample(sources, 150):
        nested = source
        for nest in chance.choices(NESTS, k=chance.randint(1, 4)):
            nested = nest.replace("{}", nested)
        yield nested


# ---------------------------------------------------------------- Markdown

MARKDOWN: Final = (
    "[看]({})", "[看](<{}>)", "[看](<{}> '题')", "[![图](https://a.cn/i.png)](<{}>)", "[看][1]\n\n[1]: <{}>",
    "[看]\n\n[看]: {} (题)", "[**看** `点`](<{}>)", "<a href='{}'>看</a>", "<div>\n\n[看](<{}>)\n\n</div>",
)  # fmt: skip
#: Links by other renderers, or by none.
OTHER_MARKDOWN: Final = ("![图]({})", "<{}>", "看{}，很好", "看 {}", "[看] ({})", "[[{}]]")
WRAPPED: Final = (
    "{}", "你好，{}。世界", "> {}", "- {}", "3. {}", "# {}", "|题|\n|-|\n|{}|", "**{}**", "~~{}~~", "> - 看\n>   {}",
)  # fmt: skip


def _markdown(chance: random.Random) -> Iterator[str]:
    for forms, addresses in ((MARKDOWN, (*SCRIPTS, *OTHERS)), (OTHER_MARKDOWN, SCRIPTS[:5])):
        for form, address in product(forms, addresses):
            wrapped = chance.choice(WRAPPED) if "\n" not in form + address else "{}"
            yield wrapped.replace("{}", form.replace("{}", address))


SINGLE_MARKDOWN: Final = (
    '[看](https://a.cn/"onmouseover="alert(1))', "[看](https://a.cn 'x\" onmouseover=\"alert(1)')",
    '![x" onerror="alert(1)](x)', '<https://a.cn/"onmouseover="alert(1)>', "https://a.cn/'onmouseover='alert(1)",
    '```"onmouseover="alert(1)\n看\n```', "[看](javascript:alert&#40;1&#41;)", "[看](javascript:alert\\(1\\))",
    "[a\\](javascript:alert(1))](javascript:alert(1))", "[看](  javascript:alert(1)  )",
    "[看](\x01javascript:alert(1))", "[看](\u00a0javascript:alert(1))",
    "`<img src=x onerror=alert(1)>`<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)>",
    "<img src=x\n\nonerror=alert(1)>", "<!-- 看 --><img src=x onerror=alert(1)>", "看<img src=x onerror=alert(1)>看",
    "<details open ontoggle=alert(1)>\n\n看\n\n</details>", "[<img src=x onerror=alert(1)>](/a)",
    "![<img src=x onerror=alert(1)>](/a)", "[看](/a '<img src=x onerror=alert(1)>')",
    "|<img src=x onerror=alert(1)>|\n|-|\n|看|", "* <svg onload=alert(1)>\n* 看",
    "<svg><style>\n</style><img src=x onerror=alert(1)>",
)  # fmt: skip
