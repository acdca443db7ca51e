"""Addresses in running text that become links: where one begins and ends, in Chinese and mixed text too."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from ada_url import check_url, idna_to_unicode
from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

from domain.rich_text import MAX_URL_LENGTH

# Zero-width characters and the soft hyphen: they hide inside a host name that reads as another.
INVISIBLE: Final = re.compile("[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")

# ---------------------------------------------------------------- what ends an address

CJK: Final = (
    r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
# Dashes, quotes, ellipses, full-width and vertical marks: who means one inside a path has it percent-encoded by the
# address bar. So do marks that turn the direction of writing, for the reader would see another address.
MARKS: Final = (
    r"\u00a1-\u00bf×÷\u200b\u200e\u200f\u2010-\u202e\u2030-\u206f\u2e00-\u2e7f\u3001-\u3004\u3008-\u3030\u303d\u30fb"
    r"\ufe10-\ufe19\ufe30-\ufe6b\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffee"
)
SYMBOLS: Final = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"

# A path takes Chinese where a part of it begins, as in /路径, and ends where Chinese follows a letter: few leave a
# space in https://example.com/a很好. Brackets and quotes belong to it in pairs, other marks where
# it goes on after them.
PLAIN: Final = rf"[^\s<>{MARKS}{SYMBOLS}{CJK}.,;:!?'\"~*()\[\]{{}}]"
CHINESE: Final = rf"(?<=[/=#:&_-])[{CJK}]++"
PAIRS: Final = "|".join(
    rf"\{opened}(?={PLAIN})[^\s<>{MARKS}\{opened}\{closed}]++\{closed}"
    for opened, closed in ("()", "[]", "{}", '""', "''")
)
INSIDE: Final = "[.,;!?~*]"
PATH: Final = (
    rf"(?:/|[?#](?={PLAIN})|\#(?=[{CJK}]))"
    rf"(?:{PLAIN}|{CHINESE}|{INSIDE}*+(?:{PAIRS})|{INSIDE}++(?={PLAIN})|'(?={PLAIN})|:++(?={PLAIN}|[{CJK}]))*+"
)
REST: Final = re.compile(rf"(?::\d{{1,6}})?+(?:{PATH})?+", re.IGNORECASE)

# ---------------------------------------------------------------- where it begins

MAX_HOST_LENGTH: Final = 253

# With a scheme the author has said that a host follows: any script, and symbols.
SCHEME: Final = r"https?://(?:[a-z0-9._~%!$&*+=:-]{1,64}@)?|mailto:[a-z0-9][a-z0-9_.+-]{0,63}@"
LETTER: Final = rf"[^\s\x00-/:-@\[-`{{-\x9f{MARKS}]"
RUN: Final = rf"{LETTER}(?:-|\.?{LETTER})*+"
WITH_SCHEME: Final = rf"(?<![.+-])(?<![^\W{CJK}])(?P<scheme>{SCHEME})(?P<run>{RUN})"

# Without one, a label is all of CJK letters or has none, and Chinese must stand alone: nothing tells where in a
# sentence 看看例子.中国 begins. Possessive, and begun only where a run begins: linear.
LABEL: Final = rf"(?:[^\W_{CJK}](?:-|[^\W_{CJK}]){{0,62}}+|[{CJK}]{{1,63}}+)"
HOST: Final = rf"(?>{LABEL}(?:\.{LABEL})*+)(?![@-]|[^\W{CJK}]|:\d{{6}})"
BARE: Final = rf"(?<![.+@:/\\-])(?<![^\W{CJK}])(?!(?<=[{CJK}])[{CJK}])(?P<bare>{HOST})"
# Stepped over, lest its host be linked.
MAIL: Final = rf"(?<![.+@-])(?<![^\W{CJK}])(?P<mail>[a-z0-9][a-z0-9_.+-]{{0,63}}+@{HOST}(?!://))"

ADDRESS: Final = re.compile(f"{WITH_SCHEME}|{MAIL}|{BARE}", re.IGNORECASE)

# Where Chinese may have begun in the middle of what looks like a host: example.com很好, and example.com.很好.
SEAM: Final = re.compile(rf"(?<=[^{CJK}{SYMBOLS}.-])(?=-*[{CJK}{SYMBOLS}])|(?<=[{CJK}])(?=-*[^{CJK}.-])")
WIDE_SEAM: Final = re.compile(rf"(?<=[^{CJK}{SYMBOLS}.-])(?=[.-]*[{CJK}{SYMBOLS}])")

# ---------------------------------------------------------------- endings

ROOTS: Final = frozenset(idna_to_unicode(tld.lower()) for tld in TLDS)

# Endings that make a name without a scheme a host: every country's, and those our readers meet.
# fmt: off
ENDINGS: Final = frozenset(tld.lower() for tld in TLDS if len(tld) == 2) | {
    "aero", "app", "art", "asia", "biz", "blog", "chat", "club", "cloud", "com", "coop", "dev", "edu", "example", "fun",
    "games", "gov", "group", "icu", "info", "ink", "link", "live", "ltd", "mobi", "museum", "name", "net", "online",
    "org", "pro", "ren", "shop", "site", "store", "studio", "tech", "top", "video", "vip", "wang", "web", "wiki",
    "work", "world", "xxx", "xyz", "中国", "中國", "公司", "网络", "網絡", "网址", "在线", "中文网", "香港",
    "台湾", "台灣", "集团", "商城", "рф",
}
# Endings that are also a kind of file's, or plain words that a sentence may go on with: 他说.公司. Without a path or
# `www.` no host is meant.
ORDINARY: Final = frozenset({
    "cc", "hs", "md", "mm", "pl", "ps", "py", "rs", "sh", "so", "vi",
    "公司", "网络", "網絡", "在线", "集团", "商城",
})
# fmt: on


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
    """Finds addresses in running text; markdown-it's linkifier.

    An e-mail address is one only where its author wrote ``mailto:`` before it (docs/decisions/0010-email-links.md).
    """

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
            start, is_address = _end_of(candidate)
            found += [_found(candidate, start)] if is_address else []
        return found

    def match_at(self, text: str, index: int) -> Found | None:
        """The address that begins at ``index``."""
        candidate = ADDRESS.match(text, index)
        if candidate is None:
            return None
        end, is_address = _end_of(candidate)
        return _found(candidate, end) if is_address else None


ADDRESSES: Final = Addresses()


def _found(candidate: re.Match[str], end: int) -> Found:
    start, scheme = candidate.start(), candidate["scheme"]
    text = candidate.string[start:end]
    if scheme is None:
        return Found(start, end, text, "http://" + text, "")
    return Found(start, end, text, text, scheme[: scheme.index(":") + 1].lower())


class _End(NamedTuple):
    """Where a candidate ends and the search goes on: never before it, or the search would take quadratic time."""

    place: int
    is_address: bool


def _end_of(candidate: re.Match[str]) -> _End:
    if candidate["mail"]:
        return _End(candidate.end(), is_address=False)
    scheme, run = candidate["scheme"], candidate["run"] or candidate["bare"]
    may_be_host = run[: MAX_HOST_LENGTH + 1]
    host = _host_in(may_be_host) if scheme else _bare_host_in(may_be_host)
    if host is None or len(host) > MAX_HOST_LENGTH:
        return _End(candidate.end(), is_address=False)
    if len(host) < len(run):
        place = candidate.end() - len(run) + len(host)
        return _End(place, is_address=_is_meant(candidate, place))
    rest = REST.match(candidate.string, candidate.end())
    place = rest.end() if rest else candidate.end()
    may_end_here = not host.endswith("-") and candidate.string[candidate.end() : candidate.end() + 1] not in {"@", "_"}
    return _End(place, is_address=may_end_here and _is_meant(candidate, place))


def _is_meant(candidate: re.Match[str], end: int) -> bool:
    address, has_path = _found(candidate, end), end > candidate.end()
    if len(address.text) > MAX_URL_LENGTH or (not address.schema and not has_path and _is_ordinary(address.text)):
        return False
    return check_url(address.url)


def _host_in(run: str) -> str:
    """What follows a scheme up to where Chinese goes on: after a root, or else anywhere before what is none."""
    run_on = (run[: seam.start()] for seam in SEAM.finditer(run))
    known = next((host for host in run_on if _has_ending(host.removeprefix("www."), ROOTS)), None)
    if known or _has_ending(run, ROOTS):
        return known or run
    seam = WIDE_SEAM.search(run)
    return run[: seam.start()] if seam else run


def _bare_host_in(run: str) -> str | None:
    seam = WIDE_SEAM.search(run)
    hosts = (run, run[: seam.start()]) if seam else (run,)
    return next((host for host in hosts if _has_ending(host, ENDINGS)), None)


def _has_ending(host: str, endings: frozenset[str]) -> bool:
    name, _, ending = host.lower().rpartition(".")
    return bool(name) and (ending in endings or ending.startswith("xn--"))


def _is_ordinary(host: str) -> bool:
    name = host.lower()
    return not name.startswith("www.") and name.rpartition(".")[2] in ORDINARY
