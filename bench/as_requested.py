"""Posts rendered by the stack first asked for: markdown-it-py makes HTML, bleach cleans it and finds addresses."""

from typing import Final

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt

from content.html_sanitizer import ALLOWED_SCHEMES, ALLOWED_TAGS

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_CLEANER: Final = Cleaner(
    tags=ALLOWED_TAGS,
    attributes={"a": ["href", "rel"], "ol": ["start"]},
    protocols=ALLOWED_SCHEMES,
    strip=True,
    filters=[LinkifyFilter],
)


def render(source: str) -> str:
    """Safe HTML with links; neither their risks nor a leaving page, neither plain text nor mentions."""
    html: str = _CLEANER.clean(_MARKDOWN.render(source))
    return html
