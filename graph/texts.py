"""Rendered texts and links."""

import strawberry

from graph.enums import LinkRisk, LinkRiskReason
from graph.fields import attribute, computed, loaded
from graph.scalars import HTML, URL, Markdown
from resolvers import texts


@strawberry.type(description="What to tell a reader before they follow a link.")
class LinkWarning:
    """policy.link_risk.LinkWarning."""

    title: str = attribute()
    message: str = attribute("In the reader's language; says why, and that the other site's privacy rules are its own.")
    can_continue: bool = attribute("Whether the leaving page offers a way on.")


@strawberry.type(description="A link, and what readers should know before they follow it.")
class Link:
    """resolvers.texts.LinkView."""

    url: URL = attribute("Normalised as a browser would.")
    text: str | None = attribute("What readers see of it.")
    host: str = attribute("As people read it.")
    ascii_host: str = attribute("As it goes on the wire (punycode).")
    is_external: bool = attribute()
    risk: LinkRisk = attribute("As moderators' verdicts stand now.")
    reasons: list[LinkRiskReason] = attribute()
    warning: LinkWarning | None = attribute("Null on internal and trusted links.")
    leave_url: URL | None = attribute("Our leaving page, /leave?to=…; null on internal links.")


@strawberry.type(description="A text as its author wrote it and as it is served.")
class RichText:
    """domain.text.RichText."""

    html: HTML = computed(texts.html)
    text: str = attribute("Without any markup.")
    source: Markdown | None = attribute()
    links: list[Link] = loaded(texts.links_of_texts)
