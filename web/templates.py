"""Filling pages: whatever is not HTML already is escaped on its way in."""

from html import escape
from string import Template


class Html(str):
    """Text that is HTML already; all other text is escaped on its way into a page."""

    __slots__ = ()


def fill(template: Template, **values: str) -> Html:
    """``template`` with every value escaped that is not ``Html``."""
    return Html(template.substitute({k: v if isinstance(v, Html) else escape(v) for k, v in values.items()}))


def joined(*parts: Html) -> Html:
    return Html("".join(parts))
