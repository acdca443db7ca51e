"""Text as members write it, turned once into the HTML that every reader gets."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from content.addresses import ADDRESSES
from content.links import Site, classify, leave_path
from domain.text import Link, RichText

#: Stands in stored HTML where the site's address goes, so that the service may move without rendering anything again.
#: A noncharacter: no text may carry one, and authors' texts are freed of it.
SITE_MARK: Final = "\ufdd0"

# No text needs them: controls but for white space, lone surrogates, and noncharacters on every plane.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)

# fmt: off
ALLOWED_TAGS: Final = frozenset({
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "rp", "rt", "ruby", "s", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "u", "ul",
})
# What stands inside was never meant to be read as text. MathML and SVG open ways around a sanitiser.
DROPPED_WITH_CONTENT: Final = frozenset({
    "iframe", "math", "noembed", "noframes", "noscript", "script", "style", "svg", "template", "title",
})
BLOCKS: Final = frozenset({
    "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "thead", "tr", "ul",
})
# fmt: on
CELLS: Final = frozenset({"td", "th"})

# "*" is for every element: without the row nh3 lets `title` and `lang` through.
ALLOWED_ATTRIBUTES: Final = {"*": frozenset[str](), "a": frozenset({"href"}), "ol": frozenset({"start"})}
ALLOWED_SCHEMES: Final = frozenset({"http", "https", "mailto"})
EXTERNAL_REL: Final = "noopener noreferrer nofollow ugc"

# Nested brackets and quotes cost markdown-it time that grows with the depth; nobody reads the twenty-first quote.
MAX_NESTING: Final = 20


def render_markdown(source: str, site: Site) -> RichText:
    """CommonMark with tables and strikethrough; HTML in it is shown, not obeyed."""
    source = without_forbidden(source, site)
    return _rendered(MARKDOWN_STEPS, source, site, source)


def render_html(html: str, site: Site) -> RichText:
    """HTML from elsewhere; what is not allowed is left out."""
    return _rendered(HTML_STEPS, html, site, None)


def served_link(link: Link, site: Site) -> Link:
    """A stored link as it is on ``site`` now."""
    if link.is_external:
        return link
    return classify(served_html(link.url, site.url), site, link.text) or link


def served_html(html: str, site_url: str) -> str:
    """Stored ``html`` with the site's address filled in."""
    return html.replace(SITE_MARK, site_url)


# ---------------------------------------------------------------- the steps

Step = Callable[[str, Site], str]


def without_forbidden(text: str, _site: Site) -> str:
    """``text`` less what FORBIDDEN lists."""
    return FORBIDDEN.sub("", text)


def markdown_to_html(source: str, _site: Site) -> str:
    """What markdown-it makes of ``source``."""
    html: str = MARKDOWN.render(source)
    return html


def allowed_only(html: str, _site: Site) -> str:
    """Well-formed HTML of the allowed elements and, for one step, pictures."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS | {"img"},
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes={**ALLOWED_ATTRIBUTES, "img": frozenset({"src", "alt"})},
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )


def pictures_as_links(html: str, site: Site) -> str:
    """A picture from elsewhere would send readers' addresses there; a link lets them choose."""
    if "<img" not in html:
        return html
    rewriting = _PicturesAsLinks(site)
    rewriting.feed(html)
    rewriting.close()
    return "".join(rewriting.written)


