"""Markdown as members write it: CommonMark with tables, strikethrough and bare addresses; HTML is shown, not obeyed."""

import re
from bisect import bisect_right
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from content.autolinks import ADDRESSES, Found
from content.complexity import TooComplex
from domain.messages import Message
from policy.limits import MAX_NESTING, MAX_QUOTED_LINES

#: What is remembered of a text while it is parsed.
_LOOKED_AT: Final = "lines looked at for the ends of quotes"
_ENDS: Final = "lines that no quote goes on over"

#: An empty line, a heading, an entry of a list.
_ENDS_QUOTE: Final = re.compile(r"[ \t]*$| {0,3}(?:#{1,6}(?:[ \t]|$)|(?:[-+*]|[0-9]{1,9}[.)])[ \t]+[^ \t])")


def markdown_to_html(source: str) -> str:
    """What ``source`` says, not yet safe to show. Raises TooIntricate where lists and quotes are nested too deep."""
    html: str = _MARKDOWN.render(source)
    return html


class _OnlyWhereFound:
    """Addresses as markdown-it asks for them. Where ``test`` says yes it copies the whole paragraph's tokens, found or
    not: 140 ms for 14,000 characters of ``_a_&lt;:``.
    """

    def pretest(self, text: str) -> bool:
        return ADDRESSES.pretest(text)

    def test(self, text: str) -> bool:
        return bool(ADDRESSES.match(text))

    def match(self, text: str) -> list[Found]:
        return ADDRESSES.match(text)


def end_of_label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803 - markdown-it's
    """Where the label that opens at ``start`` is closed, or -1. Step by step markdown-it's ``parseLinkLabel``, but that
    what is known of a place is looked up here: in 5,000 characters with 150 brackets left open it asks 64,000 times,
    and they took 37 ms, not 25.
    """
    text, known, end = state.src, state.cache, state.posMax
    before, place, level = state.pos, start + 1, 1
    closed = -1
    while place < end:
        mark = text[place]
        if mark == "]":
            level -= 1
            if level == 0:
                closed = place
                break
        after = known.get(place)
        if after is None:
            state.pos = place
            state.md.inline.skipToken(state)
            after = state.pos
        if mark == "[" and after == place + 1:
            level += 1
        elif mark == "[" and disableNested:
            break
        place = after
    state.pos = before
    return closed


class _Helpers:
    """What markdown-it's rules for links ask for the parts of one."""

    parseLinkLabel = staticmethod(end_of_label)  # noqa: N815 - markdown-it's name
    parseLinkDestination = staticmethod(parseLinkDestination)  # noqa: N815 - markdown-it's name
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815 - markdown-it's name


HELPERS: Final[Any] = _Helpers


class _Markdown(MarkdownIt):
    """Leaves URLs as written: ada normalises them as browsers do, mdurl in its own way."""

    def __init__(self) -> None:
        # Past its own bound it would leave words out; a list makes two levels at once.
        super().__init__("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING + 2})
        self.enable(["table", "strikethrough", "linkify"])
        self.helpers = HELPERS
        self.linkify = _OnlyWhereFound()
        self.inline.ruler.at("linkify", _full_url)
        self.block.ruler.before("table", "too_deep", _too_deep)
        self.block.ruler.before("blockquote", "quoted_again", _quoted_again)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's name
        return link


def _too_deep(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:
    """Takes no line, but stops where markdown-it would go on and leave out what is nested deeper."""
    if state.level >= MAX_NESTING:
        raise TooComplex(Message.NESTED_TOO_DEEP)
    return False


def _quoted_again(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """Takes no line, but counts those that markdown-it looks at for the end of a quote: all up to what surely is it,
    though a heading or code inside ends it sooner, and so for the next quote again. That took half a second for 5,000
    characters of ``> # x`` and ``a`` in turn.
    """
    place = state.bMarks[start] + state.tShift[start]
    if state.src.startswith(">", place):
        looked_at = state.env.get(_LOOKED_AT, 0) + min(_next_end(state, start), end) - start
        if looked_at > MAX_QUOTED_LINES:
            raise TooComplex(Message.TOO_COMPLEX)
        state.env[_LOOKED_AT] = looked_at
    return False


def _next_end(state: StateBlock, line: int) -> int:
    """The first line after ``line`` that no quote goes on over, or the text's end."""
    if _ENDS not in state.env:
        lines = state.src.split("\n")
        state.env[_ENDS] = [place for place, written in enumerate(lines) if _ENDS_QUOTE.match(written)] + [len(lines)]
    ends: list[int] = state.env[_ENDS]
    return ends[bisect_right(ends, line)] if line < ends[-1] else line


def _full_url(state: StateInline, silent: bool) -> bool:
    """Takes a URL before its underscores and stars can read as emphasis. Stands in for markdown-it's own rule, which
    searches all that precedes each colon: a second for 20,000 characters of ``https://a``.
    """
    if not state.src.startswith("://", state.pos) or state.linkLevel > 0:
        return False
    scheme = next((scheme for scheme in ("https", "http") if state.pending[-5:].lower().endswith(scheme)), None)
    if scheme is None:
        return False
    found = ADDRESSES.match_at(state.src, state.pos - len(scheme))
    if found is None or found.last_index > state.posMax:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        state.push("link_open", "a", 1).attrs = {"href": found.text}
        state.push("text", "", 0).content = found.text
        state.push("link_close", "a", -1)
    state.pos = found.last_index
    return True


_MARKDOWN: Final = _Markdown()
