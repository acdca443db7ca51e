"""Stored texts name no address of this site, so that the service may move without rendering anything again."""

from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from content.links import Site, classify, leave_path
from domain.rich_text import Link

#: Stands in stored HTML where the site's address goes. A noncharacter: no text may carry one, and authors' texts are
#: freed of it.
SITE_MARK: Final = "\ufdd0"


def served_html(html: str, site_url: str) -> str:
    """Stored ``html`` with the site's address filled in."""
    return html.replace(SITE_MARK, site_url)


def served_link(link: Link, site: Site) -> Link:
    """A stored link as it is on ``site`` now."""
    if link.is_external:
        return link
    return classify(served_html(link.url, site.url), site, link.text) or link


def stored_link(href: str, words: str, site: Site) -> Link | None:
    """The link that a stored ``href`` makes of ``words``; an internal one moves with the site."""
    link = classify(_target(href, site), site, words)
    if link is None or link.is_external:
        return link
    return replace(link, url=SITE_MARK + link.url.removeprefix(site.url))


def _target(href: str, site: Site) -> str:
    """Where a stored ``href`` leads, the leaving page aside."""
    path = href.removeprefix(SITE_MARK)
    target = path.removeprefix(leave_path(""))
    return site.url + path if target == path else unquote(target)
