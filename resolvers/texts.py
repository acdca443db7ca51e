"""Texts as they are served, and their links with what is known about their hosts now."""

from collections.abc import Sequence
from dataclasses import dataclass

from content import excerpts
from content.links import leave_path
from content.moving import served_html, served_link
from domain.text import HostVerdict, Link, LinkRisk, LinkRiskReason, RichText
from policy.link_risk import LinkWarning, reasons_of, risk_of, warning_for
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
    return served_html(text.html, context.desks.content.site.url)


def excerpt(_context: Context, text: RichText, length: int) -> str:
    return excerpts.excerpt(text.text, length)


async def links_of_texts(context: Context, texts: Sequence[RichText]) -> Sequence[Sequence[LinkView]]:
    flat = await link_views(context, [link for text in texts for link in text.links])
    remaining = iter(flat)
    return [[next(remaining) for _ in text.links] for text in texts]


async def link_views(context: Context, links: Sequence[Link]) -> Sequence[LinkView]:
    """Each link with its risk as verdicts stand now."""
    hosts = list(dict.fromkeys(link.ascii_host for link in links if link.is_external and link.ascii_host))
    verdicts = dict(zip(hosts, await context.verdicts(hosts), strict=True))
    return [link_view(context, link, verdicts.get(link.ascii_host)) for link in links]


def link_view(context: Context, link: Link, verdict: HostVerdict | None) -> LinkView:
    """What to tell about ``link`` under ``verdict``."""
    link = served_link(link, context.desks.content.site)
    return LinkView(
        url=link.url,
        text=link.text,
        host=link.host,
        ascii_host=link.ascii_host,
        is_external=link.is_external,
        risk=risk_of(link, verdict),
        reasons=reasons_of(link, verdict),
        warning=warning_for(link, verdict, context.language),
        leave_url=context.desks.content.site.url + leave_path(link.url) if link.is_external else None,
    )
