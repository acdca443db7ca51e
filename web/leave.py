"""The leaving page: between a link in a member's text and the site it leads to.

It names the true host, says why it warns, and needs no script. It passes on by itself only to a host that moderators
trust at that moment; to a blocked one it offers no way.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from content.links import LEAVE_PATH, SHOWN, Site, classify
from domain.language import Language
from domain.rich_text import HostReputation, LinkRisk
from domain.viewer import Viewer
from policy.link_risk import RISKS_WITHOUT_WARNING, risk_of, with_reputation
from web.language import language_of
from web.leave_page import HEADERS, Setting, leaving_page, unusable_page

ReputationOf = Callable[[str], Awaitable[HostReputation]]
ViewerOf = Callable[[web.Request], Awaitable[Viewer]]

#: 403 where moderators forbid the way on: the request was understood and is refused, and no crawler follows it.
STATUS_BY_RISK: Final = {LinkRisk.NEUTRAL: 200, LinkRisk.SUSPICIOUS: 200, LinkRisk.BLOCKED: 403}


def leaving_routes(site: Site, reputation_of: ReputationOf, viewer_of: ViewerOf) -> list[web.RouteDef]:
    """GET /leave?to=…&lang=…, with &shown=… where a link's text speaks against it.

    ``reputation_of`` is asked for a host as it goes on the wire, at each request.
    """

    async def leave(request: web.Request) -> web.Response:
        target = request.query.get("to")
        link = classify(target, site, request.query.get(SHOWN)) if target else None
        if link is None:
            kept = {"to": target} if target else {}
            return answer(400, unusable_page(Setting(site, chosen_language(request), LEAVE_PATH, kept)))
        # A mailbox has no host; our own needs no verdict.
        has_standing = link.is_external and link.ascii_host
        reputation = await reputation_of(link.ascii_host) if has_standing else HostReputation()
        link, verdict = with_reputation(link, reputation), reputation.verdict
        risk = risk_of(link, verdict)
        if risk in RISKS_WITHOUT_WARNING:
            return web.Response(status=303, headers={**HEADERS, "Location": link.url})
        is_signed_in = (await viewer_of(request)).is_signed_in
        shown = {SHOWN: request.query[SHOWN]} if SHOWN in request.query else {}
        kept = {"to": link.url, **shown}
        setting = Setting(site, chosen_language(request), LEAVE_PATH, kept, is_signed_in)
        return answer(STATUS_BY_RISK[risk], leaving_page(link, verdict, setting))

    return [web.get(LEAVE_PATH, leave)]


def chosen_language(request: web.Request) -> Language:
    """The one that was switched to on the page, or else the one that the browser likes best."""
    switched_to = request.query.get("lang")
    by_value = {language.value: language for language in Language}
    return by_value.get(switched_to or "") or language_of(request.headers.get("Accept-Language"))


def answer(status: int, page: str) -> web.Response:
    return web.Response(status=status, text=page, content_type="text/html", charset="utf-8", headers=HEADERS)
