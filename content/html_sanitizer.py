"""What of HTML may reach readers: an allow-list, links that lead out through our own page, and no pictures."""

from html import escape
from typing import Final

import nh3

from content.complexity import TooComplex, check_html
from content.links import Site, classify, leave_path
from content.markup import Part, parts_of
from content.site_placeholder import SITE_MARK
from domain.messages import Message
from policy.limits import MAX_LINKS_IN_HTML
from text.unicode_limits import FORBIDDEN

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
# fmt: on

# "*" is for every element: without the row nh3 lets `title` and `lang` through.
ALLOWED_ATTRIBUTES: Final = {"*": frozenset[str](), "a": frozenset({"href"}), "ol": frozenset({"start"})}
ALLOWED_SCHEMES: Final = frozenset({"http", "https", "mailto"})
EXTERNAL_REL: Final = "noopener noreferrer nofollow ugc"

_WITH_PICTURES: Final = nh3.Cleaner(
    tags=ALLOWED_TAGS | {"img"},
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={**ALLOWED_ATTRIBUTES, "img": frozenset({"src", "alt"})},
    url_schemes=ALLOWED_SCHEMES,
    link_rel=None,
)


def without_forbidden(text: str, _site: Site) -> str:
    """``text`` less what FORBIDDEN lists."""
    return FORBIDDEN.sub("", text)


def allowed_only(html: str) -> str:
    """Well-formed HTML of the allowed elements and, for one step, pictures."""
    return _WITH_PICTURES.clean(html)


def pictures_as_links(html: str, site: Site) -> str:
    """A picture from elsewhere would send readers' addresses there; a link lets them choose.

    Inside a link a picture's words stand alone.
    """
    if "<img" not in html:
        return html
    written, inside_link = [], False
    for part in parts_of(html):
        if part.name == "a":
            inside_link = not part.closes
        written += [_picture(part, site, inside_link) if part.name == "img" else part.tag, part.text]
    return "".join(written)


def led_through_leaving_page(html: str, site: Site) -> str:
    """Every URL parsed as browsers do; what leads away leads to the leaving page first. The last word is nh3's.

    Raises TooIntricate where that has grown beyond bounds: a link inside a link, as the parser allows across blocks,
    begins anew in each block when it is read again (14 became 1,702).
    """
    leading_out = _LeadingOut(site)
    led_through = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=EXTERNAL_REL,
        attribute_filter=leading_out,
    )
    if leading_out.links > MAX_LINKS_IN_HTML:
        raise TooComplex(Message.TOO_MANY_LINKS, most=MAX_LINKS_IN_HTML)
    if led_through.count("<") > html.count("<"):
        check_html(led_through)
    return led_through


def _picture(part: Part, site: Site, inside_link: bool) -> str:
    picture = part.attributes
    address, words = picture.get("src"), escape(picture.get("alt", "").strip())
    if inside_link or not address or classify(address, site) is None:
        return words
    return f'<a href="{escape(address)}">{words or escape(address)}</a>'


class _LeadingOut:
    """Tells nh3, attribute by attribute, what to write; it hands over a link's ``href`` before its own ``rel``."""

    def __init__(self, site: Site) -> None:
        self.links = 0
        """Found so far; past MAX_LINKS_IN_HTML they are not looked into, for the text is refused."""
        self._site = site
        self._leads_away = False

    def __call__(self, _tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            self.links += 1
            return self._stored(value) if self.links <= MAX_LINKS_IN_HTML else None
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