def led_through_leaving_page(html: str, site: Site) -> str:
    """Every URL parsed as browsers do; what leads away leads to the leaving page first. The last word is nh3's."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=EXTERNAL_REL,
        attribute_filter=_LeadingOut(site),
    )


HTML_STEPS: Final = (
    without_forbidden,
    allowed_only,
    without_forbidden,  # once more: `&#xFDD0;` has become the character itself by now
    pictures_as_links,
    led_through_leaving_page,
)
MARKDOWN_STEPS: Final = (markdown_to_html, *HTML_STEPS)


def _rendered(steps: tuple[Step, ...], text: str, site: Site, source: str | None) -> RichText:
    for step in steps:
        text = step(text, site)
    reading = _Reading(site)
    reading.feed(text)
    reading.close()
    return RichText(html=text, text=_lines("".join(reading.pieces)), links=tuple(reading.links), source=source)


# ---------------------------------------------------------------- what the steps use


class _Markdown(MarkdownIt):
    """Leaves URLs as written: ada normalises them as browsers do, mdurl in its own way."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING})
        self.enable(["table", "strikethrough", "linkify"])
        self.linkify = ADDRESSES
        self.inline.ruler.at("linkify", _full_url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def _full_url(state: StateInline, silent: bool) -> bool:
    """Takes a URL before its underscores and stars can read as emphasis. Stands in for markdown-it's own rule, which
    searches all that precedes each colon: a second for 20,000 characters of ``https://a``.
    """
    scheme = next((scheme for scheme in ("https", "http") if state.pending[-5:].lower().endswith(scheme)), None)
    if scheme is None or state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    found = ADDRESSES.match_at(state.src, state.pos - len(scheme))
    if found is None or found.last_index > state.posMax:
        return False
    url = found.text.rstrip("*")  # more likely the end of **bold** around it
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        state.push("link_open", "a", 1).attrs = {"href": url}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos = found.index + len(url)
    return True


MARKDOWN: Final = _Markdown()


class _PicturesAsLinks(HTMLParser):
    """Copies what nh3 has written, with links in the place of pictures; inside a link, with their words alone."""

    def __init__(self, site: Site) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._site = site
        self._inside_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.written.append(self._link_to(dict(attrs)))
            return
        self._inside_link = self._inside_link or tag == "a"
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._inside_link = self._inside_link and tag != "a"
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def _link_to(self, picture: dict[str, str | None]) -> str:
        address, words = picture.get("src"), escape((picture.get("alt") or "").strip())
        if self._inside_link or not address or classify(address, self._site) is None:
            return words
        return f'<a href="{escape(address)}">{words or escape(address)}</a>'


class _LeadingOut:
    """Tells nh3, attribute by attribute, what to write; it hands over a link's ``href`` before its own ``rel``."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._leads_away = False

    def __call__(self, _tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return self._stored(value)
        if attribute == "rel":
            leads_away, self._leads_away = self._leads_away, False
            return value if leads_away else None
        return value if value.isascii() and value.isdecimal() else None  # a list's first number

    def _stored(self, href: str) -> str | None:
        link = classify(href, self._site)
        if link is None:
            return None
        self._leads_away = link.is_external
        return SITE_MARK + (leave_path(link.url) if link.is_external else link.url.removeprefix(self._site.url))


class _OpenLink(NamedTuple):
    """A link whose end is not read yet; across a table's cell a browser lets one stand inside another."""

    href: str | None
    piece: int
    place: int


class _Reading(HTMLParser):
    """Reads finished HTML as a person would: its text and, in their order, its links."""

    def __init__(self, site: Site) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self._site = site
        self._open: list[_OpenLink] = []
        self._keeps_lines = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)
        self._keeps_lines = self._keeps_lines or tag == "pre"
        if tag == "a":
            self._open.append(_OpenLink(dict(attrs).get("href"), len(self.pieces), len(self.links)))

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._keeps_lines = self._keeps_lines and tag != "pre"
        if tag == "a" and self._open:
            self._close(self._open.pop())

    def handle_data(self, data: str) -> None:
        self.pieces.append(data if self._keeps_lines else re.sub(r"\s+", " ", data))

    def _close(self, opened: _OpenLink) -> None:
        if opened.href is None:
            return
        words = " ".join("".join(self.pieces[opened.piece :]).split())
        link = classify(_target(opened.href, self._site), self._site, words)
        if link is not None:
            self.links.insert(opened.place, _movable(link, self._site))

    def _part(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append("\n")
        elif tag in CELLS:
            self.pieces.append(" ")


def _movable(link: Link, site: Site) -> Link:
    """An internal link as it is stored: it moves with the site."""
    return link if link.is_external else replace(link, url=SITE_MARK + link.url.removeprefix(site.url))


def _target(href: str, site: Site) -> str:
    """Where a stored ``href`` leads, the leaving page aside."""
    path = href.removeprefix(SITE_MARK)
    target = path.removeprefix(leave_path(""))
    return site.url + path if target == path else unquote(target)


def _lines(text: str) -> str:
    """One line a block, none empty, none with more than one space at a time."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
