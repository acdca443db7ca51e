"""Texts as they are served, and their links with what is known about their hosts now."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from content import excerpts
from content.links import Site, leave_path, speaking_text
from content.site_placeholder import served_html, served_link
from domain.rich_text import HostReputation, Link, LinkRisk, LinkRiskReason, RichText
from policy.link_risk import LinkWarning, reasons_of, risk_of, warning_for, with_reputation
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link, and what readers should know before they follow it."""

    url: str
    text: str | None
    host: str
    ascii_host: str
    is_external: bool
    risk: LinkRisk
    reasons: tuple[LinkRiskReason, ...]
    warning: LinkWarning | None
    leave_url: str | None


def html(context: Context, text: RichText) -> str:
    return shown_html(text, context.services.content.site)


def shown_html(text: RichText, site: Site) -> str:
    """As readers get it; its leaving pages know what links say that they must warn of."""
    return served_html(_telling(text), site.url)


def _telling(text: RichText) -> str:
    """The stored HTML, in which no leaving page knows what a link's text shows: those that must warn of it are told.

    Here and not in what is stored, so that it counts for old texts too.
    """
    html = text.html
    for link in text.links:
        if shown := speaking_text(link):
            # Percent-encoded all through: it stands in the HTML as it is, and ends with its attribute.
            html = html.replace(f'{leave_path(link.url)}"', f'{escape(leave_path(link.url, shown))}"')
    return html


def excerpt(_context: Context, text: RichText, length: int) -> str:
    return excerpts.excerpt(text.text, length)


async def links_of_texts(context: Context, texts: Sequence[RichText]) -> Sequence[Sequence[LinkView]]:
    flat = await link_views(context, [link for text in texts for link in text.links])
    remaining = iter(flat)
    return [[next(remaining) for _ in text.links] for text in texts]


async def link_views(context: Context, links: Sequence[Link]) -> Sequence[LinkView]:
    """Each link with its risk as its host stands now."""
    hosts = list(dict.fromkeys(link.ascii_host for link in links if link.is_external and link.ascii_host))
    known = dict(zip(hosts, await context.host_reputations(hosts), strict=True))
    return [link_view(context, link, known.get(link.ascii_host) or HostReputation()) for link in links]


def link_view(context: Context, link: Link, reputation: HostReputation) -> LinkView:
    """What to tell about ``link``, given what is known of its host."""
    site, verdict = context.services.content.site, reputation.verdict
    link = with_reputation(served_link(link, site), reputation)
    return LinkView(
        url=link.url,
        text=link.text,
        host=link.host,
        ascii_host=link.ascii_host,
        is_external=link.is_external,
        risk=risk_of(link, verdict),
        reasons=reasons_of(link, verdict),
        warning=warning_for(link, verdict, context.language),
        leave_url=site.url + leave_path(link.url, speaking_text(link)) if link.is_external else None,
    )
