"""Links as a browser would understand them: where they lead, and what speaks against them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import parse_qs, quote, unquote

from ada_url import URL, HostType, idna_to_unicode
from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

from domain.text import Link, LinkRiskReason

LEAVE_PATH: Final = "/leave"
WEB_SCHEMES: Final = frozenset({"http:", "https:"})

# Percent-encoded into the leaving page's address it may grow threefold and must still fit the 8,190 bytes that
# aiohttp reads of a request line.
MAX_URL_LENGTH: Final = 2_048


@dataclass(frozen=True, slots=True)
class Site:
    """This site's own address: what shares its scheme, host and port is internal.

    All three, as for a browser's origin: ``http://`` under our name is not us where we serve ``https://``, because
    anyone on the way may answer in our place.
    """

    scheme: str
    host: str
    port: str
    """Empty where it is the scheme's usual one."""

    @classmethod
    def at(cls, site_url: str) -> Self:
        """The site that VERANDA_PUBLIC_URL names. Raises ``ValueError`` unless it is just scheme, host and port."""
        parsed = _parsed(site_url)
        if parsed is None or parsed.protocol not in WEB_SCHEMES or parsed.href != parsed.origin + "/":
            raise ValueError(f"VERANDA_PUBLIC_URL must be http(s)://host or http(s)://host:port, not {site_url!r}")
        return cls(parsed.protocol.removesuffix(":"), parsed.hostname, parsed.port)

    @property
    def url(self) -> str:
        """As a browser would write it, without a slash at its end."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    def is_home_of(self, parsed: URL) -> bool:
        """Whether a browser would count ``parsed`` to the same origin."""
        return parsed.hostname == self.host and parsed.port == self.port and parsed.protocol == self.scheme + ":"


def classify(url: str, site: Site, text: str | None = None) -> Link | None:
    """The link that a reader follows who clicks ``url`` on ``site`` and sees ``text``; relative to the site's root.

    None where it cannot be followed as http, https or mailto, or is longer than MAX_URL_LENGTH.
    """
    parsed = _destination(url, site)
    if parsed is None:
        return None
    if parsed.protocol == "mailto:":
        return Link(parsed.href, text, "", "", is_external=True, reasons=(LinkRiskReason.EXTERNAL,))
    if parsed.protocol not in WEB_SCHEMES:
        return None
    return _internal(parsed, text) if site.is_home_of(parsed) else _external(parsed, text)


def leave_path(url: str) -> str:
    """Where on this site the leaving page for ``url`` stands."""
    return f"{LEAVE_PATH}?to={quote(url, safe='')}"


def _destination(url: str, site: Site) -> URL | None:
    """Where ``url`` leads in the end. A copied address of our leaving page counts as what it leads to, or any
    foreign host could pass for internal. Ends, for each round drops at least ``/leave?to=`` from the URL.
    """
    parsed = _parsed(url, site.url)
    while parsed is not None and site.is_home_of(parsed) and (target := _leads_out_to(parsed)) is not None:
        parsed = _parsed(target, site.url)
    return parsed


def _parsed(url: str, base: str | None = None) -> URL | None:
    if len(url) > MAX_URL_LENGTH:
        return None
    try:
        parsed = URL(url, base)
    except ValueError:  # no URL, or lone surrogates
        return None
    return parsed if len(parsed.href) <= MAX_URL_LENGTH else None


def _leads_out_to(parsed: URL) -> str | None:
    if unquote(parsed.pathname) != LEAVE_PATH:  # the router unquotes too
        return None
    return parse_qs(parsed.search.removeprefix("?"), keep_blank_values=True).get("to", [None])[0]


def _internal(parsed: URL, text: str | None) -> Link:
    # User info is dropped: it would sign nobody in here, only disguise the address.
    url = parsed.origin + parsed.pathname + parsed.search + parsed.hash
    return Link(url, text, _readable(parsed), _host(parsed), is_external=False, reasons=())


def _external(parsed: URL, text: str | None) -> Link:
    reasons = tuple(reason for reason, stands in SIGNS.items() if stands(parsed, text))
    return Link(parsed.href, text, _readable(parsed), _host(parsed), is_external=True, reasons=reasons)


def _host(parsed: URL) -> str:
    """Without the root's dot, which names the same host and would slip past a verdict about it."""
    return parsed.hostname.removesuffix(".")


def _readable(parsed: URL) -> str:
    return idna_to_unicode(_host(parsed))


def _names_another_host(parsed: URL, text: str | None) -> bool:
    """Whether ``text`` reads as an address, by what we would make a link ourselves, and as one on another host."""
    if text is None:
        return False
    # No address is longer, and normalising a long run of combining marks takes seconds.
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:MAX_URL_LENGTH]))
    named = (_parsed(found.url) for found in ADDRESSES.match(plain))
    own = _host(parsed).removeprefix("www.")
    return any(
        other is not None and other.protocol in WEB_SCHEMES and _host(other).removeprefix("www.") != own
        for other in named
    )


#: What speaks against an external link, in the order of the enum, and how it shows.
SIGNS: Final[Mapping[LinkRiskReason, Callable[[URL, str | None], bool]]] = {
    LinkRiskReason.EXTERNAL: lambda parsed, text: True,  # noqa: ARG005
    LinkRiskReason.NOT_HTTPS: lambda parsed, text: parsed.protocol != "https:",  # noqa: ARG005
    LinkRiskReason.TEXT_HOST_MISMATCH: _names_another_host,
    LinkRiskReason.IP_ADDRESS: lambda parsed, text: parsed.host_type is not HostType.DEFAULT,  # noqa: ARG005
    LinkRiskReason.USERINFO: lambda parsed, text: bool(parsed.username or parsed.password),  # noqa: ARG005
    LinkRiskReason.ODD_PORT: lambda parsed, text: bool(parsed.port),  # noqa: ARG005
}


# ---------------------------------------------------------------- addresses in running text

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
