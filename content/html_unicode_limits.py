"""Signs that climb, hide or turn a line around, bounded in finished HTML block by block."""

from content.links import Site
from content.markup import BLOCKS, CELLS, parts_of
from text.unicode_limits import UnicodeLimiter, is_within_unicode_limits


def limit_html_unicode(html: str, _site: Site) -> str:
    """``html`` with nothing in one block that reaches into the next. Texts without such signs stay as they are."""
    if is_within_unicode_limits(html):
        return html
    calming = UnicodeLimiter()
    written = []
    keeps_lines = False
    for part in parts_of(html):
        if part.name in BLOCKS or part.name in CELLS:
            written.append(calming.ended())
            keeps_lines = keeps_lines if part.name != "pre" else not part.closes
        written.append(part.tag)
        if part.text:
            written.append(_limited(calming, part.text, keeps_lines=keeps_lines))
    return "".join([*written, calming.ended()])


def _limited(calming: UnicodeLimiter, text: str, *, keeps_lines: bool) -> str:
    """A new line is a space but in a block that keeps its lines."""
    if keeps_lines or "\n" not in text:
        return calming.added(text)
    return "\n".join(calming.added(line) for line in text.split("\n"))
