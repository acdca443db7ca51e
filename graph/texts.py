"""Rendered texts and links."""

from typing import Annotated

import strawberry

from graph.enums import LinkRisk, LinkRiskReason
from graph.fields import attribute, computed, cut, loaded
from graph.scalars import HTML, URL, Markdown
from policy.limits import DEFAULT_EXCERPT_LENGTH, MAX_EXCERPT_LENGTH
from resolvers import members, texts

LazyMember = Annotated["Member", strawberry.lazy("graph.members")]  # type: ignore[name-defined] # noqa: F821 - lazily there


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


@strawberry.type(description="A member named in a text by @ and their handle.")
class Mention:
    """domain.rich_text.Mention."""

    handle: str = attribute("As handles are kept: in lower case, whatever the text has.")
    start: int = attribute("Where the @ stands in RichText.text, in UTF-16 code units: text.slice(start, end).")
    end: int = attribute("Where the handle ends, in the same units.")
    member: LazyMember | None = loaded(
        members.mentioned, "Null where nobody goes by the handle, and all the same where this viewer may not see who."
    )


@strawberry.type(description="A text as its author wrote it and as it is served.")
class RichText:
    """domain.rich_text.RichText."""

    html: HTML = computed(texts.html)
    text: str = attribute("Without any markup: a line for each block.")
    excerpt: str = cut(
        texts.excerpt,
        MAX_EXCERPT_LENGTH,
        DEFAULT_EXCERPT_LENGTH,
        "The text's beginning in one line: at most so many signs as readers count them, whole words, and … if more "
        "follows.",
    )
    source: Markdown | None = attribute()
    links: list[Link] = loaded(texts.links_of_texts)
    mentions: list[Mention] = attribute("In the order of the text; at most 50.")
