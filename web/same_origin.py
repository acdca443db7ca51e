"""Whether a form was sent from a page of ours: another site's page could send it too, with the member's cookie."""

from aiohttp import web

from content.links import Site


def is_from_here(request: web.Request, site: Site) -> bool:
    """By what browsers say of themselves and pages can't change; of a browser that says nothing, no."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    # Older browsers, and all of them on plain http.
    return request.headers.get("Origin") == site.url
