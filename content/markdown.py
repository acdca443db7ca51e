"""Markdown as members write it: CommonMark with tables, strikethrough and bare addresses; HTML is shown, not obeyed."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from content.addresses import ADDRESSES, Found
from content.intricacy import TooIntricate
from domain.messages import Message
from policy.limits import MAX_NESTING


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


class _Markdown(MarkdownIt):
    """Leaves URLs as written: ada normalises them as browsers do, mdurl in its own way."""

    def __init__(self) -> None:
        # Past its own bound it would leave words out; a list makes two levels at once.
        super().__init__("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING + 2})
        self.enable(["table", "strikethrough", "linkify"])
        self.linkify = _OnlyWhereFound()
        self.inline.ruler.at("linkify", _full_url)
        self.block.ruler.before("table", "too_deep", _too_deep)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's name
        return link


def _too_deep(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:
    """Takes no line, but stops where markdown-it would go on and leave out what is nested deeper."""
    if state.level >= MAX_NESTING:
        raise TooIntricate(Message.NESTED_TOO_DEEP)
    return False


def _full_url(state: StateInline, silent: bool) -> bool:
    """Takes a URL before its underscores and stars can read as emphasis. Stands in for markdown-it's own rule, which
    searches all that precedes each colon: a second for 20,000 characters of ``https://a``.
    """
    scheme = next((scheme for scheme in ("https", "http") if state.pending[-5:].lower().endswith(scheme)), None)
    if scheme is None or state.linkLevel > 0 or not state.src.startswith("://", state.pos):
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
