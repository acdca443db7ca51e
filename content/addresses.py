"""Addresses in running text: where one begins and ends, in Chinese and mixed text too."""

import re
from dataclasses import dataclass
from typing import Final

from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

from domain.text import MAX_URL_LENGTH

# Zero-width characters and the soft hyphen: they hide inside a host name that reads as another.
INVISIBLE: Final = re.compile("[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")

# Full-width marks end an address: who means one inside a path has it percent-encoded by the address bar.
FULL_WIDTH: Final = "，。；：！？、（）《》〈〉「」『』【】〔〕“”‘’…—～｜"

# Chinese leaves no space around an address (看这里https://example.com吧), so a label is all of CJK letters or has none,
# and a host ends where the next letter would mix them. Possessive, and begun only where a run begins: linear.
CJK: Final = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
LABEL: Final = rf"(?:[^\W_{CJK}](?:-|[^\W_{CJK}]){{0,62}}+|[{CJK}]{{1,63}}+)"
HOST: Final = rf"(?>{LABEL}(?:\.{LABEL})*+)(?![@-]|[^\W{CJK}]|[{CJK}]{{1,63}}\.|:\d{{6}})"
PORT_AND_PATH: Final = rf"(?::\d{{1,5}})?+(?:[/?#][^\s<>{FULL_WIDTH}]{{0,{MAX_URL_LENGTH}}}+)?+"
FULL_URL: Final = rf"(?<![.+-])(?<![^\W{CJK}])(?P<scheme>https?://)(?:[^\s/?#@]{{1,64}}@)?{HOST}{PORT_AND_PATH}"
MAIL: Final = rf"(?<![.+@-])(?<![^\W{CJK}])(?P<mail>(?:mailto:)?+[a-z0-9][a-z0-9_.+-]{{0,63}}+@{HOST})"
BARE: Final = rf"(?<![.+@:/\\-])(?<![^\W{CJK}])(?!(?<=[{CJK}])[{CJK}])(?P<bare_host>{HOST}){PORT_AND_PATH}"
ADDRESS: Final = re.compile(f"{FULL_URL}|{MAIL}|{BARE}", re.IGNORECASE)

# Endings that make a name without a scheme a host: every country's, and those our readers meet.
# fmt: off
ENDINGS: Final = frozenset(tld.lower() for tld in TLDS if len(tld) == 2) | {
    "app", "art", "asia", "biz", "blog", "chat", "club", "cloud", "com", "coop", "dev", "edu", "fun", "games", "gov",
    "group", "icu", "info", "ink", "link", "live", "ltd", "mobi", "museum", "name", "net", "online", "org",
    "pro", "ren", "shop", "site", "store", "studio", "tech", "top", "video", "vip", "wang", "web", "wiki", "work",
    "world", "xyz", "中国", "中國", "公司", "网络", "網絡", "网址", "在线", "中文网", "香港",
    "台湾", "台灣", "集团", "商城", "рф",
}
# fmt: on

# Endings that are both a country's and a kind of file's; without a path the file is meant.
FILE_ENDINGS: Final = frozenset({"cc", "hs", "md", "mm", "pl", "ps", "py", "rs", "sh", "so", "vi"})


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a text, in the shape that markdown-it expects of a linkifier."""

    index: int
    last_index: int
    text: str
    url: str
    schema: str
    """Empty where the text names only a host."""


class Addresses:
    """Finds web and mail addresses in running text; markdown-it's linkifier."""

    def __init__(self) -> None:
        # How far into the punctuation a path reaches, linkify-it decides. Its search for bare hosts is not used: it
        # looks for spaces around them, and took over 6 s for 20,000 characters of `$a.com`.
        self._judge = LinkifyIt()

    def pretest(self, text: str) -> bool:
        """Whether ``text`` is worth a search."""
        return any(mark in text for mark in ".:@")

    def test(self, text: str) -> bool:
        """Whether ``text`` is worth a search; markdown-it asks once more for each piece."""
        return self.pretest(text)

    def match(self, text: str) -> list[Found]:
        """All addresses in ``text``, in its order."""
        found, start = [], 0
        while candidate := ADDRESS.search(text, start):
            address = self._address_in(candidate)
            start = address.last_index if address else candidate.end()
            found += [address] if address else []
        return found

    def match_at(self, text: str, index: int) -> Found | None:
        """The address that begins at ``index``."""
        candidate = ADDRESS.match(text, index)
        return self._address_in(candidate) if candidate else None

    def _address_in(self, candidate: re.Match[str]) -> Found | None:
        start, whole = candidate.start(), candidate.group()
        if len(whole) > MAX_URL_LENGTH:
            return None
        if candidate["mail"]:
            url = "mailto:" + re.sub("^mailto:", "", whole, flags=re.IGNORECASE)
            return Found(start, candidate.end(), whole, url, "mailto:") if _has_ending(whole) else None
        scheme = candidate["scheme"] or ""
        if not scheme and not _is_bare_host(candidate["bare_host"], whole):
            return None
        assumed = "" if scheme else "http://"
        judged = self._judge.match_at_start(assumed + whole)
        if judged is None:
            return None
        text = judged.text.removeprefix(assumed)
        return Found(start, start + len(text), text, judged.url, scheme.removesuffix("//"))


ADDRESSES: Final = Addresses()


def _has_ending(host: str) -> bool:
    _, dot, ending = host.lower().rpartition(".")
    return bool(dot) and (ending in ENDINGS or ending.startswith("xn--"))


def _is_bare_host(host: str, whole: str) -> bool:
    name = host.lower()
    if host == whole and not name.startswith("www.") and name.rpartition(".")[2] in FILE_ENDINGS:
        return False
    return _has_ending(host)
