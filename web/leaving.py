"""The leaving page: between a link in a member's text and the site it leads to.

It names the true host, says why it warns, and needs no script. It passes on by itself only to a host that moderators
trust at that moment; to a blocked one it offers no way.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import web

from content.links import LEAVE_PATH, SHOWN, Site, classify
from domain.language import Language
from domain.text import HostStanding, HostVerdict, Link, LinkRisk
from policy.link_risk import RISKS_WITHOUT_WARNING, reasons_in_words, risk_of, standing_as, words_for
from web.language import language_of

StandingOf = Callable[[str], Awaitable[HostStanding]]

#: 403 where moderators forbid the way on: the request was understood and is refused, and no crawler follows it.
STATUS_BY_RISK: Final = {LinkRisk.NEUTRAL: 200, LinkRisk.SUSPICIOUS: 200, LinkRisk.BLOCKED: 403}


def leaving_routes(site: Site, standing_of: StandingOf) -> list[web.RouteDef]:
    """GET /leave?to=…, with &shown=… where a link's text speaks against it.

    ``standing_of`` is asked for a host as it goes on the wire, at each request.
    """

    async def leave(request: web.Request) -> web.Response:
        language = language_of(request.headers.get("Accept-Language"))
        target = request.query.get("to")
        link = classify(target, site, request.query.get(SHOWN)) if target else None
        if link is None:
            return _answer(400, _unusable_page(language))
        # A mailbox has no host; our own needs no verdict.
        has_standing = link.is_external and link.ascii_host
        standing = await standing_of(link.ascii_host) if has_standing else HostStanding()
        link, verdict = standing_as(link, standing), standing.verdict
        risk = risk_of(link, verdict)
        if risk in RISKS_WITHOUT_WARNING:
            return web.Response(status=303, headers={**HEADERS, "Location": link.url})
        return _answer(STATUS_BY_RISK[risk], _leaving_page(link, verdict, language))

    return [web.get(LEAVE_PATH, leave)]


def _answer(status: int, page: str) -> web.Response:
    return web.Response(status=status, text=page, content_type="text/html", charset="utf-8", headers=HEADERS)


# ---------------------------------------------------------------- the page

PAGES: Final = Path(__file__).parent / "pages"


class Html(str):
    """Text that is HTML already; all other text is escaped on its way into a page."""

    __slots__ = ()


def _fill(template: Template, **values: str) -> Html:
    """``template`` with every value escaped that is not ``Html``."""
    return Html(
        template.substitute({k: v if isinstance(v, Html) else escape(v) for k, v in values.items()}),
    )


STYLE: Final = Html((PAGES / "leave.css").read_text(encoding="utf-8"))
PAGE: Final = Template((PAGES / "leave.html").read_text(encoding="utf-8"))
ROW: Final = Template('<dt>$label</dt><dd class="$kind"><bdi>$value</bdi></dd>')
WHY: Final = Template("<h2>$label</h2><ul>$sentences</ul>")
SENTENCE: Final = Template("<li>$sentence</li>")
REMINDER: Final = Template('<p class="reminder">$reminder</p>')
MESSAGE: Final = Template("<p>$message</p>")
WAY_ON: Final = Template('<a class="$rank" rel="noopener noreferrer nofollow ugc" href="$url">$label</a>')
WAY_BACK: Final = Template('<a class="$rank" href="/">$label</a>')

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # a verdict may change before the next visit
    "Vary": "Accept-Language",
}


@dataclass(frozen=True, slots=True)
class PageWords:
    """What the page says beside the warning itself."""

    lang: str
    site: str
    wire: str
    recipient: str
    address: str
    why: str
    go_on: str
    write_to: str
    go_back: str
    unusable_title: str
    unusable_message: str


PAGE_WORDS: Final[Mapping[Language, PageWords]] = {
    Language.ZH: PageWords(
        lang="zh-CN",
        site="前往的网站",
        wire="实际域名",
        recipient="收件人",
        address="完整网址",
        why="请留意",
        go_on="继续前往 {name}",
        write_to="写信给 {name}",
        go_back="返回本站",
        unusable_title="这个链接无法打开",
        unusable_message="网址缺失、不完整或过长，或者不是网页或邮件地址。",
    ),
    Language.EN: PageWords(
        lang="en",
        site="Where it leads",
        wire="True domain name",
        recipient="Recipient",
        address="Full address",
        why="Please note",
        go_on="Continue to {name}",
        write_to="Write to {name}",
        go_back="Back to this site",
        unusable_title="This link cannot be opened",
        unusable_message="The address is missing, incomplete or too long, or names no web page or mailbox.",
    ),
}


def _leaving_page(link: Link, verdict: HostVerdict | None, language: Language) -> Html:
    risk, words = risk_of(link, verdict), words_for(link, language)
    sentences = [_fill(SENTENCE, sentence=each) for each in reasons_in_words(link, verdict, language)]
    body = (
        _destination(link, risk, PAGE_WORDS[language]),
        _fill(WHY, label=PAGE_WORDS[language].why, sentences=_joined(*sentences)),
        _fill(REMINDER, reminder=words.reminder),
    )
    return _page(language, words.titles[risk], risk.value.lower(), _joined(*body), _ways(link, risk, language))


def _unusable_page(language: Language) -> Html:
    words = PAGE_WORDS[language]
    body = _fill(MESSAGE, message=words.unusable_message)
    return _page(language, words.unusable_title, "unusable", body, _fill(WAY_BACK, rank="first", label=words.go_back))


def _page(language: Language, title: str, mood: str, body: Html, ways: Html) -> Html:
    lang = PAGE_WORDS[language].lang
    return _fill(PAGE, lang=lang, title=title, style=STYLE, mood=mood, body=body, ways=ways)


def _destination(link: Link, risk: LinkRisk, words: PageWords) -> Html:
    """Where the link leads, from what people read to what goes on the wire."""
    rows = [_row(words.site if link.host else words.recipient, "name", _name(link))]
    if link.ascii_host != link.host:
        rows.append(_row(words.wire, "wire", link.ascii_host))
    if risk is not LinkRisk.BLOCKED:  # nothing to copy and paste
        rows.append(_row(words.address, "address", link.url))
    return Html(f"<dl>{_joined(*rows)}</dl>")


def _row(label: str, kind: str, value: str) -> Html:
    return _fill(ROW, label=label, kind=kind, value=value)


def _ways(link: Link, risk: LinkRisk, language: Language) -> Html:
    """On and back; the way that we would take ourselves comes first and stands out."""
    words = PAGE_WORDS[language]
    if risk is LinkRisk.BLOCKED:
        return _fill(WAY_BACK, rank="first", label=words.go_back)
    label = (words.go_on if link.host else words.write_to).format(name=_name(link))
    if risk is LinkRisk.SUSPICIOUS:
        return _joined(
            _fill(WAY_BACK, rank="first", label=words.go_back),
            _fill(WAY_ON, rank="second", url=link.url, label=label),
        )
    return _joined(
        _fill(WAY_ON, rank="first", url=link.url, label=label),
        _fill(WAY_BACK, rank="second", label=words.go_back),
    )


def _name(link: Link) -> str:
    return link.host or link.url.removeprefix("mailto:").partition("?")[0]


def _joined(*parts: Html) -> Html:
    return Html("".join(parts))
