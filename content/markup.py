"""HTML as the sanitiser writes it: well-formed, in lower case, attributes in double quotes; tags and text alone."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

# fmt: off
BLOCKS: Final = frozenset({
    "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "thead", "tr", "ul",
})
# fmt: on
CELLS: Final = frozenset({"td", "th"})

_TAG: Final = re.compile(r'(<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>)')
#: Into which that splits: four groups, and the text after it.
_PIECES: Final = 5
_ATTRIBUTE: Final = re.compile(r' ([a-z]+)="([^"]*)"')


class Part(NamedTuple):
    """A tag and the text after it, up to the next one."""

    tag: str
    """As it stands there; empty before the first."""
    slash: str
    name: str
    written: str
    """Its attributes, as they stand there."""
    text: str
    """Still escaped."""

    @property
    def closes(self) -> bool:
        """Whether it ends an element."""
        return self.slash == "/"

    @property
    def attributes(self) -> dict[str, str]:
        return {name: unescape(value) for name, value in _ATTRIBUTE.findall(self.written)}


def parts_of(html: str) -> Iterator[Part]:
    """All of ``html``, which the sanitiser has written. Several times as fast as Python's own parser."""
    pieces = iter(_TAG.split(html))
    yield Part("", "", "", "", next(pieces))
    yield from map(Part._make, zip(*[pieces] * _PIECES, strict=True))
