"""Rendered texts and links."""

from typing import Annotated

import strawberry

from graph.enums import LinkRisk, LinkRiskReason
from graph.fields import attribute, computed, cut, loaded
from graph.scalars import HTML, URL, Markdown
from policy.limits import DEFAULT_EXCERPT_LENGTH, MAX_EXCERPT_LENGTH, MAX_MENTIONS_IN_A_TEXT
from resolvers import members, texts

LazyMember = Annotated["Member", strawberry.lazy("graph.members")]  # type: ignore[name-defined] # noqa: F821 - lazily there


@strawberry.type(description="A warning to show before a link is followed.")
class LinkWarning:
    """policy.link_risk.LinkWarning."""

    title: str = attribute("The heading of the warning, in the viewer's language.")
    message: str = attribute("The reasons for the warning in words, in the viewer's language.")
    can_continue: bool = attribute("Whether the leaving page lets the viewer follow the link.")


@strawberry.type(description="A link, with its risk.")
class Link:
    """resolvers.texts.LinkView."""

    url: URL = attribute("The URL, normalised as a browser does.")
    text: str | None = attribute("The text that the link shows. Null if it stands alone, as in a profile.")
    host: str = attribute("The host that the link leads to, as people read it. Empty for an e-mail address.")
    ascii_host: str = attribute("The host that the link leads to in ASCII (punycode). Empty for an e-mail address.")
    is_external: bool = attribute("Whether the link leaves this site.")
    risk: LinkRisk = attribute("The risk of the link, by the verdicts in force now.")
    reasons: list[LinkRiskReason] = attribute("The reasons to be careful with the link. Empty if there are none.")
    warning: LinkWarning | None = attribute(
        "The warning to show before the link is followed. Null on internal and trusted links."
    )
    leave_url: URL | None = attribute("The URL of the leaving page that leads on to the link. Null on internal links.")


@strawberry.type(description="A mention of a member in a text, by @ and their handle.")
class Mention:
    """domain.rich_text.Mention."""

    handle: str = attribute("The mentioned handle in lower case, however the text writes it.")
    start: int = attribute(
        "The position of the @ in `RichText.text`, in UTF-16 code units, for `text.slice(start, end)`."
    )
    end: int = attribute("The position after the handle, in the same units as `start`.")
    member: LazyMember | None = loaded(
        members.mentioned, "The mentioned member. Null if nobody has the handle, or the viewer cannot see the member."
    )


@strawberry.type(description="A text, in the forms in which it is shown.")
class RichText:
    """domain.rich_text.RichText."""

    html: HTML = computed(texts.html, "The text as sanitised HTML.")
    text: str = attribute("The text without markup, with a line for each block.")
    excerpt: str = cut(
        texts.excerpt,
        MAX_EXCERPT_LENGTH,
        DEFAULT_EXCERPT_LENGTH,
        "The beginning of the text in one line and whole words, with … if more follows.",
    )
    source: Markdown | None = attribute("The text as its author wrote it. Null to everyone but the author.")
    links: list[Link] = loaded(texts.links_of_texts, "The links in the text, in its order.")
    mentions: list[Mention] = attribute(f"The mentions in the text, in its order, at most {MAX_MENTIONS_IN_A_TEXT}.")
