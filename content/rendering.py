"""Text as members write it, turned once into the HTML that every reader gets."""

from collections.abc import Callable
from typing import Final

from content.complexity import bearable, check_html, check_links, check_markdown
from content.html_sanitizer import allowed_only, led_through_leaving_page, pictures_as_links, without_forbidden
from content.html_unicode_limits import limit_html_unicode
from content.links import Site
from content.markdown import markdown_to_html
from content.text_extraction import read
from domain.rich_text import RichText

#: From HTML of the allowed elements to what is kept.
STEPS: Final[tuple[Callable[[str, Site], str], ...]] = (
    without_forbidden,  # once more: `&#xFDD0;` has become the character itself by now
    pictures_as_links,
    led_through_leaving_page,
    limit_html_unicode,
)


def render_markdown(source: str, site: Site) -> RichText:
    """CommonMark with tables and strikethrough; HTML in it is shown, not obeyed. Raises TooIntricate."""
    check_markdown(source)
    source = without_forbidden(source, site)
    html = markdown_to_html(source)
    check_links(html)
    return _finished(allowed_only(without_forbidden(html, site)), site, source)


def render_html(html: str, site: Site) -> RichText:
    """HTML from elsewhere; what is not allowed is left out, what is nested too deep stands less deep.

    Raises TooIntricate.
    """
    html = allowed_only(bearable(without_forbidden(html, site)))
    check_html(html)  # once more: what was left open has begun anew in every block by now
    return _finished(html, site, None)


def _finished(html: str, site: Site, source: str | None) -> RichText:
    for step in STEPS:
        html = step(html, site)
    return read(html, site, source)
